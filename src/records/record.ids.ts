import { createHash } from "node:crypto";

/** RFC 9562 namespace for URLs and URNs: ids are UUIDs of names such as `urn:communique:person:rajnath-singh`. */
const NAMESPACE = "6ba7b811-9dad-11d1-80b4-00c04fd430c8";

/** Returns the id of an item, derived from its kind and key, so it is the same everywhere (UUIDv5, RFC 9562). */
export function idOf(kind: string, key: string): string {
  return uuidV5(`urn:communique:${kind}:${key}`);
}

const NAMESPACE_BYTES = Buffer.from(NAMESPACE.replaceAll("-", ""), "hex");

function uuidV5(name: string): string {
  const hash = createHash("sha1").update(NAMESPACE_BYTES).update(name, "utf8").digest();
  hash[6] = (hash[6]! & 0x0f) | 0x50;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString("hex", 0, 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

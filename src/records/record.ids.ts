import { hash } from "node:crypto";

/** RFC 9562 namespace for URLs and URNs: ids are UUIDs of names such as `urn:communique:person:rajnath-singh`. */
const NAMESPACE = "6ba7b811-9dad-11d1-80b4-00c04fd430c8";

/** Returns the id of an item, derived from its kind and key, so it is the same everywhere (UUIDv5, RFC 9562). */
export function idOf(kind: string, key: string): string {
  return uuidV5(`urn:communique:${kind}:${key}`);
}

/** The namespace, and room for the names of nearly all items: hashing one buffer that is there costs half as much. */
const BUFFER = Buffer.alloc(1_024);
const NAMESPACE_SIZE = BUFFER.write(NAMESPACE.replaceAll("-", ""), "hex");

function uuidV5(name: string): string {
  const size = NAMESPACE_SIZE + BUFFER.write(name, NAMESPACE_SIZE, "utf8");
  // Of a character at the end of the room, nothing is written or all.
  const isWhole = size < BUFFER.length - 4;
  const hex = hash("sha1", isWhole ? BUFFER.subarray(0, size) : withNamespace(name), "hex");
  const variant = ((parseInt(hex[16]!, 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function withNamespace(name: string): Buffer {
  return Buffer.concat([BUFFER.subarray(0, NAMESPACE_SIZE), Buffer.from(name, "utf8")]);
}

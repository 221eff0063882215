import { nearestTo } from "../check/record.suggestion.js";

/** Thrown for a document key that is not in the database; the message names it. */
export class UnknownDocument extends Error {}

/** @throws UnknownDocument for keys that no document on record has. */
export function assertKnown(
  wanted: ReadonlySet<string>,
  documents: readonly { key: string }[],
): void {
  const keys = new Set(documents.map(({ key }) => key));
  const unknown = [...wanted].filter((key) => !keys.has(key));
  if (unknown.length === 0) return;
  const messages = unknown.map((key) => {
    const near = nearestTo(key, keys);
    return `no document on record has the key "${key}"${near === null ? "" : `; did you mean "${near}"?`}`;
  });
  throw new UnknownDocument(messages.join("\n"));
}

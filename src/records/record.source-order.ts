import { readFile } from "node:fs/promises";
import { z } from "zod";
import { UnreadableFile } from "./files/record.file-list.js";
import { DOCUMENT } from "./record.format.js";
import type { Row } from "./record.row.js";

/** The maximum number of document keys, or beginnings of keys, in the order. */
const MAX_KEYS = 1_000;

const schema = z
  .array(
    z
      .string()
      .regex(/^[^*]*\*?$/, "expected a document key, or a beginning of keys with * at its end"),
  )
  .max(MAX_KEYS)
  .refine((keys) => new Set(keys).size === keys.length, "expected each key once");

/** The documents that an installation prefers where documents give different values, before all others. */
export class SourceOrder {
  /** Keys of documents, the most preferred first; one with `*` at its end stands for all that begin so. */
  constructor(readonly keys: readonly string[]) {}

  /** Returns a sort key: preferred documents come first. */
  preferenceOf(document: Row): string {
    const position = String(this.positionOf(document.key as string)).padStart(4, "0");
    return `${position} ${DOCUMENT.options.preference!(document)}`;
  }

  /** Returns the position of a document: that of the first key that stands for it, or after all of them. */
  positionOf(documentKey: string): number {
    const found = this.keys.findIndex((key) =>
      key.endsWith("*") ? documentKey.startsWith(key.slice(0, -1)) : documentKey === key,
    );
    return found === -1 ? MAX_KEYS : found;
  }
}

/** Reads an order of sources from a file: a JSON list of keys. Throws if it is something else. */
export async function readSourceOrderFile(file: string): Promise<SourceOrder> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    throw new UnreadableFile(`${file}: ${(error as Error).message}`);
  }
  const { data, error } = schema.safeParse(value);
  if (data) return new SourceOrder(data);
  const reasons = error.issues.map(({ path, message }) => [...path, message].join(" "));
  throw new UnreadableFile(
    `${file}: expected a JSON list of document keys, such as ["state-department-*", "herald-*"]: ${reasons[0]}`,
  );
}

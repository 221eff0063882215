import { BadUserInput } from "../errors.js";
import { isText, isUuid } from "../scalars/text.js";
import type { OrderKey, Ordering } from "./ordering.js";

/** The values of the order keys in one row, at which a page begins or ends. */
export type PageKey = readonly (string | number)[];

/** Encodes an opaque cursor, valid only for the same field and order. */
export function encodeCursor(field: string, ordering: Ordering, key: PageKey): string {
  return Buffer.from(JSON.stringify([field, ordering.name, ...key])).toString("base64url");
}

/** Decodes the key in a cursor; throws BAD_USER_INPUT if it is malformed or of another field or order. */
export function decodeCursor(
  argument: "after" | "before",
  cursor: string,
  field: string,
  ordering: Ordering,
): PageKey {
  const [madeFor, order, ...key] = parse(cursor) ?? [];
  if (madeFor === undefined) {
    throw new BadUserInput(argument, "this is not a cursor that this service made.");
  }
  if (madeFor !== field || order !== ordering.name) {
    throw new BadUserInput(
      argument,
      `this cursor is for another list or order; it is not valid for ${field} in the order ${ordering.name}.`,
    );
  }
  if (!isKeyOf(ordering.keys, key)) {
    throw new BadUserInput(argument, "this is not a cursor that this service made.");
  }
  return key;
}

function parse(cursor: string): unknown[] | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function isKeyOf(keys: readonly OrderKey[], values: unknown[]): values is (string | number)[] {
  return (
    values.length === keys.length &&
    keys.every(({ type }, i) => {
      const value = values[i];
      if (type === "int") return Number.isInteger(value) && Math.abs(value as number) < 2 ** 31;
      if (type === "bigint") return Number.isSafeInteger(value);
      if (typeof value !== "string") return false;
      return type === "uuid" ? isUuid(value) : isText(value);
    })
  );
}

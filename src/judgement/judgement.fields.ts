import { z } from "zod";
import type { Field, WriteContext } from "../records/record.fields.js";
import { columnOf, type Json } from "../records/record.row.js";
import { key } from "../records/record.values.js";

/** Declares a reference to an item whose noun is the property `kind`. */
export function referenceByKind<const Column extends string>(property: Column, described: string) {
  return referencesByKind([property], key().describe(described), (given) => [given as string]);
}

/** Declares references to two such items, given as a list. */
export function pairByKind<const Column extends string>(
  properties: readonly [Column, Column],
  described: string,
) {
  const schema = z.array(key()).length(2, "expected the keys of two items").describe(described);
  return referencesByKind(properties, schema, (given) => given as string[]);
}

function referencesByKind<Column extends string, Schema extends z.ZodType>(
  properties: readonly Column[],
  schema: Schema,
  listOf: (given: unknown) => string[],
): Field<Column, Schema> {
  const columns = properties.map(columnOf);
  return {
    schema,
    properties,
    columns,
    nounOf: (item) => item.kind as string,
    write: (row, given, item, ids) => {
      const noun = item.kind as string;
      for (const [i, one] of listOf(given).entries())
        row[columns[i]!] = ids.id(noun, ids.fullKey(noun, one));
    },
    read: (row, keys, item) => {
      const found = columns.map((column) => keys.keyOf(item.kind as string, row[column]));
      return columns.length === 1 ? found[0] : found;
    },
  };
}

/** Returns the full keys that a judgement names, for its own key. */
export function keysIn(
  item: Json,
  properties: readonly string[],
  fullKey: WriteContext["fullKey"],
): string {
  const named = properties.flatMap((property) => item[property] as string | string[]);
  return named.map((one) => fullKey(item.kind as string, one)).join("/");
}

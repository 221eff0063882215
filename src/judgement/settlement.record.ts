import { z } from "zod";
import { type Field, value } from "../records/record.fields.js";
import { recordItem } from "../records/record.item.js";
import type { Row } from "../records/record.row.js";
import { text } from "../records/record.values.js";
import { SETTLED_NOUNS } from "./judged.js";
import { keysIn, referenceByKind } from "./judgement.fields.js";
import type { Settlement } from "./settlement.entity.js";

/** The value of a field of another item, stored by column. */
const settledValue = {
  schema: z.unknown().describe("Its value, as the record format writes it."),
  properties: ["given"] as const,
  columns: ["given"],
  write: (row, given, item, ids) =>
    void (row.given = ids.columnsOf(item.kind as string, item.field as string, given)),
  read: (row, keys, item) =>
    keys.valueIn(item.kind as string, item.field as string, row.given as Row),
} satisfies Field<"given", z.ZodType>;

/** The record format of a settlement: which value of a field is right. */
export const settlement = recordItem<Settlement>()({
  noun: "settlement",
  table: "record_settlement",
  keyOf: (given, documentKey, fullKey) =>
    `${documentKey}/${String(given.kind)}/${keysIn(given, ["item"], fullKey)}/${String(given.field)}`,
  fields: {
    kind: value("kind", z.enum(SETTLED_NOUNS), "What it is: `person`."),
    item: referenceByKind("itemId", "Key of the item."),
    field: value("field", text(100), "The property of the record format: `birthDate`."),
    value: settledValue,
    because: value("because", text(2_000), "Why that value is right, in the record's own words."),
  },
  derived: ["key"],
});

import { z } from "zod";
import { value } from "../records/record.fields.js";
import { recordItem } from "../records/record.item.js";
import { text } from "../records/record.values.js";
import type { Difference } from "./difference.entity.js";
import { MERGED_NOUNS } from "./judged.js";
import { keysIn, pairByKind } from "./judgement.fields.js";

/** The record format of a difference: two items that look alike are not one. */
export const difference = recordItem<Difference>()({
  noun: "difference",
  table: "record_difference",
  keyOf: (given, documentKey, fullKey) =>
    `${documentKey}/${String(given.kind)}/${keysIn(given, ["items"], fullKey)}`,
  fields: {
    kind: value("kind", z.enum(MERGED_NOUNS), "What both are: `person`."),
    items: pairByKind(["oneId", "otherId"], "Keys of the two that are not one."),
    because: value("because", text(2_000), "Why they are not one, in the record's own words."),
  },
  derived: ["key"],
});

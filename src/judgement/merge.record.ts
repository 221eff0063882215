import { z } from "zod";
import { value } from "../records/record.fields.js";
import { recordItem } from "../records/record.item.js";
import { text } from "../records/record.values.js";
import { citationsOrNone } from "../source/citation.record.js";
import { MERGED_NOUNS } from "./judged.js";
import { keysIn, referenceByKind } from "./judgement.fields.js";
import type { Merge } from "./merge.entity.js";

/** The record format of a merge: two items are one. */
export const merge = recordItem<Merge>()({
  noun: "merge",
  table: "record_merge",
  keyOf: (given, documentKey, fullKey) =>
    `${documentKey}/${String(given.kind)}/${keysIn(given, ["goes", "stays"], fullKey)}`,
  fields: {
    kind: value("kind", z.enum(MERGED_NOUNS), "What both are: `person`."),
    stays: referenceByKind("staysId", "Key of the one that stays, under which both are shown."),
    goes: referenceByKind("goesId", "Key of the one that goes. It leads to the one that stays."),
    because: value("because", text(2_000), "Why they are one, in the record's own words."),
    citations: citationsOrNone("mergeId"),
  },
  derived: ["key"],
});

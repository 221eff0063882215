import { z } from "zod";
import { fullKey, referenceByLabel, value } from "../records/record.fields.js";
import { recordItem } from "../records/record.item.js";
import { citationsOrNone } from "../source/citation.record.js";
import type { StatementRelation } from "./statement-relation.entity.js";
import { HELD_RELATION_KINDS } from "./statement.enums.js";

/** The record format of a relation between statements. */
export const relation = recordItem<StatementRelation>()({
  noun: "relation",
  typename: "StatementRelation",
  table: "statement_relation",
  fields: {
    kind: value(
      "kind",
      z.enum(HELD_RELATION_KINDS),
      "What this statement is to the other: `CORRECTS` when it takes its place.",
    ),
    // `added`: a relation to a later statement can be added to a statement that is loaded already.
    statement: referenceByLabel(
      "statement",
      "otherId",
      "Key of the other statement; a label without a slash is one of the record's own document.",
      "added",
    ),
    citations: citationsOrNone("relationId"),
  },
  entry: {
    containers: ["statementId"],
    key: ({ kind, statement }, container, { documentKey }) =>
      `${container.key}/${kind as string}/${fullKey(documentKey, statement as string)}`,
    subject: ({ kind, other_id }, statementId) =>
      other_id === statementId ? null : `${String(kind)} ${String(other_id)}`,
    label: (text) =>
      [text("statement_id"), text("kind"), text("other_id")].filter(Boolean).join(" "),
    sortedBy: ["statement", "kind"],
  },
});

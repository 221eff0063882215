import { column, id, itemTable, link, partTable } from "../records/tables/record.table.js";
import { relation } from "./statement-relation.record.js";
import { statement } from "./statement.record.js";

/** The CSV file of statements. */
export const statements = itemTable(statement, {
  name: "statements",
  description: "What was said; retracted statements too, by their standing.",
  // Not their text, which is long.
  readable: ["key"],
  before: { audience: [column("joint", { field: "Statement.joint", required: true })] },
});

/** The CSV file of their speakers. */
export const speakers = partTable(statement, "speakers", {
  name: "speakers",
  type: "Speaker",
  description: "Who made statements, and for whom: one row for each side.",
});

/** The CSV file of their addressees. */
export const addressees = partTable(statement, "addressees", {
  name: "addressees",
  type: "Addressee",
  description: "To whom statements were made.",
});

/** The CSV file of their topics. */
export const statementTopics = partTable(statement, "topics", {
  name: "statement_topics",
  description: "What statements are about.",
});

/** The CSV file of relations between them. */
export const statementRelations = itemTable(relation, {
  name: "statement_relations",
  description: "What statements are to others, each relation once: at the statement that holds it.",
  // In the API a relation has no id: that of a statement is described in the same words.
  written: { id: [id("Statement.id")] },
  before: { kind: [link("statement", "The statement that holds the relation.")] },
});

import { LISTED_TABLES } from "../load/record.tables.js";

/** The larger parts of the statements of record.export.store.ts. */

/** The fact that the citation `c` is of. */
export const CITED_FACT =
  "coalesce(c.statement_id, c.meeting_id, c.participation_id, c.tenure_id, c.agreement_id, c.relation_id)";

const citationsOf = (fact: string) =>
  `SELECT id, ${fact}_id, owner_id FROM citation WHERE ${fact}_id IS NOT NULL`;

/** What is listed inside the items of a table and may be another record's: its id, the item's, and its owner. */
export const ENTRIES: Record<string, string | undefined> = {
  tenure: citationsOf("tenure"),
  agreement: citationsOf("agreement"),
  meeting: `
    ${citationsOf("meeting")}
    UNION ALL SELECT id, meeting_id, owner_id FROM participation
    UNION ALL SELECT c.id, p.meeting_id, c.owner_id FROM citation c JOIN participation p ON p.id = c.participation_id`,
  statement: `
    ${citationsOf("statement")}
    UNION ALL SELECT id, statement_id, owner_id FROM statement_relation
    UNION ALL SELECT c.id, r.statement_id, c.owner_id FROM citation c JOIN statement_relation r ON r.id = c.relation_id`,
};

/** A record can say that a document is a copy of another only after that one. */
const FIRM = 3;
/** An item waits for what it refers to. */
const ITEM = 2;
/** Added to an item that is there already. */
const ADDED = 1;

/** References from the columns of items: of which table, by which column, to which table. */
const COLUMNS: [from: string, column: string, to: string, firmness: number][] = [
  ["tenure", "person_id", "person", ITEM],
  ["tenure", "organization_id", "organization", ITEM],
  ["meeting", "convener_id", "organization", ITEM],
  ["meeting", "parent_id", "meeting", ITEM],
  ["participation", "meeting_id", "meeting", ITEM],
  ["participation", "person_id", "person", ITEM],
  ["participation", "organization_id", "organization", ITEM],
  ["agreement", "signed_at_id", "meeting", ITEM],
  ["agreement", "exchanged_at_id", "meeting", ITEM],
  ["statement", "meeting_id", "meeting", ITEM],
  ["statement_relation", "statement_id", "statement", ITEM],
  ["statement_relation", "other_id", "statement", ADDED],
];

/** References from the lists inside items: of which table, in which, by which column, to which table. */
const LISTS: [from: string, whole: string, column: string, to: string][] = [
  ["meeting_place", "meeting", "place_id", "place"],
  ["agreement_party", "agreement", "organization_id", "organization"],
  ["speaker", "statement", "person_id", "person"],
  ["speaker", "statement", "organization_id", "organization"],
  ["addressee", "statement", "person_id", "person"],
  ["addressee", "statement", "organization_id", "organization"],
  ["topic_of_statement", "statement", "topic_id", "statement_topic"],
];

/** Tables of what one record can define and another one add to. */
const OWNED = [...LISTED_TABLES, "participation", "statement_relation"];

/** What the owner of the item has not given itself is no reference of its record. */
const notGiven = (item: string, value: string, column: string) =>
  `NOT EXISTS (SELECT FROM given WHERE given.item_id = ${item} AND given.value = ${value}
     AND given.name LIKE '${column}')`;

/** Which documents refer to which others. $1 are the adopted citations. */
export const DOCUMENT_LINKS = `
  WITH given (item_id, document_id, name, value) AS MATERIALIZED (
    SELECT e.item_id, e.document_id, g.key, g.value::uuid
    FROM record_extension e CROSS JOIN jsonb_each_text(e.given) g WHERE g.key LIKE '%\\_id'),
  owned (id, owner_id) AS (
    ${OWNED.map((table) => `SELECT id, owner_id FROM ${table}`).join(" UNION ALL ")}
    UNION ALL SELECT id, owner_id FROM citation),
  link (from_id, to_id, firmness) AS (
    ${COLUMNS.map(
      ([from, column, to, firmness]) =>
        `SELECT x.owner_id, o.owner_id, ${firmness} FROM ${from} x JOIN ${to} o ON o.id = x.${column}
         WHERE o.owner_id <> x.owner_id AND ${notGiven("x.id", `x.${column}`, column)}`,
    ).join("\n UNION ")}
    UNION ${LISTS.map(
      ([from, whole, column, to]) =>
        `SELECT w.owner_id, o.owner_id, ${ITEM} FROM ${from} x JOIN ${whole} w ON w.id = x.${whole}_id
         JOIN ${to} o ON o.id = x.${column}
         WHERE o.owner_id <> w.owner_id AND ${notGiven("w.id", `x.${column}`, `${from}/%/${column}`)}`,
    ).join("\n UNION ")}
    UNION SELECT s.owner_id, o.owner_id, ${ITEM} FROM statement s JOIN place o ON o.id = s.place_id
      WHERE NOT s.place_inherited AND ${notGiven("s.id", "s.place_id", "place_id")}
    UNION SELECT d.id, o.owner_id, ${ADDED} FROM source_document d JOIN organization o ON o.id = d.issuer_id
    UNION SELECT id, syndicated_from_id, ${FIRM} FROM source_document WHERE syndicated_from_id IS NOT NULL
    UNION SELECT c.owner_id, fact.owner_id, ${ITEM} FROM citation c JOIN owned fact ON fact.id = ${CITED_FACT}
      WHERE c.owner_id <> fact.owner_id AND c.id <> ALL ($1::uuid[])
    UNION SELECT owner_id, document_id, ${ITEM} FROM citation
      WHERE owner_id <> document_id AND id <> ALL ($1::uuid[])
    UNION SELECT fact.owner_id, c.document_id, ${ITEM} FROM citation c JOIN owned fact ON fact.id = ${CITED_FACT}
      WHERE c.id = ANY ($1::uuid[])
    UNION SELECT e.document_id, o.owner_id, ${ITEM} FROM record_extension e JOIN owned o ON o.id = e.item_id
    UNION SELECT given.document_id, o.owner_id, ${ITEM} FROM given JOIN owned o ON o.id = given.value)
  SELECT from_id AS "from", to_id AS "to", max(firmness) AS firmness FROM link
  WHERE from_id <> to_id GROUP BY 1, 2 ORDER BY 1, 2`;

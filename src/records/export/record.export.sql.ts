import { CITATION, ITEMS } from "../record.format.js";
import type { ItemFormat } from "../record.item.js";
import { referencesIn, wholesOf } from "../record.items.js";

/** The larger parts of the statements of record.export.store.ts. */

/** The fact that the citation `c` is of. */
export const CITED_FACT = `coalesce(${wholesOf(CITATION)
  .map(({ column }) => `c.${column}`)
  .join(", ")})`;

/** What is listed inside the items of a kind and may be another record's: its id, the item's, and its owner. */
export function entriesIn(format: ItemFormat): string {
  return format.entries
    .flatMap(([, { entry, whole }]) => [
      `SELECT id, ${whole}, owner_id FROM ${entry.table} WHERE ${whole} IS NOT NULL`,
      ...entry.entries.map(
        ([, inner]) =>
          `SELECT x.id, e.${whole}, x.owner_id FROM ${inner.entry.table} x JOIN ${entry.table} e ON e.id = x.${inner.whole}`,
      ),
    ])
    .join(" UNION ALL ");
}

/** A record can say that a document is a copy of another only after that one, and adds to what is there already. */
const FIRMNESS = { firm: 3, item: 2, added: 1 };
const ITEM = FIRMNESS.item;

/** What one record can define and another one add to, and documents. What citations refer to is told apart. */
const OWNED = ITEMS.filter((format) => format !== CITATION);

/** What the owner of the item has not given itself is no reference of its record. */
const notGiven = (item: string, value: string, column: string) =>
  `NOT EXISTS (SELECT FROM given WHERE given.item_id = ${item} AND given.value = ${value}
     AND given.name LIKE '${column}')`;

/** From the columns of items: to what they refer to, and to what they are listed in. */
function linksOf(format: ItemFormat): string[] {
  const { table, owner, fields, inherited } = format;
  const listedIn = wholesOf(format).map(({ column, of }) => ({
    column,
    to: of,
    firmness: "item" as const,
  }));
  return [...referencesIn(fields), ...listedIn].map(({ column, to, firmness }) => {
    const flag = inherited.find(([, columns]) => columns.includes(column))?.[0];
    return `SELECT x.${owner}, o.${to.owner}, ${FIRMNESS[firmness]} FROM ${table} x JOIN ${to.table} o ON o.id = x.${column}
      WHERE o.${to.owner} <> x.${owner} ${flag ? `AND NOT x.${flag}` : ""} AND ${notGiven("x.id", `x.${column}`, column)}`;
  });
}

/** From the lists inside items. */
function linksOfParts({ table, owner, parts }: ItemFormat): string[] {
  return parts.flatMap(([, part]) =>
    referencesIn(part.fields).map(
      ({ column, to }) =>
        `SELECT w.${owner}, o.${to.owner}, ${ITEM} FROM ${part.table} x JOIN ${table} w ON w.id = x.${part.whole}
         JOIN ${to.table} o ON o.id = x.${column} WHERE o.${to.owner} <> w.${owner}
           AND ${notGiven("w.id", `x.${column}`, `${part.table}/%/${column}`)}`,
    ),
  );
}

/** Which documents refer to which others. $1 are the adopted citations. */
export const DOCUMENT_LINKS = `
  WITH given (item_id, document_id, name, value) AS MATERIALIZED (
    SELECT e.item_id, e.document_id, g.key, g.value::uuid
    FROM record_extension e CROSS JOIN jsonb_each_text(e.given) g WHERE g.key LIKE '%\\_id'),
  owned (id, owner_id) AS (
    ${OWNED.map(({ table, owner }) => `SELECT id, ${owner} FROM ${table}`).join(" UNION ALL ")}
    UNION ALL SELECT id, owner_id FROM citation),
  link (from_id, to_id, firmness) AS (
    ${OWNED.flatMap((format) => [...linksOf(format), ...linksOfParts(format)]).join("\n UNION ")}
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

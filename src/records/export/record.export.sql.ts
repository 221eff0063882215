import { CITATION, ITEMS } from "../record.format.js";
import type { ItemFormat } from "../record.item.js";
import { referencesIn, containersOf } from "../record.items.js";

/** Larger SQL fragments of record.export.store.ts. */

/** The id of the fact that citation `c` belongs to. */
export const CITED_FACT = `coalesce(${containersOf(CITATION)
  .map(({ column }) => `c.${column}`)
  .join(", ")})`;

/** Selects the entries of a format's items, which may have other owners: entry id, item id, owner id. */
export function entriesIn(format: ItemFormat): string {
  return format.entries
    .flatMap(([, { entry, container }]) => [
      `SELECT id, ${container}, owner_id FROM ${entry.table} WHERE ${container} IS NOT NULL`,
      ...entry.entries.map(
        ([, inner]) =>
          `SELECT x.id, e.${container}, x.owner_id FROM ${inner.entry.table} x JOIN ${entry.table} e ON e.id = x.${inner.container}`,
      ),
    ])
    .join(" UNION ALL ");
}

/** Higher is firmer: a copy must come after its original, whereas an added reference can be written later. */
const FIRMNESS = { firm: 3, item: 2, added: 1 };
const ITEM = FIRMNESS.item;

/** The formats of links between documents. Citations are handled separately. */
const OWNED = ITEMS.filter((format) => format !== CITATION);

/** Excludes references that an extension gave: they are not the owner's. */
const notExtended = (item: string, value: string, column: string) =>
  `NOT EXISTS (SELECT FROM given WHERE given.item_id = ${item} AND given.value = ${value}
     AND given.name LIKE '${column}')`;

/** Selects links from items: to what their columns refer to, and to the items that contain them. */
function linksOf(format: ItemFormat): string[] {
  const { table, owner, fields, inherited } = format;
  const listedIn = containersOf(format).map(({ column, of }) => ({
    column,
    to: of,
    firmness: "item" as const,
  }));
  return [...referencesIn(fields), ...listedIn].map(({ column, to, firmness }) => {
    const flag = inherited.find(([, columns]) => columns.includes(column))?.[0];
    return `SELECT x.${owner}, o.${to.owner}, ${FIRMNESS[firmness]} FROM ${table} x JOIN ${to.table} o ON o.id = x.${column}
      WHERE o.${to.owner} <> x.${owner} ${flag ? `AND NOT x.${flag}` : ""} AND ${notExtended("x.id", `x.${column}`, column)}`;
  });
}

/** Selects links from the parts of items. */
function linksOfParts({ table, owner, parts }: ItemFormat): string[] {
  return parts.flatMap(([, part]) =>
    referencesIn(part.fields).map(
      ({ column, to }) =>
        `SELECT w.${owner}, o.${to.owner}, ${ITEM} FROM ${part.table} x JOIN ${table} w ON w.id = x.${part.container}
         JOIN ${to.table} o ON o.id = x.${column} WHERE o.${to.owner} <> w.${owner}
           AND ${notExtended("w.id", `x.${column}`, `${part.table}/%/${column}`)}`,
    ),
  );
}

/** Selects which documents refer to which others. $1: ids of adopted citations. */
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

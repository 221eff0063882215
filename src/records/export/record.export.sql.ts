import { ITEMS } from "../record.format.js";
import type { ItemFormat } from "../record.item.js";
import { referencesIn } from "../record.items.js";

/** Higher is firmer: a copy must come after its original, whereas an added reference can be written later. */
const FIRMNESS = { firm: 3, item: 2, added: 1 };

/** Of items that several records give, claims say which record refers to what. */
const GIVEN_BY_ONE = "NOT EXISTS (SELECT FROM record_claim c WHERE c.item_id = w.id)";

/** Selects links from the columns of items that one record gives. */
function linksOf({ table, owner, fields, inherited }: ItemFormat): string[] {
  return referencesIn(fields).map(({ column, to, firmness }) => {
    const flag = inherited.find(([, columns]) => columns.includes(column))?.[0];
    return `SELECT w.${owner}, o.${to.owner}, ${FIRMNESS[firmness]} FROM ${table} w JOIN ${to.table} o ON o.id = w.${column}
      WHERE o.${to.owner} <> w.${owner} ${flag ? `AND NOT w.${flag}` : ""} AND ${GIVEN_BY_ONE}`;
  });
}

/** Selects links from the parts of such items. */
function linksOfParts({ table, owner, parts }: ItemFormat): string[] {
  return parts.flatMap(([, part]) =>
    referencesIn(part.fields).map(
      ({ column, to }) =>
        `SELECT w.${owner}, o.${to.owner}, ${FIRMNESS.item} FROM ${part.table} x JOIN ${table} w ON w.id = x.${part.container}
         JOIN ${to.table} o ON o.id = x.${column} WHERE o.${to.owner} <> w.${owner} AND ${GIVEN_BY_ONE}`,
    ),
  );
}

/** Selects which documents refer to which others. */
export const DOCUMENT_LINKS = `
  WITH owned (id, owner_id) AS (
    ${ITEMS.map(({ table, owner }) => `SELECT id, ${owner} FROM ${table}`).join(" UNION ALL ")}),
  link (from_id, to_id, firmness) AS (
    ${ITEMS.flatMap((format) => [...linksOf(format), ...linksOfParts(format)]).join("\n UNION ")}
    UNION SELECT c.document_id, o.owner_id, ${FIRMNESS.item}
      FROM record_claim c CROSS JOIN jsonb_each_text(c.given) g JOIN owned o ON o.id = g.value::uuid
      WHERE g.key LIKE '%\\_id')
  SELECT from_id AS "from", to_id AS "to", max(firmness) AS firmness FROM link
  WHERE from_id <> to_id GROUP BY 1, 2 ORDER BY 1, 2`;

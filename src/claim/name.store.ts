import type { Sql } from "../db/sql.js";
import { generic, raw, SQL } from "../db/sql-text.js";
import { type RecordedName, RecordNameKind } from "./recorded-name.js";

/** The tables of items with names. */
export type NamedTable = "person" | "place" | "organization";

/** The maximum number of names of an item. */
const MAX_NAMES = 100;

/** The maximum number of documents read that add a spelling, and also of those that only repeat one. */
const MAX_DOCUMENTS = 1_000;

interface NameRow {
  itemId: string;
  text: string;
  isShown: boolean;
  isFormer: boolean;
  language: string | null;
  sourceCount: number;
}

/** A document of a source, looked up by its id. */
const document = (id: string) =>
  raw(`(SELECT id, syndicated_from_id FROM source_document WHERE id = ${id} OFFSET 0) AS d`);

/** Reads the names of each item with the number of independent sources: the shown one first, then by text. */
export async function namesOf(
  sql: Sql,
  table: NamedTable,
  itemIds: readonly string[],
): Promise<RecordedName[][]> {
  const ids = generic(itemIds, "uuid[]");
  const [named, noun, most] = [raw(table), raw(`'${table}'`), raw(`${MAX_DOCUMENTS}`)];
  const rows = await sql.query<NameRow>(
    `namesOf_${table}`,
    // The members of an item are itself and the items that were merged into it.
    SQL`WITH RECURSIVE member (item_id, id) AS (
       SELECT i, i FROM unnest(${ids}) AS i
       UNION SELECT r.root_id, r.id FROM item_as_recorded r WHERE r.root_id = ANY (${ids}) AND r.noun = ${noun}),
     given (item_id, document_id, name, other_names, name_notes) AS (
       SELECT m.item_id, c.document_id, c.given->>'name', c.given->'other_names', c.given->'name_notes'
       FROM member m CROSS JOIN LATERAL (
         (SELECT * FROM record_claim c WHERE c.item_id = m.id AND c.is_shown ORDER BY c.document_id LIMIT ${most})
         UNION ALL
         (SELECT * FROM record_claim c WHERE c.item_id = m.id AND NOT c.is_shown ORDER BY c.document_id LIMIT ${most})
       ) AS c
       UNION ALL SELECT m.item_id, (given.row->>'owner_id')::uuid, given.row->>'name', given.row->'other_names', given.row->'name_notes'
       FROM member m LEFT JOIN ${named} t ON t.id = m.id LEFT JOIN item_as_recorded r ON r.id = m.id
         CROSS JOIN LATERAL (SELECT coalesce(r.tables->${noun}->0, to_jsonb(t))) AS given (row)
       WHERE NOT EXISTS (SELECT FROM record_claim c WHERE c.item_id = m.id)),
     spelling (item_id, document_id, text) AS (
       SELECT item_id, document_id, name FROM given
       UNION SELECT item_id, document_id, jsonb_array_elements_text(other_names) FROM given),
     note (item_id, text, language, is_former) AS (
       SELECT g.item_id, n.text, min(n.language), bool_or(n.kind = 'FORMER')
       FROM given g CROSS JOIN LATERAL jsonb_to_recordset(g.name_notes) AS n (text text, language text, kind text)
       GROUP BY 1, 2),
     -- UNION removes duplicates: the original of two copies counts once, and a cycle of copies ends. OFFSET 0: the planner expects a
     -- hundred spellings per document, and would read all documents.
     source (item_id, text, document_id, copied_from_id) AS (
       SELECT s.item_id, s.text, d.id, d.syndicated_from_id FROM spelling s CROSS JOIN LATERAL ${document("s.document_id")}
       UNION SELECT s.item_id, s.text, d.id, d.syndicated_from_id
       FROM source s CROSS JOIN LATERAL ${document("s.copied_from_id")})
     SELECT s.item_id AS "itemId", s.text, s.text = t.name AS "isShown", coalesce(n.is_former, false) AS "isFormer",
       n.language, count(*) FILTER (WHERE s.copied_from_id IS NULL)::int AS "sourceCount"
     FROM source s JOIN ${named} t ON t.id = s.item_id LEFT JOIN note n ON n.item_id = s.item_id AND n.text = s.text
     GROUP BY s.item_id, s.text, t.name, n.is_former, n.language
     ORDER BY s.item_id, s.text <> t.name, s.text`,
  );
  const names = new Map<string, RecordedName[]>(itemIds.map((id) => [id, []]));
  for (const { itemId, text, isShown, isFormer, language, sourceCount } of rows) {
    const kind = isShown
      ? RecordNameKind.PREFERRED
      : isFormer
        ? RecordNameKind.FORMER
        : RecordNameKind.ALSO;
    const all = names.get(itemId)!;
    if (all.length < MAX_NAMES)
      all.push({ itemId, text, kind, language, sourceCount: Math.max(sourceCount, 1) });
  }
  return itemIds.map((id) => names.get(id)!);
}

import type { Sql } from "../../db/sql.js";
import { generic, raw, SQL } from "../../db/sql-text.js";
import { asRecorded } from "../judgements/record.as-recorded.js";
import { hasClaimedParent } from "../parents/record.deferred-parents.js";
import type { ItemFormat } from "../record.item.js";

/** Reads the rows of items as recorded, by table, as JSON text: their own, their parts', and what several records give of them. */
export async function readRecordedRows(
  sql: Sql,
  format: ItemFormat,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { table, parts, computed } = format;
  const lists = [
    `'${table}', jsonb_build_array(to_jsonb(t) - '{${computed.join(",")}}'::text[])`,
    ...parts.map(([, { table: part, container, key }]) =>
      listSql(part, container, key.map((column) => `p.${column}`).join(", ")),
    ),
    listSql("record_claim", "item_id", "p.document_id"),
    // The parent that it would show if no cycle came of it, by which exports are sorted.
    ...(hasClaimedParent(format) ? [listSql("parent_passed_over", "item_id", "p.item_id")] : []),
  ];
  const recorded = await asRecorded(sql);
  const rows = await recorded.query<{ id: string; tables: string }>(
    `recordedRows_${table}`,
    SQL`SELECT t.id, jsonb_build_object(${raw(lists.join(", "))})::text AS tables
     FROM ${raw(table)} t WHERE t.id = ANY (${generic(ids, "uuid[]")})`,
  );
  return new Map(rows.map(({ id, tables }) => [id, tables]));
}

function listSql(table: string, container: string, order: string): string {
  return `'${table}', coalesce((SELECT jsonb_agg(to_jsonb(p) ORDER BY ${order}) FROM ${table} p WHERE p.${container} = t.id), '[]')`;
}

import type { Sql } from "../../db/sql.js";
import { generic, joinSql, raw, SQL } from "../../db/sql-text.js";
import { idOf } from "../record.ids.js";
import type { ItemFormat } from "../record.item.js";
import { TOP_LEVEL_ITEMS } from "../record.items.js";
import { DOCUMENT } from "../record.format.js";
import type { Row } from "../record.row.js";

/**
 * Returns the permanent key of an item: its key or, of its slugs, the one that its id is derived from. It leads to the item whatever slug
 * it has now, and whatever was merged into it.
 */
export function permanentKeyOf(format: ItemFormat, row: Row): string {
  const own = row[format.key!] as string;
  return permanentOf(format.noun, row.id as string, [
    own,
    ...((row.former_slugs ?? []) as string[]),
  ]);
}

function permanentOf(noun: string, id: string, keys: readonly string[]): string {
  return (keys.length > 1 && keys.find((key) => idOf(noun, key) === id)) || keys[0]!;
}

/** The SQL of an item's keys, as an array: the one in use first. */
export function keysSql({ key, fields }: ItemFormat): string {
  const hasFormer = fields.some(([name]) => name === "formerSlugs");
  return hasFormer ? `${key!} || former_slugs` : `ARRAY[${key!}]`;
}

/** Reads the permanent keys of items by id; of one that was merged into another, its own. */
export async function readPermanentKeys(
  sql: Sql,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const wanted = SQL`id = ANY (${generic(ids, "uuid[]")})`;
  const parts = [DOCUMENT, ...TOP_LEVEL_ITEMS].map(
    (format) =>
      SQL`SELECT id, ${raw(`'${format.noun}'`)} AS noun, ${raw(keysSql(format))} AS keys FROM ${raw(format.table)} WHERE ${wanted}`,
  );
  const rows = await sql.query<{ id: string; noun: string; keys: string[] }>(
    "permanentKeys",
    SQL`${joinSql(parts, " UNION ALL ")}
     UNION ALL SELECT id, noun, keys FROM item_as_recorded WHERE ${wanted} AND keys <> '{}'`,
  );
  return new Map(rows.map(({ id, noun, keys }) => [id, permanentOf(noun, id, keys)]));
}

import { type EntityClass, type ManyRows, select, type Selection, tableOf } from "./rows.js";
import type { Sql } from "../db/sql.js";
import { hasSlug, Where } from "./where.js";

/** Reads entities by keys, in one statement: a value for each key, in the order of the keys. */
export interface Lookup<Value> {
  entity: EntityClass;
  read: (sql: Sql, keys: readonly string[], selected?: Selection) => Promise<Value[]>;
}

/** Looks up rows by a unique column; null for an unknown key. */
export function rowsByKey<Row extends object>(
  name: string,
  entity: EntityClass<Row>,
  column: "id" | "code" | "slug",
): Lookup<Row | null> {
  const type = column === "id" ? "uuid" : "text";
  return {
    entity,
    async read(sql, keys, selected) {
      const where = new Where();
      const found = `x.${column} = ANY (${where.bound(keys, `${type}[]`)})`;
      const rows = await sql.query<Row & { foundBy: string }>(
        name,
        `SELECT x.${column} AS "foundBy", ${select(entity, "x", selected)}
         FROM ${tableOf(entity)} x WHERE ${found}`,
        where.values,
      );
      return rowPerKey(keys, rows, (row) => [row.foundBy]);
    },
  };
}

/** Looks up rows by slug, present or former; null for an unknown one. */
export function rowsBySlug<Row extends object>(
  name: string,
  entity: EntityClass<Row>,
): Lookup<Row | null> {
  return {
    entity,
    async read(sql, slugs, selected) {
      const where = new Where();
      const found = hasSlug(where.bound(slugs, "text[]"), "x");
      const rows = await sql.query<Row & { foundBy: string[] }>(
        name,
        `SELECT x.former_slugs || x.slug AS "foundBy", ${select(entity, "x", selected)}
         FROM ${tableOf(entity)} x WHERE ${found}`,
        where.values,
      );
      return rowPerKey(slugs, rows, (row) => row.foundBy);
    },
  };
}

/** Looks up the rows of a `@JoinedRows` field by the id of their parent, for parents that were read without them (rows.ts). */
export function rowsByParent(
  parent: EntityClass,
  field: string,
  { target, from, parentId, order }: ManyRows & { target: EntityClass },
): Lookup<object[]> {
  return {
    entity: target,
    async read(sql, parentIds, selected) {
      const found = await sql.query<{ listedUnder: string }>(
        `${field}Of${parent.name}s`,
        `SELECT ${parentId("x")} AS "listedUnder", ${select(target, "x", selected)}
         FROM ${from("x")} WHERE ${parentId("x")} = ANY ($1::uuid[]) ORDER BY ${order("x")}`,
        [parentIds],
      );
      return groupByKey(parentIds, found, (row) => row.listedUnder);
    },
  };
}

/** Returns the row for each key, or null. A row may have several keys. */
function rowPerKey<Row>(
  keys: readonly string[],
  rows: readonly Row[],
  keysOf: (row: Row) => readonly string[],
): (Row | null)[] {
  const byKey = new Map<string, Row>();
  for (const row of rows) for (const key of keysOf(row)) byKey.set(key, row);
  return keys.map((key) => byKey.get(key) ?? null);
}

/** Returns the rows for each key, in their order, as DataLoader expects them. */
export function groupByKey<Row>(
  keys: readonly string[],
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): Row[][] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return keys.map((key) => groups.get(key) ?? []);
}

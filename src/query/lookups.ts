import { type EntityClass, type ManyRows, select, type Selection, tableOf } from "./rows.js";
import type { Sql } from "../db/sql.js";
import { hasSlug, Where } from "./where.js";

/** What is read of an entity for keys, one statement for all: a value for each key, in their order. */
export interface Lookup<Value> {
  entity: EntityClass;
  read: (sql: Sql, keys: readonly string[], selected?: Selection) => Promise<Value[]>;
}

/** Rows by their key, which a column of text or uuid holds; null for one that is unknown. */
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
      return oneEach(keys, rows, (row) => [row.foundBy]);
    },
  };
}

/** Rows by their slug, present or former; null for one that is unknown. */
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
      return oneEach(slugs, rows, (row) => row.foundBy);
    },
  };
}

/** Rows that belong to each of several others, for fields whose row came without them (query/rows.ts). */
export function rowsUnder(
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
      return manyEach(parentIds, found, (row) => row.listedUnder);
    },
  };
}

/** For each key its row, null where there is none. A row may answer several keys. */
function oneEach<Row>(
  keys: readonly string[],
  rows: readonly Row[],
  keysOf: (row: Row) => readonly string[],
): (Row | null)[] {
  const byKey = new Map<string, Row>();
  for (const row of rows) for (const key of keysOf(row)) byKey.set(key, row);
  return keys.map((key) => byKey.get(key) ?? null);
}

/** For each key its rows, in the order they came: what a loader hands back. */
export function manyEach<Row>(
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

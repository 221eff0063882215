import { getMetadataArgsStorage } from "typeorm";
import type { Sql } from "../db/sql.js";
import { generic, joinSql, raw, SQL, type SqlText } from "../db/sql-text.js";
import { columnOf, type EntityClass, type Joined, type ManyRows, shapeOf } from "./row-shape.js";
import { hasSlug } from "./where.js";

/** The fields that a query selects, each with its own selection. */
export interface Selection {
  [field: string]: Selection;
}

/** An item of a select list: a column, or a subselect for a joined field. */
interface SelectItem {
  name: string;
  sql: string;
}

/** Joined fields are nested this deep in one statement; deeper ones are read by loaders. */
const MAX_DEPTH = 3;

const WHOLE_ROW: Selection = {};
// The same document has the same selections (look-ahead.ts), so that each select list is built once.
const selectLists = new WeakMap<Selection, Map<string, string>>();

/**
 * Returns the select list for rows of an entity: `p.sort_name AS "sortName"`. With a selection, it has the columns that the
 * selected fields need, and joined rows as JSON under the name of their field; without one, it has all columns except those
 * declared with `select: false`.
 */
export function select(entity: EntityClass, alias: string, selected?: Selection): string {
  const known = selectLists.get(selected ?? WHOLE_ROW) ?? new Map<string, string>();
  selectLists.set(selected ?? WHOLE_ROW, known);
  const key = `${entity.name} ${alias}`;
  let text = known.get(key);
  if (text === undefined) {
    const parts = selectItems(entity, alias, selected, 1);
    text = parts.map(({ name, sql }) => `${sql} AS "${name}"`).join(", ");
    known.set(key, text);
  }
  return text;
}

/** Returns the same select list for a statement. */
export function selectSql(entity: EntityClass, alias: string, selected?: Selection): SqlText {
  return raw(select(entity, alias, selected));
}

/** Columns come in the order of the entity, so that selections that differ only in order share one prepared statement. */
function selectItems(
  entity: EntityClass,
  alias: string,
  selected: Selection | undefined,
  depth: number,
): SelectItem[] {
  const { columns, keys, joined, needs } = shapeOf(entity);
  const nested = [...joined].filter(([field]) => selected?.[field] && depth <= MAX_DEPTH);
  const others = Object.keys(selected ?? {}).filter(
    (field) => !nested.some(([joinedField]) => joinedField === field),
  );
  // A search selects fields of several types; for a field that this type does not have, the key is read.
  const wanted = new Set(others.flatMap((field) => needs.get(field) ?? keys));
  if (nested.length + wanted.size === 0) for (const key of keys) wanted.add(key);
  return [
    ...columns
      .filter(({ property, isReadByDefault }) =>
        selected ? wanted.has(property) : isReadByDefault,
      )
      .map(({ property, column }) => ({ name: property, sql: `${alias}.${column}` })),
    ...nested.map(([field, rows]) => {
      const inner = `${alias}_${field.toLowerCase()}`;
      const parts = selectItems(rows.target, inner, selected![field], depth + 1);
      return { name: field, sql: joinedSql(rows, inner, parts, entity, alias) };
    }),
  ];
}

function objectSql(items: SelectItem[]): string {
  return `json_build_object(${items.map(({ name, sql }) => `'${name}', ${sql}`).join(", ")})`;
}

/** Returns the subselect of a joined field, as JSON: an object or null, or a list. */
function joinedSql(
  joined: Joined,
  inner: string,
  parts: SelectItem[],
  entity: EntityClass,
  alias: string,
): string {
  const object = objectSql(parts);
  if (joined.kind === "one") {
    const { target, property } = joined;
    return `(SELECT ${object} FROM ${tableOf(target)} ${inner}
      WHERE ${inner}.${columnOf(target)} = ${alias}.${columnOf(entity, property)})`;
  }
  return `(SELECT coalesce(json_agg(listed.row), '[]') FROM (
    SELECT ${object} AS row FROM ${joined.from(inner)}
    WHERE ${joined.parentId(inner)} = ${alias}.id ORDER BY ${joined.order(inner)}) AS listed)`;
}

/** Returns the name of an entity's table. */
export function tableOf(entity: EntityClass): string {
  return getMetadataArgsStorage().tables.find(({ target }) => target === entity)!.name!;
}

/** Reads entities by keys, in one statement: a value for each key, in the order of the keys. */
export interface Lookup<Value> {
  entity: EntityClass;
  read: (sql: Sql, keys: readonly string[], selected?: Selection) => Promise<Value[]>;
}

/**
 * Looks up rows by a unique column; null for an unknown key. With `noun`, the name of the items in the record format, the key of one that
 * was merged into another leads to that one: in a second statement, since few keys are unknown.
 */
export function rowsByKey<Row extends object>(
  name: string,
  entity: EntityClass<Row>,
  column: "id" | "code" | "slug",
  noun?: string,
): Lookup<Row | null> {
  const type = column === "id" ? "uuid" : "text";
  return {
    entity,
    async read(sql, keys, selected) {
      const from = raw(`${tableOf(entity)} x`);
      const key = raw(`x.${column}`);
      const columns = selectSql(entity, "x", selected);
      const rows = await sql.query<Row & { foundBy: string }>(
        name,
        SQL`SELECT ${key} AS "foundBy", ${columns} FROM ${from} WHERE ${key} = ANY (${generic(keys, `${type}[]`)})`,
      );
      const known = new Set(rows.map(({ foundBy }) => foundBy));
      const unknown = keys.filter((key) => !known.has(key));
      if (noun && unknown.length > 0) {
        const goneKeys = raw(column === "id" ? "ARRAY[r.id]" : "r.keys");
        const gone = generic(unknown, `${type}[]`);
        const merged = await sql.query<Row & { foundBy: string }>(
          `${name}_merged`,
          SQL`SELECT gone.key AS "foundBy", ${columns}
            FROM item_as_recorded r CROSS JOIN LATERAL unnest(${goneKeys}) AS gone (key)
            JOIN ${from} ON x.id = r.root_id
            WHERE r.noun = ${generic(noun, "text")} AND ${column === "id" ? SQL`r.id = ANY (${gone})` : SQL`r.keys && ${gone}`}`,
        );
        rows.push(...merged);
      }
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
      const rows = await sql.query<Row & { foundBy: string[] }>(
        name,
        SQL`SELECT x.former_slugs || x.slug AS "foundBy", ${selectSql(entity, "x", selected)}
          FROM ${raw(tableOf(entity))} x WHERE ${hasSlug(generic(slugs, "text[]"), "x")}`,
      );
      return rowPerKey(slugs, rows, (row) => row.foundBy);
    },
  };
}

/** An item by its type and id. */
export interface TypedId<Type extends string> {
  type: Type;
  id: string;
}

/**
 * Reads rows of entities by type and id, all types in one statement; null for an unknown id. Values come as JSON, as those of
 * joined rows do.
 */
export async function rowsOfTypes<Type extends string>(
  sql: Sql,
  name: string,
  entities: Readonly<Record<Type, EntityClass>>,
  keys: readonly TypedId<Type>[],
  selected?: Selection,
): Promise<(object | null)[]> {
  // Of all types, wanted or not, so that one prepared statement serves every mixture.
  const parts = (Object.keys(entities) as Type[]).map((type) => {
    const items = selectItems(entities[type], "x", selected, 1);
    const ids = keys.filter((key) => key.type === type).map(({ id }) => id);
    return SQL`SELECT x.id, ${raw(objectSql(items))} AS row
      FROM ${raw(tableOf(entities[type]))} x WHERE x.id = ANY (${generic(ids, "uuid[]")})`;
  });
  const rows = await sql.query<{ id: string; row: object }>(name, joinSql(parts, " UNION ALL "));
  const byId = new Map(rows.map(({ id, row }) => [id, row]));
  return keys.map(({ id }) => byId.get(id) ?? null);
}

/** Looks up the rows of a `@JoinedRows` field by the id of their parent, for parents that were read without them. */
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
        SQL`SELECT ${raw(parentId("x"))} AS "listedUnder", ${selectSql(target, "x", selected)}
          FROM ${raw(from("x"))} WHERE ${raw(parentId("x"))} = ANY (${generic(parentIds, "uuid[]")})
          ORDER BY ${raw(order("x"))}`,
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

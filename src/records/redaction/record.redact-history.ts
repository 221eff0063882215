import type { Sql } from "../../db/sql.js";
import { formatOf, containersOf, referencesIn } from "../record.items.js";
import type { Row } from "../record.row.js";
import * as store from "./record.redact.store.js";

/** Removes items from the history: their changes, what was on record of them, and where others name them. */
export async function redactHistory(
  sql: Sql,
  ids: ReadonlySet<string>,
  keys: ReadonlySet<string>,
): Promise<void> {
  await store.emptyChanges(sql, [...ids]);
  await redactChanges(sql, keys);
  await redactEarlierRows(sql, ids);
}

/** Empties the fields, in changes of other items, that name a removed one. */
async function redactChanges(sql: Sql, keys: ReadonlySet<string>): Promise<void> {
  let after: readonly [number, number] = [0, 0];
  for (;;) {
    const page = await store.readNamingChanges(sql, [...keys], after);
    for (const change of page)
      await store.replaceFields(sql, {
        ...change,
        old: withoutNaming(change.old, keys),
        new: withoutNaming(change.new, keys),
      });
    const last = page.at(-1);
    if (!last) return;
    after = [last.revision, last.ordinal];
  }
}

function withoutNaming(fields: Row | null, keys: ReadonlySet<string>): Row | null {
  if (fields === null) return null;
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, names(value, keys) ? null : value]),
  );
}

function names(value: unknown, keys: ReadonlySet<string>): boolean {
  if (typeof value === "string") return keys.has(value);
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some((one) => names(one, keys));
}

/** Removes items, their entries, and references to them from what was on record before revisions. */
async function redactEarlierRows(sql: Sql, ids: ReadonlySet<string>): Promise<void> {
  const removed = new Set(ids);
  for (;;) {
    await store.deleteBefore(sql, [...removed]);
    const page = await store.readBeforeNaming(sql, [...removed]);
    if (page.length === 0) return;
    for (const one of page) {
      const left = withoutReferences(one, removed);
      // An entry of a removed item, or about one, goes with its own entries.
      if (left === null) removed.add(one.itemId);
      else await store.replaceBefore(sql, left);
    }
  }
}

/** Returns what was on record without references to removed items; null for an entry that can't be without them. */
function withoutReferences(
  one: store.StoredBefore,
  removed: ReadonlySet<string>,
): store.StoredBefore | null {
  const format = formatOf(one.noun);
  const isRemoved = (value: unknown) => typeof value === "string" && removed.has(value);
  const own = one.tables[format.table]![0]!;
  const isEntry = format.options.entry !== undefined;
  if (containersOf(format).some(({ column }) => isRemoved(own[column]))) return null;
  if (isEntry && Object.values(own).some(isRemoved)) return null;
  const parts = new Set(format.parts.map(([, { table }]) => table));
  const references = new Set(referencesIn(format.fields).map(({ column }) => column));
  const tables = Object.entries(one.tables).map(([table, rows]): [string, Row[]] => {
    if (parts.has(table)) return [table, rows.filter((row) => !Object.values(row).some(isRemoved))];
    if (table === "record_claim")
      return [
        table,
        rows.flatMap((row) =>
          isRemoved(row.document_id)
            ? []
            : [{ ...row, given: emptied(row.given as Row, isRemoved) }],
        ),
      ];
    return [
      table,
      rows.map((row) => {
        const left = { ...row };
        for (const column of references) if (isRemoved(left[column])) left[column] = null;
        return left;
      }),
    ];
  });
  // If a removed item is still named, such as by the owner, nothing of it is kept.
  const left = { ...one, tables: Object.fromEntries(tables) };
  return JSON.stringify(left.tables).split('"').some(isRemoved) ? null : left;
}

/** Returns what a record gave without the columns that refer to removed items; a part that does is left out as a whole. */
function emptied(given: Row, isRemoved: (value: unknown) => boolean): Row {
  const parts = new Set(
    Object.entries(given).flatMap(([column, value]) =>
      isRemoved(value) && column.includes("/")
        ? [column.slice(0, column.lastIndexOf("/") + 1)]
        : [],
    ),
  );
  return Object.fromEntries(
    Object.entries(given).filter(
      ([column, value]) => !isRemoved(value) && ![...parts].some((part) => column.startsWith(part)),
    ),
  );
}

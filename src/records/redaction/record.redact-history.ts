import type { Sql } from "../../db/sql.js";
import { formatOf, containersOf, referencesIn } from "../record.items.js";
import type { Row } from "../record.row.js";
import * as store from "./record.redact.store.js";

/** Takes items out of what is kept of the past: their changes, what was on record of them, and where others name them. */
export async function redactHistory(
  sql: Sql,
  ids: ReadonlySet<string>,
  keys: ReadonlySet<string>,
): Promise<void> {
  await store.emptyChanges(sql, [...ids]);
  await redactChanges(sql, keys);
  await redactEarlierRows(sql, ids);
}

/** Empties the fields of changes of other items that name what goes. */
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

/** Takes items, their entries, and references to them out of what was on record before revisions. */
async function redactEarlierRows(sql: Sql, ids: ReadonlySet<string>): Promise<void> {
  const gone = new Set(ids);
  for (;;) {
    await store.deleteBefore(sql, [...gone]);
    const page = await store.readBeforeNaming(sql, [...gone]);
    if (page.length === 0) return;
    for (const one of page) {
      const left = withoutReferences(one, gone);
      // An entry of what goes, or about it, goes with its own entries.
      if (left === null) gone.add(one.itemId);
      else await store.replaceBefore(sql, left);
    }
  }
}

/** Returns what was on record without references to what goes; null if it was an entry that can't be without. */
function withoutReferences(
  one: store.StoredBefore,
  gone: ReadonlySet<string>,
): store.StoredBefore | null {
  const format = formatOf(one.noun);
  const isGone = (value: unknown) => typeof value === "string" && gone.has(value);
  const own = one.tables[format.table]![0]!;
  const isEntry = format.options.entry !== undefined;
  if (containersOf(format).some(({ column }) => isGone(own[column]))) return null;
  if (isEntry && Object.values(own).some(isGone)) return null;
  const parts = new Set(format.parts.map(([, { table }]) => table));
  const references = new Set(referencesIn(format.fields).map(({ column }) => column));
  const tables = Object.entries(one.tables).map(([table, rows]): [string, Row[]] => {
    if (parts.has(table)) return [table, rows.filter((row) => !Object.values(row).some(isGone))];
    if (table === "record_claim")
      return [
        table,
        rows.flatMap((row) =>
          isGone(row.document_id) ? [] : [{ ...row, given: emptied(row.given as Row, isGone) }],
        ),
      ];
    return [
      table,
      rows.map((row) => {
        const left = { ...row };
        for (const column of references) if (isGone(left[column])) left[column] = null;
        return left;
      }),
    ];
  });
  // What names it otherwise, such as an owner, can't be kept: nothing of it is.
  const left = { ...one, tables: Object.fromEntries(tables) };
  return JSON.stringify(left.tables).split('"').some(isGone) ? null : left;
}

/** Returns what a record gave without the columns that refer to what goes; of a part, without the part. */
function emptied(given: Row, isGone: (value: unknown) => boolean): Row {
  const parts = new Set(
    Object.entries(given).flatMap(([column, value]) =>
      isGone(value) && column.includes("/") ? [column.slice(0, column.lastIndexOf("/") + 1)] : [],
    ),
  );
  return Object.fromEntries(
    Object.entries(given).filter(
      ([column, value]) => !isGone(value) && ![...parts].some((part) => column.startsWith(part)),
    ),
  );
}

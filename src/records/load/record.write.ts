import type { Sql } from "../../db/sql.js";
import type { Changes } from "./record.changes.js";
import { deleteRows, insertRows, storePositions, updateRows } from "./record.store.js";

/** Writes the changes of a batch. Answers how many statements have moved for the date of a document. */
export async function write(sql: Sql, { writes, items }: Changes): Promise<number> {
  for (const { table, key, deleted } of [...writes].reverse())
    if (deleted.length > 0) await deleteRows(sql, table, key, deleted);
  for (const { table, key, inserted, updated } of writes) {
    // What is changed may come to lie under what is new.
    if (inserted.length > 0) await insertRows(sql, table, inserted);
    if (updated.length > 0) await updateRows(sql, table, key, updated);
  }
  const redated = items.filter(
    ({ table, before, now }) => table === "source_document" && before!.date_from !== now?.date_from,
  );
  if (redated.length === 0) return 0;
  return storePositions(
    sql,
    redated.map(({ id }) => id),
  );
}

import type { Sql } from "../../db/sql.js";
import type { Changes } from "./record.changes.js";
import { DOCUMENT } from "../record.format.js";
import { deleteRows, insertRows, storePositions, updateRows } from "./record.store.js";

/** Writes the changes of a batch. Answers how many statements have moved for the date of a document. */
export async function write(sql: Sql, changes: Changes): Promise<number> {
  const { writes } = changes;
  for (const { table, key, deleted } of [...writes].reverse())
    if (deleted.length > 0) await deleteRows(sql, table, key, deleted);
  for (const { table, key, insertion, updated } of writes) {
    // What is changed may come to lie under what is new.
    if (insertion) await insertRows(sql, insertion);
    if (updated.length > 0) await updateRows(sql, table, key, updated);
  }
  const redated = redatedIn(changes);
  return redated.length === 0 ? 0 : storePositions(sql, redated);
}

/** The documents whose date has changed. */
export function redatedIn({ items }: Changes): string[] {
  return items.flatMap(({ format, id, before, now }) =>
    format === DOCUMENT && before!.date_from !== now?.date_from ? [id] : [],
  );
}

import type { ManyRows } from "../query/row-shape.js";

/**
 * The citations of a fact, by the column with its id: ordered by the date of their document, by document, then by position in it.
 */
export const citationsBy = (column: string): ManyRows => ({
  from: (x) => `citation ${x} JOIN source_document ${x}_in ON ${x}_in.id = ${x}.document_id`,
  parentId: (x) => `${x}.${column}`,
  order: (x) =>
    `oldest_first(${x}_in.date_from), ${x}_in.id, ${x}.start_offset, ${x}.locator, ${x}.id`,
});

import type { ManyRows } from "../query/row-shape.js";

/** Orders citations by the date of their document, by document, then by position in it; of both, the aliases. */
export const citationOrder = (citation: string, document: string) =>
  `oldest_first(${document}.date_from), ${document}.id, ${citation}.start_offset, ${citation}.locator, ${citation}.id`;

/** The citations of a fact, by the column with its id. */
export const citationsBy = (column: string): ManyRows => ({
  from: (x) => `citation ${x} JOIN source_document ${x}_in ON ${x}_in.id = ${x}.document_id`,
  parentId: (x) => `${x}.${column}`,
  order: (x) => citationOrder(x, `${x}_in`),
});

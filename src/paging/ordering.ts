/** One key of an order: an SQL expression that is never null, and its type. */
export interface OrderKey {
  sql: string;
  type: "int" | "uuid" | "text";
}

/**
 * A total order of a list: its last key is unique. All keys ascend (or all descend), so that a page's
 * bound is one comparison of rows, which an index on the same keys answers.
 */
export interface Ordering {
  name: string;
  keys: readonly OrderKey[];
  descending?: boolean;
  /** Whether the index that gives it, read forwards, begins at the end of a range of dates (scalars/date-range.ts). */
  beginsAtRange?: boolean;
}

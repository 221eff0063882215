/** One key of an order: an SQL expression that is never null, or what the list calls it, and its type. */
export interface OrderKey {
  sql: string;
  type: "int" | "bigint" | "uuid" | "text";
}

/**
 * A total order of a list: its last key is unique. All keys ascend (or all descend), so that a page's
 * bound is one comparison of rows, which an index on the same keys answers.
 */
export interface Ordering {
  name: string;
  keys: readonly OrderKey[];
  descending?: boolean;
  /**
   * The first key ascends from the newest date to the oldest, and the list is wanted the other way round: by the same index,
   * read backwards, though inside one date the other keys ascend all the same, and what has no date is last.
   */
  oldestFirst?: boolean;
}

/** What lists by date call their first key: the column `newest`, which migration 13 explains. */
export const NEWEST = { sql: "newest", type: "bigint" } as const;

/** The least key of what has no date. */
export const UNDATED = 8_388_607 * 2 ** 24;

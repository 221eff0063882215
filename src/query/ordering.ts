import { raw, SQL, type SqlText } from "../db/sql-text.js";
import { BadUserInput } from "../errors.js";

/** One key of an order: an SQL expression that is never null, or a name from the `keys` of the list, and its type. */
export interface OrderKey {
  sql: string;
  type: "int" | "bigint" | "uuid" | "text";
}

/**
 * A total order of a list: its last key is unique. All keys ascend, or all descend, so that a cursor is one comparison of
 * rows, for which PostgreSQL uses an index on the same keys.
 */
export interface Ordering {
  name: string;
  keys: readonly OrderKey[];
  descending?: boolean;
  /** The list table of all items that has the keys which the items themselves lack. */
  table?: string;
  /**
   * Whether to list from the oldest date to the newest. The first key ascends from the newest to the oldest, so the same index
   * is read backwards; within one date the other keys still ascend, and rows without a date come last.
   */
  oldestFirst?: boolean;
}

/** Makes the orderings of a list with only one. */
export const onlyOrder = (name: string, ...keys: OrderKey[]): Record<string, Ordering> => ({
  [name]: { name, keys },
});

/** The first key of lists by date: the column `newest`, which migration 1 explains (newest_key). */
export const NEWEST = { sql: "newest", type: "bigint" } as const;

/** The order by the revision that added an item. All keys descend, as the index that is read backwards has them. */
export const RECORDED_DESC: Ordering = {
  name: "RECORDED_DESC",
  keys: [
    { sql: "recorded_in", type: "int" },
    { sql: "id", type: "uuid" },
  ],
  descending: true,
};

/** The lowest value of `newest` for rows without a date. */
export const UNDATED = 8_388_607 * 2 ** 24;

/**
 * Returns a join that ranks rows by how well the words of `vector` match, for `ORDER BY` and cursors: an integer, lower is
 * better. It follows the table in FROM; its column is {@link RELEVANCE}.
 */
export function relevance(vector: string, query: SqlText): SqlText {
  return SQL`CROSS JOIN LATERAL (SELECT -(ts_rank(${raw(vector)}, ${query}) * 1e6)::int AS rank) AS relevance`;
}

/** Returns the same join for items that are found by their names: the best match counts. */
export function nameRelevance(kind: string, id: string, query: SqlText): SqlText {
  return SQL`CROSS JOIN LATERAL (SELECT -(max(ts_rank(n.words, ${query})) * 1e6)::int AS rank FROM record_name n
    WHERE ${raw(`n.kind = '${kind}' AND n.item_id = ${id}::text`)}) AS relevance`;
}

/** The key of an order by relevance. */
export const RELEVANCE = { sql: "relevance.rank", type: "int" } as const;

/** Throws BAD_USER_INPUT if a filter has no words for an order by relevance. */
export function assertWords(filter: { text?: string | null } | null | undefined): void {
  if (typeof filter?.text === "string") return;
  throw new BadUserInput("orderBy", "RELEVANCE needs words to go by: give `filter.text`.");
}

import { BadUserInput } from "../errors.js";

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

/** The orderings of a list that has only one. */
export const onlyOrder = (name: string, ...keys: OrderKey[]): Record<string, Ordering> => ({
  [name]: { name, keys },
});

/** What lists by date call their first key: the column `newest`, which migration 13 explains. */
export const NEWEST = { sql: "newest", type: "bigint" } as const;

/** The least key of what has no date. */
export const UNDATED = 8_388_607 * 2 ** 24;

/**
 * How well the words of `vector` match, for `ORDER BY` and cursors: an integer, the best first. To be put
 * after the table in FROM; its column is {@link RELEVANCE}.
 */
export function relevance(vector: string, query: string): string {
  return `CROSS JOIN LATERAL (SELECT -(ts_rank(${vector}, ${query}) * 1e6)::int AS rank) AS relevance`;
}

/** The same for what is found by its names: the best of them counts. */
export function nameRelevance(kind: string, id: string, query: string): string {
  return `CROSS JOIN LATERAL (SELECT -(max(ts_rank(n.words, ${query})) * 1e6)::int AS rank FROM record_name n
    WHERE n.kind = '${kind}' AND n.item_id = ${id}::text) AS relevance`;
}

/** The key of an order by relevance. */
export const RELEVANCE = { sql: "relevance.rank", type: "int" } as const;

/** Whether that is the order of a list. */
export function isByRelevance({ name }: Ordering): boolean {
  return name === "RELEVANCE";
}

/** Refuses the order where there are no words to be relevant to. */
export function checkRelevance(
  orderBy: string | null | undefined,
  filter: { text?: string | null } | null | undefined,
): void {
  if (orderBy !== "RELEVANCE" || typeof filter?.text === "string") return;
  throw new BadUserInput("orderBy", "RELEVANCE needs words to go by: give `filter.text`.");
}

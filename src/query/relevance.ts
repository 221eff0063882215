import { BadUserInput } from "../errors.js";
import type { PageRequest } from "./page.js";

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

/** Whether a list is wanted in that order. */
export function isByRelevance({ ordering }: PageRequest): boolean {
  return ordering.name === "RELEVANCE";
}

/** Refuses the order where there are no words to be relevant to. */
export function checkRelevance(
  orderBy: string | null | undefined,
  filter: { text?: string | null } | null | undefined,
): void {
  if (orderBy !== "RELEVANCE" || typeof filter?.text === "string") return;
  throw new BadUserInput("orderBy", "RELEVANCE needs words to go by: give `filter.text`.");
}

import type { Sql } from "../../db/sql.js";

/** Returns the name of a pair of people, whichever comes first: their ids in order, `personId:personId`. */
export function pairOf(one: string, other: string): string {
  return one < other ? `${one}:${other}` : `${other}:${one}`;
}

/** Returns those of these pairs (`personId:personId`) that records judge to be one person, or different ones. */
export async function judgedPairs(
  sql: Sql,
  pairs: readonly string[],
): Promise<ReadonlySet<string>> {
  // Records have no judgements on people yet, which are to be read here.
  void [sql, pairs];
  return new Set();
}

import type { Sql } from "../../db/sql.js";
import { generic, raw, SQL } from "../../db/sql-text.js";

/** Returns the name of a pair of people, whichever comes first: their ids in order, `personId:personId`. */
export function pairOf(one: string, other: string): string {
  return one < other ? `${one}:${other}` : `${other}:${one}`;
}

/** Selects a person of a pair and those who were merged into them. */
const members = (person: string) => {
  const id = raw(person);
  return SQL`(SELECT ${id} UNION ALL SELECT r.id FROM item_as_recorded r WHERE r.root_id = ${id} AND r.noun = 'person')`;
};

/**
 * Returns those of these pairs (`personId:personId`) that records judge to be different people. Those judged to be one are one person
 * already.
 */
export async function judgedPairs(
  sql: Sql,
  pairs: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await sql.query<{ pair: string }>(
    "judgedPairs",
    SQL`SELECT p.pair FROM (
       SELECT pair, split_part(pair, ':', 1)::uuid AS one, split_part(pair, ':', 2)::uuid AS other
       FROM unnest(${generic(pairs, "text[]")}) AS pair
     ) AS p
     WHERE EXISTS (
       SELECT FROM record_difference d
       WHERE (d.one_id IN ${members("p.one")} AND d.other_id IN ${members("p.other")})
         OR (d.one_id IN ${members("p.other")} AND d.other_id IN ${members("p.one")}))`,
  );
  return new Set(rows.map(({ pair }) => pair));
}

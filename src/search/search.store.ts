import type { Sql } from "../db/sql.js";
import { Where } from "../query/where.js";
import type { Ordering } from "../query/ordering.js";
import type { Page, PageRequest } from "../query/page.js";
import type { ListQuestion } from "../query/list-question.js";
import { countRows, readPages } from "../query/page.sql.js";
import type { RecordKind } from "./search.enums.js";
import { found, MOST_FOUND } from "./search.sql.js";

/** What to search for, and among what. */
export interface Search {
  query: string;
  kinds: readonly RecordKind[];
  /** In which its words are read. */
  languages: readonly string[];
}

/** Something that is found: what, and how well it fits in millionths. */
export interface Found {
  kind: RecordKind;
  itemId: string;
  score: number;
}

/** Best first; what fits equally well by kind, then by id. */
export const SEARCH_ORDERING: Ordering = {
  name: "SCORE_DESC",
  keys: [
    { sql: "found.rank", type: "int" },
    { sql: "found.kind_position", type: "int" },
    { sql: "found.item_id", type: "text" },
  ],
};

/** A page of what is found. */
export async function foundPage(
  sql: Sql,
  search: Search,
  request: PageRequest,
): Promise<Page<Found>> {
  const [page] = await readPages<Found>(sql, searchRecord(search, MOST_FOUND), request);
  return page!;
}

/** How much is found; null where there is more than is listed. */
export async function foundCount(sql: Sql, search: Search): Promise<number | null> {
  const [count] = await countRows(sql, searchRecord(search, MOST_FOUND + 1));
  return count! > MOST_FOUND ? null : count!;
}

function searchRecord({ query, kinds, languages }: Search, most: number): ListQuestion {
  const where = new Where([], languages);
  return {
    name: "searchRecord",
    columns: `found.kind, found.item_id AS "itemId", -found.rank AS score`,
    from: `(${found(where, query, kinds, most)}) AS found`,
    where,
  };
}

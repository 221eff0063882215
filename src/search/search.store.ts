import type { Sql } from "../db/sql.js";
import type { Connection } from "../query/connection.js";
import type { ListContext } from "../query/list-context.js";
import type { ListQuestion } from "../query/list.js";
import type { Ordering } from "../query/ordering.js";
import type { ForwardPageArgs } from "../query/page.args.js";
import { type Page, pageRequest, type PageRequest } from "../query/page.js";
import { countRows, readPages } from "../query/page.sql.js";
import { Where } from "../query/where.js";
import { RecordKind } from "./search.enums.js";
import { found, MOST_FOUND } from "./search.sql.js";

/** What a client asks of a search. */
export interface RecordSearchArgs extends ForwardPageArgs {
  query: string;
  kinds?: RecordKind[] | null;
}

/** What to search for, and among what. */
interface Search {
  query: string;
  kinds: readonly RecordKind[];
  /** In which its words are read. */
  languages: readonly string[];
}

/** Something that is found: what, and how well it fits in millionths. */
interface Found {
  kind: RecordKind;
  itemId: string;
  score: number;
}

/** Best first; what fits equally well by kind, then by id. */
const ORDERING: Ordering = {
  name: "SCORE_DESC",
  keys: [
    { sql: "found.rank", type: "int" },
    { sql: "found.kind_position", type: "int" },
    { sql: "found.item_id", type: "text" },
  ],
};

/** A page of what is found. */
async function foundPage(sql: Sql, search: Search, request: PageRequest): Promise<Page<Found>> {
  const [page] = await readPages<Found>(sql, searchRecord(search, MOST_FOUND), request);
  return page!;
}

/** How much is found; null where there is more than is listed. */
async function foundCount(sql: Sql, search: Search): Promise<number | null> {
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

const NOTHING = {
  pages: async () => [{ rows: [], hasNextPage: false, hasPreviousPage: false, cursorAt: String }],
  counts: async () => [0],
};

/** What a search of the whole record finds; `read` reads a row of a kind: by code a country, by id everything else. */
export function searchFor<Row>(
  context: ListContext,
  args: RecordSearchArgs,
  read: (kind: RecordKind, id: string) => Promise<Row>,
): Connection<Row, { score: number }> {
  const { query } = args;
  const kinds = args.kinds ?? Object.values(RecordKind);
  const request = pageRequest(args, "Query.searchRecord", ORDERING);
  const search = async () => ({ query, kinds, languages: await context.languagesFor([query]) });
  const isSearch = kinds.length > 0 && /[\p{L}\p{N}]/u.test(query);
  const reader = {
    pages: async () => [await foundPage(context.sql, await search(), request)],
    counts: async () => [await foundCount(context.sql, await search())],
  };
  return context.connection(
    "",
    request,
    { query, kinds },
    isSearch ? reader : NOTHING,
    ({ kind, itemId, score }: Found) => ({ node: read(kind, itemId), score: score / 1e6 }),
  );
}

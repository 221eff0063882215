import { ROOT } from "../graphql/edges.js";
import type { Connection } from "../query/connection.js";
import { pageRequest } from "../query/page.js";
import type { Reading } from "../query/reading.js";
import type { RecordSearchArgs } from "./search.args.js";
import type { FoundRecord } from "./search.connection.js";
import { RecordKind } from "./search.enums.js";
import * as store from "./search.store.js";

/** Reads what was found of one kind: by code a country, by id everything else. */
type Read = (kind: RecordKind, id: string) => Promise<FoundRecord | null>;

const NOTHING = {
  pages: async () => [{ rows: [], hasNextPage: false, hasPreviousPage: false, cursorAt: String }],
  counts: async () => [0],
};

/** What a search of the whole record finds. */
export function searchLists({ sql, lists, languagesFor }: Reading) {
  return (
    args: RecordSearchArgs,
    read: Read,
  ): Connection<FoundRecord | null, { score: number }> => {
    const { query } = args;
    const kinds = args.kinds ?? Object.values(RecordKind);
    const request = pageRequest(args, "Query.searchRecord", store.SEARCH_ORDERING);
    const search = async () => ({ query, kinds, languages: await languagesFor(query) });
    const isSearch = kinds.length > 0 && /[\p{L}\p{N}]/u.test(query);
    const reader = {
      pages: async () => [await store.foundPage(sql, await search(), request)],
      counts: async () => [await store.foundCount(sql, await search())],
    };
    return lists.withEdges(
      ROOT,
      request,
      { query, kinds },
      isSearch ? reader : NOTHING,
      ({ kind, itemId, score }: store.Found) => ({
        node: read(kind, itemId),
        score: score / 1e6,
      }),
    );
  };
}

import type { Selection } from "../query/rows.js";
import { ROOT } from "../graphql/edges.js";
import type { Connection } from "../query/connection.js";
import { pageRequest } from "../query/page.js";
import type { PageArgs } from "../query/page.args.js";
import type { Reading } from "../query/reading.js";
import { SourceDocument } from "./source-document.entity.js";
import * as store from "./source.store.js";

/** Every document on record. */
export function documentLists({ sql, lists }: Reading) {
  return (args: PageArgs, selected: Selection): Connection<SourceDocument> => {
    const request = pageRequest(args, "Query.sourceDocuments", store.DOCUMENT_ORDERING, selected);
    return lists.of(ROOT, request, null, {
      shows: { entity: SourceDocument, selected },
      pages: () => store.documentPages(sql, request, selected),
      counts: () => store.documentCounts(sql),
    });
  };
}

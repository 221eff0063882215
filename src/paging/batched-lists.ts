import DataLoader from "dataloader";
import { type Connection, connection } from "./connection.js";
import type { Page, PageRequest } from "./page.js";

/** How the pages and counts of one list are read for several parents at once. */
export interface ListReader<Row> {
  pages: (parentIds: readonly string[]) => Promise<Page<Row>[]>;
  counts: (parentIds: readonly string[]) => Promise<number[]>;
}

/** One request's lists: the same list of many parents is read in one statement, its counts in another. */
export class BatchedLists {
  private readonly loaders = new Map<string, DataLoader<string, unknown>>();

  /** The list of one parent. Lists are the same when their field, page and filter are. */
  of<Row>(
    parentId: string,
    request: PageRequest,
    filter: unknown,
    read: ListReader<Row>,
  ): Connection<Row> {
    const sameCount = JSON.stringify([request.field, filter]);
    const samePage = JSON.stringify([request, filter]);
    return connection({
      page: () => this.loader(`page ${samePage}`, read.pages).load(parentId),
      count: () => this.loader(`count ${sameCount}`, read.counts).load(parentId),
    });
  }

  private loader<Value>(
    key: string,
    batch: (parentIds: readonly string[]) => Promise<Value[]>,
  ): DataLoader<string, Value> {
    let loader = this.loaders.get(key) as DataLoader<string, Value> | undefined;
    if (!loader) {
      loader = new DataLoader(batch);
      this.loaders.set(key, loader);
    }
    return loader;
  }
}

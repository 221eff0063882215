import DataLoader from "dataloader";
import type { EntityClass } from "./row-shape.js";
import { select, type Selection } from "./rows.js";
import { type Connection, connection, type Edge } from "./connection.js";
import { type Counted, facetSize, type RecordFacetCount } from "./facet.js";
import type { Page, PageRequest } from "./page.js";

/** How the pages and counts of one list are read for several parents at once. */
export interface ListReader<Row> {
  pages: (parentIds: readonly string[]) => Promise<Page<Row>[]>;
  counts: (parentIds: readonly string[]) => Promise<(number | null)[]>;
  /** What is shown of which rows: it is not the same page where other things are. */
  shows?: { entity: EntityClass; selected: Selection };
}

/** How the values of its facets are counted for several parents at once, one facet at a time. */
export interface FacetReader<By extends string> {
  facets: (parentIds: readonly string[], by: By, first: number) => Promise<Counted[]>;
  /** Which of them count all rows too. */
  seesEachRow: (by: By) => boolean;
}

/** A list that can count its rows by their values. */
export interface FacetedConnection<Row, By extends string> extends Connection<Row> {
  facets(by: By, first?: number | null): Promise<RecordFacetCount[]>;
}

/** One request's lists: the same list of many parents is read in one statement, its counts in another. */
export class BatchedLists {
  private readonly loaders = new Map<string, DataLoader<string, unknown>>();
  /** Where the rows of a list are counted with its facets. */
  private readonly counting = new Map<string, DataLoader<string, Counted>>();

  /** The list of one parent. Lists are the same when their field, page and filter are. */
  of<Row>(
    parentId: string,
    request: PageRequest,
    filter: unknown,
    read: ListReader<Row>,
  ): Connection<Row> {
    return this.withEdges(parentId, request, filter, read, (node) => ({ node }));
  }

  /** The same with edges that tell more than their node. */
  withEdges<Row, Node, More = object>(
    parentId: string,
    request: PageRequest,
    filter: unknown,
    read: ListReader<Row>,
    edgeOf: (row: Row) => Edge<Node, More>,
  ): Connection<Node, More> {
    const sameList = nameOf(request, filter);
    const { shows } = read;
    return connection({
      page: () => {
        const { ordering, ...page } = request;
        const shown = shows ? select(shows.entity, "", shows.selected) : "";
        const samePage = `page ${sameList} ${ordering.name} ${JSON.stringify(page)} ${shown}`;
        return this.loader(samePage, read.pages).load(parentId);
      },
      count: () => {
        const batch = (ids: readonly string[]) => this.counts(sameList, ids) ?? read.counts(ids);
        return this.loader(`count ${sameList}`, batch).load(parentId);
      },
      edgeOf,
    });
  }

  /** The same with facets. */
  withFacets<Row, By extends string>(
    parentId: string,
    request: PageRequest,
    filter: unknown,
    read: ListReader<Row> & FacetReader<By>,
  ): FacetedConnection<Row, By> {
    return {
      ...this.of(parentId, request, filter, read),
      facets: (by, wanted) => {
        const first = facetSize(wanted);
        const sameList = nameOf(request, filter);
        const batch = (ids: readonly string[]) => read.facets(ids, by, first);
        const counted = this.loader(`facet ${by} ${first} ${sameList}`, batch);
        if (read.seesEachRow(by)) this.counting.set(sameList, counted);
        return counted.load(parentId).then(({ counts }) => counts);
      },
    };
  }

  /** Counts that a facet, which is asked for too, brings along. */
  private counts(sameList: string, parentIds: readonly string[]) {
    const counted = this.counting.get(sameList);
    return counted && Promise.all(parentIds.map(async (id) => (await counted.load(id)).total));
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

/** Lists with one name have the same rows under each parent. */
function nameOf({ field }: PageRequest, filter: unknown): string {
  return JSON.stringify([field, filter]);
}

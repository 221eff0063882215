import {
  type Facet,
  type FacetCounts,
  facetSize,
  facetSkip,
  type RecordFacetCount,
} from "./facet.js";
import { addsUp, inParts, type PartOfFacet, VALUES_SHARED, type WholeList } from "./facet.sql.js";
import type { Batch } from "./kept-counts.js";

/** Counts the lists of several parents. */
export type CountsFacet = (
  parentIds: readonly string[],
  part: PartOfFacet,
) => Promise<FacetCounts[]>;

/** Whether the counts say that a list has no rows. A later page without values does not: the list may have fewer values than were skipped. */
export const hasNothing =
  ({ skip }: PartOfFacet) =>
  ({ counts, total }: FacetCounts): boolean =>
    skip === 0 && (total ?? counts.length) === 0;

/** What part of a facet of a list is wanted. */
interface WantedFacet {
  /** Identifies the list by its field and filter. */
  list: string;
  /** The facet's name in the schema. */
  by: string;
  /** The arguments as given, not yet checked. */
  first: number | null | undefined;
  skip: number | null | undefined;
  facet: Facet;
  whole?: WholeList;
  count: CountsFacet;
}

/** The facets that one request selects: parts of one that lie close together are read by one statement, for all parents. */
export class ListFacets {
  /** Loaders of facets whose counts add up to the total count of their list, by list. */
  private readonly adding = new Map<string, (parentId: string) => Promise<FacetCounts>>();

  constructor(private readonly batch: Batch) {}

  /** Reads the counts of a facet for one parent; throws BAD_USER_INPUT for arguments out of bounds. */
  async read(
    { list, by, facet, whole, count, ...wanted }: WantedFacet,
    parentId: string,
  ): Promise<RecordFacetCount[]> {
    const [first, skip] = [facetSize(wanted.first), facetSkip(wanted.skip)];
    const shared = `facet ${by} ${Math.floor(skip / VALUES_SHARED)} ${list}`;
    const loader = this.batch(shared, (asked) => inParts(asked, count));
    const load = (id: string) => loader.load(`${skip} ${first} ${id}`);
    if (addsUp(facet, whole)) this.adding.set(list, load);
    return (await load(parentId)).counts;
  }

  /** The total counts of a list, if the request selects a facet of it that has them. */
  totals(list: string, parentIds: readonly string[]): Promise<(number | null)[]> | undefined {
    const load = this.adding.get(list);
    return load && Promise.all(parentIds.map(async (id) => (await load(id)).total));
  }
}

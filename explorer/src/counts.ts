import { graphql, type ResultOf } from "./graphql.js";

/** A value of a facet, with its count. */
export const COUNT = graphql(`
  fragment Count on RecordFacetCount {
    value
    label
    count
  }
`);

export type Counted = ResultOf<typeof COUNT>;

/** As many values as a facet lists at once. */
const MOST = 100;

type Part = readonly Counted[] | null | undefined;

/**
 * All values of a facet, of which those past the first hundred are asked for only if there are so many: each hundred counts
 * everything anew. Null if a part could not be read.
 */
export async function allOf(
  first: Part,
  askMore: () => Promise<readonly Part[]>,
): Promise<Counted[] | null> {
  const parts = [first, ...(first?.length === MOST ? await askMore() : [])];
  return parts.some((part) => !part) ? null : parts.flatMap((part) => [...part!]);
}

/** Counts by value. */
export function byValue(counts: readonly Counted[]): Map<string, number> {
  return new Map(counts.map(({ value, count }) => [value, count]));
}

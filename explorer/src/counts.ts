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

/** All values of a facet from its parts; null if one could not be read. */
export function together(parts: readonly Part[]): Counted[] | null {
  return parts.some((part) => !part) ? null : parts.flatMap((part) => [...part!]);
}

/**
 * The same where those past the first hundred are rare, and asked for only if there are so many: that counts everything anew.
 */
export async function allOf(
  first: Part,
  askMore: () => Promise<readonly Part[]>,
): Promise<Counted[] | null> {
  return together([first, ...(first?.length === MOST ? await askMore() : [])]);
}

/** Counts by value. */
export function byValue(counts: readonly Counted[]): Map<string, number> {
  return new Map(counts.map(({ value, count }) => [value, count]));
}

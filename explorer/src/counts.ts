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

type Part = readonly Counted[] | null | undefined;

/** All values of a facet from its parts; null if one could not be read. */
export function together(parts: readonly Part[]): Counted[] | null {
  return parts.some((part) => !part) ? null : parts.flatMap((part) => [...part!]);
}

/** Counts by value. */
export function byValue(counts: readonly Counted[]): Map<string, number> {
  return new Map(counts.map(({ value, count }) => [value, count]));
}

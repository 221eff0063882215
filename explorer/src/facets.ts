import { COUNT, type Counted } from "./counts.js";
import { graphql } from "./graphql.js";
import { Refused } from "./outcome.js";
import type { Visit } from "./visit.js";

/**
 * How many statements have which value. Each of these is an SQL statement of its own, so they are read only when asked for; months
 * only of a year. `whole` is one of them with all its values, a hundred at a time.
 */
export const STATEMENT_FACETS = graphql(
  `
    fragment StatementFacets on StatementConnection {
      ... @include(if: $facets) {
        speaker: facets(by: SPEAKER, first: 12) {
          ...Count
        }
        place: facets(by: PLACE, first: 12) {
          ...Count
        }
        country: facets(by: PLACE_COUNTRY, first: 12) {
          ...Count
        }
        topic: facets(by: TOPIC, first: 12) {
          ...Count
        }
        year: facets(by: YEAR, first: 100) @skip(if: $inYear) {
          ...Count
        }
        month: facets(by: MONTH, first: 12) @include(if: $inYear) {
          ...Count
        }
      }
      whole: facets(by: $by, first: 100, skip: $skip) @include(if: $whole) {
        ...Count
      }
    }
  `,
  [COUNT],
);

export const MEETING_FACETS = graphql(
  `
    fragment MeetingFacets on MeetingConnection {
      ... @include(if: $facets) {
        person: facets(by: PERSON, first: 12) {
          ...Count
        }
        side: facets(by: PARTICIPANT_COUNTRY, first: 12) {
          ...Count
        }
        place: facets(by: PLACE, first: 12) {
          ...Count
        }
        country: facets(by: PLACE_COUNTRY, first: 12) {
          ...Count
        }
        year: facets(by: YEAR, first: 100) @skip(if: $inYear) {
          ...Count
        }
        month: facets(by: MONTH, first: 12) @include(if: $inYear) {
          ...Count
        }
      }
      whole: facets(by: $by, first: 100, skip: $skip) @include(if: $whole) {
        ...Count
      }
    }
  `,
  [COUNT],
);

const BOTH = {
  place: "PLACE",
  country: "PLACE_COUNTRY",
  year: "YEAR",
  month: "MONTH",
} as const;

/** The facets of a list of statements, by the parameter of the address that narrows by them. */
export const OF_STATEMENTS = { speaker: "SPEAKER", topic: "TOPIC", ...BOTH } as const;

/** The same of a list of meetings. */
export const OF_MEETINGS = { person: "PERSON", side: "PARTICIPANT_COUNTRY", ...BOTH } as const;

export type Narrowing = keyof typeof OF_STATEMENTS | keyof typeof OF_MEETINGS;

/** The counts that were read with a list; null for one that could not be read. */
export type Faceted = Partial<Record<Narrowing | "whole", readonly Counted[] | null>>;

/** The number of values of a whole facet on a page. */
export const AT_ONCE = 100;

/** The maximum number of values of a facet that the service skips. */
export const MOST_SKIPPED = 10_000;

/** How many values of the whole facet come before those that are shown. */
export function skipped(visit: Visit): number {
  const asked = visit.parameter("skip") ?? "0";
  if (!/^\d{1,5}$/.test(asked) || Number(asked) > MOST_SKIPPED) throw new Refused("skip");
  return Number(asked);
}

/** The variables of a list that say which counts are asked for: `facets=1` the most frequent, `facets=place` all of one kind. */
export function facetsOf<By extends string>(visit: Visit, known: Record<string, By>) {
  const asked = visit.parameter("facets");
  const by = asked !== null && Object.hasOwn(known, asked) ? known[asked] : undefined;
  const isInYear = visit.parameter("year") !== null || visit.parameter("month") !== null;
  return {
    facets: asked !== null && by === undefined,
    ...(isInYear && { inYear: true }),
    ...(by !== undefined && { whole: true, by, skip: skipped(visit) }),
  };
}

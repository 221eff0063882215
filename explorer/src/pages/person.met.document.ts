import { COUNTERPARTS } from "../counterparts.js";
import { MEETING_FACETS } from "../facets.js";
import { graphql } from "../graphql.js";
import { MEETINGS } from "../meetings.js";
import { isNarrowed } from "../narrowing.js";
import { pageOfDescribed, pageOfPeople } from "../paging.js";
import { meetingVariables } from "../panels.js";
import type { Visit } from "../visit.js";
import { COUNTS, OFFICES } from "./person.heading.js";

/** Whom a person met, in three lists. */
export const MET_DOCUMENT = graphql(
  `
    query PersonMet(
      $slug: String!
      $filter: MeetingFilter
      $people: String
      $firstPeople: Int = 20
      $described: String
      $firstDescribed: Int = 20
      $first: Int = 20
      $after: String
      $facets: Boolean!
      $inYear: Boolean = false
      $whole: Boolean = false
      $by: MeetingFacet! = PERSON
      $skip: Int = 0
      $counted: Boolean = true
      $more: Boolean = false
      $withNames: Boolean = false
      $withPeople: Boolean = true
      $withDescribed: Boolean = true
      $withMeetings: Boolean = true
      $latest: Int
    ) {
      person(slug: $slug) {
        slug
        name
        sortName
        ...PersonOffices @skip(if: $facets)
        names @include(if: $withNames) {
          text
        }
        ...PersonCounts @skip(if: $more)
        counterparts(filter: $filter, latest: $latest, first: $firstPeople, after: $people)
          @include(if: $withPeople) {
          totalCount @include(if: $counted)
          unknownSideCount @skip(if: $facets) @include(if: $counted)
          describedCount @include(if: $withDescribed)
          ...Counterparts
        }
        describedCounterparts(
          filter: $filter
          latest: $latest
          sides: [OTHER, UNKNOWN]
          first: $firstDescribed
          after: $described
        ) @include(if: $withDescribed) {
          ... @include(if: $more) {
            totalCount @include(if: $counted)
          }
          nodes {
            description
            side
            country {
              code
              name
            }
            organization {
              slug
              name
            }
            meetingCount
            lastMet
            latestMeetings {
              slug
              title
              startDate
            }
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
        meetings(filter: $filter, first: $first, after: $after) @include(if: $withMeetings) {
          ...MeetingList
          ...MeetingFacets
        }
      }
    }
  `,
  [COUNTERPARTS, OFFICES, COUNTS, MEETINGS, MEETING_FACETS],
);

/** Of how many meetings, the latest, the page finds whom they met: of ten thousand it would take seconds. The files are of all. */
export const LATEST = 500;

/** The variables of these lists, from the address. */
export function metVariables(visit: Visit) {
  const ofMeetings = meetingVariables(visit);
  return {
    slug: visit.key,
    ...pageOfPeople(visit),
    ...pageOfDescribed(visit),
    ...ofMeetings,
    latest: LATEST,
    // A narrowed list takes one SQL statement more.
    withNames: !isNarrowed(visit),
    // The counts to narrow the lists by take as many SQL statements as a page may.
    withDescribed: !ofMeetings.facets && !ofMeetings.whole,
  };
}

import { graphql } from "../graphql.js";
import { MEETINGS_BY_YEAR, STATEMENTS_BY_YEAR } from "../pictures/by-year.js";
import { Pictures } from "../pictures/pictures.js";
import { COUNTS, found, HEAD } from "./person.heading.js";

/** Pictures of what a person said, and of whom they met. */
export const PICTURES = new Pictures({
  document: graphql(
    `
      query PersonPictures($slug: String!) {
        person(slug: $slug) {
          ...PersonHead
          ...PersonCounts
          statements(first: 0) {
            ...StatementsByYear
          }
          meetings(first: 0) {
            ...MeetingsByYear
          }
        }
      }
    `,
    [HEAD, COUNTS, STATEMENTS_BY_YEAR, MEETINGS_BY_YEAR],
  ),
  variables: (visit) => ({ slug: visit.key }),
  find: found,
  said: (slug) => ({ speakers: [slug] }),
  saidHow: "by",
  met: (slug) => ({ people: [slug] }),
  metHow: "with",
  offered: ["timeline", "years", "months", "map", "network"],
});

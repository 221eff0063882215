import { graphql } from "../graphql.js";
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
            totalCount
          }
          meetings(first: 0) {
            totalCount
          }
        }
      }
    `,
    [HEAD, COUNTS],
  ),
  variables: (visit) => ({ slug: visit.key }),
  find: found,
  said: (slug) => ({ speakers: [slug] }),
  saidHow: "by",
  met: (slug) => ({ people: [slug] }),
  metHow: "with",
  offered: ["timeline", "years", "months", "map", "network"],
});

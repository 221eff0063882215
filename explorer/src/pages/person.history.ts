import { graphql } from "../graphql.js";
import { HISTORY, history, RECORDED } from "../history.js";
import { pageOf } from "../paging.js";
import { COUNTS, found } from "./person.heading.js";

/** What revisions did to a person. */
export const CHANGES = history({
  document: graphql(
    `
      query PersonHistory($slug: String!, $first: Int = 20, $after: String) {
        person(slug: $slug) {
          slug
          name
          ...PersonCounts
          ...Recorded
          ...ItemHistory
        }
      }
    `,
    [COUNTS, RECORDED, HISTORY],
  ),
  variables: (visit) => ({ slug: visit.key, ...pageOf(visit) }),
  find: (data, visit) => found(data, visit).history,
});

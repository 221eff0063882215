import { graphql } from "./graphql.js";

/** Whom a person met, how often, when last, and for which countries they were there. */
export const COUNTERPARTS = graphql(`
  fragment Counterparts on CounterpartConnection {
    edges {
      meetingCount
      lastMet
      countries {
        code
        name
      }
      node {
        slug
        name
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
`);

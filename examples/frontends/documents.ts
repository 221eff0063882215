import { type FragmentOf, initGraphQLTada, readFragment } from "gql.tada";
import type { introspection } from "../client/schema.js";

/** Types documents by the schema: a field that it does not have is a compile error, and so is a null that nobody thought of. */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: { PartialDate: string; CountryCode: string };
}>();

/** What the row of a statement shows. The fragment stands beside its component, which sees these fields and no others. */
export const STATEMENT_ROW = graphql(`
  fragment StatementRow on Statement {
    id
    text
    date
    place {
      id
      name
      country {
        code
        name
      }
    }
  }
`);

/** The component: here a line of text, elsewhere a function of React, Vue or Svelte. */
export function statementRow(row: FragmentOf<typeof STATEMENT_ROW>): string {
  const { text, date, place } = readFragment(STATEMENT_ROW, row);
  const where = [place?.name, place?.country?.name].filter(Boolean).join(", ");
  return `${date ?? "undated"}, ${where || "place unknown"}: ${text}`;
}

/** A page of what a person said. `after` is the `endCursor` of the page before. */
export const PERSON_SAID = graphql(
  `
    query PersonSaid($slug: String!, $first: Int!, $after: String) {
      person(slug: $slug) {
        id
        name
        statements(first: $first, after: $after) {
          totalCount
          edges {
            node {
              id
              ...StatementRow
            }
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  `,
  [STATEMENT_ROW],
);

/** A country by its code. */
export const COUNTRY = graphql(`
  query CountryByCode($code: CountryCode!) {
    country(code: $code) {
      code
      name
    }
  }
`);

import { createOperationDescriptor, type Environment, fetchQuery } from "relay-runtime";
import { getFragment, getRequest, getSingularSelector, graphql } from "relay-runtime";
import type { statements_said$data } from "./__generated__/statements_said.graphql.js";
import MORE, { type statementsMoreQuery } from "./__generated__/statementsMoreQuery.graphql.js";
import type { statementsQuery } from "./__generated__/statementsQuery.graphql.js";

/**
 * What a list of statements shows. The schema has no `node(id:)`, so that what is read page by page is a fragment on Query: its
 * own query for more pages starts there too.
 */
const SAID = graphql`
  fragment statements_said on Query
  @argumentDefinitions(
    slug: { type: "String!" }
    count: { type: "Int", defaultValue: 5 }
    cursor: { type: "String" }
  )
  @refetchable(queryName: "statementsMoreQuery") {
    person(slug: $slug) {
      name
      statements(first: $count, after: $cursor) @connection(key: "said_statements") {
        edges {
          node {
            text
            place {
              name
              country {
                name
              }
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`;

const QUERY = graphql`
  query statementsQuery($slug: String!) {
    ...statements_said @arguments(slug: $slug)
  }
`;

/** What usePaginationFragment does in React: gives what a person said, then the same with one page more at each call. */
export async function saidBy(environment: Environment, slug: string) {
  const question = createOperationDescriptor(getRequest(QUERY), { slug });
  environment.retain(question);
  await fetchQuery<statementsQuery>(environment, QUERY, { slug }).toPromise();
  const parent = environment.lookup(question.fragment).data;
  const selector = getSingularSelector(getFragment(SAID), parent);
  const read = () => environment.lookup(selector).data as unknown as statements_said$data;
  return {
    read,
    async more(count = 5): Promise<boolean> {
      const page = read().person?.statements?.pageInfo;
      if (!page?.hasNextPage) return false;
      const variables = { slug, count, cursor: page.endCursor };
      await fetchQuery<statementsMoreQuery>(environment, MORE, variables).toPromise();
      return true;
    },
  };
}

import { graphql } from "../graphql.js";
import { html } from "../html.js";
import type { Site } from "../layout.js";
import { pathOf } from "../links.js";
import type { Downloadable } from "../lists.js";
import { STATEMENT_FACETS } from "../narrowing.js";
import { Missing, Moved, type Page } from "../outcome.js";
import { statements, statementVariables } from "../panels.js";
import { STATEMENTS } from "../statements.js";
import type { Visit } from "../visit.js";

const SAID = statements({
  document: graphql(
    `
      query Topic(
        $slug: String!
        $filter: StatementFilter
        $first: Int = 20
        $after: String
        $facets: Boolean!
        $counted: Boolean = true
        $more: Boolean = false
      ) {
        topic(slug: $slug) {
          slug
          label
          statements(filter: $filter, first: $first, after: $after) {
            ...StatementList
            ...StatementFacets @include(if: $facets)
          }
        }
      }
    `,
    [STATEMENTS, STATEMENT_FACETS],
  ),
  variables: (visit) => ({ slug: visit.key, ...statementVariables(visit) }),
  find: (data, visit) => found(data, visit).statements,
  about: ["topic"],
});

export const topicLists = (): readonly Downloadable[] => [SAID];

/** A topic: what was said about it. */
export async function topic(visit: Visit, site: Site): Promise<Page> {
  const { data, count, content } = await SAID.show(visit, site);
  const { slug, label } = found(data, visit);
  return {
    title: `${label}: ${count}`,
    description: `What was said about “${label}” on the diplomatic record: ${count}.`,
    canonical: pathOf("topic", slug),
    main: html`<p class="kind">Topic</p>
<h1>${label}</h1>
${content}`,
  };
}

function found<Found extends { slug: string }>(
  { topic }: { topic: Found | null },
  visit: Visit,
): Found {
  if (!topic) throw new Missing("topic", visit.key);
  if (topic.slug !== visit.key) throw new Moved(pathOf("topic", topic.slug));
  return topic;
}

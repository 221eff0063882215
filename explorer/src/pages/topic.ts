import { graphql } from "../graphql.js";
import { html } from "../html.js";
import { countOf, type Site } from "../layout.js";
import { pathOf } from "../links.js";
import { STATEMENT_FACETS, statementFilter, withFacets } from "../narrowing.js";
import { Missing, Moved, type Page } from "../outcome.js";
import { statementsPanel } from "../panels.js";
import { STATEMENTS } from "../statements.js";
import type { Visit } from "../visit.js";

const DOCUMENT = graphql(
  `
    query Topic($slug: String!, $filter: StatementFilter, $after: String, $facets: Boolean!) {
      topic(slug: $slug) {
        slug
        label
        statements(filter: $filter, first: 20, after: $after) {
          ...StatementList
          ...StatementFacets @include(if: $facets)
        }
      }
    }
  `,
  [STATEMENTS, STATEMENT_FACETS],
);

/** A topic: what was said about it. */
export async function topic(visit: Visit, site: Site): Promise<Page> {
  const variables = {
    slug: visit.key,
    filter: statementFilter(visit),
    after: visit.parameter("after"),
    facets: withFacets(visit),
  };
  const { topic } = await visit.ask(DOCUMENT, variables);
  if (!topic) throw new Missing("topic", visit.key);
  if (topic.slug !== visit.key) throw new Moved(pathOf("topic", topic.slug));
  const { label, statements } = topic;
  return {
    title: `${label}: ${countOf(statements, "statement")}`,
    description: `What was said about “${label}” on the diplomatic record: ${countOf(statements, "statement")}.`,
    canonical: pathOf("topic", topic.slug),
    main: html`<p class="kind">Topic</p>
<h1>${label}</h1>
${statementsPanel(visit, site, { document: DOCUMENT, variables }, statements, {
  about: ["topic"],
})}`,
  };
}

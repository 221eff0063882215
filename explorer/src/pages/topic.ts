import { graphql } from "../graphql.js";
import { html } from "../html.js";
import { type Site, tabOf, tabs } from "../layout.js";
import { pathOf } from "../links.js";
import type { Downloadable } from "../lists.js";
import { STATEMENT_FACETS } from "../facets.js";
import { Missing, Moved, type Page } from "../outcome.js";
import { statements, statementVariables } from "../panels.js";
import { Pictures } from "../pictures/pictures.js";
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
        $inYear: Boolean = false
        $whole: Boolean = false
        $by: StatementFacet! = SPEAKER
        $skip: Int = 0
        $counted: Boolean = true
        $more: Boolean = false
      ) {
        topic(slug: $slug) {
          slug
          label
          statements(filter: $filter, first: $first, after: $after) {
            ...StatementList
            ...StatementFacets
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

const PICTURES = new Pictures({
  document: graphql(`
    query TopicPictures($slug: String!) {
      topic(slug: $slug) {
        slug
        label
        statements(first: 0) {
          totalCount
        }
      }
    }
  `),
  variables: (visit) => ({ slug: visit.key }),
  find(data, visit) {
    const { label, statements } = found(data, visit);
    return { name: `“${label}”`, statements };
  },
  said: (slug) => ({ topics: [slug] }),
  saidHow: "about",
  offered: ["years", "months", "map"],
});

const TABS = [
  ["said", "Said"],
  ["pictures", "Pictures"],
] as const;

/** The list of the tab. */
export function topicLists(visit: Visit): readonly Downloadable[] {
  return tabOf(visit, TABS) === "said" ? [SAID] : [];
}

/** A topic: what was said about it. */
export async function topic(visit: Visit, site: Site): Promise<Page> {
  const tab = tabOf(visit, TABS);
  const { data, count, content } = await { said: SAID, pictures: PICTURES }[tab].show(visit, site);
  const { slug, label } = found<Head>(data, visit);
  return {
    title: `${label}: ${count}`,
    description: `What was said about “${label}” on the diplomatic record: ${count}.`,
    canonical: pathOf("topic", slug) + (tab === "said" ? "" : `?tab=${tab}`),
    main: html`<p class="kind">Topic</p>
<h1>${label}</h1>
${tabs(visit, `About “${label}”`, tab, TABS)}
${content}`,
  };
}

interface Head {
  slug: string;
  label: string;
}

function found<Found extends Head>({ topic }: { topic: Found | null }, visit: Visit): Found {
  if (!topic) throw new Missing("topic", visit.key);
  if (topic.slug !== visit.key) throw new Moved(pathOf("topic", topic.slug));
  return topic;
}

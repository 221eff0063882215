import { graphql, type ResultOf } from "../graphql.js";
import { HISTORY, history, RECORDED, recorded } from "../history.js";
import { html } from "../html.js";
import { kindLink } from "../indexes.js";
import { type Site } from "../layout.js";
import { pathOf } from "../links.js";
import type { Downloadable } from "../lists.js";
import { STATEMENT_FACETS } from "../facets.js";
import { Missing, Moved, type Page } from "../outcome.js";
import { pageOf } from "../paging.js";
import { statements, statementVariables } from "../panels.js";
import { STATEMENTS_BY_YEAR } from "../pictures/by-year.js";
import { Pictures } from "../pictures/pictures.js";
import { STATEMENTS } from "../statements.js";
import { countsOf, queryOf, tabOf, tabs } from "../tabs.js";
import type { Visit } from "../visit.js";

const HEAD = graphql(
  `
    fragment TopicHead on StatementTopic {
      slug
      label
      said: statements(first: 0) {
        totalCount
      }
      ...Recorded
    }
  `,
  [RECORDED],
);

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
          ...TopicHead
          statements(filter: $filter, first: $first, after: $after) {
            ...StatementList
            ...StatementFacets
          }
        }
      }
    `,
    [HEAD, STATEMENTS, STATEMENT_FACETS],
  ),
  variables: (visit) => ({ slug: visit.key, ...statementVariables(visit) }),
  find: (data, visit) => found(data, visit).statements,
  about: ["topic"],
});

const PICTURES = new Pictures({
  document: graphql(
    `
      query TopicPictures($slug: String!) {
        topic(slug: $slug) {
          ...TopicHead
          statements(first: 0) {
            ...StatementsByYear
          }
        }
      }
    `,
    [HEAD, STATEMENTS_BY_YEAR],
  ),
  variables: (visit) => ({ slug: visit.key }),
  find(data, visit) {
    const { label, statements } = found(data, visit);
    return { name: `“${label}”`, statements };
  },
  said: (slug) => ({ topics: [slug] }),
  saidHow: "about",
  offered: ["years", "months", "map"],
});

const CHANGES = history({
  document: graphql(
    `
      query TopicHistory($slug: String!, $first: Int = 20, $after: String) {
        topic(slug: $slug) {
          ...TopicHead
          ...ItemHistory
        }
      }
    `,
    [HEAD, HISTORY],
  ),
  variables: (visit) => ({ slug: visit.key, ...pageOf(visit) }),
  find: (data, visit) => found(data, visit).history,
});

const TABS = [
  ["said", "Said"],
  ["pictures", "Pictures"],
  ["history", "History"],
] as const;

const LISTS = { said: SAID, history: CHANGES };

/** The list of the tab. */
export function topicLists(visit: Visit): readonly Downloadable[] {
  const tab = tabOf(visit, TABS);
  return tab === "pictures" ? [] : [LISTS[tab]];
}

/** A topic: what was said about it. */
export async function topic(visit: Visit, site: Site): Promise<Page> {
  const tab = tabOf(visit, TABS);
  const { data, count, content } = await { ...LISTS, pictures: PICTURES }[tab].show(visit, site);
  const head = found<Head>(data, visit);
  const counts = countsOf({ said: head.said });
  const { slug, label } = head;
  const summary = tab === "history" ? "its history" : count;
  return {
    title: `${label}: ${summary}`,
    description: `What was said about “${label}” on the diplomatic record: ${summary}.`,
    canonical: pathOf("topic", slug) + queryOf(tab, TABS, counts),
    main: html`${kindLink("topics", "Topic")}
<h1>${label}</h1>
${recorded(head)}
${tabs(visit, `About “${label}”`, tab, TABS, counts)}
${content}`,
  };
}

type Head = ResultOf<typeof HEAD>;

function found<Found extends Head>({ topic }: { topic: Found | null }, visit: Visit): Found {
  if (!topic) throw new Missing("topic", visit.key);
  if (topic.slug !== visit.key) throw new Moved(pathOf("topic", topic.slug));
  return topic;
}

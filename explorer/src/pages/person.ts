import { differences, PERSON_CLAIMS } from "../claims.js";
import { graphql } from "../graphql.js";
import { html, type Content } from "../html.js";
import type { Site } from "../layout.js";
import { pathOf } from "../links.js";
import type { Downloadable } from "../lists.js";
import { STATEMENT_FACETS } from "../facets.js";
import type { Page } from "../outcome.js";
import { statements, statementVariables } from "../panels.js";
import { STATEMENTS } from "../statements.js";
import { countsOf, openOn, queryOf, tabOf, tabs } from "../tabs.js";
import type { Visit } from "../visit.js";
import { COUNTS, found, HEAD, type Head, heading } from "./person.heading.js";
import { CHANGES } from "./person.history.js";
import { PICTURES } from "./person.pictures.js";
import { MET, showMet } from "./person.met.js";
import { sources } from "./person.sources.js";

const SAID = statements({
  document: graphql(
    `
      query PersonSaid(
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
        person(slug: $slug) {
          ...PersonHead
          statements(filter: $filter, first: $first, after: $after) {
            ...StatementList
            ...StatementFacets
          }
          ...PersonCounts @skip(if: $more)
        }
      }
    `,
    [HEAD, COUNTS, STATEMENTS, STATEMENT_FACETS],
  ),
  variables: (visit) => ({ slug: visit.key, ...statementVariables(visit) }),
  find: (data, visit) => found(data, visit).statements,
});

const CLAIMS = graphql(
  `
    query PersonClaims($slug: String!) {
      person(slug: $slug) {
        slug
        name
        ...PersonCounts
        ...PersonDifferences
      }
    }
  `,
  [COUNTS, PERSON_CLAIMS],
);

const TABS = [
  ["said", "Said"],
  // It begins with whom they met, and these are others than the meetings.
  ["met", "Met", ["meeting", "meetings"]],
  ["pictures", "Pictures"],
  ["sources", "Sources"],
  ["claims", "Where sources differ"],
  ["history", "History"],
] as const;

const LISTS = {
  said: [SAID],
  met: MET,
  pictures: [],
  sources: [],
  claims: [],
  history: [CHANGES],
};

/** The lists of the tab. */
export function personLists(visit: Visit): readonly Downloadable[] {
  return LISTS[tabOf(visit, TABS)];
}

/** What a tab shows. */
interface Shown {
  head: Head;
  panels: Content;
  /** What the title says of the tab. */
  summary: string;
}

/** A person: names, offices, and what they said, whom they met, or the sources of all of this. */
export async function person(visit: Visit, site: Site): Promise<Page> {
  const tab = tabOf(visit, TABS);
  const show = { said, met, pictures, sources, claims, history }[tab];
  const { head, panels, summary }: Shown = await show(visit, site);
  const counts = countsOf({ said: head.said, met: head.met });
  openOn(visit, TABS, counts);
  return {
    title: `${head.name}: ${summary}`,
    description: `${head.name} on the diplomatic record: ${summary}, each with the passage that proves it.`,
    canonical: pathOf("person", head.slug) + queryOf(tab, TABS, counts),
    main: html`${heading(head)}
${tabs(visit, `About ${head.name}`, tab, TABS, counts)}
${panels}`,
  };
}

async function said(visit: Visit, site: Site) {
  const { data, count, content } = await SAID.show(visit, site);
  return { head: found(data, visit), panels: content, summary: `what they said (${count})` };
}

async function met(visit: Visit, site: Site) {
  const { data, count, content } = await showMet(visit, site);
  return { head: found(data, visit), panels: content, summary: `whom they met (${count})` };
}

async function pictures(visit: Visit, site: Site) {
  const { data, count, content } = await PICTURES.show(visit, site);
  return { head: found(data, visit), panels: content, summary: count };
}

async function claims(visit: Visit, site: Site) {
  const variables = { slug: visit.key };
  const head = found(await visit.ask(CLAIMS, variables), visit);
  const panels = differences(head, site, { document: CLAIMS, variables });
  return { head, panels, summary: "where sources differ" };
}

async function history(visit: Visit, site: Site) {
  const { data, content } = await CHANGES.show(visit, site);
  return { head: found(data, visit), panels: content, summary: "their history" };
}

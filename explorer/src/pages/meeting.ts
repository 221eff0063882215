import { CITATION, citationList } from "../citations.js";
import { graphql, type ResultOf } from "../graphql.js";
import { html, joined, type Content } from "../html.js";
import { facts, panel, type Site } from "../layout.js";
import { organizationLink, pathOf, placeLink } from "../links.js";
import { type Downloadable, List } from "../lists.js";
import { MEETING, meetingKind, sortOf, whenAndWhere } from "../meetings.js";
import { STATEMENT_FACETS } from "../facets.js";
import type { Page } from "../outcome.js";
import { statements, statementVariables } from "../panels.js";
import { STATEMENTS, statementList } from "../statements.js";
import { pageOfPeople } from "../paging.js";
import { tabOf, tabs } from "../tabs.js";
import type { Question, Visit } from "../visit.js";
import { capital, dateWords, time, words } from "../words.js";
import { PARTICIPANT_COLUMNS, PARTICIPATIONS, sidesOf } from "./meeting.sides.js";
import { changes, CHANGES, claims, found, passages, TABS } from "./meeting.sources.js";
import { TREE, treeOf } from "./meeting.tree.js";

const DOCUMENT = graphql(
  `
    query Meeting(
      $slug: String!
      $people: String
      $firstPeople: Int = 50
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
      $withPeople: Boolean = true
      $withStatements: Boolean = true
    ) {
      meeting(slug: $slug) {
        ...MeetingParts
        mode
        startTime
        endTime
        places {
          slug
          name
        }
        convener {
          slug
          name
        }
        ...MeetingTree
        participations(first: $firstPeople, after: $people) @include(if: $withPeople) {
          ...Participations
        }
        agreements {
          slug
          title
          kind
          date
          citations {
            ...CitationParts
          }
        }
        citations {
          ...CitationParts
        }
        statements(filter: $filter, first: $first, after: $after) @include(if: $withStatements) {
          ...StatementList
          ...StatementFacets
        }
      }
    }
  `,
  [MEETING, TREE, PARTICIPATIONS, CITATION, STATEMENTS, STATEMENT_FACETS],
);

const variables = (visit: Visit) => ({
  slug: visit.key,
  ...pageOfPeople(visit),
  ...statementVariables(visit),
  counted: false,
});

const PEOPLE = new List({
  id: "people",
  document: DOCUMENT,
  variables,
  find: (data, visit) => found(data, visit).participations,
  noun: ["participant", "participants"],
  title: () => "Who took part",
  none: ({ meeting }) =>
    meeting?.children?.nodes.length
      ? "Nobody is named for all of it: the pages of the meetings that belong to it name those who took part."
      : "Nobody is named.",
  rows: sidesOf,
  isGrouped: true,
  cursor: "people",
  columns: PARTICIPANT_COLUMNS,
  alone: { withStatements: false },
});

const SAID = statements({
  document: DOCUMENT,
  variables,
  find: (data, visit) => found(data, visit).statements,
  title: () => "What was said",
  rows: (rows, { meeting }) => statementList(rows, { at: meeting?.slug }),
  about: ["place"],
  alone: { withPeople: false },
});

const LISTS = { meeting: [PEOPLE, SAID], passages: [], claims: [], history: [CHANGES] };

/** The lists of the tab. */
export function meetingLists(visit: Visit): readonly Downloadable[] {
  return LISTS[tabOf(visit, TABS)];
}

type Met = NonNullable<ResultOf<typeof DOCUMENT>["meeting"]>;

/** A meeting: sides and people, what it belongs to, statements in their order, agreements, and the passages that prove it. */
export async function meeting(visit: Visit, site: Site): Promise<Page> {
  const tab = tabOf(visit, TABS);
  if (tab !== "meeting") return { passages, claims, history: changes }[tab](visit, site);
  const data = await SAID.ask(visit);
  const met = found(data, visit);
  const question = { document: DOCUMENT, variables: variables(visit) };
  const when = met.startDate === null ? "" : `, ${dateWords(met.startDate)}`;
  const where = met.place === null ? "" : ` in ${met.place.name}`;
  return {
    title: `${met.title}${when}`,
    description: `${met.title}${when}${where}: who took part and what was said.`,
    canonical: pathOf("meeting", met.slug),
    main: html`${meetingKind(met)}
<h1>${met.title}</h1>
${aboutIt(met)}
${tabs(visit, met.title, "meeting", TABS)}
${PEOPLE.panel(data, visit, site)}
${SAID.panel(data, visit, site)}
${agreements(met, site, question)}
${treeOf(met, site, question)}
${panel(site, {
  id: "proof",
  title: "Passages that prove it",
  question,
  content: html`${citationList(met.citations)}
<p class="pages"><a href="${pathOf("meeting", met.slug)}?tab=passages#tabs">What they say →</a></p>`,
})}`,
  };
}

function aboutIt(met: Met): Content {
  const { startTime, endTime, places, convener, mode } = met;
  const more = places.filter(({ slug }) => slug !== met.place?.slug);
  return facts([
    ["When and where", joined(whenAndWhere(met), " · ")],
    ["Hours", [startTime, endTime].filter((one) => one !== null).join(" to ")],
    ["Also in", joined(more.map(placeLink), ", ")],
    ["Held", mode && words(mode)],
    ["Convened by", convener && organizationLink(convener)],
    [
      "On record",
      sortOf(met)
        .slice(met.kind === "OTHER" ? 0 : 1)
        .join(", "),
    ],
  ]);
}

function agreements({ agreements }: Met, site: Site, question: Question) {
  if (agreements.length === 0) return null;
  return panel(site, {
    id: "agreements",
    title: "Agreements",
    question,
    content: html`<ul class="rows">${agreements.map(
      ({ title, kind, date, citations }) =>
        html`<li><h3>${title}</h3><p class="soft">${capital(words(kind))}${date && html`, ${time(date)}`}</p>${citationList(citations)}</li>`,
    )}</ul>`,
  });
}

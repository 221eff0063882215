import { CITATION, citationList, PASSAGE, passageList } from "../citations.js";
import { differences, MEETING_CLAIMS } from "../claims.js";
import { graphql, type ResultOf } from "../graphql.js";
import { html, joined, type Content } from "../html.js";
import { facts, panel, type Site, tabOf, tabs } from "../layout.js";
import { organizationLink, pathOf, placeLink } from "../links.js";
import { type Downloadable, List } from "../lists.js";
import { MEETING, sortOf, whenAndWhere } from "../meetings.js";
import { STATEMENT_FACETS } from "../narrowing.js";
import { Missing, Moved, type Page } from "../outcome.js";
import { statements, statementVariables } from "../panels.js";
import { STATEMENTS, statementList } from "../statements.js";
import type { Question, Visit } from "../visit.js";
import { capital, counted, dateWords, time, words } from "../words.js";
import { PARTICIPANT_COLUMNS, PARTICIPATIONS, sidesOf } from "./meeting.sides.js";
import { TREE, treeOf } from "./meeting.tree.js";

const DOCUMENT = graphql(
  `
    query Meeting(
      $slug: String!
      $people: String
      $filter: StatementFilter
      $first: Int = 20
      $after: String
      $facets: Boolean!
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
        participations(first: 50, after: $people) @include(if: $withPeople) {
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
          ...StatementFacets @include(if: $facets)
        }
      }
    }
  `,
  [MEETING, TREE, PARTICIPATIONS, CITATION, STATEMENTS, STATEMENT_FACETS],
);

const variables = (visit: Visit) => ({
  slug: visit.key,
  people: visit.parameter("people"),
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
  none: "Nobody is named.",
  rows: sidesOf,
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

const PASSAGES = graphql(
  `
    query MeetingPassages($slug: String!) {
      meeting(slug: $slug) {
        slug
        title
        citations {
          ...PassageParts
        }
      }
    }
  `,
  [PASSAGE],
);

const CLAIMS = graphql(
  `
    query MeetingClaims($slug: String!) {
      meeting(slug: $slug) {
        slug
        title
        ...MeetingDifferences
      }
    }
  `,
  [MEETING_CLAIMS],
);

const TABS = [
  ["meeting", "The meeting"],
  ["passages", "What the sources say"],
  ["claims", "Where sources differ"],
] as const;

const LISTS = { meeting: [PEOPLE, SAID], passages: [], claims: [] };

/** The lists of the tab. */
export function meetingLists(visit: Visit): readonly Downloadable[] {
  return LISTS[tabOf(visit, TABS)];
}

type Met = NonNullable<ResultOf<typeof DOCUMENT>["meeting"]>;

/** A meeting: sides and people, what it belongs to, statements in their order, agreements, and the passages that prove it. */
export async function meeting(visit: Visit, site: Site): Promise<Page> {
  const tab = tabOf(visit, TABS);
  if (tab !== "meeting") return tab === "claims" ? claims(visit, site) : passages(visit, site);
  const data = await PEOPLE.ask(visit);
  const met = found(data, visit);
  const question = { document: DOCUMENT, variables: variables(visit) };
  const when = met.startDate === null ? "" : `, ${dateWords(met.startDate)}`;
  const where = met.place === null ? "" : ` in ${met.place.name}`;
  return {
    title: `${met.title}${when}`,
    description: `${met.title}${when}${where}: who took part and what was said.`,
    canonical: pathOf("meeting", met.slug),
    main: html`<p class="kind">${capital(words(met.kind === "OTHER" ? "MEETING" : met.kind))}</p>
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

/** The meeting of a result, under the slug that was asked for. */
function found<Found extends { slug: string }>(
  { meeting }: { meeting: Found | null },
  visit: Visit,
): Found {
  if (!meeting) throw new Missing("meeting", visit.key);
  if (meeting.slug !== visit.key) throw new Moved(pathOf("meeting", meeting.slug));
  return meeting;
}

/** The passages that prove it, with their words where these may be shown: one SQL statement more than the first view has room for. */
async function passages(visit: Visit, site: Site): Promise<Page> {
  const variables = { slug: visit.key };
  const met = found(await visit.ask(PASSAGES, variables), visit);
  return {
    title: `${met.title}: what the sources say`,
    description: `The passages that prove what is on record of ${met.title}.`,
    canonical: `${pathOf("meeting", met.slug)}?tab=passages`,
    main: html`<p class="kind">Meeting</p>
<h1>${met.title}</h1>
${tabs(visit, met.title, "passages", TABS)}
${panel(site, {
  id: "proof",
  title: counted(met.citations.length, "passage proves it", "passages prove it"),
  question: { document: PASSAGES, variables },
  content: passageList(met.citations),
})}`,
  };
}

async function claims(visit: Visit, site: Site): Promise<Page> {
  const variables = { slug: visit.key };
  const met = found(await visit.ask(CLAIMS, variables), visit);
  return {
    title: `${met.title}: where sources differ`,
    description: `What documents say differently of ${met.title}.`,
    canonical: `${pathOf("meeting", met.slug)}?tab=claims`,
    main: html`<p class="kind">Meeting</p>
<h1>${met.title}</h1>
${tabs(visit, met.title, "claims", TABS)}
${differences(met, site, { document: CLAIMS, variables })}`,
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

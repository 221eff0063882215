import { PASSAGE, passageList, whyNoWords } from "../citations.js";
import { differences, STATEMENT_CLAIMS } from "../claims.js";
import { graphql, type ResultOf } from "../graphql.js";
import { HISTORY, history, RECORDED, recorded } from "../history.js";
import { html, joined, type Content } from "../html.js";
import { kindLink } from "../indexes.js";
import { facts, panel, type Site } from "../layout.js";
import { countryLink, link, meetingLink, pathOf, placeLink } from "../links.js";
import type { Downloadable } from "../lists.js";
import { Missing, Moved, type Page } from "../outcome.js";
import { pageOf } from "../paging.js";
import { addresseesOf, speakersOf } from "../sides.js";
import { manner, quotation, STATEMENT, statementList } from "../statements.js";
import { tabOf, tabs } from "../tabs.js";
import type { Question, Visit } from "../visit.js";
import { capital, counted, dateLink, dateWords, shortened, words } from "../words.js";

const DOCUMENT = graphql(
  `
    query Statement($key: String!) {
      statementByKey(key: $key) {
        ...StatementParts
        ...Recorded
        originalLanguage
        standingNote
        sourceCount
        placeCountry {
          code
          name
        }
        topics {
          slug
          label
        }
        citations {
          ...PassageParts
        }
        relations {
          kind
          statement {
            ...StatementParts
          }
        }
      }
    }
  `,
  [STATEMENT, RECORDED, PASSAGE],
);

const CLAIMS = graphql(
  `
    query StatementClaims($key: String!) {
      statementByKey(key: $key) {
        ...StatementParts
        ...StatementDifferences
      }
    }
  `,
  [STATEMENT, STATEMENT_CLAIMS],
);

const CHANGES = history({
  document: graphql(
    `
      query StatementHistory($key: String!, $first: Int = 20, $after: String) {
        statementByKey(key: $key) {
          ...StatementParts
          ...Recorded
          ...ItemHistory
        }
      }
    `,
    [STATEMENT, RECORDED, HISTORY],
  ),
  variables: (visit) => ({ key: visit.key, ...pageOf(visit) }),
  find: (data, visit) => found(data, visit).history,
});

const TABS = [
  ["statement", "The statement"],
  ["claims", "Where sources differ"],
  ["history", "History"],
] as const;

/** What the title says of a tab. */
const TITLES = { statement: "", claims: ": where sources differ", history: ": its history" };

/** The list of the tab. */
export function statementLists(visit: Visit): readonly Downloadable[] {
  return tabOf(visit, TABS) === "history" ? [CHANGES] : [];
}

type Said = NonNullable<ResultOf<typeof DOCUMENT>["statementByKey"]>;

/** A statement: its words, the passages that prove it, and other accounts; or where its sources differ. */
export async function statement(visit: Visit, site: Site): Promise<Page> {
  const tab = tabOf(visit, TABS);
  const { said, times, content } = await { statement: proof, claims, history: changes }[tab](
    visit,
    site,
  );
  const who = said.speakers.map(
    ({ person, country, organization, description }) =>
      (person ?? country ?? organization)?.name ?? description ?? "",
  );
  const when = said.date === null ? "" : `, ${dateWords(said.date)}`;
  const whoAndWhen = `${who.join(" and ")}${when}`;
  return {
    title: `${whoAndWhen}: ${shortened(said.text, 60)}${TITLES[tab]}`,
    description: shortened(`${whoAndWhen}: ${said.text}`, 160),
    canonical: pathOf("statement", said.key) + (tab === "statement" ? "" : `?tab=${tab}`),
    main: html`${kindLink("statements", "Statement")}
<h1>${speakersOf(said.speakers)}</h1>
<div class="said">${quotation(said)}</div>
${times && recorded(times)}
${tabs(visit, "About the statement", tab, TABS)}
${content}`,
  };
}

/** The statement of a result, under the key that was asked for. */
function found<Found extends { key: string }>(
  { statementByKey: said }: { statementByKey: Found | null },
  visit: Visit,
): Found {
  if (!said) throw new Missing("statement", visit.key);
  if (said.key !== visit.key) throw new Moved(pathOf("statement", said.key));
  return said;
}

async function proof(visit: Visit, site: Site) {
  const variables = { key: visit.key };
  const said = found(await visit.ask(DOCUMENT, variables), visit);
  const question = { document: DOCUMENT, variables };
  const content = html`${aboutIt(said)}
${panel(site, {
  id: "proof",
  title: counted(said.citations.length, "passage proves it", "passages prove it"),
  question,
  content: html`${passageList(said.citations)}
${whyNoWords(said.citations)}
<p class="soft">${counted(said.sourceCount, "independent source")}. Positions are counted in characters of the text.</p>`,
})}
${relations(said, site, question)}`;
  return { said, times: said, content };
}

async function claims(visit: Visit, site: Site) {
  const variables = { key: visit.key };
  const said = found(await visit.ask(CLAIMS, variables), visit);
  const content = differences(said, site, { document: CLAIMS, variables });
  return { said, times: null, content };
}

async function changes(visit: Visit, site: Site) {
  const { data, content } = await CHANGES.show(visit, site);
  const said = found(data, visit);
  return { said, times: said, content };
}

function aboutIt(said: Said): Content {
  const { addressees, audience, date, place, placeCountry, meeting, topics } = said;
  const where = [place && placeLink(place), placeCountry && countryLink(placeCountry)];
  return facts([
    ["On record", manner(said)],
    ["Note", said.standingNote],
    ["To", addressees.length > 0 ? addresseesOf(addressees) : audience],
    ["When", date && dateLink(date)],
    [
      "Where",
      joined(
        where.filter((one) => one !== null),
        ", ",
      ),
    ],
    ["At", meeting && meetingLink(meeting)],
    [
      "About",
      joined(
        topics.map(({ slug, label }) => link("topic", slug, label)),
        ", ",
      ),
    ],
    ["Said in", said.originalLanguage === said.language ? null : said.originalLanguage],
  ]);
}

/** Corrections, other accounts and the like, by kind. */
function relations({ relations }: Said, site: Site, question: Question): Content {
  const kinds = [...new Set(relations.map(({ kind }) => kind))];
  if (kinds.length === 0) return null;
  return panel(site, {
    id: "relations",
    title: "Other statements that bear on it",
    question,
    content: kinds.map((kind) => {
      const others = relations.filter((one) => one.kind === kind);
      return html`<h3>${capital(words(kind))}</h3>${statementList(others.map((one) => one.statement))}`;
    }),
  });
}

import { COUNT } from "../counts.js";
import { graphql, type ResultOf } from "../graphql.js";
import { html, joined, type Content } from "../html.js";
import { kindLink } from "../indexes.js";
import { type Site } from "../layout.js";
import { link, pathOf } from "../links.js";
import type { Downloadable } from "../lists.js";
import { MEETINGS } from "../meetings.js";
import { MEETING_FACETS, STATEMENT_FACETS } from "../facets.js";
import { meetingFilter, statementFilter } from "../narrowing.js";
import { Missing, type Page } from "../outcome.js";
import { meetings, meetingVariables, statements, statementVariables } from "../panels.js";
import { STATEMENTS } from "../statements.js";
import { countsOf, openOn, queryOf, tabOf, tabs } from "../tabs.js";
import type { Visit } from "../visit.js";
import { dateWords } from "../words.js";

/** How much was said, and how many meetings there were: `$said` and `$met` have the date alone. */
const COUNTS = graphql(`
  fragment DateCounts on Query {
    said: statements(first: 0, filter: $said) {
      totalCount
    }
    met: meetings(first: 0, filter: $met) {
      totalCount
    }
  }
`);

/** The same of a year, by month. */
const MONTHS = graphql(
  `
    query MonthsOfYear($said: StatementFilter, $met: MeetingFilter) {
      said: statements(first: 0, filter: $said) {
        months: facets(by: MONTH, first: 20) {
          ...Count
        }
      }
      met: meetings(first: 0, filter: $met) {
        months: facets(by: MONTH, first: 20) {
          ...Count
        }
      }
    }
  `,
  [COUNT],
);

/** A year with more than this has something in every month, and counting it by month takes long. */
const MOST_COUNTED = 5_000;

function wholeOf({ key }: Visit) {
  const date = { from: key, to: key };
  return { said: { date }, met: { date } };
}

const SAID = statements({
  document: graphql(
    `
      query SaidOn(
        $filter: StatementFilter
        $said: StatementFilter
        $met: MeetingFilter
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
        ...DateCounts
        statements(filter: $filter, first: $first, after: $after) {
          ...StatementList
          ...StatementFacets
        }
      }
    `,
    [COUNTS, STATEMENTS, STATEMENT_FACETS],
  ),
  variables: (visit) => ({
    ...statementVariables(visit),
    ...wholeOf(visit),
    filter: { ...statementFilter(visit), date: { from: visit.key, to: visit.key } },
  }),
  find: (data) => data.statements,
  about: ["year", "month"],
});

const MET = meetings({
  document: graphql(
    `
      query MetOn(
        $filter: MeetingFilter
        $said: StatementFilter
        $met: MeetingFilter
        $first: Int = 20
        $after: String
        $facets: Boolean!
        $inYear: Boolean = false
        $whole: Boolean = false
        $by: MeetingFacet! = PERSON
        $skip: Int = 0
        $counted: Boolean = true
        $more: Boolean = false
      ) {
        ...DateCounts
        meetings(filter: $filter, first: $first, after: $after) {
          ...MeetingList
          ...MeetingFacets
        }
      }
    `,
    [COUNTS, MEETINGS, MEETING_FACETS],
  ),
  variables: (visit) => ({
    ...meetingVariables(visit),
    ...wholeOf(visit),
    filter: { ...meetingFilter(visit), date: { from: visit.key, to: visit.key } },
  }),
  find: (data) => data.meetings,
  about: ["year", "month"],
});

const TABS = [
  ["said", "Said"],
  ["met", "Meetings"],
] as const;

const LISTS = { said: SAID, met: MET };

/** The list of the tab. */
export function dateLists(visit: Visit): readonly Downloadable[] {
  return [LISTS[tabOf(visit, TABS)]];
}

/** A day, month or year: what was said then, or who met. */
export async function date(visit: Visit, site: Site): Promise<Page> {
  const date = visit.key;
  if (!isDate(date)) throw new Missing("date", date);
  const tab = tabOf(visit, TABS);
  const { data, count, content } = await LISTS[tab].show(visit, site);
  const counts = countsOf({ said: data.said, met: data.met });
  openOn(visit, TABS, counts);
  const name = dateWords(date);
  return {
    title: `${name}: ${count}`,
    description: `${name} on the diplomatic record: ${count}, each with the passage that proves it.`,
    canonical: pathOf("date", date) + queryOf(tab, TABS, counts),
    main: html`${kindLink("dates", ["Year", "Month", "Day"][date.split("-").length - 1]!)}
<h1>${name}</h1>
${around(date)}
${await monthsOf(visit, data)}
${tabs(visit, name, tab, TABS, counts)}
${content}`,
  };
}

/** Whether it is a day, month or year of the calendar. */
function isDate(text: string): boolean {
  if (!/^\d{4}(-\d\d){0,2}$/.test(text) || text.startsWith("0000")) return false;
  const day = `${text}-01-01`.slice(0, 10);
  const parsed = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day);
}

/** Links to the day, month or year before and after, and to what it is part of. */
function around(date: string): Content {
  const parts = date.split("-");
  const wider = parts.slice(0, -1).join("-");
  const dates = [shifted(date, -1), wider, shifted(date, 1)].filter(Boolean);
  return html`<nav class="around" aria-label="Dates"><p>${joined(
    dates.map((one) => link("date", one, dateWords(one))),
    " · ",
  )}</p></nav>`;
}

/** Links to the months of a year in which anything was said or began; of a year with very much, to all. */
async function monthsOf(visit: Visit, { said, met }: ResultOf<typeof COUNTS>): Promise<Content> {
  const year = visit.key;
  if (year.includes("-")) return null;
  const isLarge = (said?.totalCount ?? 0) + (met?.totalCount ?? 0) > MOST_COUNTED;
  const months = isLarge ? allMonths(year) : await monthsWithAny(visit);
  if (months.length === 0) return null;
  return html`<nav class="around" aria-label="Months"><p>${joined(
    months.map((month) => link("date", month, dateWords(month))),
    " · ",
  )}</p></nav>`;
}

function allMonths(year: string): string[] {
  return Array.from({ length: 12 }, (_, i) => `${year}-${String(i + 1).padStart(2, "0")}`);
}

async function monthsWithAny(visit: Visit): Promise<string[]> {
  const { said, met } = await visit.ask(MONTHS, wholeOf(visit));
  const counts = [...(said?.months ?? []), ...(met?.months ?? [])];
  const months = new Set(counts.map(({ value }) => value));
  return [...months].filter((month) => month.startsWith(`${visit.key}-`)).toSorted();
}

/** The date a number of days, months or years later; empty beyond the calendar of the record. */
function shifted(date: string, by: number): string {
  const [year = 0, month, day] = date.split("-").map(Number);
  const moved = new Date(0);
  moved.setUTCFullYear(
    month === undefined ? year + by : year,
    day === undefined && month !== undefined ? month - 1 + by : (month ?? 1) - 1,
    day === undefined ? 1 : day + by,
  );
  const isKept = moved.getUTCFullYear() >= 1 && moved.getUTCFullYear() <= 9999;
  return isKept ? moved.toISOString().slice(0, date.length) : "";
}

import { graphql } from "../graphql.js";
import { html, type Content } from "../html.js";
import { panel, type Site } from "../layout.js";
import type { Question, Visit } from "../visit.js";
import { dateWords } from "../words.js";
import { type Column, columnChart } from "./columns.js";
import { byValue, COUNT, type Counted } from "../counts.js";
import { backTo, notShown, unreadable } from "./notices.js";
import { listAddress, much, says, type Subject, sum } from "./subject.js";
import { figureOf } from "./svg.js";
import { monthOf } from "./timeline.month.js";
import { yearsOf } from "./years.js";

const ONE_YEAR = graphql(
  `
    query TimelineOfYear($said: StatementFilter, $met: MeetingFilter) {
      statements(filter: $said, first: 0) {
        totalCount
        months: facets(by: MONTH, first: 36) {
          ...Count
        }
      }
      meetings(filter: $met, first: 0) {
        totalCount
        months: facets(by: MONTH, first: 36) {
          ...Count
        }
      }
    }
  `,
  [COUNT],
);

/** What is counted on both sides of the axis. */
interface Both {
  said: { counts: readonly Counted[]; total: number | null };
  met: { counts: readonly Counted[]; total: number | null };
}

/** Meetings and statements on one axis: all years, the months of the year in `at`, or the days of the month in `at`. */
export async function timeline(visit: Visit, site: Site, subject: Subject): Promise<Content> {
  const at = visit.parameter("at") ?? "";
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(at)) return monthOf(visit, site, subject, at);
  if (/^(?!0000)\d{4}$/.test(at)) return yearOf(visit, site, subject, at);
  const { statements: said, meetings: met } = subject.years;
  if (!said || !met) return shown(site, subject.question, "Timeline", unreadable);
  const both = {
    said: { counts: said, total: subject.counts.statements },
    met: { counts: met, total: subject.counts.meetings },
  };
  const content = picture(subject, both, yearsOf(said, met), {
    unit: "year",
    hint: "Each year is a link to its months.",
    hrefOf: (year) => visit.here({ at: year }),
  });
  return shown(site, subject.question, "Timeline", content);
}

/** The months of a year. */
async function yearOf(visit: Visit, site: Site, subject: Subject, year: string): Promise<Content> {
  const date = { from: year, to: year };
  const variables = { said: { ...subject.said, date }, met: { ...subject.met, date } };
  const { statements, meetings } = await visit.ask(ONE_YEAR, variables);
  const question = { document: ONE_YEAR, variables };
  // What began the year before or ends the year after counts in a month of that year.
  const ofYear = (counts: readonly Counted[] | null | undefined) =>
    counts?.filter(({ value }) => value.startsWith(year));
  const said = ofYear(statements?.months);
  const met = ofYear(meetings?.months);
  const back = backTo(visit, [[null, "All years"]]);
  if (!said || !met) return shown(site, question, year, unreadable);
  const months = Array.from({ length: 12 }, (_, i) => `${year}-${String(i + 1).padStart(2, "0")}`);
  const both = {
    said: { counts: said, total: statements?.totalCount ?? null },
    met: { counts: met, total: meetings?.totalCount ?? null },
  };
  const content = picture(subject, both, months, {
    unit: "month",
    hint: "Each month is a link to its days.",
    hrefOf: (month) => visit.here({ at: month }),
  });
  return shown(site, question, year, html`${back}${content}`);
}

function shown(site: Site, question: Question, title: string, content: Content): Content {
  return panel(site, { id: "picture", title, question, content });
}

interface View {
  unit: "year" | "month";
  hint: string;
  hrefOf: (key: string) => string;
}

const SHORT_MONTH = new Intl.DateTimeFormat("en", { month: "short", timeZone: "UTC" });

/** `1973` or `Feb`. */
function labelOf(key: string, unit: View["unit"]): string {
  if (unit === "year") return key;
  return SHORT_MONTH.format(new Date(Date.UTC(2000, Number(key.slice(5)) - 1)));
}

function picture(subject: Subject, { said, met }: Both, keys: readonly string[], view: View) {
  const saidIn = byValue(said.counts);
  const metIn = byValue(met.counts);
  if (saidIn.size + metIn.size === 0) {
    return html`<p class="none">Nothing with a ${view.unit} is on record here.</p>`;
  }
  const columns = keys.map((key): Column & { key: string } => {
    const up = saidIn.get(key) ?? 0;
    const down = metIn.get(key) ?? 0;
    const told = says(dateWords(key), [
      [up, "statements"],
      [down, "meetings"],
    ]);
    return { key, label: labelOf(key, view.unit), says: told, href: view.hrefOf(key), up, down };
  });
  const title = `Statements ${subject.saidHow} and meetings ${subject.metHow} by ${view.unit}`;
  const why =
    view.unit === "year"
      ? "without a date or in years with the fewest"
      : "dated to no month of this year";
  const missing = notShown(why, [
    { of: "statements", total: said.total, shown: sum(said.counts) },
    { of: "meetings", total: met.total, shown: sum(met.counts) },
  ]);
  return figureOf({
    begins: "timed",
    drawing: columnChart(columns, {
      title,
      description: `Columns above the axis are statements, those below it meetings, each side to a scale of its own. ${view.hint}`,
      up: `statements a ${view.unit}`,
      down: `meetings a ${view.unit}`,
    }),
    caption: html`Above the axis statements, below it meetings, each to its own scale. ${view.hint} ${missing}`,
    table: {
      caption: title,
      columns: [view.unit === "year" ? "Year" : "Month", "Statements", "Meetings"],
      rows: columns
        .filter(({ up, down = 0 }) => up + down > 0)
        .map(({ key, href, up, down = 0 }) => [
          html`<a href="${href}">${dateWords(key)}</a>`,
          listLink(subject, "statements", key, up),
          listLink(subject, "meetings", key, down),
        ]),
    },
  });
}

function listLink(subject: Subject, of: "statements" | "meetings", year: string, count: number) {
  if (count === 0) return "none";
  return html`<a href="${listAddress(subject, of, { year })}">${much(count, of)}</a>`;
}

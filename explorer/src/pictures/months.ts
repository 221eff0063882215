import { graphql } from "../graphql.js";
import { html, type Content } from "../html.js";
import { panel, type Site } from "../layout.js";
import type { Visit } from "../visit.js";
import { dateWords } from "../words.js";
import { type Span, spanOf, spansOf, spanWords } from "./by-year.js";
import { compact } from "./columns.js";
import { byValue, COUNT, type Counted, together } from "../counts.js";
import { unreadable } from "./notices.js";
import { classesOf, legendOf, shadeOf } from "./shades.js";
import { type Counts, listAddress, much, type Subject } from "./subject.js";
import { type Drawing, figureOf, mark, px } from "./svg.js";
import { choice } from "./choice.js";

const STATEMENTS = graphql(
  `
    query StatementsByMonth($filter: StatementFilter) {
      list: statements(filter: $filter, first: 0) {
        months: facets(by: MONTH, first: 100) {
          ...Count
        }
        moreMonths: facets(by: MONTH, first: 100, skip: 100) {
          ...Count
        }
        lastMonths: facets(by: MONTH, first: 100, skip: 200) {
          ...Count
        }
      }
    }
  `,
  [COUNT],
);

const MEETINGS = graphql(
  `
    query MeetingsByMonth($filter: MeetingFilter) {
      list: meetings(filter: $filter, first: 0) {
        months: facets(by: MONTH, first: 100) {
          ...Count
        }
        moreMonths: facets(by: MONTH, first: 100, skip: 100) {
          ...Count
        }
        lastMonths: facets(by: MONTH, first: 100, skip: 200) {
          ...Count
        }
      }
    }
  `,
  [COUNT],
);

/** How many years one picture shows at most: their months fit three facets. */
const SPAN = 25;

/** Rows of a year, columns of a month, in a stronger shade where more was said or more met. */
export async function months(visit: Visit, site: Site, subject: Subject): Promise<Content> {
  const of = choice(visit, subject);
  const isMet = of.chosen === "meetings";
  const filter = (isMet ? subject.met : subject.said) ?? {};
  const years = subject.years[of.chosen];
  const { span, links } = spanOf(visit, spansOf(years ?? [], SPAN));
  const document = isMet ? MEETINGS : STATEMENTS;
  const variables = { filter: { ...filter, date: span } };
  const counted = span && (await visit.ask(document, variables)).list;
  const counts = together([counted?.months, counted?.moreMonths, counted?.lastMonths]);
  const none = html`<p class="none">Nothing with a date is on record.</p>`;
  const drawn = span && (counts ? picture(subject, of.chosen, span, counts) : unreadable);
  return panel(site, {
    id: "picture",
    title: isMet ? "Meetings by month" : "Statements by month",
    question: { document, variables },
    content: html`${of.links}${links}${years ? (drawn ?? none) : unreadable}`,
  });
}

/** Why a list may have more than its month in the picture. */
const CAPTIONS: Record<Counts, string> = {
  statements:
    "Each month is a link to its list, which also has what is dated to its year alone. That is not in the picture.",
  meetings:
    "A meeting is counted in the month in which it began. Each month is a link to its list, which also has what went on from an earlier month, and what is dated to its year alone.",
};

const CELL = { width: 26, height: 24 };
const LEFT = 36;
const TOP = 20;
const INITIALS = "JFMAMJJASOND";

/**
 * Where each month of the years stands.
 *
 * @internal for the tests
 */
export function monthLayout(from: number, to: number) {
  const years = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const cells = years.flatMap((year, row) =>
    Array.from({ length: 12 }, (_, month) => ({
      key: `${String(year).padStart(4, "0")}-${String(month + 1).padStart(2, "0")}`,
      x: LEFT + month * CELL.width,
      y: TOP + row * CELL.height,
      width: CELL.width - 2,
      height: CELL.height - 2,
    })),
  );
  return { width: LEFT + 12 * CELL.width, height: TOP + years.length * CELL.height, years, cells };
}

function picture(subject: Subject, of: Counts, span: Span, all: Counted[]): Content {
  // What lasts into the span counts in a month before it.
  const counts = all.filter(({ value }) => value >= span.from && value <= `${span.to}-12`);
  if (counts.length === 0) {
    return html`<p class="none">Nothing of ${spanWords(span)} is dated to a month.</p>`;
  }
  const byMonth = byValue(counts);
  const years = counts.map(({ value }) => Number(value.slice(0, 4)));
  const layout = monthLayout(Math.min(...years), Math.max(...years));
  const bounds = classesOf([...byMonth.values()]);
  const how = of === "meetings" ? subject.metHow : subject.saidHow;
  const what = of === "meetings" ? "meetings" : "statements";
  const title = `${of === "meetings" ? "Meetings" : "Statements"} ${how} by month`;
  const href = (month: string) => listAddress(subject, of, { year: month });
  const cells = layout.cells.map(({ key, x, y, width, height }) => {
    const count = byMonth.get(key) ?? 0;
    const box = html`x="${x}" y="${y}" width="${width}" height="${height}" rx="3"`;
    if (count === 0) return html`<rect class="empty" ${box}/>`;
    const shade = shadeOf(count, bounds);
    const content = html`<rect class="shade ${shade}" ${box}/><text class="number on-${shade}" x="${px(x + width / 2)}" y="${px(y + height / 2 + 3.5)}">${compact(count)}</text>`;
    return mark(href(key), `${dateWords(key)}: ${much(count, of)}`, content);
  });
  const drawing: Drawing = {
    width: layout.width,
    height: layout.height,
    title,
    description: `A row for each year from ${layout.years[0]} to ${layout.years.at(-1)}, a column for each month, in a stronger shade for more ${what}. Each month is a link to its list.`,
    content: html`${[...INITIALS].map(
      (initial, i) =>
        html`<text class="label" x="${LEFT + i * CELL.width + CELL.width / 2 - 1}" y="13">${initial}</text>`,
    )}
${layout.years.map((year, i) => html`<text class="label year" x="0" y="${TOP + i * CELL.height + 15}">${year}</text>`)}
${cells}`,
  };
  return figureOf({
    drawing,
    legend: legendOf([...byMonth.values()], bounds, `${what} a month`),
    caption: CAPTIONS[of],
    table: {
      caption: title,
      columns: ["Month", of === "meetings" ? "Meetings" : "Statements"],
      rows: counts
        .toSorted((a, b) => (a.value < b.value ? -1 : 1))
        .map(({ value, count }) => [
          dateWords(value),
          html`<a href="${href(value)}">${much(count, of)}</a>`,
        ]),
    },
  });
}

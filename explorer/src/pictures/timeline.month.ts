import { graphql, type ResultOf } from "../graphql.js";
import { html, type Content, type Html } from "../html.js";
import { panel, type Site } from "../layout.js";
import { link, meetingLink, pathOf } from "../links.js";
import type { Visit } from "../visit.js";
import { dateLink, dateWords } from "../words.js";
import { backTo, unreadable } from "./notices.js";
import { dayLayout } from "./days.js";
import { type Counts, much, type Subject } from "./subject.js";
import { clipped, figureOf, mark, px } from "./svg.js";

const ONE_MONTH = graphql(`
  query TimelineOfMonth($said: StatementFilter, $met: MeetingFilter, $after: String) {
    statements(filter: $said, first: 100, after: $after, orderBy: DATE_ASC) {
      totalCount
      nodes {
        key
        text
        date
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
    meetings(filter: $met, first: 100, orderBy: DATE_ASC) {
      totalCount
      nodes {
        slug
        title
        startDate
        endDate
      }
    }
  }
`);

type Month = ResultOf<typeof ONE_MONTH>;
type Statement = NonNullable<Month["statements"]>["nodes"][number];
type Meeting = NonNullable<Month["meetings"]>["nodes"][number];

/** The longest text of a statement in the table and when pointed at. */
const MAX_TEXT = 140;

/** What was said and who met on the days of a month, each a mark of its own. */
export async function monthOf(
  visit: Visit,
  site: Site,
  subject: Subject,
  month: string,
): Promise<Content> {
  const date = { from: month, to: month };
  const variables = {
    said: { ...subject.said, date },
    met: { ...subject.met, date },
    after: visit.parameter("after"),
  };
  const { statements, meetings } = await visit.ask(ONE_MONTH, variables);
  const year = month.slice(0, 4);
  const back = backTo(visit, [
    [null, "All years"],
    [year, `Months of ${year}`],
  ]);
  const content =
    statements && meetings
      ? html`${back}${picture(visit, subject, month, statements, meetings)}`
      : unreadable;
  return panel(site, {
    id: "picture",
    title: dateWords(month),
    question: { document: ONE_MONTH, variables },
    content,
  });
}

function picture(
  visit: Visit,
  subject: Subject,
  month: string,
  statements: NonNullable<Month["statements"]>,
  meetings: NonNullable<Month["meetings"]>,
): Content {
  if (statements.nodes.length + meetings.nodes.length === 0) {
    return html`<p class="none">Nothing of ${dateWords(month)} is on record here.</p>`;
  }
  const layout = layoutOf(month, statements.nodes, meetings.nodes);
  const { width, height, base } = layout;
  const { hasNextPage, endCursor } = statements.pageInfo;
  const title = `Statements ${subject.saidHow} and meetings ${subject.metHow} on each day of ${dateWords(month)}`;
  const later =
    hasNextPage &&
    html`<p class="pages"><a rel="next" href="${visit.here({ after: endCursor })}">Later statements of this month →</a></p>`;
  return html`${figureOf({
    begins: beginsAt(
      Math.min(...[...layout.statements, ...layout.meetings].map(({ x }) => x)) / width,
    ),
    drawing: {
      width,
      height,
      title,
      description:
        "Each dot above the axis is a statement, each bar below it a meeting over its days. Each is a link to its page.",
      content: html`<line class="axis" x1="0" x2="${width}" y1="${base}" y2="${base}"/>
<line class="axis" x1="0" x2="${width}" y1="${base + 26}" y2="${base + 26}"/>
${daysOf(month, layout)}${asides(layout, visit.parameter("after") !== null, hasNextPage)}${layout.statements.map(dot)}${layout.meetings.map((met) => bar(month, met))}
<text class="scale end" x="${width}" y="14">statements</text>`,
    },
    caption: html`A dot is a statement, a bar below the axis a meeting over its days. ${bound(statements, "statements")} ${bound(meetings, "meetings")} ${undated(statements.nodes.length, layout.statements.length, "statements")} ${undated(meetings.nodes.length, layout.meetings.length, "meetings")}`,
    table: {
      caption: title,
      columns: ["When", "What"],
      rows: [...meetings.nodes.map(metRow), ...statements.nodes.map(saidRow)],
    },
  })}${later}`;
}

type Layout = ReturnType<typeof layoutOf>;

function layoutOf(month: string, said: readonly Statement[], met: readonly Meeting[]) {
  return dayLayout(
    month,
    said,
    met.map((one) => ({ ...one, label: clipped(one.title, 60) })),
  );
}

/** The days along the axis, each a link to its page. */
function daysOf(month: string, { days, step, base, height }: Layout): Content {
  return days.map(({ x, day }) => {
    const date = `${month}-${String(day).padStart(2, "0")}`;
    return html`<line class="grid" x1="${x}" x2="${x}" y1="24" y2="${height}"/>${mark(
      pathOf("date", date),
      dateWords(date),
      html`<text class="label" x="${px(x + step / 2)}" y="${base + 18}">${day}</text>`,
    )}`;
  });
}

function dot({ item, x, y }: Layout["statements"][number]): Html {
  const circle = html`<circle class="bar" cx="${x}" cy="${y}" r="4"/>`;
  return mark(pathOf("statement", item.key), told(item), circle);
}

function bar(month: string, { item, x, y, width, isLeft }: Layout["meetings"][number]): Html {
  const says = `${dateWords(item.startDate ?? item.endDate ?? month)}: ${item.title}`;
  const textAt = isLeft ? x - 5 : x + width + 5;
  return mark(
    pathOf("meeting", item.slug),
    says,
    html`<rect class="bar other" x="${x}" y="${y}" width="${width}" height="12" rx="2"/><text class="name lane${isLeft && " left"}" x="${px(textAt)}" y="${px(y + 10)}">${item.label}</text>`,
  );
}

/** Where a month begins on a screen that shows four tenths of it: so that its first mark is in sight, at this share of its width. */
function beginsAt(first: number) {
  if (first < 0.38 || first > 1) return undefined;
  return first < 0.66 ? "centred" : "timed";
}

/** The days before the statements that are drawn, and after them, where theirs are on other pages; nothing if none is drawn. */
function asides(
  { statements, step, width, base }: Layout,
  areEarlier: boolean,
  areLater: boolean,
): Content {
  const drawn = statements.map(({ x }) => x);
  if (drawn.length === 0) return null;
  return [
    areEarlier && aside(0, Math.min(...drawn) - step / 2, base, "earlier"),
    areLater && aside(Math.max(...drawn) + step / 2, width, base, "later"),
  ];
}

function aside(from: number, to: number, base: number, which: string): Content {
  if (!(to - from > 1)) return null;
  return html`<rect class="aside" x="${px(from)}" y="24" width="${px(to - from)}" height="${px(base - 24)}"/><text class="second beside" x="${px((from + to) / 2)}" y="${px(base - 8)}">${to - from > 130 ? `${which} ones: another page` : ""}</text>`;
}

/** That more are on record than are read. */
function bound(
  { nodes, totalCount }: { nodes: readonly unknown[]; totalCount: number | null },
  of: Counts,
): string {
  if (totalCount === null || totalCount <= nodes.length) return "";
  return `Of ${much(totalCount, of)} this page has ${nodes.length}.`;
}

/** That some have no day in this month, such as those that are dated to a year. */
function undated(read: number, drawn: number, of: Counts): string {
  if (read === drawn) return "";
  return `${much(read - drawn, of)} without a day in this month: in the table alone.`;
}

const told = ({ date, text }: Statement): string =>
  `${date === null ? "" : `${dateWords(date)}: `}${clipped(text, MAX_TEXT)}`;

const saidRow = ({ key, text, date }: Statement): Content[] => [
  date && dateLink(date),
  link("statement", key, clipped(text, MAX_TEXT)),
];

const metRow = (met: Meeting): Content[] => {
  const date = met.startDate ?? met.endDate;
  return [date && dateLink(date), meetingLink(met)];
};

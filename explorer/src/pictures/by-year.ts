import { COUNT, type Counted, together } from "../counts.js";
import { graphql } from "../graphql.js";
import { html, joined, type Content } from "../html.js";
import type { Visit } from "../visit.js";

/**
 * How many statements there are, in all and by year. Asked of the list of the item itself, without a filter: the service keeps the
 * counts of such lists.
 */
export const STATEMENTS_BY_YEAR = graphql(
  `
    fragment StatementsByYear on StatementConnection {
      totalCount
      years: facets(by: YEAR, first: 100) {
        ...Count
      }
      moreYears: facets(by: YEAR, first: 100, skip: 100) {
        ...Count
      }
    }
  `,
  [COUNT],
);

/** The same of meetings. */
export const MEETINGS_BY_YEAR = graphql(
  `
    fragment MeetingsByYear on MeetingConnection {
      totalCount
      years: facets(by: YEAR, first: 100) {
        ...Count
      }
      moreYears: facets(by: YEAR, first: 100, skip: 100) {
        ...Count
      }
    }
  `,
  [COUNT],
);

/** Such a list in a result. */
export interface ListByYear {
  totalCount: number | null;
  years: readonly Counted[] | null;
  moreYears: readonly Counted[] | null;
}

/** Its years; null if they could not be read. */
export function yearsIn(list: ListByYear | null | undefined): Counted[] | null {
  return together([list?.years, list?.moreYears]);
}

/** The first and the last year of a span. */
export interface Span {
  from: string;
  to: string;
}

/** How many rows one picture counts at most, unless a single year has more. */
const MOST_ROWS = 5_000;

/**
 * The spans of years that hold something, the earliest first: each, back from the last year, as long as it may be (`longest`, in years)
 * and as its rows are not too many.
 */
export function spansOf(
  years: readonly Pick<Counted, "value" | "count">[],
  longest: number,
  most = MOST_ROWS,
): Span[] {
  const spans: (Span & { rows: number })[] = [];
  for (const { value, count } of years.toSorted((a, b) => b.value.localeCompare(a.value))) {
    const [span] = spans;
    const fits = span && Number(span.to) - Number(value) < longest && span.rows + count <= most;
    if (fits) Object.assign(span, { from: value, rows: span.rows + count });
    else spans.unshift({ from: value, to: value, rows: count });
  }
  return spans.map(({ from, to }) => ({ from, to }));
}

/** The span that the address asks for, else the last one; and links to the others, where there are any. */
export function spanOf(
  visit: Visit,
  spans: readonly Span[],
): { span: Span | undefined; links: Content } {
  // As the record grows, spans begin elsewhere: the one that has the year.
  const asked = visit.parameter("from") ?? "9999";
  const span = spans.find(({ to }) => to >= asked) ?? spans.at(-1);
  const each = spans.map((one) =>
    one === span
      ? html`<strong>${spanWords(one)}</strong>`
      : html`<a href="${visit.here({ from: one.from })}">${spanWords(one)}</a>`,
  );
  return { span, links: spans.length > 1 && html`<p class="narrow">${joined(each, " · ")}</p>` };
}

/** `1950–1974`, or the one year. */
export function spanWords({ from, to }: Span): string {
  return from === to ? from : `${from}–${to}`;
}

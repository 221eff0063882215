import { html, type Content, type Html } from "./html.js";
import type { Visit } from "./visit.js";

/** What a list gives besides its rows. */
interface Connection {
  totalCount?: number | null;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** The parameter of the address that continues from a cursor: a page has one list, or beside it others of people and of those described. */
export type Cursor = "after" | "people" | "described";

/** The parameter of the address by which more rows are shown at once. */
const ROWS = { after: "rows", people: "peopleRows", described: "describedRows" } as const;

/** The parameter of the address that says how many rows come before those shown: a cursor does not tell. */
const PAST = { after: "past", people: "peoplePast", described: "describedPast" } as const;

/** How many rows a list shows at first if nothing else is said, and at most: as many as the service gives at once. */
const FEW = 20;
const MOST = 100;

/** The variables of a list that say which of its rows are selected. */
export function pageOf(visit: Visit) {
  return { first: rowsAsked(visit, "after"), after: visit.parameter("after") };
}

/** The same of a list of people beside another list. */
export function pageOfPeople(visit: Visit) {
  return { firstPeople: rowsAsked(visit, "people"), people: visit.parameter("people") };
}

/** The same of a list of those who are only described. */
export function pageOfDescribed(visit: Visit) {
  return { firstDescribed: rowsAsked(visit, "described"), described: visit.parameter("described") };
}

/** The most rows if the address asks for them; nothing for as many as the document says. */
function rowsAsked(visit: Visit, cursor: Cursor): number | undefined {
  return visit.parameter(ROWS[cursor]) === String(MOST) ? MOST : undefined;
}

/** Rows in two parts where more than the first few were asked for: the link to them leads to the second. `id`: that of the list. */
export function inParts<Row>(
  visit: Visit,
  rows: readonly Row[],
  { cursor, id, show }: { cursor: Cursor; id: string; show: (rows: readonly Row[]) => Content },
): Content {
  const isGrown = rowsAsked(visit, cursor) !== undefined && visit.parameter(cursor) === null;
  if (!isGrown || rows.length <= FEW) return show(rows);
  return html`${show(rows.slice(0, FEW))}
<p class="soft from" id="${id}-more" tabindex="-1">${FEW + 1} to ${rows.length}</p>
${show(rows.slice(FEW))}`;
}

/**
 * Links to more rows: first the list grows to as many as the service gives at once, with those that were there. From there on
 * it goes page by page, and back to the first.
 */
export function pageLinks(
  visit: Visit,
  { totalCount, pageInfo }: Connection,
  { cursor, id, shown }: { cursor: Cursor; id: string; shown: number },
): Html | null {
  const isFirst = visit.parameter(cursor) === null;
  const isGrown = rowsAsked(visit, cursor) !== undefined;
  const all = totalCount ?? Infinity;
  const past = isFirst ? 0 : pastRows(visit, cursor, all - shown);
  const links = [
    !isFirst &&
      html`<a href="${visit.onward({ [cursor]: null, [PAST[cursor]]: null })}#${id}">← First page</a>`,
    position(),
    pageInfo.hasNextPage && isFirst && !isGrown && more(),
    pageInfo.hasNextPage && !(isFirst && !isGrown) && next(),
  ].filter((link) => link !== false);
  return links.length === 0 ? null : html`<p class="pages">${links}</p>`;

  /** `101 to 200 of 4,142`, where the address says how many rows come before. */
  function position(): Html | false {
    if (isFirst || past === null || shown === 0) return false;
    const of = all === Infinity ? "" : ` of ${all.toLocaleString("en")}`;
    return html`<span class="soft">${(past + 1).toLocaleString("en")} to ${(past + shown).toLocaleString("en")}${of}</span>`;
  }

  function more(): Html {
    const label = all <= MOST ? `Show all ${all}` : `Show the first ${MOST}`;
    const to = shown === FEW ? `${id}-more` : id;
    return html`<a href="${visit.onward({ [ROWS[cursor]]: String(MOST) })}#${to}">${label} ↓</a>`;
  }

  function next(): Html {
    const reached = past === null ? null : past + shown;
    const rest = reached === null || all === Infinity ? "page" : Math.min(MOST, all - reached);
    const to = visit.onward({
      [cursor]: pageInfo.endCursor,
      [ROWS[cursor]]: String(MOST),
      [PAST[cursor]]: reached === null ? null : String(reached),
    });
    return html`<a rel="next" href="${to}#${id}">Next ${rest} →</a>`;
  }
}

/** How many rows come before those shown, by the address; null if it does not say so, or says more than there can be. */
function pastRows(visit: Visit, cursor: Cursor, most: number): number | null {
  const asked = visit.parameter(PAST[cursor]) ?? "";
  return /^\d{1,9}$/.test(asked) && Number(asked) <= most ? Number(asked) : null;
}

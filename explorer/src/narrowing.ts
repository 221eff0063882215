import { labelIn } from "./chosen.js";
import type { Counted } from "./counts.js";
import {
  AT_ONCE,
  type Faceted,
  MOST_SKIPPED,
  type Narrowing,
  OF_MEETINGS,
  OF_STATEMENTS,
  skipped,
} from "./facets.js";
import { html, joined, type Content, type Html } from "./html.js";
import type { Visit } from "./visit.js";
import { dateWords } from "./words.js";

/** What lists can be narrowed by: the parameter of the address, and its heading. */
const NARROWINGS: readonly (readonly [Narrowing, string])[] = [
  ["speaker", "By whom"],
  ["person", "Who took part"],
  ["side", "For which country"],
  ["place", "Where"],
  ["country", "In which country"],
  ["topic", "About what"],
  ["year", "When"],
  ["month", "In which month"],
];

/** How many values of a kind are shown unless all are requested, and how many years. */
const MOST = 12;
const MOST_YEARS = 100;

/** A list of more rows is counted by one kind of value at a time, by years first: of all kinds at once it would take a second. */
const LARGE = 5_000;

/** Whether the address requests the counts. */
function withFacets(visit: Visit): boolean {
  return visit.parameter("facets") !== null;
}

/** Whether the address narrows a list, or requests the counts. */
export function isNarrowed(visit: Visit): boolean {
  return withFacets(visit) || NARROWINGS.some(([name]) => visit.parameter(name) !== null);
}

/** What statements and meetings can both be narrowed by. */
function commonFilter(visit: Visit) {
  const date = visit.parameter("month") ?? yearOf(visit);
  return {
    places: oneOf(visit, "place"),
    placeCountries: oneOf(visit, "country"),
    date: date === null ? undefined : { from: date, to: date },
  };
}

/** The filter of a list of meetings that the address asks for. */
export function meetingFilter(visit: Visit) {
  return {
    ...commonFilter(visit),
    people: oneOf(visit, "person"),
    participantCountries: oneOf(visit, "side"),
  };
}

/** The filter of a list of statements that the address asks for. */
export function statementFilter(visit: Visit) {
  return {
    ...commonFilter(visit),
    speakers: oneOf(visit, "speaker"),
    topics: oneOf(visit, "topic"),
  };
}

/** The year that is chosen; none beside a month of another year, which alone narrows the list. */
function yearOf(visit: Visit): string | null {
  const [year, month] = [visit.parameter("year"), visit.parameter("month")];
  return year === null || month === null || month.startsWith(year) ? year : null;
}

function oneOf(visit: Visit, name: Narrowing): string[] | undefined {
  const value = visit.parameter(name);
  return value === null ? undefined : [value];
}

/** What the counts are of. */
interface List {
  /** The id of its heading. */
  id: string;
  /** What the page is about already, and narrows nothing. */
  about: readonly Narrowing[];
  totalCount: number | null | undefined;
}

/** Whether it is large, and can still be narrowed to a year. */
function isLarge(visit: Visit, { about, totalCount }: List): boolean {
  const isDated = about.includes("year") || visit.parameter("year") !== null;
  return (totalCount ?? 0) > LARGE && !isDated && visit.parameter("month") === null;
}

/**
 * Links that narrow a list, with counts, and those that take a narrowing back. Where the counts were not asked for, a link that
 * asks for them.
 */
export function narrowing(visit: Visit, facets: Faceted | null | undefined, list: List): Content {
  const chosen = chipsOf(visit, facets);
  if (!withFacets(visit)) {
    return html`${chosen}<p class="narrow"><a href="${visit.here({ facets: isLarge(visit, list) ? "year" : "1" })}#${list.id}">Narrow the list</a></p>`;
  }
  const groups = facets?.whole
    ? wholeGroup(visit, facets.whole, list)
    : NARROWINGS.map((narrowing) => group(visit, narrowing, facets, list));
  return html`${chosen}<nav class="facets" aria-label="Narrow the list">${groups}</nav>
<p class="narrow"><a href="${visit.here({ facets: null })}#${list.id}">Hide the filters</a></p>`;
}

/** The address of the narrowed list. On a phone it begins a screen below the top, and a filter may narrow the list above it too. */
function narrowed(visit: Visit, changes: Record<string, string | null>): string {
  return `${visit.here(changes)}#tabs`;
}

function chipsOf(visit: Visit, facets: Faceted | null | undefined): Content {
  const chips = NARROWINGS.flatMap(([name]) => {
    const value = name === "year" ? yearOf(visit) : visit.parameter(name);
    if (value === null) return [];
    // A month is of its year, and one of another year goes with it.
    const isOfYear = name === "year" || (name === "month" && yearOf(visit) === null);
    const changes = isOfYear ? { year: null, month: null } : { [name]: null };
    const spoken = html`<span class="unseen">Take away the filter </span>`;
    return html`<li><a class="chip" href="${narrowed(visit, changes)}">${spoken}${labelOf(visit, name, value, facets)}<span aria-hidden="true"> ×</span></a></li>`;
  });
  return chips.length > 0 && html`<ul class="chips" aria-label="Filters">${chips}</ul>`;
}

/** The name of what is chosen; a slug that nothing has stays as it is. */
function labelOf(
  visit: Visit,
  name: Narrowing,
  value: string,
  facets: Faceted | null | undefined,
): string {
  if (name === "year" || name === "month") return partialDateWords(value);
  return labelIn(facets, name, value) ?? visit.labels.get(name) ?? value;
}

/** Also of a year: pictures narrow by a month or day in its place. */
const partialDateWords = (value: string) =>
  /^\d{4}(-\d\d){0,2}$/.test(value) ? dateWords(value) : value;

/** The most frequent values of a kind, those of dates in their order; nothing where they are chosen, or narrow nothing. */
function group(
  visit: Visit,
  [name, title]: (typeof NARROWINGS)[number],
  facets: Faceted | null | undefined,
  { id, about, totalCount }: List,
): Html | null {
  const counts = facets?.[name] ?? [];
  const isDate = name === "year" || name === "month";
  if (visit.parameter(name) !== null || about.includes(name)) return null;
  const year = visit.parameter("year") ?? "";
  const shown = counts.filter(
    (one) => !isAbout(visit, one, totalCount) && (name !== "month" || one.value.startsWith(year)),
  );
  if (shown.length === 0) return null;
  const sorted = shown.toSorted((a, b) =>
    isDate ? b.value.localeCompare(a.value) : b.count - a.count || a.label.localeCompare(b.label),
  );
  const isCut = counts.length === (name === "year" ? MOST_YEARS : MOST) && name !== "month";
  return html`<section${name === "year" && html` class="years"`}><h3>${title}</h3>
${valuesOf(visit, name, sorted)}${
    isCut &&
    html`<p><a href="${visit.here({ facets: name })}#${id}">All of them<span class="unseen">: ${title}</span></a></p>`
  }</section>`;
}

/** Whether it is what the page is about: all of the list has it. */
function isAbout(
  { key }: Visit,
  { value, count }: Counted,
  totalCount: number | null | undefined,
): boolean {
  return key.split("/").includes(value) && (totalCount ?? count) === count;
}

/** `isUncounted`: the list that a value leads to may be large, too, so its counts are not asked for. */
function valuesOf(
  visit: Visit,
  name: Narrowing,
  counts: readonly Counted[],
  isUncounted = false,
): Html {
  const facets = isUncounted ? null : "1";
  const href = (value: string) => narrowed(visit, { [name]: value, facets });
  return html`<ul>
${counts.map(
  ({ value, label, count }) =>
    html`<li><a href="${href(value)}">${name === "month" ? partialDateWords(value) : label}</a> <span class="count">${count.toLocaleString("en")}</span></li>`,
)}
</ul>`;
}

/** Links to the kinds of values that a large list is counted by, one at a time. */
function kindsOf(visit: Visit, chosen: Narrowing, { id, about }: List): Html {
  const known: object = id === "meetings" ? OF_MEETINGS : OF_STATEMENTS;
  const kinds = NARROWINGS.filter(
    ([name]) =>
      name in known && name !== "month" && !about.includes(name) && visit.parameter(name) === null,
  ).map(([name, title]) =>
    name === chosen
      ? html`<strong>${title}</strong>`
      : html`<a href="${visit.here({ facets: name })}#${id}">${title}</a>`,
  );
  return html`<p class="soft">So long a list is counted by one thing at a time: ${joined(kinds, " · ")}. Of a year, all are counted together.</p>`;
}

/** All values of one kind, the most frequent first, a hundred at a time as far as the service goes. */
function wholeGroup(visit: Visit, counts: readonly Counted[], list: List): Html {
  const { id } = list;
  const asked = visit.parameter("facets");
  const [name, title] = NARROWINGS.find(([one]) => one === asked)!;
  const skip = skipped(visit);
  const to = (changes: Record<string, string | null>) => `${visit.here(changes)}#${id}`;
  const isCut = counts.length === AT_ONCE;
  const isOneByOne = isLarge(visit, list);
  const isEnd = skip + AT_ONCE > MOST_SKIPPED;
  const before = Math.max(0, skip - AT_ONCE);
  const links = [
    !isOneByOne && html`<a href="${to({ facets: "1" })}">← All filters</a>`,
    skip > 0 &&
      html`<a href="${to({ skip: before > 0 ? String(before) : null })}">← Previous ${AT_ONCE}</a>`,
    isCut &&
      !isEnd &&
      html`<a href="${to({ skip: String(skip + AT_ONCE) })}">Next ${AT_ONCE} →</a>`,
  ];
  const which =
    counts.length === 0
      ? "no more"
      : skip === 0 && !isCut
        ? `all ${counts.length}`
        : `${(skip + 1).toLocaleString("en")} to ${(skip + counts.length).toLocaleString("en")}, the most frequent first`;
  return html`<section class="whole-facet">${isOneByOne && kindsOf(visit, name, list)}<h3>${title}: ${which}</h3>
${valuesOf(visit, name, name === "year" ? counts.toSorted((a, b) => b.value.localeCompare(a.value)) : counts, isOneByOne && name !== "year")}<p class="pages">${links}</p>${
    isCut && isEnd && html`<p class="soft">No more can be listed: narrow the list first.</p>`
  }</section>`;
}

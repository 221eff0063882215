import { COUNT, type Counted } from "./counts.js";
import { graphql, type ResultOf } from "./graphql.js";
import { html, type Content, type Html } from "./html.js";
import type { Visit } from "./visit.js";

/** How many statements have which value. Each of these is an SQL statement of its own, so they are read only when asked for. */
export const STATEMENT_FACETS = graphql(
  `
    fragment StatementFacets on StatementConnection {
      speaker: facets(by: SPEAKER, first: 12) {
        ...Count
      }
      place: facets(by: PLACE, first: 12) {
        ...Count
      }
      country: facets(by: PLACE_COUNTRY, first: 12) {
        ...Count
      }
      topic: facets(by: TOPIC, first: 12) {
        ...Count
      }
      year: facets(by: YEAR, first: 100) {
        ...Count
      }
    }
  `,
  [COUNT],
);

export const MEETING_FACETS = graphql(
  `
    fragment MeetingFacets on MeetingConnection {
      place: facets(by: PLACE, first: 12) {
        ...Count
      }
      country: facets(by: PLACE_COUNTRY, first: 12) {
        ...Count
      }
      year: facets(by: YEAR, first: 100) {
        ...Count
      }
    }
  `,
  [COUNT],
);

/** The counts that were asked for with a list. */
export type Faceted = Partial<ResultOf<typeof STATEMENT_FACETS> & ResultOf<typeof MEETING_FACETS>>;

/** How many values of a kind the counts have, but for years. */
const MOST = 12;

/** What lists can be narrowed by: the parameter of the address and its heading. */
const NARROWINGS = [
  ["speaker", "By whom"],
  ["place", "Where"],
  ["country", "In which country"],
  ["topic", "About what"],
  ["year", "When"],
] as const;

export type Narrowing = (typeof NARROWINGS)[number][0];

/** Whether the address asks for the counts. */
export function withFacets(visit: Visit): boolean {
  return visit.parameter("facets") !== null;
}

/** Whether the address narrows a list, or asks for the counts. */
export function isNarrowed(visit: Visit): boolean {
  return withFacets(visit) || NARROWINGS.some(([name]) => visit.parameter(name) !== null);
}

/** The filter of a list of meetings that the address asks for. */
export function meetingFilter(visit: Visit) {
  const year = visit.parameter("year");
  return {
    places: oneOf(visit, "place"),
    placeCountries: oneOf(visit, "country"),
    date: year === null ? undefined : { from: year, to: year },
  };
}

/** The filter of a list of statements that the address asks for. */
export function statementFilter(visit: Visit) {
  return {
    ...meetingFilter(visit),
    speakers: oneOf(visit, "speaker"),
    topics: oneOf(visit, "topic"),
  };
}

function oneOf(visit: Visit, name: Narrowing): string[] | undefined {
  const value = visit.parameter(name);
  return value === null ? undefined : [value];
}

/**
 * Links that narrow a list, with counts, and those that take a narrowing back. Where the counts were not asked for, a link that
 * asks for them. What the page is about already narrows nothing. `list`: the id of its heading.
 */
export function narrowing(
  visit: Visit,
  facets: Faceted | null | undefined,
  about: readonly Narrowing[],
  list: string,
): Content {
  // On a phone the list begins a screen below the top. A filter may narrow the list above this one too.
  const here = (changes: Record<string, string | null>) => `${visit.here(changes)}#tabs`;
  const active = NARROWINGS.filter(([name]) => visit.parameter(name) !== null);
  const chips = active.map(([name]) => {
    const label = labelOf(facets?.[name], visit.parameter(name)!);
    const spoken = html`<span class="unseen">Take away the filter </span>`;
    return html`<li><a class="chip" href="${here({ [name]: null })}">${spoken}${label}<span aria-hidden="true"> ×</span></a></li>`;
  });
  const chosen = chips.length > 0 && html`<ul class="chips" aria-label="Filters">${chips}</ul>`;
  if (!withFacets(visit)) {
    return html`${chosen}<p class="narrow"><a href="${visit.here({ facets: "1" })}#${list}">Narrow the list</a></p>`;
  }
  const groups = NARROWINGS.filter(
    ([name]) => visit.parameter(name) === null && !about.includes(name),
  ).map(([name, title]) => group(here, name, title, facets?.[name] ?? []));
  return html`${chosen}<nav class="facets" aria-label="Narrow the list">${groups}</nav>
<p class="narrow"><a href="${visit.here({ facets: null })}#${list}">Hide the filters</a></p>`;
}

function labelOf(counts: readonly Counted[] | null | undefined, value: string): string {
  return counts?.find((counted) => counted.value === value)?.label ?? value;
}

function group(
  here: (changes: Record<string, string>) => string,
  name: Narrowing,
  title: string,
  counts: readonly Counted[],
): Html | null {
  if (counts.length === 0) return null;
  const isYears = name === "year";
  const shown = counts.toSorted((a, b) =>
    isYears ? b.value.localeCompare(a.value) : b.count - a.count || a.label.localeCompare(b.label),
  );
  const isCut = !isYears && counts.length === MOST;
  return html`<section${isYears && html` class="years"`}><h3>${title}</h3><ul>
${shown.map(
  ({ value, label, count }) =>
    html`<li><a href="${here({ [name]: value })}">${label}</a> <span class="count">${count.toLocaleString("en")}</span></li>`,
)}
</ul>${isCut && html`<p class="soft">The ${MOST} most frequent.</p>`}</section>`;
}

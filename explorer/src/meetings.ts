import { CITATION } from "./citations.js";
import { graphql, type ResultOf } from "./graphql.js";
import { html, joined, type Content, type Html } from "./html.js";
import { kindLink } from "./indexes.js";
import { countryLink, meetingLink, placeLink } from "./links.js";
import { capital, dateLink, words } from "./words.js";

/** A meeting in a list. */
export const MEETING = graphql(`
  fragment MeetingParts on Meeting {
    slug
    title
    kind
    status
    coverage
    startDate
    endDate
    dateCertainty
    placeCertainty
    place {
      slug
      name
    }
    placeCountry {
      code
      name
    }
  }
`);

/** What a download adds to a meeting. */
export const MORE_OF_MEETING = graphql(
  `
    fragment MeetingMore on Meeting {
      citations {
        ...CitationParts
      }
    }
  `,
  [CITATION],
);

/** A page of meetings. */
export const MEETINGS = graphql(
  `
    fragment MeetingList on MeetingConnection {
      totalCount @include(if: $counted)
      nodes {
        ...MeetingParts
        ...MeetingMore @include(if: $more)
        countries {
          code
          name
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  `,
  [MEETING, MORE_OF_MEETING],
);

/** A meeting, in a list with the countries that take part, in a download with the passages that prove it. */
export type Meeting = ResultOf<typeof MEETING> & {
  countries?: readonly { code: string; name: string }[];
} & Partial<ResultOf<typeof MORE_OF_MEETING>>;

/** Meetings as a list; `more` adds something under each. */
export function meetingList<Row extends Meeting>(
  rows: readonly Row[],
  more?: (met: Row) => Content,
): Html {
  return html`<ol class="meetings">
${rows.map((met) => html`<li>${meetingItem(met)}${more?.(met)}</li>`)}
</ol>`;
}

function meetingItem(met: Meeting): Html {
  const { countries = [] } = met;
  return html`<h3>${meetingLink(met)}</h3>
<p class="soft">${joined([...whenAndWhere(met), ...sortOf(met)], " · ")}</p>
${countries.length > 0 && html`<p class="soft">${joined(countries.map(countryLink), ", ")}</p>`}`;
}

/** Date, place and country, as far as known, each marked if it is inferred. */
export function whenAndWhere(met: Meeting): Content[] {
  const { startDate, endDate, place, placeCountry } = met;
  const dates = [startDate, endDate === startDate ? null : endDate].filter((date) => date !== null);
  const where = [place && placeLink(place), placeCountry && countryLink(placeCountry)];
  const places = where.filter((one) => one !== null);
  return [
    dates.length > 0 && marked(met.dateCertainty, joined(dates.map(dateLink), " to ")),
    places.length > 0 && marked(met.placeCertainty, joined(places, ", ")),
  ].filter(Boolean);
}

/** Which of its facts are inferred: `["date", "place"]`. */
export function inferredOf({ dateCertainty, placeCertainty }: Meeting): string[] {
  return [
    dateCertainty === "INFERRED" ? "date" : "",
    placeCertainty === "INFERRED" ? "place" : "",
  ].filter(Boolean);
}

function marked(certainty: string | null, content: Content): Content {
  return certainty === "INFERRED" ? html`${content} <em>(inferred)</em>` : content;
}

/** What kind of event it is, above its title. */
export function meetingKind({ kind }: Pick<Meeting, "kind">): Html {
  return kindLink("meetings", capital(words(kind === "OTHER" ? "MEETING" : kind)));
}

/** What sort of event it is, and whether it took place. */
export function sortOf({ kind, status, coverage }: Meeting): string[] {
  return [
    kind === "OTHER" ? "" : capital(words(kind)),
    status === null || status === "HELD" ? "" : words(status),
    coverage === "REFERRED_TO" ? words(coverage) : "",
  ].filter(Boolean);
}

import type { Counted } from "../counts.js";
import { graphql } from "../graphql.js";
import { html } from "../html.js";
import { link, pathOf } from "../links.js";
import { List } from "../lists.js";
import {
  type ListByYear,
  MEETINGS_BY_YEAR,
  STATEMENTS_BY_YEAR,
  yearsIn,
} from "../pictures/by-year.js";
import { counted } from "../words.js";

/** A year with how many statements and meetings it has. */
interface Year {
  year: string;
  said: number;
  met: number;
}

/** The years in which anything was said or anybody met, the latest first. */
export const ALL_YEARS = new List({
  id: "years",
  document: graphql(
    `
      query AllYears {
        statements(first: 0) {
          ...StatementsByYear
        }
        meetings(first: 0) {
          ...MeetingsByYear
        }
      }
    `,
    [STATEMENTS_BY_YEAR, MEETINGS_BY_YEAR],
  ),
  variables: () => ({}),
  find: ({ statements, meetings }) => listOf(statements, meetings),
  noun: ["year", "years"],
  none: "Nothing with a date is on record.",
  rows: (years) =>
    html`<ul class="people">${years.map(
      ({ year, said, met }) =>
        html`<li><h3>${link("date", year, year)}</h3><p class="soft">${[
          said > 0 && counted(said, "statement"),
          met > 0 && counted(met, "meeting"),
        ]
          .filter(Boolean)
          .join(" · ")}</p></li>`,
    )}</ul>`,
  columns: [
    ["Year", ({ year }) => year],
    ["Address", ({ year }, at) => at(pathOf("date", year))],
    ["Statements", ({ said }) => said],
    ["Meetings", ({ met }) => met],
  ],
});

/** The years of both lists; null if either could not be read. */
function listOf(statements: ListByYear | null, meetings: ListByYear | null) {
  const [said, met] = [yearsIn(statements), yearsIn(meetings)];
  if (!said || !met) return null;
  const years = new Map<string, Year>();
  const add = (counts: readonly Counted[], of: "said" | "met") => {
    for (const { value: year, count } of counts) {
      years.set(year, { ...(years.get(year) ?? { year, said: 0, met: 0 }), [of]: count });
    }
  };
  add(said, "said");
  add(met, "met");
  const nodes = [...years.values()].toSorted((a, b) => (a.year < b.year ? 1 : -1));
  return { totalCount: nodes.length, nodes, pageInfo: { hasNextPage: false, endCursor: null } };
}

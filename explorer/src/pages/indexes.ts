import { html } from "../html.js";
import { INDEXES, type IndexFolder } from "../indexes.js";
import type { Site } from "../layout.js";
import type { Downloadable } from "../lists.js";
import type { Page } from "../outcome.js";
import type { Visit } from "../visit.js";
import { ALL_DOCUMENTS, ALL_MEETINGS, ALL_STATEMENTS } from "./indexes.facts.js";
import { ALL_YEARS } from "./indexes.years.js";
import * as subjects from "./indexes.subjects.js";

const LISTS = {
  meetings: ALL_MEETINGS,
  statements: ALL_STATEMENTS,
  people: subjects.ALL_PEOPLE,
  countries: subjects.ALL_COUNTRIES,
  places: subjects.ALL_PLACES,
  organizations: subjects.ALL_ORGANIZATIONS,
  topics: subjects.ALL_TOPICS,
  dates: ALL_YEARS,
  documents: ALL_DOCUMENTS,
} satisfies Record<IndexFolder, Downloadable>;

/** In which order each list is. */
const ORDERS: Record<IndexFolder, string> = {
  meetings: "The newest first; those without a date last.",
  statements: "The newest first; those without a date last.",
  people: "Those who took part in the most meetings first.",
  countries: "The countries that any fact on record names, by name.",
  places: "By name.",
  organizations: "By name.",
  topics: "By name.",
  dates: "The years of which anything is on record, the latest first. Each leads to its months.",
  documents: "The newest first; those without a date last.",
};

/** The page with all items of a kind, where there is one. */
export function indexOf(folder: string) {
  const found = INDEXES.find(([one]) => one === folder);
  if (!found) return undefined;
  const [kind, title] = found;
  return {
    lists: (): readonly Downloadable[] => [LISTS[kind]],
    page: async (visit: Visit, site: Site): Promise<Page> => {
      const { count, content } = await LISTS[kind].show(visit, site);
      return {
        title: `${title}: ${count}`,
        description: `All ${title.toLowerCase()} on the diplomatic record: ${count}.`,
        canonical: `/${kind}`,
        main: html`<p class="kind">All on record</p>
<h1>${title}</h1>
<p class="soft">${ORDERS[kind]}</p>
${content}`,
      };
    },
  };
}

import { html } from "../html.js";
import { inOtherDatasets } from "../identifiers.js";
import { kindLink } from "../indexes.js";
import { facts, type Site } from "../layout.js";
import { pathOf } from "../links.js";
import type { Downloadable } from "../lists.js";
import type { Page } from "../outcome.js";
import { countsOf, openOn, queryOf, tabOf, tabs } from "../tabs.js";
import type { Visit } from "../visit.js";
import { time } from "../words.js";
import { found, type Head } from "./country.heading.js";
import { AGREEMENTS, MET, PEOPLE, PICTURES, SAID } from "./country.lists.js";

const TABS = [
  ["said", "Said on its behalf"],
  ["met", "Meetings"],
  ["pictures", "Pictures"],
  ["people", "People"],
  ["agreements", "Agreements"],
] as const;

const LISTS = { said: SAID, met: MET, people: PEOPLE, agreements: AGREEMENTS };

/** The list of the tab. */
export function countryLists(visit: Visit): readonly Downloadable[] {
  const tab = tabOf(visit, TABS);
  return tab === "pictures" ? [] : [LISTS[tab]];
}

/** A country: what was said on its behalf, its meetings, who acts for it, or what it is a party to. */
export async function country(visit: Visit, site: Site): Promise<Page> {
  const tab = tabOf(visit, TABS);
  const { data, count, content } = await { ...LISTS, pictures: PICTURES }[tab].show(visit, site);
  const head = found<Head>(data, visit);
  const counts = countsOf({ said: head.said, met: head.met, agreements: head.agreed });
  openOn(visit, TABS, counts);
  const summary = {
    said: `${count} on its behalf`,
    met: count,
    pictures: count,
    people: "who spoke, met or held office for it",
    agreements: count,
  }[tab];
  const isCode = ({ scheme }: { scheme: string }) => scheme.startsWith("iso-3166");
  const codes = head.identifiers.filter(isCode).map(({ value }) => value);
  return {
    title: `${head.name}: ${summary}`,
    description: `${head.name} on the diplomatic record: ${summary}, each with the passage that proves it.`,
    canonical: pathOf("country", head.code) + queryOf(tab, TABS, counts),
    main: html`${kindLink("countries", head.withdrawn === null ? "Country" : "Former country")}
<h1>${head.name}</h1>
${facts([
  ["Codes (ISO 3166)", [head.code, ...codes].join(" · ")],
  ["Withdrawn", head.withdrawn && time(head.withdrawn)],
  ["In other datasets", inOtherDatasets(head.identifiers.filter((one) => !isCode(one)))],
])}
${tabs(visit, `About ${head.name}`, tab, TABS, counts)}
${content}`,
  };
}

import type { ResultOf } from "../graphql.js";
import { html, joined, type Content } from "../html.js";
import type { Site } from "../layout.js";
import { countryLink, link, organizationLink, pathOf, pathOfPair, personLink } from "../links.js";
import { List } from "../lists.js";
import { meetings } from "../panels.js";
import { several } from "../tables.js";
import type { Visit } from "../visit.js";
import { counted, time, words } from "../words.js";
import { found } from "./person.heading.js";
import { LATEST, MET_DOCUMENT, metVariables } from "./person.met.document.js";

/** Whether there are more meetings than those in which it is counted whom they met. */
function isCut(person: { meetings?: { totalCount?: number | null } | null } | null): boolean {
  return (person?.meetings?.totalCount ?? 0) > LATEST;
}

const PEOPLE = new List({
  id: "people",
  document: MET_DOCUMENT,
  variables: metVariables,
  find: (data, visit) => found(data, visit).counterparts,
  noun: ["person", "people"],
  title: (count, { person }) => {
    const described = person?.counterparts?.describedCount ?? 0;
    const also = ` by name; ${counted(described, "participant is", "participants are")} only described`;
    const cut = isCut(person) ? ` in the last ${LATEST} meetings` : "";
    return `Met ${count} from the other side${described > 0 ? also : ""}${cut}`;
  },
  none: "Nobody on record by name.",
  rows: (people, { person }) => html`<ol class="people">
${people.map(
  ({ node, meetingCount, lastMet, countries }) =>
    html`<li><h3>${personLink(node)}</h3>
<p class="soft">${joined(countries.map(countryLink), ", ")}${countries.length > 0 && " · "}<a href="${pathOfPair(person!.slug, node.slug)}">${counted(meetingCount, "meeting")}</a>${lastMet !== null && html`, last ${time(lastMet)}`}</p></li>`,
)}
</ol>`,
  note({ person }, visit) {
    const counterparts = person?.counterparts;
    const unknown = counterparts?.unknownSideCount ?? 0;
    return html`${
      counterparts &&
      counterparts.describedCount === undefined &&
      html`<p class="soft">While filters are offered, those whom documents describe without a name are left out: <a href="${visit.here({ facets: null })}#people">hide the filters to see whom else they met</a>.</p>`
    }${
      unknown > 0 &&
      html`<p class="soft">${counted(unknown, "more person", "more people")} took part in the same meetings, on a side that is not on record.</p>`
    }${
      isCut(person) &&
      html`<p class="soft">Whom they met, and how often, is counted in the last ${LATEST} of ${counted(person!.meetings!.totalCount!, "meeting")}. Narrow the list to a year to see whom they met before; the files have all.</p>`
    }`;
  },
  cursor: "people",
  columns: [
    ["Key", ({ node }) => node.slug],
    ["Address", ({ node }, at) => at(pathOf("person", node.slug))],
    ["Name", ({ node }) => node.name],
    ["Countries", ({ countries }) => several(countries.map(({ name }) => name))],
    ["Meetings", ({ meetingCount }) => meetingCount],
    ["Last met", ({ lastMet }) => lastMet],
  ],
  alone: { withNames: false, withMeetings: false, withDescribed: false, latest: null },
});

const DESCRIBED = new List({
  id: "described",
  document: MET_DOCUMENT,
  variables: metVariables,
  find: (data, visit) => found(data, visit).describedCounterparts,
  noun: ["description", "descriptions"],
  title: () => "Described, not named",
  none: "Nobody.",
  rows: (rows) => html`<ol class="people">
${rows.map(
  (one) => html`<li><h3>${one.description}</h3>
<p class="soft">${joined([...sideOf(one), meetingsOf(one)], " · ")}</p></li>`,
)}
</ol>`,
  note: () =>
    html`<p class="soft">These are the words of documents that give an office, a surname or less. One of them may mean several people, and several the same person, also one who is listed above.</p>`,
  cursor: "described",
  columns: [
    ["Description", ({ description }) => description],
    ["Country", ({ country }) => country?.name],
    ["Organization", ({ organization }) => organization?.name],
    ["Side", ({ side }) => words(side)],
    ["Meetings", ({ meetingCount }) => meetingCount],
    ["Last met", ({ lastMet }) => lastMet],
    [
      "Latest meetings",
      ({ latestMeetings }, at) =>
        several(latestMeetings.map(({ slug }) => at(pathOf("meeting", slug)))),
    ],
  ],
  alone: {
    withNames: false,
    withPeople: false,
    withDescribed: true,
    withMeetings: false,
    latest: null,
  },
});

type Described = NonNullable<
  NonNullable<ResultOf<typeof MET_DOCUMENT>["person"]>["describedCounterparts"]
>["nodes"][number];

/** For whom they were there. */
function sideOf({ side, country, organization }: Described): Content[] {
  return [
    country && countryLink(country),
    organization && organizationLink(organization),
    side === "UNKNOWN" && "side not on record",
  ].filter(Boolean);
}

/** How many meetings, with links to the latest. */
function meetingsOf({ meetingCount, latestMeetings }: Described): Content {
  const links = latestMeetings.map(({ slug, title, startDate }) =>
    link("meeting", slug, startDate === null ? title : time(startDate)),
  );
  const more = meetingCount > links.length && " and earlier";
  return html`${counted(meetingCount, "meeting")}: ${joined(links, ", ")}${more}`;
}

const MEETINGS_OF = meetings({
  document: MET_DOCUMENT,
  variables: metVariables,
  find: (data, visit) => found(data, visit).meetings,
  note: ({ person }) =>
    html`<p class="soft">A journey or conference stands here only where somebody is on record as having taken part in it as a whole. The page of a meeting names those that it belongs to.</p>
${person && otherwiseNamed(person)}`,
  alone: { withNames: false, withPeople: false, withDescribed: false },
  names({ person }) {
    const met = person?.meetings?.nodes ?? [];
    const counterparts = person?.counterparts?.edges ?? [];
    const sides = [...met, ...counterparts].flatMap(({ countries }) => countries);
    return {
      person: new Map(counterparts.map(({ node }) => [node.slug, node.name])),
      side: new Map(sides.map(({ code, name }) => [code, name])),
      place: new Map(met.flatMap(({ place }) => (place ? [[place.slug, place.name]] : []))),
      country: new Map(
        met.flatMap(({ placeCountry }) =>
          placeCountry ? [[placeCountry.code, placeCountry.name]] : [],
        ),
      ),
    };
  },
});

/** Where to look for meetings at which somebody may have been without being on record by name. */
function otherwiseNamed({ name, sortName }: { name: string; sortName: string }): Content {
  const [familyName = name] = sortName.split(",");
  const query = new URLSearchParams({ q: familyName, kind: "MEETING" });
  return html`<p class="soft">Documents that give no full name may mean ${name} too, and such a meeting is not listed here: <a href="/search?${query.toString()}">search the meetings for “${familyName}”</a>.</p>`;
}

/** The lists of whom a person met. */
export const MET = [PEOPLE, DESCRIBED, MEETINGS_OF];

/** Whom a person met: by name, those who are only described if there are any, and the meetings. */
export async function showMet(visit: Visit, site: Site) {
  const data = await MEETINGS_OF.ask(visit);
  const described = found(data, visit).describedCounterparts;
  const isAnyDescribed =
    described !== undefined &&
    (described?.nodes.length !== 0 || visit.parameter("described") !== null);
  const content = html`${PEOPLE.panel(data, visit, site)}
${isAnyDescribed && DESCRIBED.panel(data, visit, site)}
${MEETINGS_OF.panel(data, visit, site)}`;
  return { data, count: MEETINGS_OF.count(data, visit), content };
}

import { graphql, type ResultOf } from "../graphql.js";
import { html, type Content, type Html } from "../html.js";
import { countryLink, organizationLink, pathOf, personLink } from "../links.js";
import { distinctTitles } from "../offices.js";
import { certainty, type Column, several } from "../tables.js";
import { words } from "../words.js";

/** Who takes part in a meeting. */
export const PARTICIPATIONS = graphql(`
  fragment Participations on ParticipationConnection {
    totalCount @include(if: $counted)
    nodes {
      role
      description
      personCertainty
      countryCertainty
      organizationCertainty
      person {
        slug
        name
      }
      country {
        code
        name
      }
      organization {
        slug
        name
      }
      tenures {
        title
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
`);

type Participation = ResultOf<typeof PARTICIPATIONS>["nodes"][number];

/** Those who take part, by side: a country, else an organization, else unknown. */
export function sidesOf(participations: readonly Participation[]): Html {
  const sides = new Map<string, { name: Content; people: Participation[] }>();
  for (const one of participations) {
    const { country, organization } = one;
    const key = country?.code ?? organization?.slug ?? "";
    const name =
      (country && countryLink(country)) ??
      (organization && organizationLink(organization)) ??
      "Side not on record";
    const side = sides.get(key) ?? { name, people: [] };
    side.people.push(one);
    sides.set(key, side);
  }
  return html`<ul class="sides">${[...sides.values()].map(
    ({ name, people }) =>
      html`<li><h3>${name}</h3><ul>${people.map((one) => html`<li>${participantOf(one)}</li>`)}</ul></li>`,
  )}</ul>`;
}

function participantOf(one: Participation): Content {
  const { person, description, organization, country, role, tenures } = one;
  const who = person ? personLink(person) : (description ?? "represented, by nobody named");
  const offices = distinctTitles(tenures.map(({ title }) => title)).join(", ");
  const inferred = inferredOf(one);
  return html`${who}${offices && html`, ${offices}`}${
    country && organization && html`, ${organizationLink(organization)}`
  }${role !== "PARTICIPANT" && html`, ${words(role)}`}${
    inferred.length > 0 && html` <em>(${inferred.join(", ")} inferred)</em>`
  }`;
}

function inferredOf(one: Participation): string[] {
  const { personCertainty, countryCertainty, organizationCertainty } = one;
  const isBehalfInferred = [countryCertainty, organizationCertainty].includes("INFERRED");
  return [
    personCertainty === "INFERRED" ? "who" : "",
    isBehalfInferred ? "on whose behalf" : "",
  ].filter(Boolean);
}

/** Those who take part, as a table. */
export const PARTICIPANT_COLUMNS: readonly Column<Participation>[] = [
  ["Key", ({ person }) => person?.slug],
  ["Address", ({ person }, at) => person && at(pathOf("person", person.slug))],
  ["Name", ({ person }) => person?.name],
  ["Country", ({ country }) => country?.name],
  ["Organization", ({ organization }) => organization?.name],
  ["Offices", ({ tenures }) => several(tenures.map(({ title }) => title))],
  ["Role", ({ role }) => words(role)],
  ["Description", ({ description }) => description],
  ["Certainty", (one) => certainty(inferredOf(one))],
];

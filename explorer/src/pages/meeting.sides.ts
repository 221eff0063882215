import { graphql, type ResultOf } from "../graphql.js";
import { html, type Content, type Html } from "../html.js";
import { countryLink, organizationLink, personLink } from "../links.js";
import { words } from "../words.js";

/** Who takes part in a meeting. */
export const PARTICIPATIONS = graphql(`
  fragment Participations on ParticipationConnection {
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
  const offices = tenures.map(({ title }) => title).join(", ");
  const inferred = [
    one.personCertainty === "INFERRED" ? "who" : "",
    one.countryCertainty === "INFERRED" || one.organizationCertainty === "INFERRED"
      ? "on whose behalf"
      : "",
  ].filter(Boolean);
  return html`${who}${offices && html`, ${offices}`}${
    country && organization && html`, ${organizationLink(organization)}`
  }${role !== "PARTICIPANT" && html`, ${words(role)}`}${
    inferred.length > 0 && html` <em>(${inferred.join(", ")} inferred)</em>`
  }`;
}

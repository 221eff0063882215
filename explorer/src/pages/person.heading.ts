import { graphql, type ResultOf } from "../graphql.js";
import { recorded, type RECORDED } from "../history.js";
import { html, joined, type Content } from "../html.js";
import { inOtherDatasets } from "../identifiers.js";
import { kindLink } from "../indexes.js";
import { facts } from "../layout.js";
import { countryLink, organizationLink, pathOf, theCountryLink } from "../links.js";
import { distinctOffices } from "../offices.js";
import { Missing, Moved } from "../outcome.js";
import type { Visit } from "../visit.js";
import { dateWords, period } from "../words.js";

/** How much is in the tabs of a person. */
export const COUNTS = graphql(`
  fragment PersonCounts on Person {
    said: statements(first: 0) {
      totalCount
    }
    met: meetings(first: 0) {
      totalCount
    }
  }
`);

/** What tabs of a person show above them, but for other spellings of the name. */
export const OFFICES = graphql(`
  fragment PersonOffices on Person {
    slug
    name
    birthDate
    deathDate
    identifiers {
      scheme
      value
      url
    }
    tenures {
      title
      startDate
      endDate
      ongoing
      certainty
      country {
        code
        name
      }
      accreditedTo {
        code
        name
      }
      organization {
        slug
        name
      }
    }
  }
`);

/** The same with these. */
export const HEAD = graphql(
  `
    fragment PersonHead on Person {
      ...PersonOffices
      names {
        text
      }
    }
  `,
  [OFFICES],
);

/** The person. Names, offices and counts are not read for every tab, and the times only with the history. */
export type Head = Pick<ResultOf<typeof HEAD>, "slug" | "name"> &
  Partial<ResultOf<typeof HEAD> & ResultOf<typeof COUNTS> & ResultOf<typeof RECORDED>>;

/** The person of a result, under the slug that was asked for. */
export function found<Found extends Head>(
  { person }: { person: Found | null },
  visit: Visit,
): Found {
  if (!person) throw new Missing("person", visit.key);
  if (person.slug !== visit.key) throw new Moved(pathOf("person", person.slug));
  return person;
}

/** The name, other spellings, dates of life and offices of a person. */
export function heading(head: Head): Content {
  const { name, names, birthDate, deathDate, tenures = [], identifiers = [] } = head;
  const { recordedAt, changedAt } = head;
  const spellings = [...new Set(names?.map(({ text }) => text))].filter((text) => text !== name);
  const life = [
    birthDate && `born ${dateWords(birthDate)}`,
    deathDate && `died ${dateWords(deathDate)}`,
  ];
  return html`${kindLink("people", "Person")}
<h1>${name}</h1>
${facts([
  ["Also spelled", spellings.length > 0 && spellings.join(" · ")],
  ["Life", life.filter((one) => typeof one === "string").join(", ")],
  ["Offices", officesOf(tenures)],
  ["In other datasets", inOtherDatasets(identifiers)],
])}
${recordedAt !== undefined && changedAt !== undefined && recorded({ recordedAt, changedAt })}`;
}

/** The offices, each once, and behind a click all that is on record of them. */
function officesOf(all: ResultOf<typeof HEAD>["tenures"]): Content {
  if (all.length === 0) return null;
  const list = (held: typeof all) =>
    html`<ul>${held.map((one) => html`<li>${officeOf(one)}</li>`)}</ul>`;
  const distinct = distinctOffices(all);
  if (distinct.length === all.length) return list(all);
  return html`${list(distinct)}
<details><summary>All ${all.length} entries, as documents give them</summary>${list(all)}</details>`;
}

function officeOf(held: ResultOf<typeof HEAD>["tenures"][number]): Content {
  const { title, country, organization, accreditedTo, startDate, endDate, ongoing } = held;
  const of = [country && countryLink(country), organization && organizationLink(organization)];
  const ofWhom = of.filter((one) => one !== null);
  const when = period(startDate, endDate, ongoing);
  return html`${title}${ofWhom.length > 0 && html`, ${joined(ofWhom, ", ")}`}${
    accreditedTo && html`, accredited to ${theCountryLink(accreditedTo)}`
  }${when && html`, ${when}`}${held.certainty === "INFERRED" && html` <em>(inferred)</em>`}`;
}

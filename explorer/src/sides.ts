import { graphql, type ResultOf } from "./graphql.js";
import { html, joined, type Content } from "./html.js";
import { countryLink, organizationLink, personLink, theCountryLink } from "./links.js";

/** A party to a statement: who speaks, and for whom. */
export const SPEAKER = graphql(`
  fragment SpeakerParts on Speaker {
    personCertainty
    countryCertainty
    organizationCertainty
    description
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
  }
`);

export const ADDRESSEE = graphql(`
  fragment AddresseeParts on Addressee {
    certainty
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
  }
`);

type Speaker = ResultOf<typeof SPEAKER>;
type Addressee = ResultOf<typeof ADDRESSEE>;

/** `Rajnath Singh for India together with Dong Jun for China`. */
export function speakersOf(speakers: readonly Speaker[]): Content {
  return joined(speakers.map(speakerOf), " together with ");
}

function speakerOf({ person, country, organization, description }: Speaker): Content {
  const who = person ? personLink(person) : description;
  // At the beginning a country has no article.
  const nameOf = who === null ? countryLink : theCountryLink;
  const forWhom = joined(
    [country && nameOf(country), organization && organizationLink(organization)].filter(
      (one) => one !== null,
    ),
    " and ",
  );
  if (who === null) return html`<b>${forWhom}</b>`;
  return html`<b>${who}</b>${forWhom.length > 0 && html` for ${forWhom}`}`;
}

/** `Dong Jun and China`. */
export function addresseesOf(addressees: readonly Addressee[]): Content {
  return joined(
    addressees.map(
      ({ person, country, organization }) =>
        (person && personLink(person)) ??
        (country && theCountryLink(country)) ??
        (organization && organizationLink(organization)),
    ),
    " and ",
  );
}

/** Which facts of the speakers and addressees are inferred: `speaker`, `on whose behalf`, `addressee`. */
export function inferredSides(
  speakers: readonly Speaker[],
  addressees: readonly Addressee[],
): string[] {
  const isInferred = (certainty: string | null) => certainty === "INFERRED";
  return [
    speakers.some(({ personCertainty }) => isInferred(personCertainty)) ? "speaker" : "",
    speakers.some(
      ({ countryCertainty, organizationCertainty }) =>
        isInferred(countryCertainty) || isInferred(organizationCertainty),
    )
      ? "on whose behalf"
      : "",
    addressees.some(({ certainty }) => isInferred(certainty)) ? "addressee" : "",
  ].filter(Boolean);
}

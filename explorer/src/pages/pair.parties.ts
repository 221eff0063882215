import { theCountry } from "../articles.js";
import { graphql } from "../graphql.js";
import type { Html } from "../html.js";
import { countryLink, pathOfPair, personLink } from "../links.js";
import { Missing, Moved } from "../outcome.js";
import type { Visit } from "../visit.js";

const PARTIES = graphql(`
  query Parties(
    $people: Int!
    $slugs: [String!]!
    $countries: Int!
    $codes: [CountryCode!]!
  ) {
    people(first: $people, filter: { slugs: $slugs }) {
      nodes {
        slug
        name
      }
    }
    countries(first: $countries, filter: { codes: $codes }) {
      nodes {
        code
        name
      }
    }
  }
`);

/** One of the two: a person or a country. */
export interface Party {
  key: string;
  name: string;
  /** The name in a sentence. */
  inText: string;
  link: Html;
  isPerson: boolean;
}

const IS_CODE = /^[A-Z]{2}([A-Z]{2})?$/;
/** A code in other letters, or the slug of a person. */
const MAY_BE_CODE = /^[A-Za-z]{2}([A-Za-z]{2})?$/;

/** Reads who the two are, in the order of the address. */
export async function parties(visit: Visit): Promise<[Party, Party]> {
  const keys = visit.key.split("/");
  const [one, other] = keys;
  if (keys.length !== 2 || !one || !other || one === other) throw new Missing("pair", visit.key);
  const codes = keys.filter((key) => MAY_BE_CODE.test(key)).map((key) => key.toUpperCase());
  const slugs = keys.filter((key) => !IS_CODE.test(key));
  const variables = { slugs, people: slugs.length, codes, countries: codes.length };
  const { people, countries } = await visit.ask(PARTIES, variables);
  const found = new Map<string, Party>();
  for (const { slug, name } of people?.nodes ?? []) {
    found.set(slug, {
      key: slug,
      name,
      inText: name,
      link: personLink({ slug, name }),
      isPerson: true,
    });
  }
  for (const { code, name } of countries?.nodes ?? []) {
    found.set(code, {
      key: code,
      name,
      inText: theCountry(name),
      link: countryLink({ code, name }),
      isPerson: false,
    });
  }
  const of = (key: string) =>
    found.get(key) ?? (MAY_BE_CODE.test(key) ? found.get(key.toUpperCase()) : undefined);
  const [first, second] = [of(one), of(other)];
  if (first && second && first !== second) {
    if (first.key === one && second.key === other) return [first, second];
    throw new Moved(pathOfPair(first.key, second.key));
  }
  return moved(visit, first?.key ?? one, second?.key ?? other, [...found.values()]);
}

/** Where former slugs were asked for: the list shows who answers to them. */
function moved(visit: Visit, one: string, other: string, found: Party[]): never {
  const [first, second] = found.map(({ key }) => key);
  if (first === undefined || second === undefined) throw new Missing("pair", visit.key);
  const isReversed = second === one || first === other;
  throw new Moved(isReversed ? pathOfPair(second, first) : pathOfPair(first, second));
}

/** What the two are, such as `Two people`. */
export function kindOf(one: Party, other: Party): string {
  if (one.isPerson !== other.isPerson) return "A person and a country";
  return one.isPerson ? "Two people" : "Two countries";
}

/** The slugs of those who are people; nothing if none is, as an empty list in a filter matches nothing. */
export function people(parties: readonly Party[]): string[] | undefined {
  const found = parties.filter(({ isPerson }) => isPerson);
  return found.length > 0 ? found.map(({ key }) => key) : undefined;
}

/** The codes of those that are countries; nothing if none is. */
export function countries(parties: readonly Party[]): string[] | undefined {
  const found = parties.filter(({ isPerson }) => !isPerson);
  return found.length > 0 ? found.map(({ key }) => key) : undefined;
}

import type { Faceted, Narrowing } from "./facets.js";
import { graphql } from "./graphql.js";
import type { Visit } from "./visit.js";

/** The names of what a list is narrowed by: only those that are asked for are read. */
const CHOSEN = graphql(`
  query Chosen(
    $speaker: String = ""
    $withSpeaker: Boolean = false
    $person: String = ""
    $withPerson: Boolean = false
    $side: CountryCode = "AQ"
    $withSide: Boolean = false
    $place: String = ""
    $withPlace: Boolean = false
    $country: CountryCode = "AQ"
    $withCountry: Boolean = false
    $topic: String = ""
    $withTopic: Boolean = false
  ) {
    speaker: person(slug: $speaker) @include(if: $withSpeaker) {
      name
    }
    person(slug: $person) @include(if: $withPerson) {
      name
    }
    side: country(code: $side) @include(if: $withSide) {
      name
    }
    place(slug: $place) @include(if: $withPlace) {
      name
    }
    country(code: $country) @include(if: $withCountry) {
      name
    }
    topic(slug: $topic) @include(if: $withTopic) {
      name: label
    }
  }
`);

/** What is chosen by a slug or code, and the variable that asks for its name. */
const NAMED = {
  speaker: "withSpeaker",
  person: "withPerson",
  side: "withSide",
  place: "withPlace",
  country: "withCountry",
  topic: "withTopic",
} as const;

type Named = keyof typeof NAMED;

/** The name of what a list is narrowed by, where the counts that were read with the list have it. */
export function labelIn(
  facets: Faceted | null | undefined,
  name: Narrowing,
  value: string,
): string | undefined {
  const known = [...(facets?.[name] ?? []), ...(facets?.whole ?? [])];
  return known.find((counted) => counted.value === value)?.label;
}

/** The names that a result has anyway, by slug or code, of one kind of what a list is narrowed by. */
export type KnownNames = Partial<Record<Named, ReadonlyMap<string, string>>>;

/**
 * Finds the names of what the address narrows a list by, which filters show. Those that came with the counts are not asked for, and none if
 * `known` has those of the page.
 */
export async function readChosen(
  visit: Visit,
  facets: Faceted | null | undefined,
  known: KnownNames | undefined,
): Promise<void> {
  const variables: Record<string, string | boolean> = {};
  const names = Object.keys(NAMED) as Named[];
  for (const name of names) {
    const value = visit.parameter(name);
    if (value === null) continue;
    const label = labelIn(facets, name, value) ?? known?.[name]?.get(value);
    if (label !== undefined) visit.labels.set(name, label);
    else Object.assign(variables, { [name]: value, [NAMED[name]]: true });
  }
  if (known || Object.keys(variables).length === 0) return;
  const found = await visit.ask(CHOSEN, variables);
  for (const name of names) {
    const label = found[name]?.name;
    if (label !== undefined) visit.labels.set(name, label);
  }
}

import type { RecordCitation } from "./record.format.js";
import type { RecordNoun, RecordParty } from "./record.walk.js";

/**
 * The first of the keys that a thing has had, by any of them: what ids are made of, so that they stay when a slug
 * changes. The key itself where nothing is known of it.
 */
export type FirstKey = (noun: RecordNoun, key: string) => string;

/** What tells one side from another: of a person who it is, whomever they act for. Empty for nobody. */
export function sideKeyOf(side: Omit<RecordParty, "path">, firstKey: FirstKey): string {
  const { person, organization, country, description } = side;
  if (person) return firstKey("person", person);
  // No slug has a colon in it, so that nothing else can be taken for a person.
  const parts = [
    organization && `organization:${firstKey("organization", organization)}`,
    country,
    description && `description:${description}`,
  ];
  return parts.filter(Boolean).join("/");
}

/** What tells one citation of a fact from another. */
export function citationKeyOf(citation: RecordCitation, ownDocument: string): string {
  const { document = ownDocument, start, end, locator } = citation;
  return locator === undefined ? `${document}#${start}-${end}` : `${document}?${locator}`;
}

import { type DraftItem, slugOf } from "./draft.items.js";
import type { NamedPerson } from "./people.js";

/** Drafts the first office that the text gives each of these people, with a todo to find its dates. */
export function draftTenures(
  people: readonly NamedPerson[],
  slugOfPerson: (person: NamedPerson) => string,
): DraftItem[] {
  return people.flatMap((person) => {
    const { office } = person;
    if (!office || !slugOf(office.title)) return [];
    const slug = slugOfPerson(person);
    return [
      {
        key: `${slug}/${slugOf(office.title)}`,
        person: slug,
        title: office.title,
        ...(office.country === undefined ? {} : { country: office.country }),
        citations: [{ start: office.start, end: office.end }],
        todo: `The text gives ${person.name} this office here. ${
          office.country === undefined
            ? "Say for which country or organization, and"
            : "Check the country, and say"
        } from when to when, if a text says so; leave it out if it is on record.`,
      },
    ];
  });
}

import { z } from "zod";
import { type FieldUnion, objects, value } from "./record.fields.js";
import type { Json } from "./record.row.js";
import { entriesOrNone, name, slug, text } from "./record.values.js";

/** Declares the slug and former slugs of an item. */
export function slugs(described: string) {
  return {
    slug: value("slug", slug(), described),
    formerSlugs: value(
      "formerSlugs",
      entriesOrNone(slug()),
      "Earlier slugs, oldest first; they still resolve.",
    ),
  };
}

const identifier = z.strictObject({
  scheme: slug().describe("Who gives the identifier, for example `wikidata`."),
  value: text().describe("The identifier itself, verified by whoever wrote the record."),
});

/** Declares the identifiers that other authorities give an item. */
export function identifiers(noun: string) {
  const field = objects(
    "identifiers",
    identifier,
    `What others call the same ${noun}, such as its Wikidata id.`,
  );
  return { ...field, union: BY_SCHEME };
}

/** Identifiers of several records: one of each scheme. */
const BY_SCHEME: FieldUnion = {
  elements: (given) => (given.identifiers ?? []) as readonly Json[],
  nameOf: (element) => (element as { scheme: string }).scheme,
};

/** Declares other spellings of a name. None contradicts another: an item has those of all records, and their names. */
export function otherNames(described: string) {
  return { ...value("otherNames", entriesOrNone(name()), described), union: SPELLINGS };
}

const SPELLINGS: FieldUnion = {
  elements: (given) => [given.name, ...((given.other_names ?? []) as string[])],
  nameOf: String,
  shownAs: "name",
};

import { z } from "zod";
import { objects, value } from "./record.fields.js";
import { entriesOrNone, slug, text } from "./record.values.js";

/** Declares the slug and former slugs of an item. */
export function slugs(described: string) {
  return {
    slug: value("slug", slug(), described, { isIdentity: true }),
    formerSlugs: value(
      "formerSlugs",
      entriesOrNone(slug()),
      "Earlier slugs, oldest first; they still resolve.",
      { isIdentity: true },
    ),
  };
}

const identifier = z.strictObject({
  scheme: slug().describe("Who gives the identifier, for example `wikidata`."),
  value: text().describe("The identifier itself, verified by whoever wrote the record."),
});

/** Declares the identifiers that other authorities give an item. */
export function identifiers(noun: string) {
  return objects(
    "identifiers",
    identifier,
    `What others call the same ${noun}, such as its Wikidata id.`,
  );
}

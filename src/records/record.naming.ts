import { z } from "zod";
import type { NameNote } from "../source/names-and-identifiers.js";
import { type FieldUnion, objects, value } from "./record.fields.js";
import type { Json, Row } from "./record.row.js";
import { entriesOrNone, language, name, slug, text } from "./record.values.js";

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
  return { ...field, unions: [BY_SCHEME] };
}

/** Identifiers of several records: one of each scheme. */
const BY_SCHEME: FieldUnion = {
  column: "identifiers",
  elements: (given) => (given.identifiers ?? []) as readonly Json[],
  nameOf: (element) => (element as { scheme: string }).scheme,
};

const otherName = z.union([
  name(),
  z.strictObject({
    text: name().describe("The name."),
    language: language().optional().describe("The language it is in, BCP 47."),
    kind: z.literal("FORMER").optional().describe("FORMER: no longer used, as the document says."),
  }),
]);

/** Returns the text of another name as a record gives it. */
export function textOfName(name: string | NameNote): string {
  return typeof name === "string" ? name : name.text;
}

/** Declares other spellings of a name. None contradicts another: an item has those of all records, and their names. */
export function otherNames() {
  return {
    schema: entriesOrNone(otherName).describe(
      "Other spellings and names, found by search too: as text, or with a language and whether it is a former one.",
    ),
    properties: ["otherNames", "nameNotes"] as readonly ("otherNames" | "nameNotes")[],
    columns: ["other_names", "name_notes"],
    unset: [],
    unions: [SPELLINGS, NOTES],
    write: (row: Row, given: unknown) => {
      const all = given as (string | NameNote)[];
      row.other_names = all.map(textOfName);
      row.name_notes = all.filter((one) => typeof one !== "string");
    },
    read: (row: Row) => {
      const notes = new Map(notesIn(row).map((note) => [note.text, inOrder(note)]));
      return ((row.other_names ?? []) as string[]).map((text) => notes.get(text) ?? text);
    },
  };
}

const SPELLINGS: FieldUnion = {
  column: "other_names",
  elements: (given) => [given.name, ...((given.other_names ?? []) as string[])],
  nameOf: String,
  shownAs: "name",
};

const NOTES: FieldUnion = {
  column: "name_notes",
  elements: notesIn,
  nameOf: (note) => (note as NameNote).text,
};

function notesIn(row: Row): NameNote[] {
  return (row.name_notes ?? []) as NameNote[];
}

/** Restores the order of properties, which jsonb does not keep. */
function inOrder({ text, language, kind }: NameNote): NameNote {
  return { text, ...(language && { language }), ...(kind && { kind }) };
}

import type { ExternalIdentifier, NameNote } from "../../source/names-and-identifiers.js";
import type { LinkedColumn } from "./record.linked.columns.js";
import { derivedFrom, inLanguage, type Node } from "./record.linked.context.js";

interface NamedItem {
  slug: string;
  name: string;
  otherNames: string[];
  nameNotes: NameNote[];
  identifiers: ExternalIdentifier[];
  givenBy: string[];
}

/** The documents whose records give an item. */
export const GIVEN_BY: LinkedColumn<string[]> = {
  sql: `(SELECT json_agg(g.id ORDER BY g.id) FROM (
    SELECT x.owner_id AS id UNION SELECT document_id FROM record_claim WHERE item_id = x.id) AS g)`,
};

/** What is read of an item with several names besides the columns of its entity. */
export const NAMED = {
  otherNames: { sql: "x.other_names" } as LinkedColumn<string[]>,
  nameNotes: { sql: "x.name_notes" } as LinkedColumn<NameNote[]>,
  givenBy: GIVEN_BY,
};

/** What the nodes of such items have in common. */
export function namedNode(type: string, item: NamedItem): Node {
  return {
    type: [type, "prov:Entity"],
    "schema:name": item.name,
    "schema:alternateName": item.otherNames.map((text) =>
      inLanguage(text, item.nameNotes.find((note) => note.text === text)?.language),
    ),
    ...identifiersOf(item.slug, item.identifiers),
    "prov:wasDerivedFrom": derivedFrom(item.givenBy),
  };
}

/** Identifiers of other authorities; the item of Wikidata is the same thing. */
export function identifiersOf(key: string, identifiers: readonly ExternalIdentifier[]): Node {
  const wikidata = identifiers.find(({ scheme }) => scheme === "wikidata")?.value;
  const isItem = wikidata !== undefined && /^Q[1-9][0-9]*$/.test(wikidata);
  return {
    "schema:identifier": [
      key,
      ...identifiers.map(({ scheme, value }) => ({
        type: "schema:PropertyValue",
        "schema:propertyID": scheme,
        "schema:value": value,
      })),
    ],
    ...(isItem && { "schema:sameAs": { id: `http://www.wikidata.org/entity/${wikidata}` } }),
  };
}

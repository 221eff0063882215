import { DOCUMENT } from "../record.format.js";
import type { ItemFormat } from "../record.item.js";
import { TOP_LEVEL_ITEMS } from "../record.items.js";

/** The type of an item as the API names it, by its noun in records. */
const TYPES: Readonly<Record<string, string>> = {
  person: "PERSON",
  place: "PLACE",
  organization: "ORGANIZATION",
  tenure: "TENURE",
  meeting: "MEETING",
  agreement: "AGREEMENT",
  statement: "STATEMENT",
  document: "SOURCE_DOCUMENT",
  topic: "TOPIC",
};

/** Returns how the API names the type of an item; undefined for judgements, which are in no feed. */
export function typeOf({ noun }: ItemFormat): string | undefined {
  return TYPES[noun];
}

/** The formats of items in the feed, each after those it refers to. */
export const FEED = [DOCUMENT, ...TOP_LEVEL_ITEMS].filter(typeOf);

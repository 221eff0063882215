import { DOCUMENT } from "../record.format.js";
import type { ItemFormat } from "../record.item.js";
import { TOP_LEVEL_ITEMS } from "../record.items.js";

/** Returns how the API names the type of an item; undefined for judgements, which are in no feed. */
export function typeOf({ options }: ItemFormat): string | undefined {
  return options.type;
}

/** The formats of items in the feed, each after those it refers to. */
export const FEED = [DOCUMENT, ...TOP_LEVEL_ITEMS].filter(typeOf);

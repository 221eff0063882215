import { isDeepStrictEqual } from "node:util";
import { givenBy, type ItemState } from "../load/record.claims.js";
import type { Item } from "../load/record.unit-item.js";
import type { UnitOfWork } from "../load/record.unit-of-work.js";
import type { ItemFormat } from "../record.item.js";
import { containerOf } from "../record.items.js";
import { permanentKeyOf } from "./record.permanent-keys.js";

/** An item or entry of which a batch changed what is recorded. */
export interface RevisedItem {
  format: ItemFormat;
  id: string;
  /** Whether it was not on record before. */
  isNew: boolean;
  /** Whether it is not on record any more. */
  isGone: boolean;
  /** Of a new item that is no entry: its permanent key. */
  key: string | null;
  /** The item that contains it; itself unless it is an entry. */
  root: { format: ItemFormat; id: string };
  /** The documents whose records gave something else of it before. */
  documentIds: string[];
}

/** An item of which a batch may have changed what is shown. */
export interface TouchedItem {
  noun: string;
  id: string;
}

/** Returns how a changed item of a unit is revised. */
export function revisedItem(unit: UnitOfWork, item: Item): RevisedItem {
  const { format, id, stored, now } = item;
  const isEntry = format.options.entry !== undefined;
  return {
    format,
    id,
    isNew: stored === null,
    isGone: now === null,
    key: stored === null && now && !isEntry ? permanentKeyOf(format, now.row) : null,
    root: rootOf(unit, item),
    documentIds: documentsThatChange(item),
  };
}

function rootOf(unit: UnitOfWork, { format, id, stored, now }: Item): RevisedItem["root"] {
  const container = containerOf(format, (now ?? stored)!.row);
  return container === null ? { format, id } : rootOf(unit, unit.item(container));
}

function documentsThatChange({ format, stored, now }: Item): string[] {
  const documents = new Set([...giversOf(format, stored), ...giversOf(format, now)]);
  if (stored === null || now === null) return [...documents];
  return [...documents].filter(
    (id) => !isDeepStrictEqual(givenBy(format, stored, id), givenBy(format, now, id)),
  );
}

/** Returns the documents whose records give an item. */
export function giversOf({ owner }: ItemFormat, state: ItemState | null): string[] {
  if (state === null) return [];
  return state.claims.size > 0 ? [...state.claims.keys()] : [state.row[owner] as string];
}

/** What batches of a transaction changed, each item once. */
export interface RevisedOnce {
  /** All items and entries of which what is recorded changed, as first revised. */
  revised: Map<string, RevisedItem>;
  /** The nouns of other items of which what is shown may have changed, by id. */
  touched: Map<string, string>;
  documentIds: Set<string>;
}

/** Sums up what batches changed. */
export function revisedOnce(outcomes: readonly BatchRevision[]): RevisedOnce {
  const revised = new Map<string, RevisedItem>();
  const touched = new Map<string, string>();
  const documentIds = new Set<string>();
  for (const outcome of outcomes) {
    for (const one of outcome.revised) {
      if (!revised.has(one.id)) revised.set(one.id, one);
      // An item that was added and removed again is compared like one that was on record.
      else if (one.isGone) touched.set(one.root.id, one.root.format.noun);
      for (const id of one.documentIds) documentIds.add(id);
    }
    for (const { id, noun } of outcome.touched) touched.set(id, noun);
  }
  return { revised, touched, documentIds };
}

/** What a batch changed, for its revision. */
export interface BatchRevision {
  revised: readonly RevisedItem[];
  touched: readonly TouchedItem[];
}

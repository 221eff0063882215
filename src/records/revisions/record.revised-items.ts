import type { ItemFormat } from "../record.item.js";
import { type BatchRevision, type RevisedItem, revisedOnce } from "./record.revised.js";
import { typeOf } from "./record.types.js";

/** A new item. */
export interface AddedItem {
  id: string;
  /** Its permanent key. */
  key: string;
}

/** What a transaction changed, read by page. An item is either added or touched, with all that it contains. */
export interface RevisedItems {
  /** New items of a format that show what their records give: up to 1,000 a page, in the order of records. */
  added(format: ItemFormat): AsyncIterable<AddedItem[]>;
  /** The ids of all other items of which what is shown may have changed, of one format or of all: up to 1,000 a page, in order. */
  touched(format?: ItemFormat): AsyncIterable<string[]>;
  /** The ids of items and entries of a format of which something else may have been on record before: up to 1,000 a page. */
  revised(format: ItemFormat): AsyncIterable<string[]>;
  /** The ids of the documents whose records gave something else before: up to 1,000 a page, in order. */
  documents(): AsyncIterable<string[]>;
  /** Returns those of these items that are neither added nor touched. */
  others(ids: readonly string[]): Promise<string[]>;
}

/** The number of items read, or written by a statement, at a time. */
export const REVISED_PER_PAGE = 1_000;

/** What a few batches changed, in memory. */
export class RevisedInMemory implements RevisedItems {
  private readonly isTouched: ReadonlyMap<string, string>;
  private readonly addedIds = new Set<string>();
  private readonly addedByFormat = new Map<ItemFormat, AddedItem[]>();
  private readonly revisedByFormat = new Map<ItemFormat, string[]>();
  private readonly documentIds: string[];

  constructor(outcomes: readonly BatchRevision[]) {
    const { revised, touched, documentIds } = revisedOnce(outcomes);
    for (const { isNew, root, id, key, format } of revised.values()) {
      if (!isNew || root.id !== id || touched.has(id)) continue;
      this.addedIds.add(id);
      listIn(this.addedByFormat, format).push({ id, key: key! });
    }
    for (const one of revised.values()) {
      if (!this.addedIds.has(one.root.id)) touched.set(one.root.id, one.root.format.noun);
      if (this.mayHaveBeen(one)) listIn(this.revisedByFormat, one.format).push(one.id);
    }
    this.isTouched = touched;
    this.documentIds = [...documentIds].sort();
  }

  /** An added item, and what it contains, was not on record before. */
  private mayHaveBeen({ id, format, root, isNew }: RevisedItem): boolean {
    return !isNew || !this.addedIds.has(root.id) || (id === root.id && !typeOf(format));
  }

  added(format: ItemFormat): AsyncIterable<AddedItem[]> {
    return pagesOf(this.addedByFormat.get(format) ?? []);
  }

  touched(format?: ItemFormat): AsyncIterable<string[]> {
    const ids = [...this.isTouched].flatMap(([id, noun]) =>
      !format || noun === format.noun ? [id] : [],
    );
    return pagesOf(ids.sort());
  }

  revised(format: ItemFormat): AsyncIterable<string[]> {
    return pagesOf(this.revisedByFormat.get(format) ?? []);
  }

  documents(): AsyncIterable<string[]> {
    return pagesOf(this.documentIds);
  }

  others(ids: readonly string[]): Promise<string[]> {
    return Promise.resolve(ids.filter((id) => !this.addedIds.has(id) && !this.isTouched.has(id)));
  }
}

function listIn<T>(lists: Map<ItemFormat, T[]>, format: ItemFormat): T[] {
  const known = lists.get(format);
  if (known) return known;
  const list: T[] = [];
  lists.set(format, list);
  return list;
}

async function* pagesOf<T>(all: readonly T[]): AsyncGenerator<T[]> {
  for (let i = 0; i < all.length; i += REVISED_PER_PAGE)
    yield await Promise.resolve(all.slice(i, i + REVISED_PER_PAGE));
}

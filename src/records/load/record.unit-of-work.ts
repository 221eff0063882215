import type { Sql } from "../../db/sql.js";
import type { Held } from "./record.merge.js";
import { readEntries, readExtensions, readItems } from "./record.store.js";
import { CITATION, DOCUMENT, ITEMS } from "../record.format.js";
import type { ItemFormat } from "../record.item.js";
import { ENTRIES, wholeOf } from "../record.items.js";
import type { Row } from "../record.row.js";

/** An item as it is on record, and as the records of a batch leave it. */
export interface Item {
  format: ItemFormat;
  id: string;
  /** Null while it is not on record. */
  stored: Held | null;
  /** Null once it is deleted. */
  now: Held | null;
}

/** An item that is there. */
export type LiveItem = Item & { now: Held };

/** Ids of items by what they are. */
export type ItemIds = ReadonlyMap<ItemFormat, Iterable<string>>;

/**
 * All that the records of one batch touch, each item once, however many of them speak of it: read with a few
 * statements, changed here, written with a few more.
 */
export class UnitOfWork {
  private readonly items = new Map<string, Item>();
  private readonly entries = new Map<string, Set<string>>();
  private readonly asked = new Map<ItemFormat, Set<string>>();
  private readonly touched = new Set<string>();
  private undo: (() => void)[] = [];

  /** Reads items, with the participants, relations and citations that they have. */
  static async over(sql: Sql, ids: ItemIds): Promise<UnitOfWork> {
    const unit = new UnitOfWork();
    await unit.read(sql, ids);
    return unit;
  }

  /** Reads more of them, where nobody asked for them before. */
  async read(sql: Sql, ids: ItemIds): Promise<void> {
    const found = new Map<ItemFormat, string[]>();
    const read = async (format: ItemFormat, some: Iterable<string>) => {
      const asked = this.asked.get(format) ?? new Set();
      this.asked.set(format, asked);
      const unasked = [...new Set(some)].filter((id) => !asked.has(id));
      for (const id of unasked) asked.add(id);
      this.take(format, await readItems(sql, format, unasked), found);
    };
    for (const format of ITEMS) await read(format, ids.get(format) ?? []);
    // What is new has no entries yet, so that nothing is looked up for it.
    for (const format of ENTRIES) this.take(format, await readEntries(sql, format, found), found);
    await read(DOCUMENT, this.citedIn(found.get(CITATION) ?? []));
    await this.readExtensions(sql, [...found.values()].flat());
  }

  /** What there is under an id; undefined where nothing is, or no more. */
  get(id: string): LiveItem | undefined {
    const item = this.items.get(id);
    return item && isLive(item) ? item : undefined;
  }

  /** Whether something was on record before this batch. */
  wasStored(id: string): boolean {
    return this.items.get(id)?.stored != null;
  }

  /** Every item, the deleted ones too. */
  all(): Iterable<Item> {
    return this.items.values();
  }

  /** The items that were changed, or may follow one that was, since the unit was last settled. */
  *changed(): Iterable<Item> {
    if (this.touched.size === 0) return;
    for (const item of this.items.values()) if (this.touched.has(item.id)) yield item;
  }

  /** Takes what has become of items for what is on record: with these rows, null for one that is gone. */
  settle(rows: ReadonlyMap<string, Row | null>): void {
    for (const [id, row] of rows) {
      const item = this.items.get(id)!;
      const held = row && { row, extensions: item.now!.extensions };
      this.items.set(id, { ...item, stored: held, now: held });
    }
    this.touched.clear();
  }

  /** The participants, relations and citations of an item, in the order of their ids. */
  entriesOf(id: string): LiveItem[] {
    const ids = [...(this.entries.get(id) ?? [])].sort();
    return ids.flatMap((entry) => this.get(entry) ?? []);
  }

  /** Changes an item; null deletes it. */
  put(format: ItemFormat, id: string, now: Held | null): void {
    const before = this.items.get(id);
    this.undo.push(() => {
      if (before) this.items.set(id, before);
      else this.items.delete(id);
    });
    this.set({ format, id, stored: before?.stored ?? null, now });
    this.touched.add(id);
    const row = (now ?? before?.now)?.row;
    const whole = row && wholeOf(format, row);
    if (whole) this.touched.add(whole);
  }

  /** Does something, and takes all of it back where the answer is false. */
  attempt(work: () => boolean): boolean {
    this.undo = [];
    const isDone = work();
    if (!isDone) for (const step of this.undo.reverse()) step();
    this.undo = [];
    return isDone;
  }

  private set(item: Item): void {
    this.items.set(item.id, item);
    const whole = item.now && wholeOf(item.format, item.now.row);
    if (whole) this.entries.set(whole, (this.entries.get(whole) ?? new Set()).add(item.id));
  }

  private take(format: ItemFormat, rows: Row[], found: Map<ItemFormat, string[]>): void {
    const ids = found.get(format) ?? [];
    for (const row of rows) {
      const id = row.id as string;
      if (this.items.has(id)) continue;
      const held = { row, extensions: new Map<string, Row>() };
      this.set({ format, id, stored: held, now: held });
      ids.push(id);
    }
    found.set(format, ids);
  }

  /** The documents that these citations cite. */
  private citedIn(citations: string[]): string[] {
    return citations.map((id) => this.items.get(id)!.now!.row.document_id as string);
  }

  private async readExtensions(sql: Sql, ids: string[]): Promise<void> {
    for (const { itemId, documentId, given } of await readExtensions(sql, ids)) {
      const { format, id, stored } = this.items.get(itemId)!;
      const held = {
        row: stored!.row,
        extensions: new Map([...stored!.extensions, [documentId, given]]),
      };
      this.set({ format, id, stored: held, now: held });
    }
  }
}

function isLive(item: Item): item is LiveItem {
  return item.now !== null;
}

/** The document whose record owns an item. A document belongs to itself. */
export function ownerOf({ format, now: { row } }: LiveItem): string {
  return row[format.owner] as string;
}

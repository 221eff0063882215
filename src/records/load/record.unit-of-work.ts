import type { Sql } from "../../db/sql.js";
import {
  chosen,
  ClaimsRead,
  givenByOne,
  type ItemState,
  type Preference,
  withStored,
} from "./record.claims.js";
import { OpenedDocuments } from "./record.opened-documents.js";
import { readSourceOrder } from "./record.source-order.store.js";
import { readClaims, readEntries, readItems, type StoredClaim } from "./record.store.js";
import { hasClaimedParent, withParentOf } from "../parents/record.deferred-parents.js";
import type { SourceOrder } from "../record.source-order.js";
import { CITATION, DOCUMENT, ITEMS } from "../record.format.js";
import type { ItemFormat } from "../record.item.js";
import { ENTRIES, containerOf } from "../record.items.js";
import type { Row } from "../record.row.js";
import { isLive, type Item, type LiveItem } from "./record.unit-item.js";
import { type RemovedItem, RemovedItems } from "../redaction/record.removed-items.js";

/** Ids of items by format. */
export type ItemIds = ReadonlyMap<ItemFormat, Iterable<string>>;

/** The documents whose records are loaded, exported or pruned; null to read what all documents give. */
type DocumentIds = Iterable<string> | null;

/**
 * The items that a batch of records touches, each held once: read with a few queries, changed in memory, and written
 * with a few more (the unit-of-work pattern).
 */
export class UnitOfWork {
  private readonly items = new Map<string, Item>();
  private readonly entries = new Map<string, Set<string>>();
  private readonly requested = new Map<ItemFormat, Set<string>>();
  private readonly claimsRead = new ClaimsRead();
  private readonly touched = new Set<string>();
  private readonly opened = new OpenedDocuments();
  private readonly removedItems = new RemovedItems();
  private undo: (() => void)[] = [];
  private places = 0;
  private order: SourceOrder | undefined;

  /** Creates a unit with these items and their entries. */
  static async load(sql: Sql, ids: ItemIds, documents: DocumentIds): Promise<UnitOfWork> {
    const unit = new UnitOfWork();
    await unit.read(sql, ids, documents);
    return unit;
  }

  /** Reads more items, unless they were read before, and what the records of these documents give of them. */
  async read(sql: Sql, ids: ItemIds, documents: DocumentIds): Promise<void> {
    const found = new Map<ItemFormat, string[]>();
    const read = async (format: ItemFormat, some: Iterable<string>) => {
      const requested = this.requested.get(format) ?? new Set();
      this.requested.set(format, requested);
      const missing = [...new Set(some)].filter((id) => !requested.has(id));
      for (const id of missing) requested.add(id);
      this.take(format, await readItems(sql, format, missing), found);
    };
    await Promise.all(ITEMS.map((format) => read(format, ids.get(format) ?? [])));
    const absent = [...ids.values()].flatMap((some) =>
      [...some].filter((id) => !this.items.has(id)),
    );
    await this.removedItems.read(sql, absent);
    // New items have no stored entries, so only existing ones are looked up.
    for (const format of ENTRIES) this.take(format, await readEntries(sql, format, found), found);
    await read(DOCUMENT, this.citedIn(found.get(CITATION) ?? []));
    const roots = [...ids.values()].flatMap((some) => [...some]);
    const givers = await this.readClaims(sql, roots, documents && [...documents]);
    this.order ??= await readSourceOrder(sql);
    const owners = [...found].flatMap(([format, some]) =>
      format === DOCUMENT
        ? []
        : some.map((id) => this.items.get(id)!.now!.row[format.owner] as string),
    );
    await read(DOCUMENT, [...givers, ...owners]);
  }

  /** Returns what is known of an item that was on record once. */
  removed(id: string): RemovedItem | undefined {
    return this.removedItems.get(id);
  }

  /** Compares documents by id: those whose values are preferred come first. */
  readonly preference: Preference = (one, other) =>
    this.preferenceOf(one) < this.preferenceOf(other) ? -1 : 1;

  private preferenceOf(documentId: string): string {
    return this.order!.preferenceOf(this.items.get(documentId)!.now!.row);
  }

  /** Returns an item; undefined if it does not exist or is deleted. */
  get(id: string): LiveItem | undefined {
    const item = this.items.get(id);
    return item && isLive(item) ? item : undefined;
  }

  /** Returns an item, which may be deleted, of those that were read or set. */
  item(id: string): Item {
    return this.items.get(id)!;
  }

  /** Returns an item's row as its records give it, with the parent that it may not show. */
  recorded(id: string): Row {
    const { format, now } = this.get(id)!;
    const { row } = now;
    if (!hasClaimedParent(format) || now.claims.size === 0) return row;
    return withParentOf(format, row, chosen(format, now, this.preference).row);
  }

  /** Returns whether an item was stored before this batch. */
  wasStored(id: string): boolean {
    return this.items.get(id)?.stored != null;
  }

  /** Returns all items, including deleted ones. */
  all(): Iterable<Item> {
    return this.items.values();
  }

  /** Chooses the values of items whose claims changed. */
  choose(): void {
    for (const id of this.touched) {
      const item = this.items.get(id);
      if (item?.now?.isStale)
        this.items.set(id, { ...item, now: chosen(item.format, item.now, this.preference) });
    }
  }

  /** Returns the items touched since the last `settle`, by place: changed ones, and those that contain a changed entry. */
  changed(): Item[] {
    const touched = [...this.touched].flatMap((id) => this.items.get(id) ?? []);
    return touched.sort((one, other) => one.place - other.place);
  }

  /** Returns the documents that have no open licence now, but had one at some time since the last `settle`. */
  closed(): string[] {
    return [...this.touched].filter((id) => {
      const item = this.items.get(id);
      return item !== undefined && this.opened.isClosed(item);
    });
  }

  /** Marks items as stored with these rows; null for deleted ones. */
  settle(rows: ReadonlyMap<string, { row: Row | null }>): void {
    for (const [id, { row }] of rows) {
      const item = this.items.get(id)!;
      const state = row && { ...item.now!, row };
      this.items.set(id, { ...item, stored: state, now: state });
    }
    this.touched.clear();
    this.opened.clear();
  }

  /** Returns the entries of an item, sorted by id. */
  entriesOf(id: string): LiveItem[] {
    const ids = this.entries.get(id);
    return ids ? [...ids].sort().flatMap((entry) => this.get(entry) ?? []) : [];
  }

  /** Sets the state of an item; null deletes it. */
  set(format: ItemFormat, id: string, now: ItemState | null): void {
    const before = this.items.get(id);
    this.undo.push(() => {
      if (before) this.items.set(id, before);
      else this.items.delete(id);
    });
    const place = before?.place ?? this.places++;
    const item = { format, id, place, stored: before?.stored ?? null, now };
    this.store(item);
    this.touched.add(id);
    this.opened.note(item);
    const row = (now ?? before?.now)?.row;
    const container = row && containerOf(format, row);
    if (container) this.touched.add(container);
  }

  /** Runs changes, and rolls them back if `work` returns false. */
  attempt(work: () => boolean): boolean {
    this.undo = [];
    const isDone = work();
    if (!isDone) for (const step of this.undo.reverse()) step();
    this.undo = [];
    return isDone;
  }

  private store(item: Item): void {
    this.items.set(item.id, item);
    const container = item.now && containerOf(item.format, item.now.row);
    if (container)
      this.entries.set(container, (this.entries.get(container) ?? new Set()).add(item.id));
  }

  private take(format: ItemFormat, rows: Row[], found: Map<ItemFormat, string[]>): void {
    const ids = found.get(format) ?? [];
    for (const row of rows) {
      const id = row.id as string;
      if (this.items.has(id)) continue;
      const state = givenByOne(row);
      this.store({ format, id, place: this.places++, stored: state, now: state });
      ids.push(id);
    }
    found.set(format, ids);
  }

  /** Returns the ids of the documents that these citations cite. */
  private citedIn(citations: string[]): string[] {
    return citations.map((id) => this.items.get(id)!.now!.row.document_id as string);
  }

  /** Reads claims to these items and their entries; returns the ids of the documents that have any. */
  private async readClaims(sql: Sql, ids: string[], documents: string[] | null): Promise<string[]> {
    const roots = new Map<string, string>();
    for (const id of ids) for (const one of this.storedUnder(id)) roots.set(one, id);
    const rows = await readClaims(sql, [...roots.keys()], documents);
    const found = new Map<string, StoredClaim[]>();
    for (const row of rows) {
      const { now } = this.items.get(row.itemId)!;
      const isRead = this.claimsRead.has(roots.get(row.itemId)!, row.documentId);
      if (!now || isRead || now.claims.has(row.documentId)) continue;
      const claims = found.get(row.itemId);
      if (claims) claims.push(row);
      else found.set(row.itemId, [row]);
    }
    for (const [itemId, claims] of found) this.addClaims(itemId, claims);
    const givers = rows.map(({ documentId }) => documentId);
    this.claimsRead.add(new Set(roots.values()), new Set(documents ?? givers));
    return givers;
  }

  private addClaims(itemId: string, found: StoredClaim[]): void {
    const item = this.items.get(itemId)!;
    const now = withStored(item.now!, found);
    const stored = item.stored === item.now ? now : item.stored && withStored(item.stored, found);
    this.items.set(itemId, { ...item, stored, now });
  }

  /** Returns the ids of a stored item and its entries. */
  private storedUnder(id: string): string[] {
    if (!this.wasStored(id)) return [];
    return [id, ...[...(this.entries.get(id) ?? [])].flatMap((entry) => this.storedUnder(entry))];
  }
}

import { randomUUID } from "node:crypto";
import type { Sql } from "../../db/sql.js";
import { ITEMS } from "../record.format.js";
import type { ItemFormat } from "../record.item.js";
import { readRecordedRows } from "./record.recorded-rows.store.js";
import * as store from "./record.revision.store.js";
import { type BeforeAndNow, type Merges, mergesBetween } from "./record.recorded-fields.js";
import type { BatchRevision } from "./record.revised.js";
import { RevisedInMemory, type RevisedItems } from "./record.revised-items.js";
import { changedIn, changesOfShown, inheritingFrom } from "./record.shown-changes.js";
import { FEED, typeOf } from "./record.types.js";

/** Who changes the record, by which command, and why. */
export interface OperationOptions {
  /** The command: load, revert, redact. */
  action: string;
  author?: string;
  note?: string;
}

/** The formats of items that inherit values from others. */
const INHERITING = ITEMS.filter(({ inheritedFrom }) => inheritedFrom);

/** Writes what each transaction of an operation changes as a revision. */
export class RevisionWriter {
  /** The same for all revisions of the operation. */
  readonly operation = randomUUID();
  /** The number of the revision that was begun. */
  number = 0;
  private isAdded = false;

  /** `committed` is another connection than that of the transactions: it sees what was on record before each of them. */
  constructor(
    private readonly committed: Sql,
    private readonly options: OperationOptions,
  ) {}

  /** The number of the last revision on record, in a transaction that holds the load lock. */
  get last(): number {
    return this.isAdded ? this.number : this.number - 1;
  }

  /** Begins a revision in a transaction that holds the load lock. */
  async begin(sql: Sql): Promise<void> {
    this.number = await store.beginRevision(sql);
    this.isAdded = false;
  }

  /** Writes the revision, unless the batches of the transaction changed nothing. */
  async end(sql: Sql, outcomes: readonly BatchRevision[]): Promise<void> {
    await this.endWith(sql, new RevisedInMemory(outcomes));
  }

  /** Writes the revision, a page at a time, unless nothing was changed. */
  async endWith(sql: Sql, items: RevisedItems): Promise<void> {
    let ordinal = 1;
    const changes = new ChangesOf(items, { before: this.committed, now: sql });
    await changes.readMerges();
    for (const format of FEED) {
      for await (const page of items.added(format)) {
        await this.add(sql);
        await store.addNew(sql, this.number, ordinal, { type: typeOf(format)!, items: page });
        ordinal += page.length;
      }
      for await (const page of changes.of(format)) {
        await this.add(sql);
        await store.addChanges(sql, this.number, ordinal, page);
        await this.mark(sql, format, page);
        ordinal += page.length;
      }
    }
    await this.keepBefore(sql, items);
    if (!this.isAdded) return;
    for await (const ids of items.documents()) await store.addDocuments(sql, this.number, ids);
  }

  /** Adds the revision, once anything of it is found. */
  private async add(sql: Sql): Promise<void> {
    if (this.isAdded) return;
    const { operation, number } = this;
    const { action, author = null, note = null } = this.options;
    await store.addRevision(sql, { number, operation, action, author, note });
    this.isAdded = true;
  }

  /** Keeps what was on record of revised items, of those where it differs. */
  private async keepBefore(sql: Sql, items: RevisedItems): Promise<void> {
    for (const format of ITEMS) {
      for await (const ids of items.revised(format)) {
        const before = await readRecordedRows(this.committed, format, ids);
        const now = await readRecordedRows(sql, format, ids);
        const differing = ids.filter((id) => before.get(id) !== now.get(id));
        if (differing.length === 0) continue;
        await this.add(sql);
        const rows = differing.map((id) => ({
          itemId: id,
          noun: format.noun,
          tables: before.get(id) ?? null,
        }));
        await store.keepBefore(sql, this.number, rows);
      }
    }
  }

  /** Marks changed items of one format as changed by this revision. */
  private async mark(
    sql: Sql,
    format: ItemFormat,
    changes: readonly store.Change[],
  ): Promise<void> {
    const unmerged = changes.flatMap(({ kind, itemId }) => (kind === "UNMERGED" ? [itemId] : []));
    const changed = changes.flatMap(({ kind, itemId }) => (kind === "CHANGED" ? [itemId] : []));
    const ids = [...changed, ...unmerged];
    if (ids.length > 0) await store.markChanged(sql, format, this.number, ids);
    if (unmerged.length > 0) await store.markRecorded(sql, format, unmerged);
  }
}

/** The changes of items that are touched: what they show, compared with what they showed before. */
class ChangesOf {
  private merges: Merges;
  /** The ids of items that changed in what others inherit, by the format of those, which come later. */
  private readonly inherited = new Map<ItemFormat, string[]>();

  constructor(
    private readonly items: RevisedItems,
    private readonly both: BeforeAndNow,
  ) {}

  /** Reads which of them were merged, before anything else. */
  async readMerges(): Promise<void> {
    this.merges = await mergesBetween(this.both, this.items.touched());
  }

  /** Yields the changes of one format, by page; in the order of the feed. */
  async *of(format: ItemFormat): AsyncGenerator<store.Change[]> {
    const { items, both, merges, inherited } = this;
    for await (const ids of items.touched(format))
      for await (const page of changesOfShown(both, format, ids, merges)) {
        this.addInherited(format, page);
        yield page;
      }
    for await (const ids of inheritingFrom(both.now, format, inherited.get(format) ?? []))
      yield* changesOfShown(both, format, await items.others(ids), merges);
  }

  private addInherited({ noun }: ItemFormat, page: readonly store.Change[]): void {
    for (const inheriting of INHERITING) {
      const { noun: from, properties } = inheriting.inheritedFrom!;
      if (from !== noun) continue;
      const ids = changedIn(properties, page);
      this.inherited.set(inheriting, [...(this.inherited.get(inheriting) ?? []), ...ids]);
    }
  }
}

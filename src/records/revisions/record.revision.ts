import { randomUUID } from "node:crypto";
import type { Sql } from "../../db/sql.js";
import type { Outcome } from "../load/record.outcome.js";
import { ITEMS, MEETING, STATEMENT } from "../record.format.js";
import { readRecordedRows } from "./record.recorded-rows.store.js";
import * as store from "./record.revision.store.js";
import { mergesBetween } from "./record.recorded-fields.js";
import { type RevisedItems, summaryOf } from "./record.revised.js";
import { changesOfShown, FEED, followersOf, typeOf } from "./record.shown-changes.js";

/** Who changes the record, by which command, and why. */
export interface OperationOptions {
  /** The command: load, revert, redact. */
  action: string;
  author?: string;
  note?: string;
}

const PER_STATEMENT = 1_000;

/** Writes what each transaction of an operation changes as a revision. */
export class RevisionWriter {
  private readonly operation = randomUUID();
  /** The number of the revision that was begun. */
  number = 0;
  private isAdded = false;

  /** `committed` is another connection than that of the transactions: it sees what was on record before each of them. */
  constructor(
    private readonly committed: Sql,
    private readonly options: OperationOptions,
  ) {}

  /** Begins a revision in a transaction that has its turn. */
  async begin(sql: Sql): Promise<void> {
    this.number = await store.beginRevision(sql);
    this.isAdded = false;
  }

  /** Writes the revision, a page at a time, unless the batches of the transaction changed nothing. */
  async end(sql: Sql, outcomes: readonly Pick<Outcome, "revised" | "touched">[]): Promise<void> {
    const items = summaryOf(outcomes);
    let ordinal = 1;
    for await (const page of this.changesIn(sql, items)) {
      await this.add(sql);
      await store.addChanges(sql, this.number, ordinal, page);
      await this.mark(sql, page);
      ordinal += page.length;
    }
    for await (const page of this.itemsBefore(sql, items)) {
      await this.add(sql);
      await store.keepBefore(sql, this.number, page);
    }
    if (this.isAdded) await store.addDocuments(sql, this.number, [...items.documentIds].sort());
  }

  /** Adds the revision, once anything of it is found. */
  private async add(sql: Sql): Promise<void> {
    if (this.isAdded) return;
    const { operation, number } = this;
    const { action, author = null, note = null } = this.options;
    await store.addRevision(sql, { number, operation, action, author, note });
    this.isAdded = true;
  }

  private async *changesIn(
    sql: Sql,
    { added, touched }: RevisedItems,
  ): AsyncGenerator<store.Change[]> {
    const both = { before: this.committed, now: sql };
    const merges = await mergesBetween(both, [...touched.keys()]);
    const known = new Set([...touched.keys(), ...added.keys()]);
    const meetings: store.Change[] = [];
    for (const format of FEED) {
      const come = [...added.values()].filter((one) => one.format === format);
      for (const [, page] of pagesOf(come))
        yield page.map(({ id, key }) => ({
          ...NEW,
          type: typeOf(format)!,
          itemId: id,
          key: key!,
        }));
      const ids = [...touched].flatMap(([id, noun]) => (noun === format.noun ? [id] : []));
      for await (const page of changesOfShown(both, format, ids, merges)) {
        if (format === MEETING) meetings.push(...page.filter(({ kind }) => kind === "CHANGED"));
        yield page;
      }
      if (format !== STATEMENT) continue;
      for await (const some of followersOf(sql, meetings, known))
        yield* changesOfShown(both, format, some, merges);
    }
  }

  /** Yields what was on record of revised items, of those where it differs. */
  private async *itemsBefore(
    sql: Sql,
    { revised, added }: RevisedItems,
  ): AsyncGenerator<store.ItemBefore[]> {
    for (const format of ITEMS) {
      const all = [...revised.values()].filter((one) => one.format === format);
      // What is shown as added, and what it contains, was not on record before.
      const own = all.filter(
        ({ id, root, isNew }) =>
          !isNew || !added.has(root.id) || (id === root.id && !typeOf(format)),
      );
      for (const [, page] of pagesOf(own)) {
        const ids = page.map(({ id }) => id);
        const before = await readRecordedRows(this.committed, format, ids);
        const now = await readRecordedRows(sql, format, ids);
        const differing = ids.filter((id) => before.get(id) !== now.get(id));
        if (differing.length === 0) continue;
        yield differing.map((id) => ({
          itemId: id,
          noun: format.noun,
          tables: before.get(id) ?? null,
        }));
      }
    }
  }

  private async mark(sql: Sql, changes: readonly store.Change[]): Promise<void> {
    for (const format of FEED) {
      const idsOf = (kinds: store.ChangeKind[]) =>
        changes.flatMap(({ type, kind, itemId }) =>
          type === typeOf(format) && kinds.includes(kind) ? [itemId] : [],
        );
      for (const [, ids] of pagesOf(idsOf(["CHANGED", "UNMERGED"])))
        await store.markChanged(sql, format, this.number, ids);
      for (const [, ids] of pagesOf(idsOf(["UNMERGED"])))
        await store.markRecorded(sql, format, ids);
    }
  }
}

const NEW = {
  kind: "ADDED",
  mergedIntoId: null,
  mergedIntoKey: null,
  old: null,
  new: null,
} as const;

function* pagesOf<T>(all: readonly T[]): Generator<[first: number, page: T[]]> {
  for (let i = 0; i < all.length; i += PER_STATEMENT) yield [i, all.slice(i, i + PER_STATEMENT)];
}

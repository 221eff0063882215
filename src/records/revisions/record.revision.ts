import { randomUUID } from "node:crypto";
import type { Sql } from "../../db/sql.js";
import type { Outcome } from "../load/record.outcome.js";
import { ITEMS, MEETING, STATEMENT } from "../record.format.js";
import type { ItemFormat } from "../record.item.js";
import { readRecordedRows } from "./record.recorded-rows.store.js";
import * as store from "./record.revision.store.js";
import { type RevisedItem, summaryOf } from "./record.revised.js";
import {
  changesOfShown,
  FEED,
  followersOf,
  mergesBetween,
  typeOf,
} from "./record.shown-changes.js";

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

  /** `committed` is another connection than that of the transactions: it sees what was on record before each of them. */
  constructor(
    private readonly committed: Sql,
    private readonly options: OperationOptions,
  ) {}

  /** Begins a revision in a transaction that has its turn. */
  async begin(sql: Sql): Promise<void> {
    this.number = await store.beginRevision(sql);
  }

  /** Writes the revision, unless the batches of the transaction changed nothing. */
  async end(sql: Sql, outcomes: readonly Outcome[]): Promise<void> {
    const items = summaryOf(outcomes);
    const before = await this.itemsBefore(sql, items.revised, items.added);
    const changes = await this.changesIn(sql, items);
    if (changes.length + before.length === 0) return;
    const { operation, number } = this;
    const { action, author = null, note = null } = this.options;
    await store.addRevision(sql, { number, operation, action, author, note });
    for (const [i, page] of pagesOf(changes)) await store.addChanges(sql, number, i + 1, page);
    for (const [, page] of pagesOf(before)) await store.keepBefore(sql, number, page);
    await store.addDocuments(sql, number, [...items.documentIds].sort());
    await this.mark(sql, changes);
  }

  private async changesIn(
    sql: Sql,
    { added, touched }: ReturnType<typeof summaryOf>,
  ): Promise<store.Change[]> {
    const both = { before: this.committed, now: sql };
    const merges = await mergesBetween(both, [...touched.keys()]);
    const changes = new Map(FEED.map((format) => [format, [] as store.Change[]]));
    for (const { format, id, key } of added.values())
      changes.get(format)?.push({ ...NEW, type: typeOf(format)!, itemId: id, key: key! });
    const compare = async (format: ItemFormat, ids: string[]) => {
      const into = changes.get(format)!;
      for await (const one of changesOfShown(both, format, ids, merges)) into.push(one);
    };
    for (const format of FEED)
      await compare(
        format,
        [...touched].flatMap(([id, noun]) => (noun === format.noun ? [id] : [])),
      );
    const known = new Set([...touched.keys(), ...added.keys()]);
    for await (const ids of followersOf(sql, changes.get(MEETING)!, known))
      await compare(STATEMENT, ids);
    return [...changes.values()].flat();
  }

  /** Returns what was on record of revised items, of those where it differs. */
  private async itemsBefore(
    sql: Sql,
    revised: ReadonlyMap<string, RevisedItem>,
    added: ReadonlyMap<string, RevisedItem>,
  ): Promise<store.ItemBefore[]> {
    const found: store.ItemBefore[] = [];
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
        for (const id of ids)
          if (before.get(id) !== now.get(id))
            found.push({ itemId: id, noun: format.noun, tables: before.get(id) ?? null });
      }
    }
    return found;
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

import type { Sql } from "../../db/sql.js";
import type { ItemChange } from "../load/record.changes.js";
import { readPreferable, readSourceOrder } from "../load/record.source-order.store.js";
import { updateRows } from "../load/record.store.js";
import { UnitOfWork } from "../load/record.unit-of-work.js";
import { ITEMS } from "../record.format.js";
import type { ItemFormat } from "../record.item.js";
import type { Row } from "../record.row.js";
import {
  type DeferredParent,
  hasClaimedParent,
  parentColumns,
  withParentOf,
} from "./record.deferred-parents.js";
import * as store from "./record.parents.store.js";

/** What choosing parents changed. */
export interface MovedItems {
  /** The changes to report. */
  changes: ItemChange[];
  /** Whether any item has another parent than it had at the start of the batch or during it. */
  hasMoved: boolean;
}

/**
 * Breaks cycles of parents, and stores the parents that differ. Starts with what each item would show on its own; the least preferred claim
 * of each cycle gives way to the next one of its item, until there is no cycle. So the order of loading makes no difference, and only the
 * claims of cycles are read.
 */
export async function showParents(
  sql: Sql,
  deferred: readonly DeferredParent[] = [],
): Promise<MovedItems> {
  const passedOver = await store.readPassedOver(sql);
  if (passedOver.length === 0) return { changes: [], hasMoved: deferred.length > 0 };
  const changes: ItemChange[] = [];
  for (const format of ITEMS.filter(hasClaimedParent)) {
    const ids = passedOver.filter(({ noun }) => noun === format.noun).map(({ id }) => id);
    if (ids.length > 0) changes.push(...(await new Parents(sql, format).show(ids)));
  }
  const judged = await store.readJudged(
    sql,
    [...changes, ...deferred].map(({ id }) => id),
  );
  return {
    changes: withDeferred(changes, deferred, judged),
    hasMoved: changes.length + deferred.length > 0,
  };
}

/**
 * Replaces the changes of items whose parents were deferred: they are compared with the parents before the batch. For `judged` items, which
 * are shown otherwise than recorded, only a change of what is recorded counts.
 */
function withDeferred(
  changes: ItemChange[],
  deferred: readonly DeferredParent[],
  judged: ReadonlySet<string>,
): ItemChange[] {
  const own = changes.filter(({ id }) => !judged.has(id));
  const final = new Map(own.map((change) => [change.id, change]));
  for (const { format, id, before, now } of deferred) {
    const shown = judged.has(id) ? now : (final.get(id)?.now ?? null);
    final.delete(id);
    if (!before || before[format.parentColumn!] === (shown?.[format.parentColumn!] ?? null))
      continue;
    const unmoved = withParentOf(format, now, before);
    final.set(id, { format, id, before: unmoved, now: withParentOf(format, now, shown) });
  }
  return [...final.values()];
}

/** The parents of the items of one format. */
class Parents {
  private readonly stored = new Map<string, Row>();
  /** What documents give, the preferred first, of items that were passed over or are in a cycle. */
  private readonly claims = new Map<string, RankedClaim[]>();
  /** Which claim of each of these items is taken. */
  private readonly taken = new Map<string, number>();

  constructor(
    private readonly sql: Sql,
    private readonly format: ItemFormat,
  ) {}

  async show(ids: string[]): Promise<ItemChange[]> {
    await this.readAbove(ids);
    const present = ids.filter((id) => this.stored.has(id));
    await this.readClaims(present);
    await this.breakCycles(present);
    const passedOver = [...this.taken].filter(([, index]) => index > 0).map(([id]) => id);
    const isPassedOver = new Set(passedOver);
    await this.keepClaims(passedOver.filter((id) => !present.includes(id)));
    const changes = await this.write();
    await store.notePassedOver(
      this.sql,
      passedOver.map((id) => ({ id, noun: this.format.noun, parentId: this.recordedParent(id) })),
    );
    const shown = present.filter((id) => !isPassedOver.has(id));
    const absent = ids.filter((id) => !this.stored.has(id));
    await store.forgetPassedOver(this.sql, this.format, shown, absent);
    return changes;
  }

  private async breakCycles(ids: string[]): Promise<void> {
    const done = new Set<string>();
    for (const id of ids) {
      for (;;) {
        const cycle = cycleFrom(id, (one) => this.parentOf(one), done);
        if (!cycle) break;
        const unread = cycle.filter((one) => !this.claims.has(one));
        // Once they are read, there may be no cycle.
        if (unread.length > 0) await this.readClaims(unread);
        else this.passOverOne(cycle);
      }
    }
  }

  /** Passes over the least preferred claim of a cycle. */
  private passOverOne(cycle: string[]): void {
    const rankOf = (id: string) => this.takenBy(id)!.rank;
    const worst = cycle.reduce((one, other) => (rankOf(one) > rankOf(other) ? one : other));
    this.taken.set(worst, this.taken.get(worst)! + 1);
  }

  private takenBy(id: string): RankedClaim | undefined {
    return this.claims.get(id)?.[this.taken.get(id)!];
  }

  private parentOf(id: string): string | null {
    if (this.claims.has(id)) return this.takenBy(id)?.parentId ?? null;
    return (this.stored.get(id)?.[this.format.parentColumn!] ?? null) as string | null;
  }

  /** Returns the parent that an item would show on its own, as recorded. */
  private recordedParent(id: string): string | null {
    const own = this.claims.get(id)!.find((one) => one.memberId === id && !one.isSettled);
    return (own?.given[this.format.parentColumn!] ?? null) as string | null;
  }

  private async readAbove(ids: string[]): Promise<void> {
    const unread = ids.filter((id) => !this.stored.has(id));
    if (unread.length === 0) return;
    for (const { id, row } of await store.readAbove(this.sql, this.format, unread))
      this.stored.set(id, row);
  }

  private async readClaims(ids: string[]): Promise<void> {
    const found = await store.readParentClaims(this.sql, this.format, ids);
    const documents = await readPreferable(
      this.sql,
      found.map(({ documentId }) => documentId),
    );
    const order = await readSourceOrder(this.sql);
    await this.readAbove([...new Set(found.map(({ parentId }) => parentId))]);
    for (const id of ids) {
      this.claims.set(id, []);
      this.taken.set(id, 0);
    }
    for (const claim of found) {
      // An item that is not on record any more can't be shown.
      if (!this.stored.has(claim.parentId)) continue;
      const document = documents.get(claim.documentId)!;
      const rank = [
        claim.isSettled ? 0 : 1,
        order.preferenceOf(document),
        claim.itemId,
        claim.memberId,
      ].join(" ");
      this.claims.get(claim.itemId)!.push({ ...claim, rank });
    }
    for (const id of ids)
      this.claims.get(id)!.sort((one, other) => (one.rank < other.rank ? -1 : 1));
  }

  /** Keeps what the records of items say of parents that these no longer show. */
  private async keepClaims(ids: string[]): Promise<void> {
    const judged = await store.readJudged(this.sql, ids);
    const unit = await UnitOfWork.load(
      this.sql,
      new Map([[this.format, ids.filter((id) => !judged.has(id))]]),
      null,
    );
    const deferred: DeferredParent[] = [];
    for (const { format, id, now } of unit.all())
      if (format === this.format && now!.claims.size === 0)
        deferred.push({ format, id, before: null, now: now!.row });
    await store.keepSoleClaims(this.sql, deferred);
  }

  /** Stores the parents that differ. Clears them first, so that no order of updates makes a cycle. */
  private async write(): Promise<ItemChange[]> {
    const { sql, format } = this;
    const columns = parentColumns(format);
    const changes = [...this.claims.keys()].flatMap((id): ItemChange[] => {
      const before = this.stored.get(id)!;
      const claim = this.takenBy(id);
      const parent = claim && { ...claim.given, [format.parentColumn!]: claim.parentId };
      const now = withParentOf(format, before, parent ?? null);
      return columns.some((column) => (before[column] ?? null) !== now[column])
        ? [{ format, id, before, now }]
        : [];
    });
    const only = (row: Row) =>
      Object.fromEntries(["id", ...columns].map((column) => [column, row[column] ?? null]));
    const hasParent = (row: Row) => (row[format.parentColumn!] ?? null) !== null;
    const moved = changes.filter(({ before }) => hasParent(before!));
    const given = changes.filter(({ now }) => hasParent(now!));
    for (const rows of [
      moved.map(({ before }) => only(withParentOf(format, before!, null))),
      given.map(({ now }) => only(now!)),
    ])
      if (rows.length > 0) await updateRows(sql, format.table, ["id"], rows);
    return changes;
  }
}

interface RankedClaim extends store.ParentClaim {
  /** Preferred claims have a lower one; no two are equal. */
  rank: string;
}

/**
 * Follows parents from an item upwards; returns the cycle that they lead into, null if there is none. `done` has items from which none is
 * reached; those passed are added to it.
 */
function cycleFrom(
  start: string,
  parentOf: (id: string) => string | null,
  done: Set<string>,
): string[] | null {
  const chain = new Set<string>();
  let next: string | null = start;
  while (next !== null && !done.has(next)) {
    if (chain.has(next)) {
      const passed = [...chain];
      return passed.slice(passed.indexOf(next));
    }
    chain.add(next);
    next = parentOf(next);
  }
  for (const id of chain) done.add(id);
  return null;
}

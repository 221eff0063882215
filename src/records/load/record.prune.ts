import type { Sql } from "../../db/sql.js";
import { ITEMS } from "../record.format.js";
import type { ItemFormat } from "../record.item.js";
import { TOP_LEVEL_ITEMS } from "../record.items.js";
import { bisect } from "./record.bisect.js";
import { writeChanges } from "./record.load.batch.js";
import { withoutExtension } from "./record.merge-item.js";
import { emptyOutcome, combineOutcomes, type Outcome } from "./record.outcome.js";
import {
  type Absent,
  analyzeMentioned,
  addMentioned,
  readAbsent,
  readAbsentEntries,
  readAbsentExtensions,
} from "./record.prune.store.js";
import { readLabels } from "./record.store.js";
import { withdrawEntry } from "./record.merge-record.js";
import { type LiveItem, ownerOf, UnitOfWork } from "./record.unit-of-work.js";

/**
 * Deletes items that the loaded records no longer mention, and withdraws their extensions to others' items. An item that
 * another record refers to, cites or extends is kept; the outcome gives the reason.
 */
export async function prune(sql: Sql): Promise<Outcome> {
  await analyzeMentioned(sql);
  let outcome = emptyOutcome();
  // In reverse dependency order: an item is deleted before those it refers to.
  for (const format of TOP_LEVEL_ITEMS.toReversed()) {
    for (const part of inBatches(await readAbsent(sql, format)))
      outcome = combineOutcomes(outcome, await bisect(sql, part, deleteItems, keptItem));
  }
  await addMentioned(sql, [], await idsOfAll(sql, outcome.kept));
  for (const part of inBatches(await readAbsentEntries(sql)))
    outcome = combineOutcomes(outcome, await bisect(sql, part, withdrawEntries, keptItem));
  for (const part of inBatches(await readAbsentExtensions(sql)))
    outcome = combineOutcomes(outcome, await withdrawExtensions(sql, part));
  return outcome;
}

async function deleteItems(sql: Sql, absent: Absent[]): Promise<Outcome> {
  const outcome = emptyOutcome();
  const unit = await UnitOfWork.load(sql, byFormat(absent));
  for (const { format, id, documentId } of absent) {
    const item = unit.get(id)!;
    const all = [item, ...entriesUnder(unit, id)];
    const others = new Set(all.flatMap((one) => [ownerOf(one), ...one.now.extensions.keys()]));
    others.delete(documentId);
    if (others.size === 0) for (const one of all) unit.set(one.format, one.id, null);
    else {
      const labels = await readLabels(sql, [...others]);
      const reason = `the record of ${[...labels.values()].sort().join(" and ")} speaks of it too`;
      outcome.kept.push({ format, id, reason });
    }
  }
  await writeChanges(sql, unit, outcome);
  return outcome;
}

async function withdrawEntries(sql: Sql, absent: Absent[]): Promise<Outcome> {
  const outcome = emptyOutcome();
  const unit = await UnitOfWork.load(sql, byFormat(absent));
  for (const { id, documentId } of absent) {
    const entry = unit.get(id);
    if (entry && ownerOf(entry) === documentId) withdrawEntry(unit, documentId, entry);
  }
  await writeChanges(sql, unit, outcome);
  return outcome;
}

async function withdrawExtensions(
  sql: Sql,
  absent: { id: string; documentId: string }[],
): Promise<Outcome> {
  const outcome = emptyOutcome();
  const ids = absent.map(({ id }) => id);
  const unit = await UnitOfWork.load(sql, new Map(ITEMS.map((format) => [format, ids])));
  for (const { id, documentId } of absent) {
    const { format, now } = unit.get(id)!;
    unit.set(format, id, withoutExtension(format, now, documentId));
  }
  await writeChanges(sql, unit, outcome);
  return outcome;
}

/** Returns the outcome for an item that the database refuses to delete; null for other errors. */
function keptItem(error: unknown, { format, id }: Absent): Outcome | null {
  const { code, table: other, message } = error as Partial<Record<string, string>>;
  if (code !== "23503" && code !== "23514") return null;
  const reason =
    code === "23503" ? `a ${other!.replaceAll("_", " ")} refers to it` : String(message);
  return { ...emptyOutcome(), kept: [{ format, id, reason }] };
}

function entriesUnder(unit: UnitOfWork, id: string): LiveItem[] {
  return unit.entriesOf(id).flatMap((entry) => [entry, ...entriesUnder(unit, entry.id)]);
}

/** Returns the ids of items and all their entries: if an item is kept, so are its entries. */
async function idsOfAll(sql: Sql, items: { format: ItemFormat; id: string }[]): Promise<string[]> {
  if (items.length === 0) return [];
  const unit = await UnitOfWork.load(sql, byFormat(items));
  return [...unit.all()].map(({ id }) => id);
}

function byFormat(items: { format: ItemFormat; id: string }[]): Map<ItemFormat, string[]> {
  const ids = new Map<ItemFormat, string[]>();
  for (const { format, id } of items) ids.set(format, [...(ids.get(format) ?? []), id]);
  return ids;
}

function* inBatches<T>(all: T[], size = 200): Generator<T[]> {
  for (let i = 0; i < all.length; i += size) yield all.slice(i, i + size);
}

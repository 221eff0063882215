import type { Sql } from "../../db/sql.js";
import { ITEMS } from "../record.format.js";
import type { ItemFormat } from "../record.item.js";
import { LISTED } from "../record.items.js";
import { inHalves, writeChanges } from "./record.load.batch.js";
import { withdrawn } from "./record.merge.js";
import { emptyOutcome, joined, type Outcome } from "./record.outcome.js";
import {
  type Absent,
  measureMentioned,
  noteMentioned,
  readAbsent,
  readAbsentEntries,
  readAbsentExtensions,
} from "./record.prune.store.js";
import { readLabels } from "./record.store.js";
import { leave } from "./record.take-in.js";
import { type LiveItem, ownerOf, UnitOfWork } from "./record.unit-of-work.js";

/**
 * Deletes what the loaded records once defined and mention no more, and takes back what they no longer say of
 * others' items. What another record refers to, cites or has filled in stays, and the outcome tells why.
 */
export async function prune(sql: Sql): Promise<Outcome> {
  await measureMentioned(sql);
  let outcome = emptyOutcome();
  // What refers to others comes before them, so that it is gone by then.
  for (const format of LISTED.toReversed()) {
    for (const part of inParts(await readAbsent(sql, format)))
      outcome = joined(outcome, await inHalves(sql, part, deleteItems, keptFor));
  }
  await noteMentioned(sql, [], await idsOfAll(sql, outcome.kept));
  for (const part of inParts(await readAbsentEntries(sql)))
    outcome = joined(outcome, await inHalves(sql, part, leaveEntries, keptFor));
  for (const part of inParts(await readAbsentExtensions(sql)))
    outcome = joined(outcome, await takeBack(sql, part));
  return outcome;
}

async function deleteItems(sql: Sql, absent: Absent[]): Promise<Outcome> {
  const outcome = emptyOutcome();
  const unit = await UnitOfWork.over(sql, byFormat(absent));
  for (const { format, id, giver } of absent) {
    const item = unit.get(id)!;
    const all = [item, ...entriesUnder(unit, id)];
    const others = new Set(all.flatMap((one) => [ownerOf(one), ...one.now.extensions.keys()]));
    others.delete(giver);
    if (others.size === 0) for (const one of all) unit.put(one.format, one.id, null);
    else {
      const labels = await readLabels(sql, [...others]);
      const reason = `the record of ${[...labels.values()].sort().join(" and ")} speaks of it too`;
      outcome.kept.push({ format, id, reason });
    }
  }
  await writeChanges(sql, unit, outcome);
  return outcome;
}

async function leaveEntries(sql: Sql, absent: Absent[]): Promise<Outcome> {
  const outcome = emptyOutcome();
  const unit = await UnitOfWork.over(sql, byFormat(absent));
  for (const { id, giver } of absent) {
    const entry = unit.get(id);
    if (entry && ownerOf(entry) === giver) leave(unit, giver, entry);
  }
  await writeChanges(sql, unit, outcome);
  return outcome;
}

async function takeBack(sql: Sql, absent: { id: string; giver: string }[]): Promise<Outcome> {
  const outcome = emptyOutcome();
  const ids = absent.map(({ id }) => id);
  const unit = await UnitOfWork.over(sql, new Map(ITEMS.map((format) => [format, ids])));
  for (const { id, giver } of absent) {
    const { format, now } = unit.get(id)!;
    unit.put(format, id, withdrawn(format, now, giver));
  }
  await writeChanges(sql, unit, outcome);
  return outcome;
}

/** What the database will not have deleted, since something else refers to it. */
function keptFor(error: unknown, { format, id }: Absent): Outcome | null {
  const { code, table: other, message } = error as Partial<Record<string, string>>;
  if (code !== "23503" && code !== "23514") return null;
  const reason =
    code === "23503" ? `a ${other!.replaceAll("_", " ")} refers to it` : String(message);
  return { ...emptyOutcome(), kept: [{ format, id, reason }] };
}

function entriesUnder(unit: UnitOfWork, id: string): LiveItem[] {
  return unit.entriesOf(id).flatMap((entry) => [entry, ...entriesUnder(unit, entry.id)]);
}

/** Items with all that is listed in them: where an item stays, so do its entries. */
async function idsOfAll(sql: Sql, items: { format: ItemFormat; id: string }[]): Promise<string[]> {
  if (items.length === 0) return [];
  const unit = await UnitOfWork.over(sql, byFormat(items));
  return [...unit.all()].map(({ id }) => id);
}

function byFormat(items: { format: ItemFormat; id: string }[]): Map<ItemFormat, string[]> {
  const ids = new Map<ItemFormat, string[]>();
  for (const { format, id } of items) ids.set(format, [...(ids.get(format) ?? []), id]);
  return ids;
}

function* inParts<T>(all: T[], size = 200): Generator<T[]> {
  for (let i = 0; i < all.length; i += size) yield all.slice(i, i + size);
}

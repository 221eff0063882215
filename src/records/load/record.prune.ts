import type { Sql } from "../../db/sql.js";
import { DOCUMENT } from "../record.format.js";
import type { ItemFormat } from "../record.item.js";
import { referencesIn, type Relations, relationsOf, TOP_LEVEL_ITEMS } from "../record.items.js";
import { bisect } from "./record.bisect.js";
import { asRecorded } from "../judgements/record.as-recorded.js";
import { judgedOf } from "../judgements/record.judgements.store.js";
import { givenByOne, withoutClaim } from "./record.claims.js";
import { readAsRecorded, writeChanges } from "./record.load.batch.js";
import { assertNotReferredTo, HiddenReference } from "./record.hidden-references.store.js";
import { withdraw } from "./record.merge-record.js";
import { deleteUnnamedTexts } from "../texts/record.texts.store.js";
import { addCounts, emptyOutcome, type Outcome } from "./record.outcome.js";
import { type Related, readRelated, removeRelations } from "./record.prune-relations.js";
import type { UnitOfWork } from "./record.unit-of-work.js";
import { type Absent, analyzeMentioned, readAbsent } from "./record.prune.store.js";

/**
 * Takes back what the loaded records no longer mention, and deletes what no other record gives; a few items at a time. An item that
 * others refer to is kept; the outcome gives the reason. Then deletes the documents that are to be withdrawn.
 */
export async function* prune(sql: Sql, withdrawn: readonly string[] = []): AsyncGenerator<Outcome> {
  await analyzeMentioned(sql);
  let isKept = false;
  const documents = withdrawn.map((id) => ({ format: DOCUMENT, id, documentId: id }));
  for (const part of inBatches(documents)) yield await clearReferences(sql, part);
  // In reverse dependency order: an item is deleted before those it refers to.
  for (const format of TOP_LEVEL_ITEMS.toReversed()) {
    const recorded = await asRecorded(sql);
    const relations = relationsOf(format);
    const related = relations ? await readRelated(recorded, relations) : UNRELATED;
    const withdraw = (_: Sql, part: Absent[]) => withdrawAll(sql, part, related, relations);
    for await (const part of readAbsent(recorded, format)) {
      const outcome = await bisect(sql, part, withdraw, keptItem);
      isKept ||= outcome.kept.length > 0;
      yield outcome;
    }
  }
  // If anything is kept, so are they.
  for (const part of inBatches(isKept ? [] : documents))
    yield await bisect(sql, part, deleteDocuments, keptItem);
  const deleted = await deleteUnnamedTexts(sql);
  const outcome = emptyOutcome();
  addCounts(outcome.counts, new Map([["document_text", { inserted: 0, updated: 0, deleted }]]));
  yield outcome;
}

const UNRELATED: Related = { kept: new Set(), from: new Map() };

async function withdrawAll(
  sql: Sql,
  absent: Absent[],
  { kept, from }: Related,
  relations: Relations | undefined,
): Promise<Outcome> {
  const outcome = emptyOutcome();
  const documents = new Set(absent.map(({ documentId }) => documentId));
  const relating = absent.flatMap(({ id }) => from.get(id) ?? []);
  const all = [...absent, ...relating.map((id) => ({ format: relations!.format, id }))];
  const unit = await readAsRecorded(sql, byFormat(all), documents);
  const judged = await judgedOf(
    sql,
    absent.map(({ id }) => id),
  );
  for (const { format, id, documentId } of absent) {
    const item = unit.get(id)!;
    const isLast = withoutClaim(format, item.now, documentId) === null;
    if (isLast && judged.has(id)) outcome.kept.push({ format, id, reason: "a judgement names it" });
    else if (isLast && kept.has(id))
      outcome.kept.push({ format, id, reason: isReferredToBy(relations!.entry.table) });
    else withdraw(unit, documentId, item);
  }
  if (relations) removeRelations(unit, relating, relations);
  await writeChanges(sql, unit, outcome);
  await assertNotReferredTo(sql, removedIn(unit, absent));
  return outcome;
}

function removedIn(unit: UnitOfWork, items: readonly Absent[]): string[] {
  return items.flatMap(({ id }) => (unit.get(id) ? [] : [id]));
}

/** Clears the references of documents to withdraw: what they refer to may be on record for them alone, and is deleted before them. */
async function clearReferences(sql: Sql, documents: Absent[]): Promise<Outcome> {
  const unit = await readAsRecorded(sql, byFormat(documents), []);
  for (const { format, id } of documents) {
    const row = unit.get(id)?.now.row;
    const columns = referencesIn(format.fields).map(({ column }) => column);
    const empty = Object.fromEntries(columns.map((column) => [column, null]));
    if (row) unit.set(format, id, givenByOne({ ...row, ...empty }));
  }
  const outcome = emptyOutcome();
  await writeChanges(sql, unit, outcome);
  // Their deletion is reported instead.
  return { ...outcome, items: [], counts: new Map() };
}

async function deleteDocuments(sql: Sql, documents: Absent[]): Promise<Outcome> {
  const outcome = emptyOutcome();
  const unit = await readAsRecorded(sql, byFormat(documents), []);
  for (const { format, id } of documents) if (unit.get(id)) unit.set(format, id, null);
  await writeChanges(sql, unit, outcome);
  await assertNotReferredTo(sql, removedIn(unit, documents));
  return outcome;
}

/** Returns the outcome for an item that can't be deleted; null for other errors. */
function keptItem(error: unknown, { format, id }: Absent): Outcome | null {
  if (error instanceof HiddenReference)
    return { ...emptyOutcome(), kept: [{ format, id, reason: error.message }] };
  const { code, table: other, message } = error as Partial<Record<string, string>>;
  if (code !== "23503" && code !== "23514") return null;
  const reason = code === "23503" ? isReferredToBy(other!) : String(message);
  return { ...emptyOutcome(), kept: [{ format, id, reason }] };
}

function isReferredToBy(table: string): string {
  return `a ${table.replaceAll("_", " ")} refers to it`;
}

function byFormat(items: { format: ItemFormat; id: string }[]): Map<ItemFormat, string[]> {
  const ids = new Map<ItemFormat, string[]>();
  for (const { format, id } of items) ids.set(format, [...(ids.get(format) ?? []), id]);
  return ids;
}

function* inBatches<T>(all: T[], size = 200): Generator<T[]> {
  for (let i = 0; i < all.length; i += size) yield all.slice(i, i + size);
}

import type { Sql } from "../../db/sql.js";
import { asRecorded } from "../judgements/record.as-recorded.js";
import { hasRecorded, readMerged } from "../judgements/record.judgements.store.js";
import type { ItemFormat } from "../record.item.js";
import type { Json } from "../record.row.js";
import { readPermanentKeys } from "./record.permanent-keys.js";
import { readMergedWithin } from "./record.revision.store.js";
import { readShownFields } from "./record.shown-fields.js";

/** The database before a transaction and in it. */
export interface BeforeAndNow {
  /** Another connection, which sees what is committed. */
  before: Sql;
  now: Sql;
}

/** The merges on record before a transaction and after it. */
export interface Merges {
  /** What it merged: the permanent key of the item that stays, by that of the one that goes. */
  added: ReadonlyMap<string, string>;
  /** Whether there are any, before it or now. */
  hasAny: boolean;
}

/** What is recorded of an item that merges show otherwise. */
export interface RecordedFields {
  /** By property of the record format, with references as recorded. */
  before: Json;
  now: Json;
  /** What was merged before that it refers to: the permanent key of the item that stays, by that of the one that goes. */
  merges: ReadonlyMap<string, string>;
}

/** Returns the merges of a transaction in which these items, given by page, may have been merged. */
export async function mergesBetween(
  { before, now }: BeforeAndNow,
  pages: AsyncIterable<readonly string[]>,
): Promise<Merges> {
  const added: [id: string, rootId: string][] = [];
  for await (const ids of pages) {
    const merged = await readMerged(now, ids);
    const known = merged.size > 0 ? await readMerged(before, [...merged.keys()]) : merged;
    added.push(...[...merged].filter(([id, rootId]) => known.get(id) !== rootId));
  }
  const hasAny = added.length > 0 || (await hasRecorded(before));
  return { added: await byPermanentKey(now, new Map(added)), hasAny };
}

/** Reads what is recorded of those of these items that merges show otherwise, before or now. Reads nothing where there are no merges. */
export async function readRecordedFields(
  { before, now }: BeforeAndNow,
  format: ItemFormat,
  ids: readonly string[],
  { hasAny }: Merges,
): Promise<Map<string, RecordedFields>> {
  if (!hasAny) return new Map();
  const within = await readMergedWithin(before, ids);
  const withinNow = await readMergedWithin(now, ids);
  const some = ids.filter((id) => within.has(id) || withinNow.has(id));
  if (some.length === 0) return new Map();
  const were = await readShownFields(await asRecorded(before), format, some);
  const are = await readShownFields(await asRecorded(now), format, some);
  const merges = await byPermanentKey(
    before,
    await readMerged(before, [...within.values()].flat()),
  );
  return new Map(
    some.flatMap((id) => {
      const [was, is] = [were.get(id), are.get(id)];
      return was && is ? [[id, { before: was.fields, now: is.fields, merges }]] : [];
    }),
  );
}

async function byPermanentKey(
  sql: Sql,
  merged: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  const keys = await readPermanentKeys(sql, [...merged].flat());
  return new Map([...merged].map(([id, rootId]) => [keys.get(id)!, keys.get(rootId)!]));
}

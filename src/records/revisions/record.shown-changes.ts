import { isDeepStrictEqual } from "node:util";
import type { Sql } from "../../db/sql.js";
import { readMerged } from "../judgements/record.judgements.store.js";
import type { ItemFormat } from "../record.item.js";
import type { Json } from "../record.row.js";
import { readPermanentKeys } from "./record.permanent-keys.js";
import { type Change, type ChangeKind, readInheriting } from "./record.revision.store.js";
import {
  type BeforeAndNow,
  type Merges,
  type RecordedFields,
  readRecordedFields,
} from "./record.recorded-fields.js";
import { readShownFields, type ShownItem } from "./record.shown-fields.js";
import { typeOf } from "./record.types.js";

/** Of an item that is shown as part of another, before or now. */
interface Merged {
  /** The item that it had been merged into. */
  fromId: string | undefined;
  /** The item that it is merged into now. */
  intoId: string | undefined;
}

const PER_PAGE = 500;

/** Compares what items show with what they showed before: items of one format, in the order of their ids, by page. */
export async function* changesOfShown(
  both: BeforeAndNow,
  format: ItemFormat,
  ids: readonly string[],
  merges: Merges,
): AsyncGenerator<Change[]> {
  const sorted = [...ids].sort();
  for (let i = 0; i < sorted.length; i += PER_PAGE) {
    const changes = await changesOfPage(both, format, sorted.slice(i, i + PER_PAGE), merges);
    if (changes.length > 0) yield changes;
  }
}

async function changesOfPage(
  both: BeforeAndNow,
  format: ItemFormat,
  ids: string[],
  merges: Merges,
): Promise<Change[]> {
  const before = await readShownFields(both.before, format, ids);
  const now = await readShownFields(both.now, format, ids);
  const recorded = await readRecordedFields(both, format, ids, merges);
  const absent = ids.filter((id) => !before.has(id) || !now.has(id));
  const mergedBefore = await readMerged(both.before, absent);
  const mergedNow = await readMerged(both.now, absent);
  const keys = new Map([
    ...(await readPermanentKeys(both.before, absent)),
    ...(await readPermanentKeys(both.now, [...absent, ...mergedNow.values()])),
  ]);
  return ids.flatMap((id) => {
    const merged = { fromId: mergedBefore.get(id), intoId: mergedNow.get(id) };
    const [was, is] = [before.get(id), now.get(id)];
    const found =
      was && is
        ? changedFields(was.fields, is.fields, recorded.get(id), merges.added)
        : comingOrGoing(was, is, merged);
    if (!found) return [];
    const { intoId = null } = found.kind === "MERGED" ? merged : {};
    return {
      ...found,
      type: typeOf(format)!,
      itemId: id,
      key: (is ?? was)?.key ?? keys.get(id)!,
      mergedIntoId: intoId,
      mergedIntoKey: intoId && keys.get(intoId)!,
    };
  });
}

type FoundChange = { kind: ChangeKind } & Pick<Change, "old" | "new">;

function comingOrGoing(
  before: ShownItem | undefined,
  now: ShownItem | undefined,
  merged: Merged,
): FoundChange | null {
  if (now) return { kind: merged.fromId ? "UNMERGED" : "ADDED", old: null, new: null };
  if (merged.intoId && merged.intoId === merged.fromId) return null;
  const old = before ? JSON.stringify(before.fields) : null;
  if (merged.intoId) return { kind: "MERGED", old, new: null };
  return before || merged.fromId ? { kind: "REMOVED", old, new: null } : null;
}

/**
 * Returns the fields that differ. A reference that leads to another item because the one it named was merged into that is no change:
 * whoever follows the feed has the reference as recorded. So a field that is recorded otherwise is a change even where it shows the same,
 * or that reference would lead to the wrong item once the merge is reverted.
 */
function changedFields(
  before: Json,
  now: Json,
  recorded: RecordedFields | undefined,
  added: Merges["added"],
): FoundChange | null {
  const [old, next]: Json[] = [{}, {}];
  for (const name of new Set([...Object.keys(before), ...Object.keys(now)])) {
    const [was, is] = [before[name] ?? null, now[name] ?? null];
    const [given, gives] = recorded
      ? [recorded.before[name] ?? null, recorded.now[name] ?? null]
      : [was, is];
    const isAsGiven = same(was, given);
    const isGivenAnew = !same(given, gives);
    if (!same(was, is)) {
      if (isAsGiven && !isGivenAnew && same(redirected(given, added), is)) continue;
      old![name] = was;
    } else {
      if (isAsGiven || !isGivenAnew || !same(redirected(given, recorded!.merges), is)) continue;
      old![name] = given;
    }
    next![name] = is;
  }
  if (Object.keys(old!).length === 0) return null;
  return { kind: "CHANGED", old: JSON.stringify(old), new: JSON.stringify(next) };
}

const same = isDeepStrictEqual;

function redirected(value: unknown, merges: ReadonlyMap<string, string>): unknown {
  if (merges.size === 0) return value;
  if (typeof value === "string") return merges.get(value) ?? value;
  if (Array.isArray(value)) return value.map((one) => redirected(one, merges));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, redirected(one, merges)]),
  );
}

/** Returns the ids of changed items that changed in one of these properties. */
export function changedIn(properties: readonly string[], changes: readonly Change[]): string[] {
  return changes.flatMap(({ kind, old, itemId }) => {
    const fields = kind === "CHANGED" && old !== null ? (JSON.parse(old) as Json) : {};
    return properties.some((name) => name in fields) ? [itemId] : [];
  });
}

/** Yields the items of a format that inherit from one of these, by page. */
export async function* inheritingFrom(
  now: Sql,
  format: ItemFormat,
  ids: readonly string[],
): AsyncGenerator<string[]> {
  if (ids.length === 0) return;
  for (let after: string | null = null; ;) {
    const page: string[] = await readInheriting(now, format, ids, after);
    if (page.length === 0) return;
    after = page.at(-1)!;
    yield page;
  }
}

import { isDeepStrictEqual } from "node:util";
import type { Sql } from "../../db/sql.js";
import { readMerged } from "../judgements/record.judgements.store.js";
import { DOCUMENT } from "../record.format.js";
import type { ItemFormat } from "../record.item.js";
import { TOP_LEVEL_ITEMS } from "../record.items.js";
import type { Json } from "../record.row.js";
import { readLastingKeys } from "./record.lasting-keys.js";
import { type Change, type ChangeKind, readFollowing } from "./record.revision.store.js";
import { readShownFields, type ShownItem } from "./record.shown-fields.js";

/** How the API names the type of an item; undefined for judgements, which are in no feed. */
const TYPES: Readonly<Record<string, string>> = {
  person: "PERSON",
  place: "PLACE",
  organization: "ORGANIZATION",
  tenure: "TENURE",
  meeting: "MEETING",
  agreement: "AGREEMENT",
  statement: "STATEMENT",
  document: "SOURCE_DOCUMENT",
  topic: "TOPIC",
};

/** Returns how the API names the type of an item; undefined for judgements, which are in no feed. */
export function typeOf({ noun }: ItemFormat): string | undefined {
  return TYPES[noun];
}

/** The formats of items that the feed tells of, each after those it refers to. */
export const FEED = [DOCUMENT, ...TOP_LEVEL_ITEMS].filter(typeOf);

/** The database before a transaction and in it. */
export interface BeforeAndNow {
  /** Another connection, which sees what is committed. */
  before: Sql;
  now: Sql;
}

/** Of an item that is shown as part of another, before or now. */
interface Merged {
  /** The item that it had been merged into. */
  fromId: string | undefined;
  /** The item that it is merged into now. */
  intoId: string | undefined;
}

const PER_PAGE = 500;

/** The properties of a meeting that its statements may take over. */
const FOLLOWED = [
  "startDate",
  "endDate",
  "dateCertainty",
  "places",
  "placeCountry",
  "placeCertainty",
];

/** Compares what items show with what they showed before: items of one format, in the order of their ids, by page. */
export async function* changesOfShown(
  both: BeforeAndNow,
  format: ItemFormat,
  ids: readonly string[],
  merges: ReadonlyMap<string, string>,
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
  merges: ReadonlyMap<string, string>,
): Promise<Change[]> {
  const before = await readShownFields(both.before, format, ids);
  const now = await readShownFields(both.now, format, ids);
  const absent = ids.filter((id) => !before.has(id) || !now.has(id));
  const mergedBefore = await readMerged(both.before, absent);
  const mergedNow = await readMerged(both.now, absent);
  const keys = new Map([
    ...(await readLastingKeys(both.before, absent)),
    ...(await readLastingKeys(both.now, [...absent, ...mergedNow.values()])),
  ]);
  return ids.flatMap((id) => {
    const merged = { fromId: mergedBefore.get(id), intoId: mergedNow.get(id) };
    const found = changeOf(before.get(id), now.get(id), merged, merges);
    if (!found) return [];
    const { intoId = null } = found.kind === "MERGED" ? merged : {};
    return {
      ...found,
      type: typeOf(format)!,
      itemId: id,
      key: (now.get(id) ?? before.get(id))?.key ?? keys.get(id)!,
      mergedIntoId: intoId,
      mergedIntoKey: intoId && keys.get(intoId)!,
    };
  });
}

type FoundChange = { kind: ChangeKind } & Pick<Change, "old" | "new">;

function changeOf(
  before: ShownItem | undefined,
  now: ShownItem | undefined,
  merged: Merged,
  merges: ReadonlyMap<string, string>,
): FoundChange | null {
  if (before && now) {
    const fields = differencesOf(before.fields, now.fields, merges);
    return fields && { kind: "CHANGED", ...fields };
  }
  if (now) return { kind: merged.fromId ? "UNMERGED" : "ADDED", old: null, new: null };
  if (merged.intoId && merged.intoId === merged.fromId) return null;
  const old = before ? JSON.stringify(before.fields) : null;
  if (merged.intoId) return { kind: "MERGED", old, new: null };
  return before || merged.fromId ? { kind: "REMOVED", old, new: null } : null;
}

/**
 * Returns the fields that differ. That a reference leads to another item since the one that it named was merged into that (`merges`, by
 * lasting key) is no change: references stay as they were recorded.
 */
function differencesOf(
  before: Json,
  now: Json,
  merges: ReadonlyMap<string, string>,
): Pick<FoundChange, "old" | "new"> | null {
  const [old, next]: Json[] = [{}, {}];
  for (const name of new Set([...Object.keys(before), ...Object.keys(now)])) {
    const [was, is] = [before[name] ?? null, now[name] ?? null];
    if (isDeepStrictEqual(was, is) || isDeepStrictEqual(redirected(was, merges), is)) continue;
    old![name] = was;
    next![name] = is;
  }
  if (Object.keys(old!).length === 0) return null;
  return { old: JSON.stringify(old), new: JSON.stringify(next) };
}

function redirected(value: unknown, merges: ReadonlyMap<string, string>): unknown {
  if (merges.size === 0) return value;
  if (typeof value === "string") return merges.get(value) ?? value;
  if (Array.isArray(value)) return value.map((one) => redirected(one, merges));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, redirected(one, merges)]),
  );
}

/** Returns which of these items were merged into others by a transaction: the lasting keys of both. */
export async function mergesBetween(
  { before, now }: BeforeAndNow,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const merged = await readMerged(now, ids);
  const known = await readMerged(before, [...merged.keys()]);
  const added = [...merged].filter(([id, rootId]) => known.get(id) !== rootId);
  const keys = await readLastingKeys(now, added.flat());
  return new Map(added.map(([id, rootId]) => [keys.get(id)!, keys.get(rootId)!]));
}

/** Yields the statements whose date or place follows that of changed meetings, unless they are known, by page. */
export async function* followersOf(
  now: Sql,
  meetings: readonly Change[],
  known: ReadonlySet<string>,
): AsyncGenerator<string[]> {
  const moved = meetings.filter(({ old }) => {
    const fields = old === null ? {} : (JSON.parse(old) as Json);
    return FOLLOWED.some((name) => name in fields);
  });
  const ids = moved.map(({ itemId }) => itemId);
  if (ids.length === 0) return;
  for (let after: string | null = null; ;) {
    const page: string[] = await readFollowing(now, ids, after);
    if (page.length === 0) return;
    after = page.at(-1)!;
    yield page.filter((id) => !known.has(id));
  }
}

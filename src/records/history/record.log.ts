import type { Sql } from "../../db/sql.js";
import { generic, raw, joinSql, SQL } from "../../db/sql-text.js";
import { idOf } from "../record.ids.js";
import { fieldChanges, fieldsAt, HISTORIC } from "./record.fields-at.js";
import * as store from "./record.history.store.js";
import { UnknownInHistory } from "./record.points.js";
import type { StoredRevision } from "./record.points.store.js";
import type { ReportedChange } from "./record.reported-change.js";

/** A revision, and how many changes it made. */
export interface CountedRevision {
  revision: StoredRevision;
  counts: store.ChangeCount[];
}

/** A revision, and changes that it made. */
export interface RevisionWithChanges {
  revision: StoredRevision;
  changes: ReportedChange[];
}

const PER_PAGE = 500;

/** Yields revisions, newest first, with the numbers of their changes. */
export async function* revisionsBackwards(
  sql: Sql,
  limit: number,
): AsyncGenerator<CountedRevision> {
  let before: number | null = null;
  for (let left = limit; left > 0;) {
    const page: StoredRevision[] = await store.readRevisionsBefore(
      sql,
      before,
      Math.min(left, PER_PAGE),
    );
    if (page.length === 0) return;
    const numbers = page.map(({ number }) => number);
    const counts = await store.countChanges(sql, numbers);
    for (const revision of page)
      yield { revision, counts: counts.filter((one) => one.revision === revision.number) };
    left -= page.length;
    before = numbers.at(-1)!;
  }
}

/** Yields the revisions that changed the items with a key, current or former, newest first, with these changes. */
export async function* historyOf(
  sql: Sql,
  key: string,
  limit: number,
): AsyncGenerator<RevisionWithChanges> {
  const ids = await readIdsOf(sql, key);
  let before: store.StoredChange | null = null;
  for (let left = limit; left > 0;) {
    const page: store.StoredChange[] = await store.readChangesOf(
      sql,
      ids,
      before,
      Math.min(left, PER_PAGE),
    );
    if (page.length === 0) {
      if (before === null) throw unknownKey(key);
      return;
    }
    const numbers = [...new Set(page.map(({ revision }) => revision))];
    const revisions = await store.readRevisions(sql, numbers);
    for (const revision of revisions.toReversed()) {
      const own = page.filter((change) => change.revision === revision.number);
      yield { revision, changes: await reportedChanges(sql, own) };
    }
    left -= page.length;
    before = page.at(-1)!;
  }
}

function unknownKey(key: string): UnknownInHistory {
  return new UnknownInHistory(
    `Nothing was ever on record with the key "${key}". Keys are slugs, or for a statement \`<document key>/<label>\`.`,
  );
}

/** Reads the ids of the items that a key leads to, and of those whose id is derived from it. */
async function readIdsOf(sql: Sql, key: string): Promise<string[]> {
  const given = generic(key, "text");
  const parts = HISTORIC.filter(({ fields }) =>
    fields.some(([name]) => name === "formerSlugs"),
  ).map(
    ({ table }) =>
      SQL`SELECT id FROM ${raw(table)} WHERE slug = ${given} OR former_slugs @> ARRAY[${given}]`,
  );
  const rows = await sql.query<{ id: string }>(
    "idsOfKey",
    SQL`${joinSql(parts, " UNION ")} UNION SELECT id FROM item_as_recorded WHERE keys @> ARRAY[${given}]`,
  );
  // Other keys never change, so ids are derived from them, also those of items no longer on record.
  const ids = HISTORIC.map(({ noun }) => idOf(noun, key));
  return [...new Set([...rows.map(({ id }) => id), ...ids])];
}

/** Yields the changes of revisions, in order, up to a limit. */
export async function* changesOf(
  sql: Sql,
  numbers: readonly number[],
  limit: number,
): AsyncGenerator<RevisionWithChanges> {
  let left = limit;
  for (let i = 0; i < numbers.length && left > 0; i += PER_PAGE)
    for (const revision of await store.readRevisions(sql, numbers.slice(i, i + PER_PAGE))) {
      for (let after = 0; ;) {
        const size = Math.min(left, PER_PAGE);
        const page = await store.readChangesAfter(sql, revision.number, after, size);
        // A revision that changed nothing shown is yielded, too.
        if (page.length > 0 || after === 0)
          yield { revision, changes: await reportedChanges(sql, page) };
        left -= page.length;
        if (page.length < size || left === 0) break;
        after = page.at(-1)!.ordinal;
      }
      if (left === 0) return;
    }
}

/** The kinds of changes by which an item appears. */
const COMING: ReadonlySet<string> = new Set(["ADDED", "UNMERGED"]);

/** Completes the changes of one revision: an item that appeared gets what it showed then. */
async function reportedChanges(sql: Sql, changes: store.StoredChange[]): Promise<ReportedChange[]> {
  const come = changes.filter(({ kind }) => COMING.has(kind));
  const found = come.length === 0 ? null : await fieldsAt(sql, come, come[0]!.revision);
  return changes.map(({ kind, type, key, mergedIntoKey, itemId, old, new: now }) => ({
    kind,
    type,
    key,
    mergedIntoKey,
    fields: fieldChanges(type, old, COMING.has(kind) ? (found?.get(itemId) ?? null) : now),
  }));
}

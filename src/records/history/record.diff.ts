import type { Sql } from "../../db/sql.js";
import type { Json } from "../record.row.js";
import { fieldChanges, fieldsAt } from "./record.fields-at.js";
import { nextChanges, openChanges, type StoredChange } from "./record.history.store.js";
import type { ReportedChange } from "./record.reported-change.js";

/** How an item is on record: shown by itself, as part of another, or not at all. */
type Presence = "shown" | "merged" | "none";

/** What several changes did to an item, in all. */
interface NetChange {
  first: StoredChange;
  last: StoredChange;
  before: Presence;
  now: Presence;
  /** What it showed before, as far as the changes say. */
  old: Json;
  /** What it shows now, as far as the changes say; null if all of it is to be looked up. */
  new: Json | null;
}

const PER_PAGE = 500;

/**
 * Yields what changed after a revision, up to another one: one net change for each item, by type and key. Reads with a cursor, so it needs
 * a transaction; an item that was added and removed again between them is left out.
 */
export async function* changesBetween(
  sql: Sql,
  after: number,
  until: number,
): AsyncGenerator<ReportedChange> {
  await openChanges(sql, after, until);
  let page: NetChange[] = [];
  for await (const net of netChanges(sql)) {
    page.push(net);
    if (page.length < PER_PAGE) continue;
    yield* reported(sql, page, until);
    page = [];
  }
  yield* reported(sql, page, until);
}

async function* netChanges(sql: Sql): AsyncGenerator<NetChange> {
  let net: NetChange | null = null;
  for (let page = await nextChanges(sql); page.length > 0; page = await nextChanges(sql)) {
    for (const change of page) {
      if (net?.first.itemId === change.itemId) add(net, change);
      else {
        if (net) yield net;
        net = start(change);
      }
    }
  }
  if (net) yield net;
}

function start(change: StoredChange): NetChange {
  const net: NetChange = {
    first: change,
    last: change,
    before: presenceBefore(change),
    now: "none",
    old: {},
    new: {},
  };
  add(net, change);
  return net;
}

function presenceBefore({ kind, old }: StoredChange): Presence {
  if (kind === "ADDED") return "none";
  if (kind === "UNMERGED" || (kind === "REMOVED" && old === null)) return "merged";
  return kind === "MERGED" && old === null ? "none" : "shown";
}

const PRESENCE_AFTER: Record<StoredChange["kind"], Presence> = {
  ADDED: "shown",
  CHANGED: "shown",
  UNMERGED: "shown",
  MERGED: "merged",
  REMOVED: "none",
  REDACTED: "none",
};

function add(net: NetChange, change: StoredChange): void {
  net.last = change;
  net.now = PRESENCE_AFTER[change.kind];
  // The first change of a field has what it showed before.
  net.old = { ...change.old, ...net.old };
  // A change that adds or removes the item doesn't say what it shows now.
  net.new = change.kind === "CHANGED" && net.new ? { ...net.new, ...change.new } : null;
}

async function* reported(
  sql: Sql,
  page: readonly NetChange[],
  until: number,
): AsyncGenerator<ReportedChange> {
  const unread = page.filter((net) => net.now === "shown" && net.new === null);
  const found = await fieldsAt(
    sql,
    unread.map(({ first }) => first),
    until,
  );
  for (const net of page) {
    const { first, last, before } = net;
    const kind = kindOf(net);
    if (kind === null) continue;
    const old = before === "shown" ? net.old : null;
    const now = net.now === "shown" ? (net.new ?? found.get(first.itemId) ?? {}) : null;
    const fields = fieldChanges(first.type, old, now);
    if (kind === "CHANGED" && fields.length === 0) continue;
    const mergedIntoKey = kind === "MERGED" ? last.mergedIntoKey : null;
    yield { kind, type: first.type, key: first.key, mergedIntoKey, fields };
  }
}

function kindOf({ before, now, last }: NetChange): StoredChange["kind"] | null {
  if (now === "shown")
    return before === "shown" ? "CHANGED" : before === "merged" ? "UNMERGED" : "ADDED";
  if (now === "merged") return "MERGED";
  if (last.kind === "REDACTED") return "REDACTED";
  return before === "none" ? null : "REMOVED";
}

import { isDeepStrictEqual } from "node:util";
import { isOpen, type ItemFormat } from "../record.item.js";
import type { Row } from "../record.row.js";

/** An item on record: its columns, and those that records which do not own it have filled in, by their documents. */
export interface Held {
  row: Row;
  extensions: ReadonlyMap<string, Row>;
}

/** Two values for one column, and the documents whose records gave the one on record. */
export interface Conflict {
  column: string;
  before: unknown;
  now: unknown;
  givers: string[];
}

/** What is on record with what a record says now, which counts only where nothing conflicts. */
export interface Merged extends Held {
  conflicts: Conflict[];
}

/** What of an item is its owner's alone to say, beside what it is named by. */
const OWNERS = new Set(["id", "owner_id", "position"]);

/** What a record now says of an item of its own. What others have filled in stays, until it says that itself. */
export function mergeOwn(format: ItemFormat, held: Held, given: Row): Merged {
  const row = { ...given };
  const extensions = new Map<string, Row>();
  const conflicts: Conflict[] = [];
  for (const [giver, filled] of held.extensions) {
    const left: Row = {};
    for (const [column, before] of Object.entries(filled)) {
      const now = given[column];
      if (isOpen(format, column, now)) row[column] = left[column] = before;
      else if (!isDeepStrictEqual(before, now))
        conflicts.push({ column, before, now, givers: [giver] });
    }
    Object.assign(left, certaintiesOf(format, left, filled));
    if (Object.keys(left).length > 0) extensions.set(giver, left);
  }
  return { row, extensions, conflicts };
}

/** What a record now says of another's item: it fills in what is open there, and has to agree with the rest. */
export function mergeForeign(
  format: ItemFormat,
  held: Held,
  giver: string,
  owner: string,
  given: Row,
): Merged {
  const { row, extensions } = withdrawn(format, held, giver);
  const conflicts = [...slugConflicts(row, given, owner), ...lengthConflicts(row, given, owner)];
  if (conflicts.length > 0) return { ...held, conflicts };
  const filled: Row = {};
  for (const [column, now] of Object.entries(given)) {
    if (OWNERS.has(column) || format.identity.has(column) || isOpen(format, column, now)) continue;
    const before = row[column];
    const givers = [...extensions].flatMap(([other, its]) => (column in its ? [other] : []));
    if (isOpen(format, column, before) || (givers.length > 0 && isDeepStrictEqual(before, now)))
      filled[column] = now;
    else if (!isDeepStrictEqual(before, now))
      conflicts.push({ column, before, now, givers: givers.length > 0 ? givers : [owner] });
  }
  Object.assign(filled, certaintiesOf(format, filled, given));
  if (Object.keys(filled).length > 0) extensions.set(giver, filled);
  return { row: { ...row, ...filled }, extensions, conflicts };
}

/**
 * The certainties, among what is given, of the facts that somebody has filled in. One that several facts share belongs
 * to whoever gives one of them, even where another gave it first.
 */
function certaintiesOf(format: ItemFormat, filled: Row, given: Row): Row {
  const shared: Row = {};
  for (const [certainty, facts] of format.certainties) {
    const isNeeded = Object.keys(filled).some((column) =>
      facts.some((fact) => (fact.endsWith("/") ? column.startsWith(fact) : column === fact)),
    );
    if (isNeeded && !isOpen(format, certainty, given[certainty]))
      shared[certainty] = given[certainty];
  }
  return shared;
}

/** The item without what this record alone has filled in. */
export function withdrawn(
  { open }: ItemFormat,
  { row, extensions }: Held,
  giver: string,
): { row: Row; extensions: Map<string, Row> } {
  const kept = new Map(extensions);
  kept.delete(giver);
  const left = { ...row };
  for (const column of Object.keys(extensions.get(giver) ?? {})) {
    if ([...kept.values()].some((other) => column in other)) continue;
    if (column.includes("/")) delete left[column];
    else left[column] = open[column] ?? null;
  }
  return { row: left, extensions: kept };
}

/** Who does not own an item may name it by any slug that it has or had, and by no other. */
function slugConflicts(row: Row, given: Row, owner: string): Conflict[] {
  const known = [row.slug, ...((row.former_slugs as string[] | undefined) ?? [])];
  const named = [...((given.former_slugs as string[] | undefined) ?? []), given.slug];
  const unknown = named.find((slug) => !known.includes(slug));
  return unknown === undefined
    ? []
    : [{ column: "slug", before: row.slug, now: unknown, givers: [owner] }];
}

/** A list inside an item is compared entry by entry, which its length has to allow. */
function lengthConflicts(row: Row, given: Row, owner: string): Conflict[] {
  const [before, now] = [lengthsIn(row), lengthsIn(given)];
  return [...now].flatMap(([list, length]) => {
    const known = before.get(list) ?? length;
    return known === length ? [] : [{ column: list, before: known, now: length, givers: [owner] }];
  });
}

function lengthsIn(row: Row): Map<string, number> {
  const lengths = new Map<string, number>();
  for (const [column, value] of Object.entries(row)) {
    const [list, index] = column.split("/");
    if (index === undefined || value === null || value === undefined) continue;
    lengths.set(list!, Math.max(lengths.get(list!) ?? 0, Number(index) + 1));
  }
  return lengths;
}

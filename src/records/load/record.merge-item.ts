import { isDeepStrictEqual } from "node:util";
import { isUnset, type ItemFormat } from "../record.item.js";
import type { Row } from "../record.row.js";

/** The columns of an item, and its extensions: the columns that non-owners filled in, by document id. */
export interface ItemState {
  row: Row;
  extensions: ReadonlyMap<string, Row>;
}

/** Two values for one column, and the documents whose records gave the stored one. */
export interface Conflict {
  column: string;
  before: unknown;
  now: unknown;
  documentIds: string[];
}

/** The merged item; only valid if there are no conflicts. */
export interface MergeResult extends ItemState {
  conflicts: Conflict[];
}

/** Columns, besides identity columns, that only the owner can set. */
const OWNER_ONLY = new Set(["id", "owner_id", "position"]);

/** Merges the owner's record. Extensions are kept, except for columns that the owner now gives. */
export function mergeOwned(format: ItemFormat, state: ItemState, given: Row): MergeResult {
  const row = { ...given };
  const extensions = new Map<string, Row>();
  const conflicts: Conflict[] = [];
  for (const [documentId, filled] of state.extensions) {
    const left: Row = {};
    for (const [column, before] of Object.entries(filled)) {
      const now = given[column];
      if (isUnset(format, column, now)) row[column] = left[column] = before;
      else if (!isDeepStrictEqual(before, now))
        conflicts.push({ column, before, now, documentIds: [documentId] });
    }
    Object.assign(left, certaintiesOf(format, left, filled));
    if (Object.keys(left).length > 0) extensions.set(documentId, left);
  }
  return { row, extensions, conflicts };
}

/** Merges a record of a non-owner as an extension: fills in unset columns; other values must be equal. */
export function mergeExtension(
  format: ItemFormat,
  state: ItemState,
  documentId: string,
  owner: string,
  given: Row,
): MergeResult {
  const { row, extensions } = withoutExtension(format, state, documentId);
  const conflicts = [...slugConflicts(row, given, owner), ...lengthConflicts(row, given, owner)];
  if (conflicts.length > 0) return { ...state, conflicts };
  const filled: Row = {};
  for (const [column, now] of Object.entries(given)) {
    if (OWNER_ONLY.has(column) || format.identity.has(column) || isUnset(format, column, now))
      continue;
    const before = row[column];
    const documentIds = [...extensions].flatMap(([other, its]) => (column in its ? [other] : []));
    if (
      isUnset(format, column, before) ||
      (documentIds.length > 0 && isDeepStrictEqual(before, now))
    )
      filled[column] = now;
    else if (!isDeepStrictEqual(before, now))
      conflicts.push({
        column,
        before,
        now,
        documentIds: documentIds.length > 0 ? documentIds : [owner],
      });
  }
  Object.assign(filled, certaintiesOf(format, filled, given));
  if (Object.keys(filled).length > 0) extensions.set(documentId, filled);
  return { row: { ...row, ...filled }, extensions, conflicts };
}

/**
 * Returns the certainties that go with the filled-in facts. A certainty shared by several facts is part of every
 * extension that gives one of them.
 */
function certaintiesOf(format: ItemFormat, filled: Row, given: Row): Row {
  const shared: Row = {};
  for (const [certainty, facts] of format.certainties) {
    const isRequired = Object.keys(filled).some((column) =>
      facts.some((fact) => (fact.endsWith("/") ? column.startsWith(fact) : column === fact)),
    );
    if (isRequired && !isUnset(format, certainty, given[certainty]))
      shared[certainty] = given[certainty];
  }
  return shared;
}

/** Returns an item without the extension of one document, except columns that another extension also gives. */
export function withoutExtension(
  { unset }: ItemFormat,
  { row, extensions }: ItemState,
  documentId: string,
): { row: Row; extensions: Map<string, Row> } {
  const kept = new Map(extensions);
  kept.delete(documentId);
  const left = { ...row };
  for (const column of Object.keys(extensions.get(documentId) ?? {})) {
    if ([...kept.values()].some((other) => column in other)) continue;
    if (column.includes("/")) delete left[column];
    else left[column] = unset[column] ?? null;
  }
  return { row: left, extensions: kept };
}

/** A non-owner may refer to an item by any current or former slug, but not add one. */
function slugConflicts(row: Row, given: Row, owner: string): Conflict[] {
  const known = [row.slug, ...((row.former_slugs as string[] | undefined) ?? [])];
  const named = [...((given.former_slugs as string[] | undefined) ?? []), given.slug];
  const unknown = named.find((slug) => !known.includes(slug));
  return unknown === undefined
    ? []
    : [{ column: "slug", before: row.slug, now: unknown, documentIds: [owner] }];
}

/** Lists inside an item are compared by position, so their lengths must be equal. */
function lengthConflicts(row: Row, given: Row, owner: string): Conflict[] {
  const [before, now] = [lengthsIn(row), lengthsIn(given)];
  return [...now].flatMap(([list, length]) => {
    const known = before.get(list) ?? length;
    return known === length
      ? []
      : [{ column: list, before: known, now: length, documentIds: [owner] }];
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

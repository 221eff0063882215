import { isDeepStrictEqual } from "node:util";
import { isUnset, type ItemFormat } from "../record.item.js";
import type { Row } from "../record.row.js";

/** What the record of a document gives of an item, as columns. */
export interface Given {
  documentId: string;
  given: Row;
}

/** What one record gives of an item. */
interface Claim {
  /** The columns that it sets, without ids of the item and what contains it. */
  given: Row;
  /** Whether the item's row shows any of it. */
  isShown: boolean;
}

/** An item: the values that it shows, and what each record gives of it. */
export interface ItemState {
  row: Row;
  /** By document id. Empty if a single record, the owner's, gives the item: then the row has all that it gives. */
  claims: ReadonlyMap<string, Claim>;
  /** Whether more records give the item: none of their values is shown, and they were not read. */
  hasMore: boolean;
  /** Whether claims changed since the values of the row were chosen. A batch may change many, so they are chosen once, at its end. */
  isStale: boolean;
}

/** Returns an item that a single record gives. */
export function givenByOne(row: Row): ItemState {
  return { row, claims: NO_CLAIMS, hasMore: false, isStale: false };
}

const NO_CLAIMS: ItemState["claims"] = new Map();

/** Returns an item with what more records give of it, as stored; at least one. */
export function withStored(
  state: ItemState,
  found: readonly (Claim & { documentId: string; hasMore: boolean })[],
): ItemState {
  const claims = new Map(state.claims);
  for (const { documentId, given, isShown } of found) claims.set(documentId, { given, isShown });
  const hasMore = found[0]!.hasMore && (state.hasMore || state.claims.size === 0);
  return { ...state, claims, hasMore };
}

/** Compares documents: those whose values are preferred come first. */
export type Preference = (documentId: string, otherId: string) => number;

/** Returns what the record of a document gives of an item; undefined if it does not mention it. */
export function givenBy(format: ItemFormat, state: ItemState, documentId: string): Row | undefined {
  if (state.claims.size > 0) return state.claims.get(documentId)?.given;
  return state.row[format.owner] === documentId ? givenIn(format, state.row) : undefined;
}

/** Returns the columns of a row that its record sets: not those that identify it in the database, nor derived ones. */
export function givenIn(format: ItemFormat, row: Row): Row {
  const given: Row = {};
  for (const [column, value] of Object.entries(row))
    if (format.valueOf(column) !== undefined && !isUnset(format, column, value))
      given[column] = value;
  return given;
}

/** Returns an item as the record of a document now gives it, `row`, beside what other records give. */
export function withClaim(
  format: ItemFormat,
  state: ItemState | undefined,
  documentId: string,
  row: Row,
): ItemState {
  const isAlone = !state || (state.claims.size === 0 && state.row[format.owner] === documentId);
  if (isAlone) return givenByOne(row);
  const given = givenIn(format, row);
  if (isDeepStrictEqual(state.claims.get(documentId)?.given, given)) return state;
  return {
    ...state,
    claims: claimsOf(format, state).set(documentId, unshown(given)),
    isStale: true,
  };
}

/** Returns an item without what the record of a document gives; null if no other record gives it. */
export function withoutClaim(
  format: ItemFormat,
  state: ItemState,
  documentId: string,
): ItemState | null {
  const claims = claimsOf(format, state);
  claims.delete(documentId);
  return claims.size === 0 ? null : { ...state, claims, isStale: true };
}

function claimsOf(format: ItemFormat, { row, claims }: ItemState): Map<string, Claim> {
  if (claims.size > 0) return new Map(claims);
  return new Map([[row[format.owner] as string, unshown(givenIn(format, row))]]);
}

function unshown(given: Row): Claim {
  return { given, isShown: false };
}

/** Chooses each value from the preferred record that gives it. The result does not depend on the order of loading. */
export function chosen(
  format: ItemFormat,
  { row: current, claims, hasMore }: ItemState,
  preference: Preference,
): ItemState {
  const givers = inOrder(
    [...claims].map(([documentId, { given }]) => ({ documentId, given })),
    preference,
  );
  const { row, shown } = chooseValues(format, current, givers, []);
  for (const one of chooseSlug(row, givers)) shown.add(one);
  if (givers.length === 1 && !hasMore) return givenByOne(row);
  const marked = givers.map(
    (one) => [one.documentId, { given: one.given, isShown: shown.has(one) }] as const,
  );
  return { row, claims: new Map(marked), hasMore, isStale: false };
}

/** Sorts what records give: the preferred first. */
export function inOrder(givers: readonly Given[], preference: Preference): Given[] {
  return givers.toSorted((one, other) =>
    one.documentId === other.documentId ? 0 : preference(one.documentId, other.documentId),
  );
}

/**
 * Chooses each value: the first of those that were settled or, if there is none, of those that records give, sorted by preference.
 * Returns the row, and the givers whose values it shows.
 */
export function chooseValues(
  format: ItemFormat,
  current: Row,
  givers: readonly Given[],
  settled: readonly Row[],
): { row: Row; shown: Set<Given> } {
  const row: Row = { ...format.unset };
  for (const column of format.managed) if (column in current) row[column] = current[column];
  row[format.owner] = givers[0]!.documentId;
  const all = [...settled.map((given) => ({ documentId: "", given })), ...givers];
  const chosenFrom = new Map<string, Given>();
  for (const giver of all) take(format, row, chosenFrom, giver);
  const rankOf = (column: string) => all.indexOf(chosenFrom.get(format.valueOf(column)!)!);
  leaveOutReversed(format, row, rankOf);
  const adding = addUnions(format, row, givers);
  return { row, shown: new Set([givers[0]!, ...chosenFrom.values(), ...adding]) };
}

/** Takes the values of a record that no preferred one gives; `chosenFrom` has the giver of each value. */
function take(format: ItemFormat, row: Row, chosenFrom: Map<string, Given>, giver: Given): void {
  for (const [column, value] of Object.entries(giver.given)) {
    const name = format.valueOf(column)!;
    const before = chosenFrom.get(name);
    if (before === undefined) chosenFrom.set(name, giver);
    else if (before !== giver) continue;
    row[column] = value;
  }
}

/** Leaves out an end before its start, or a start after its end, if different records give them: the preferred one stands. */
function leaveOutReversed(
  { period }: ItemFormat,
  row: Row,
  rankOf: (column: string) => number,
): void {
  if (!period) return;
  const [start, end] = period;
  const [first, last] = [row[start[0]!], row[end[1]!]] as [string?, string?];
  if (!first || !last || first <= last) return;
  for (const column of rankOf(start[0]!) <= rankOf(end[0]!) ? end : start) row[column] = null;
}

/** Sets the columns that unite what all records give; returns the givers that add to one. */
function addUnions({ unions }: ItemFormat, row: Row, givers: readonly Given[]): Given[] {
  const adding: Given[] = [];
  for (const { column, elements, nameOf, shownAs } of unions) {
    const found = new Map<string, unknown>();
    for (const giver of givers) {
      const size = found.size;
      for (const element of elements(giver.given))
        if (!found.has(nameOf(element))) found.set(nameOf(element), element);
      if (found.size > size) adding.push(giver);
    }
    if (shownAs) found.delete(row[shownAs] as string);
    row[column] = [...found.values()];
  }
  return adding;
}

/**
 * Chooses the slug of the record that knows most former ones, since it knows of every change of it. All others lead to the
 * item as former slugs. Returns the givers that name it otherwise.
 */
function chooseSlug(row: Row, givers: readonly Given[]): Given[] {
  const slugsOf = ({ given }: Given) => {
    const { former_slugs = [], slug } = given as { former_slugs?: string[]; slug: string };
    return [...former_slugs, slug];
  };
  if (row.former_slugs === undefined) return [];
  const [first] = givers.toSorted((one, other) => slugsOf(other).length - slugsOf(one).length);
  const slugs = slugsOf(first!);
  const others = givers.filter((one) => !isDeepStrictEqual(slugsOf(one), slugs));
  const former = new Set([...slugs.slice(0, -1), ...others.flatMap(slugsOf)]);
  former.delete(slugs.at(-1)!);
  Object.assign(row, { slug: slugs.at(-1), former_slugs: [...former] });
  return [first!, ...others];
}

/** Tracks which documents' claims to an item and its entries have been read. */
export class ClaimsRead {
  /** The sets of documents, by the id of the item. */
  private readonly documents = new Map<string, ReadonlySet<string>[]>();

  /** Returns whether the claims of this document were read. */
  has(itemId: string, documentId: string): boolean {
    return this.documents.get(itemId)?.some((read) => read.has(documentId)) ?? false;
  }

  /** Notes that the claims of these documents were read. */
  add(itemIds: Iterable<string>, documents: ReadonlySet<string>): void {
    for (const id of itemIds)
      this.documents.set(id, [...(this.documents.get(id) ?? []), documents]);
  }
}

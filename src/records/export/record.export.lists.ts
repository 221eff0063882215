import type { Json } from "./record.export.items.js";

/**
 * Participations in the order of a record. The position of one is its index in the list of the record that owns it,
 * so each own one is put back where it was, with others' before and between as far as there are some to fill in.
 */
export function inPlace(own: { position: number; entry: Json }[], others: Json[]): Json[] {
  const length = own.length + others.length;
  const list: Json[] = [];
  const rest = [...others];
  for (const [i, { position, entry }] of own.entries()) {
    // Those after it have to fit in too.
    const place = Math.min(position, length - (own.length - i));
    while (list.length < place) list.push(rest.shift()!);
    list.push(entry);
  }
  return [...list, ...rest];
}

/** Citations in the order of a record: of its own document first, then by document and passage. */
export function byPassage(one: Json, other: Json): number {
  return (
    compare(one.document ?? "", other.document ?? "") ||
    compare(one.start ?? -1, other.start ?? -1) ||
    compare(one.end ?? -1, other.end ?? -1) ||
    compare(one.locator ?? "", other.locator ?? "")
  );
}

/** Relations in the order of a record. */
export function byStatement(one: Json, other: Json): number {
  return compare(one.statement, other.statement) || compare(one.kind, other.kind);
}

/** By code units, which is the same everywhere. */
export function compare(one: unknown, other: unknown): number {
  const [a, b] = [one as string | number, other as string | number];
  return a < b ? -1 : a > b ? 1 : 0;
}

import type { Json } from "../record.row.js";

/**
 * Merges own and others' participations into one list. A position is the index in the list of the owner's record, so
 * each own entry goes back to its position, and others' entries fill the gaps.
 */
export function mergeByPosition(own: { position: number; entry: Json }[], others: Json[]): Json[] {
  const length = own.length + others.length;
  const list: Json[] = [];
  const rest = [...others];
  for (const [i, { position, entry }] of own.entries()) {
    // Leaves room for the entries after it.
    const place = Math.min(position, length - (own.length - i));
    while (list.length < place) list.push(rest.shift()!);
    list.push(entry);
  }
  return [...list, ...rest];
}

/** Returns a comparator by these properties; a missing value sorts first. */
export function byProperties(names: readonly string[]): (one: Json, other: Json) => number {
  return (one, other) => {
    for (const name of names) {
      const order = compare(one[name], other[name]);
      if (order !== 0) return order;
    }
    return 0;
  };
}

/** Compares by code units, which does not depend on the locale; undefined sorts first. */
export function compare(one: unknown, other: unknown): number {
  if (one === undefined || other === undefined)
    return Number(one !== undefined) - Number(other !== undefined);
  const [a, b] = [one as string | number, other as string | number];
  return a < b ? -1 : a > b ? 1 : 0;
}

import type { Json } from "../record.row.js";

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

/** Entries in the order of a record: by these properties, without one before with one. */
export function byProperties(names: readonly string[]): (one: Json, other: Json) => number {
  return (one, other) => {
    for (const name of names) {
      const order = compare(one[name], other[name]);
      if (order !== 0) return order;
    }
    return 0;
  };
}

/** By code units, which is the same everywhere; what is not given comes first. */
export function compare(one: unknown, other: unknown): number {
  if (one === undefined || other === undefined)
    return Number(one !== undefined) - Number(other !== undefined);
  const [a, b] = [one as string | number, other as string | number];
  return a < b ? -1 : a > b ? 1 : 0;
}

import type { Json } from "../record.row.js";

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
function compare(one: unknown, other: unknown): number {
  if (one === undefined || other === undefined)
    return Number(one !== undefined) - Number(other !== undefined);
  const [a, b] = [one as string | number, other as string | number];
  return a < b ? -1 : a > b ? 1 : 0;
}

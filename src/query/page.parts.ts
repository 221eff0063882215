import { UNDATED } from "./ordering.js";
import type { PageRequest } from "./page.js";
import type { ListQuestion } from "./list.js";

/** What is read one after the other for a page: its conditions, and its order. */
interface Part {
  conditions: string[];
  order: string;
}

/** A cursor between which and the other one a page lies. */
interface Bound {
  side: "after" | "before";
  isUndated: boolean;
  /** The placeholder of a key's value: kept only where it is used, since PostgreSQL refuses values that nothing refers to. */
  place: (key: number) => string;
}

/** The parts of a page, between its cursors: one, unless the oldest come first. `keys` are those of the order, as SQL. */
export function partsOf(
  question: ListQuestion,
  request: PageRequest,
  keys: readonly string[],
): Part[] {
  const { descending = false, oldestFirst = false } = request.ordering;
  const bounds = boundsOf(question, request);
  if (oldestFirst) return oldestFirstParts(question, request, keys, bounds);
  return [
    {
      conditions: bounds.map((bound) => isBeyond(keys, bound, descending)),
      order: orderOf(keys, descending !== request.backwards),
    },
  ];
}

/**
 * What has a date, from the end of the index back; then what has none, which is at the end of the index too, in its
 * own order.
 */
function oldestFirstParts(
  { isDated = false }: ListQuestion,
  { backwards }: PageRequest,
  keys: readonly string[],
  bounds: readonly Bound[],
): Part[] {
  const [date, ...others] = keys as [string, ...string[]];
  const after = bounds.find(({ side }) => side === "after");
  const before = bounds.find(({ side }) => side === "before");
  const parts: Part[] = [];
  if (!after?.isUndated) {
    const dated = bounds.filter(({ isUndated }) => !isUndated);
    parts.push({
      conditions: [`${date} < ${UNDATED}`, ...dated.map((bound) => isOlder(date, others, bound))],
      order: `${date} ${backwards ? "ASC" : "DESC"}, ${orderOf(others, backwards)}`,
    });
  }
  if (!isDated && before?.isUndated !== false) {
    const undated = bounds.filter(({ isUndated }) => isUndated);
    parts.push({
      conditions: [`${date} >= ${UNDATED}`, ...undated.map((bound) => isBeyond(keys, bound))],
      order: orderOf(keys, backwards),
    });
  }
  if (parts.length === 0) parts.push({ conditions: ["false"], order: date });
  return backwards ? parts.reverse() : parts;
}

/** A comparison of rows, which one index range answers. */
function isBeyond(keys: readonly string[], { side, place }: Bound, descending = false): string {
  const isAbove = (side === "after") !== descending;
  return `(${keys.join(", ")}) ${isAbove ? ">" : "<"} (${keys.map((_, i) => place(i)).join(", ")})`;
}

/** The same where the date goes the other way than the rest. The first condition is there for the index. */
function isOlder(date: string, others: readonly string[], { side, place }: Bound): string {
  const [older, above] = side === "after" ? ["<", ">"] : [">", "<"];
  const rest = others.map((_, i) => place(i + 1)).join(", ");
  return `${date} ${older}= ${place(0)}
    AND (${date} ${older} ${place(0)} OR (${others.join(", ")}) ${above} (${rest}))`;
}

function orderOf(keys: readonly string[], isReversed: boolean): string {
  return keys.map((key) => `${key} ${isReversed ? "DESC" : "ASC"}`).join(", ");
}

function boundsOf({ where }: ListQuestion, request: PageRequest): Bound[] {
  return (["after", "before"] as const).flatMap((side) => {
    const key = request[side];
    if (!key) return [];
    const places: string[] = [];
    const place = (i: number) =>
      (places[i] ??= where.bound(key[i], request.ordering.keys[i]!.type));
    return [{ side, isUndated: Number(key[0]) >= UNDATED, place }];
  });
}

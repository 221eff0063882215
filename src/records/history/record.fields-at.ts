import { isDeepStrictEqual } from "node:util";
import type { Sql } from "../../db/sql.js";
import { DOCUMENT } from "../record.format.js";
import type { ItemFormat } from "../record.item.js";
import { TOP_LEVEL_ITEMS } from "../record.items.js";
import type { Json } from "../record.row.js";
import { typeOf } from "../revisions/record.types.js";
import { readShownFields } from "../revisions/record.shown-fields.js";
import { readChangesSince } from "./record.history.store.js";

/** The format of each type of item in the history. */
const FORMATS = new Map<string, ItemFormat>(
  [DOCUMENT, ...TOP_LEVEL_ITEMS].flatMap((format) => {
    const type = typeOf(format);
    return type === undefined ? [] : [[type, format] as const];
  }),
);

/** The formats of all items in the history. */
export const HISTORIC = [...FORMATS.values()];

/** Returns the noun of a type, as people read it: `statement`. */
export function nounOf(type: string): string {
  return FORMATS.get(type)!.noun;
}

/** Returns what items of these types showed at a revision: what they show now, or when they went, without what changed before that. */
export async function fieldsAt(
  sql: Sql,
  items: readonly { itemId: string; type: string }[],
  revision: number,
): Promise<Map<string, Json>> {
  const found = await shownNow(sql, items);
  const ids = items.map(({ itemId }) => itemId);
  for (const { itemId, kind, old } of await readChangesSince(sql, ids, revision)) {
    if (kind === "CHANGED") found.set(itemId, { ...found.get(itemId), ...old });
    else if (old) found.set(itemId, old);
  }
  return found;
}

async function shownNow(
  sql: Sql,
  items: readonly { itemId: string; type: string }[],
): Promise<Map<string, Json>> {
  const found = new Map<string, Json>();
  for (const [type, format] of FORMATS) {
    const ids = items.filter((one) => one.type === type).map(({ itemId }) => itemId);
    if (ids.length === 0) continue;
    for (const [id, { fields }] of await readShownFields(sql, format, ids)) found.set(id, fields);
  }
  return found;
}

/** A field that differs, before and after; null where it was not set. */
export interface FieldChange {
  field: string;
  old: unknown;
  new: unknown;
}

/** Returns the fields that differ, in the order of the record format. */
export function fieldChanges(type: string, before: Json | null, now: Json | null): FieldChange[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(now ?? {})]);
  const order = FORMATS.get(type)!.fields.map(([name]) => name);
  return [...names]
    .sort((one, other) => order.indexOf(one) - order.indexOf(other))
    .map((field) => ({ field, old: before?.[field] ?? null, new: now?.[field] ?? null }))
    .filter((one) => !isDeepStrictEqual(one.old, one.new));
}

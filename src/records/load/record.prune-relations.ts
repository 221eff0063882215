import type { Sql } from "../../db/sql.js";
import { judgedOf } from "../judgements/record.judgements.store.js";
import type { Relations } from "../record.items.js";
import { readRelationsToAbsent, type StoredRelation } from "./record.prune.store.js";
import type { UnitOfWork } from "./record.unit-of-work.js";

/** What relates to items that are to be withdrawn. */
export interface Related {
  /** Those that are referred to by a relation that stays. */
  kept: ReadonlySet<string>;
  /** For each of the others, the items that relate to it until it is removed. */
  from: ReadonlyMap<string, readonly string[]>;
}

/** Finds what relates to items that records no longer mention; `recorded` reads them as recorded. */
export async function readRelated(recorded: Sql, by: Relations): Promise<Related> {
  const relations = await readRelationsToAbsent(recorded, by);
  const from = new Map<string, string[]>();
  for (const { fromId, toId } of relations) from.set(toId, [...(from.get(toId) ?? []), fromId]);
  // What a judgement names is kept.
  const kept =
    relations.length === 0
      ? new Set<string>()
      : await judgedOf(recorded, [...new Set(relations.map(({ fromId }) => fromId))]);
  // A relation stays if another record gives it, or if the item that relates is kept.
  const stays = ({ fromId, goes, fromGoes }: StoredRelation) =>
    (kept.has(fromId) && fromGoes) || !goes;
  // What is kept keeps what it relates to.
  for (let before = -1; before < kept.size;) {
    before = kept.size;
    for (const one of relations) if (stays(one)) kept.add(one.toId);
  }
  return { kept, from };
}

/** Removes the relations of these items to those that were removed from a unit. */
export function removeRelations(
  unit: UnitOfWork,
  from: readonly string[],
  { entry: relation, other }: Relations,
): void {
  for (const id of from)
    for (const { format, id: entry, now } of unit.entriesOf(id)) {
      if (format !== relation || unit.get(now.row[other] as string)) continue;
      if (!unit.wasStored(now.row[other] as string)) continue;
      for (const inside of unit.entriesOf(entry)) unit.set(inside.format, inside.id, null);
      unit.set(format, entry, null);
    }
}

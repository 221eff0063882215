import type { Sql } from "../../db/sql.js";
import { generic, SQL } from "../../db/sql-text.js";
import { judgedOf } from "../judgements/record.judgements.store.js";
import type { Mention } from "./record.outcome.js";
import { RELATION } from "../record.format.js";
import type { UnitOfWork } from "./record.unit-of-work.js";

/** A relation to a statement that a record no longer mentions. */
interface StoredRelation {
  fromId: string;
  toId: string;
  /** The documents whose records give it. */
  documentIds: string[];
}

/** What relates to statements that are to be withdrawn. */
export interface Related {
  /** Those that a relation refers to which stays. */
  kept: ReadonlySet<string>;
  /** The statements that relate to each of the others, and do so no more once it is gone. */
  from: ReadonlyMap<string, readonly string[]>;
}

/** Finds what relates to statements that records no longer mention; `sql` reads them as recorded. */
export async function readRelated(sql: Sql, absent: readonly Mention[]): Promise<Related> {
  const ids = [...new Set(absent.map(({ id }) => id))];
  const relations = await readRelationsTo(sql, ids);
  const from = new Map<string, string[]>();
  for (const { fromId, toId } of relations) from.set(toId, [...(from.get(toId) ?? []), fromId]);
  const gone = new Set(absent.map(({ id, documentId }) => `${id} ${documentId}`));
  const kept = relations.length === 0 ? new Set<string>() : await judgedOf(sql, ids);
  const stays = ({ fromId, documentIds }: StoredRelation) =>
    kept.has(fromId) || documentIds.some((document) => !gone.has(`${fromId} ${document}`));
  // What is kept keeps what it relates to.
  for (let before = -1; before < kept.size;) {
    before = kept.size;
    for (const one of relations) if (stays(one)) kept.add(one.toId);
  }
  return { kept, from };
}

async function readRelationsTo(sql: Sql, ids: string[]): Promise<StoredRelation[]> {
  if (ids.length === 0) return [];
  return sql.query(
    "relationsTo",
    SQL`SELECT r.statement_id AS "fromId", r.other_id AS "toId",
       coalesce((SELECT array_agg(c.document_id) FROM record_claim c WHERE c.item_id = r.id), ARRAY[r.owner_id]) AS "documentIds"
     FROM statement_relation r WHERE r.other_id = ANY (${generic(ids, "uuid[]")})`,
  );
}

/** Removes the relations of these statements to those that are gone from a unit. */
export function removeRelations(unit: UnitOfWork, from: readonly string[]): void {
  for (const id of from)
    for (const { format, id: entry, now } of unit.entriesOf(id)) {
      if (format !== RELATION || unit.get(now.row.other_id as string)) continue;
      if (!unit.wasStored(now.row.other_id as string)) continue;
      for (const inside of unit.entriesOf(entry)) unit.set(inside.format, inside.id, null);
      unit.set(format, entry, null);
    }
}

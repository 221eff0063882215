import type { Sql } from "../../db/sql.js";
import { generic, raw, SQL } from "../../db/sql-text.js";
import { judgedOf } from "../judgements/record.judgements.store.js";
import type { Mention } from "./record.outcome.js";
import { RELATION } from "../record.format.js";
import type { UnitOfWork } from "./record.unit-of-work.js";

/** A relation to a statement that a record no longer mentions. */
interface StoredRelation {
  fromId: string;
  toId: string;
  /** The documents whose records give it, and those that give the statement that relates. */
  documentIds: string[];
  fromDocumentIds: string[];
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
  // What other records give, too, stays without what is taken back.
  const goes = (id: string, documentIds: string[]) =>
    documentIds.every((document) => gone.has(`${id} ${document}`));
  const stays = ({ fromId, documentIds, fromDocumentIds }: StoredRelation) =>
    (kept.has(fromId) && goes(fromId, fromDocumentIds)) || !goes(fromId, documentIds);
  // What is kept keeps what it relates to.
  for (let before = -1; before < kept.size;) {
    before = kept.size;
    for (const one of relations) if (stays(one)) kept.add(one.toId);
  }
  return { kept, from };
}

const GIVERS = (row: string) =>
  raw(
    `coalesce((SELECT array_agg(c.document_id) FROM record_claim c WHERE c.item_id = ${row}.id), ARRAY[${row}.owner_id])`,
  );

async function readRelationsTo(sql: Sql, ids: string[]): Promise<StoredRelation[]> {
  if (ids.length === 0) return [];
  return sql.query(
    "relationsTo",
    SQL`SELECT r.statement_id AS "fromId", r.other_id AS "toId",
       ${GIVERS("r")} AS "documentIds", ${GIVERS("f")} AS "fromDocumentIds"
     FROM statement_relation r JOIN statement f ON f.id = r.statement_id WHERE r.other_id = ANY (${generic(ids, "uuid[]")})`,
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

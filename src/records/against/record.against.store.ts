import type { Sql } from "../../db/sql.js";
import { generic, SQL } from "../../db/sql-text.js";
import { DOCUMENT } from "../record.format.js";
import { idOf } from "../record.ids.js";
import { documentKeyOf } from "../record.walk.js";
import { type Chain, MAX_STEPS, type Step } from "./record.steps.js";

/** The chains from copies of documents to their originals. */
export const originals: Chain = {
  noun: "document",
  keysIn: (record) => [documentKeyOf(record)],
  next: (key, { documents }) => [documents.get(key)?.syndicatedFrom ?? []].flat(),
  read: readOriginals,
};

/** Reads the steps from these documents to what they are copies of, by keys. */
function readOriginals(sql: Sql, keys: string[]): Promise<Step[]> {
  const ids = keys.map((key) => idOf(DOCUMENT.noun, key));
  return sql.query(
    "originalsOnRecord",
    SQL`WITH RECURSIVE up AS (
       SELECT id, syndicated_from_id FROM source_document WHERE id = ANY (${generic(ids, "uuid[]")})
       UNION SELECT d.id, d.syndicated_from_id FROM up JOIN source_document d ON d.id = up.syndicated_from_id
     )
     SELECT d.key AS "from", o.key AS "to"
     FROM up JOIN source_document d ON d.id = up.id JOIN source_document o ON o.id = up.syndicated_from_id
     LIMIT ${generic(MAX_STEPS, "int")}`,
  );
}

/** Reads the keys of documents, by id. */
export async function readDocumentKeys(sql: Sql, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await sql.query<{ id: string; key: string }>(
    "documentKeys",
    SQL`SELECT id, key FROM source_document WHERE id = ANY (${generic(ids, "uuid[]")})`,
  );
  return new Map(rows.map(({ id, key }) => [id, key]));
}

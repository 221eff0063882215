import type { Sql } from "../../db/sql.js";
import { generic, SQL } from "../../db/sql-text.js";
import type { Row } from "../record.row.js";
import { SourceOrder } from "../record.source-order.js";

/** Reads the order of sources of the installation. */
export async function readSourceOrder(sql: Sql): Promise<SourceOrder> {
  const rows = await sql.query<{ key: string }>(
    "sourceOrder",
    "SELECT key FROM source_order ORDER BY position",
  );
  return new SourceOrder(rows.map(({ key }) => key));
}

/** Reads the columns of documents that decide which of them is preferred, by id. */
export async function readPreferable(sql: Sql, ids: readonly string[]): Promise<Map<string, Row>> {
  const rows = await sql.query<Row & { id: string }>(
    "preferableDocuments",
    SQL`SELECT id, key, kind, date_from::text, standing FROM source_document
     WHERE id = ANY (${generic([...new Set(ids)], "uuid[]")})`,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Replaces the order of sources; returns the ids of the documents with claims whose position changed, null if it is the same. */
export async function storeSourceOrder(sql: Sql, order: SourceOrder): Promise<string[] | null> {
  const before = await readSourceOrder(sql);
  if (before.keys.join("\n") === order.keys.join("\n")) return null;
  await sql.query("deleteSourceOrder", "DELETE FROM source_order");
  await sql.query(
    "storeSourceOrder",
    SQL`INSERT INTO source_order (key, position)
     SELECT key, nth - 1 FROM unnest(${generic(order.keys, "text[]")}) WITH ORDINALITY AS given (key, nth)`,
  );
  const documents = await sql.query<{ id: string; key: string }>(
    "documentsWithClaims",
    "SELECT id, key FROM source_document d WHERE EXISTS (SELECT FROM record_claim c WHERE c.document_id = d.id)",
  );
  return documents
    .filter(({ key }) => before.positionOf(key) !== order.positionOf(key))
    .map(({ id }) => id);
}

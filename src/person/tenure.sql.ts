import { raw, SQL, type SqlPart, type SqlText } from "../db/sql-text.js";

/**
 * Returns the condition that the tenure `t` was held on some day of an interval. A missing start or end is unknown, not open:
 * the dates of the cited documents, other than datasets, count instead. A tenure that was last attested before its start, when it was
 * only announced, matches no day.
 */
export function heldBetween(from: SqlPart, until: SqlPart): SqlText {
  const first = SQL`coalesce(t.start_from, min(d.date_from))`;
  // OFFSET 0: the documents are looked up one by one; otherwise the planner would read all of them for each tenure.
  const last = SQL`CASE WHEN t.end_to IS NOT NULL THEN t.end_to WHEN t.ongoing THEN 'infinity' ELSE max(d.date_to) END`;
  return SQL`(SELECT ${first} <= ${until} AND ${last} >= ${from} AND ${first} <= ${last}
    FROM citation c CROSS JOIN LATERAL (
      SELECT date_from, date_to FROM source_document WHERE id = c.document_id AND kind <> 'DATASET' OFFSET 0
    ) AS d
    WHERE c.tenure_id = t.id)`;
}

/**
 * Returns the condition that the tenure `t` was held at the time of `fact`, a row with date_from and date_until. If that has no
 * date, the tenure must be cited from a document that the fact cites too: `proof` is the condition that a citation, with the
 * alias `proof`, belongs to the fact.
 */
export function heldAt(fact: string, proof: string): SqlText {
  const [from, until] = [raw(`${fact}.date_from`), raw(`${fact}.date_until`)];
  return SQL`CASE WHEN ${from} IS NOT NULL THEN ${heldBetween(from, until)}
    ELSE EXISTS (
      SELECT FROM citation proof
      JOIN citation attesting ON attesting.document_id = proof.document_id AND attesting.tenure_id = t.id
      JOIN source_document d ON d.id = attesting.document_id AND d.kind <> 'DATASET'
      WHERE ${raw(proof)}) END`;
}

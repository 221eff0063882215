/**
 * The condition that the tenure `t` is held on some day of an interval. A missing bound is unknown, not open:
 * then what attests the office counts, the dates of the cited documents. A dataset's date attests nothing, and
 * what was only announced, attested last before it starts, is held on no day that is known.
 */
export function heldBetween(from: string, until: string): string {
  const first = `coalesce(t.start_from, min(d.date_from))`;
  const last = `CASE WHEN t.end_to IS NOT NULL THEN t.end_to WHEN t.ongoing THEN 'infinity' ELSE max(d.date_to) END`;
  return `(SELECT ${first} <= ${until} AND ${last} >= ${from} AND ${first} <= ${last}
    FROM citation c JOIN source_document d ON d.id = c.document_id
    WHERE c.tenure_id = t.id AND d.kind <> 'DATASET')`;
}

/**
 * The condition that the tenure `t` is held when something takes place: `fact`, a row with date_from and date_until. Where
 * it has no date nothing tells who was in office then but a document that speaks of both: `proof` picks the citations of
 * the fact, which are called `proof`.
 */
export function heldAt(fact: string, proof: string): string {
  return `CASE WHEN ${fact}.date_from IS NOT NULL THEN ${heldBetween(`${fact}.date_from`, `${fact}.date_until`)}
    ELSE EXISTS (
      SELECT FROM citation proof
      JOIN citation attesting ON attesting.document_id = proof.document_id AND attesting.tenure_id = t.id
      JOIN source_document d ON d.id = attesting.document_id AND d.kind <> 'DATASET'
      WHERE ${proof}) END`;
}

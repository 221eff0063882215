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

/**
 * Returns the SQL expression for the depth of `t`, a row of this table, as recorded: including what cycles of parents or judgements keep
 * from being shown.
 */
export function recordedDepth(table: string): string {
  const parentOf = (row: string) =>
    `coalesce((SELECT p.parent_id FROM parent_passed_over p WHERE p.item_id = ${row}.id), ${row}.parent_id)`;
  return `CASE WHEN ${parentOf("t")} IS NULL THEN 0 ELSE (
    WITH RECURSIVE above (id) AS (
      SELECT ${parentOf("t")} UNION SELECT ${parentOf("m")} FROM above JOIN ${table} m ON m.id = above.id)
    SELECT count(id) FROM above) END`;
}

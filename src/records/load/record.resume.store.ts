import type { Sql } from "../../db/sql.js";
import { generic, SQL } from "../../db/sql-text.js";
import { VERSION } from "../../pages/project.js";
import type { InputPosition } from "./record.input.js";

/** The number of latest loads whose position is kept. */
const MAX_POSITIONS = 100;

/** How far a load came. */
interface LoadPosition extends InputPosition {
  operation: string;
  /** The last revision at that time. */
  revision: number;
}

/** Keeps how far a load has come, in the transaction that stores the records before that position. */
export async function keepPosition(sql: Sql, position: LoadPosition): Promise<void> {
  const { operation, records, sha256, revision } = position;
  await sql.query(
    "keepPosition",
    SQL`WITH outdated AS (
      DELETE FROM load_position WHERE operation IN (
        SELECT operation FROM load_position ORDER BY kept_at DESC, operation OFFSET ${generic(MAX_POSITIONS - 1, "int")}))
    INSERT INTO load_position (operation, records, sha256, revision, version)
    SELECT ${generic(operation, "uuid")}, ${generic(records, "int")}, ${generic(sha256, "text")},
      ${generic(revision, "int")}, ${generic(VERSION, "text")}
    ON CONFLICT (operation) DO UPDATE
      SET records = excluded.records, sha256 = excluded.sha256, revision = excluded.revision, kept_at = excluded.kept_at`,
  );
}

/** Returns the last revision, and the positions of loads after which none was written. */
export async function readPositions(
  sql: Sql,
): Promise<{ revision: number; positions: InputPosition[] }> {
  const [row] = await sql.query<{ revision: number; positions: InputPosition[] }>(
    "readPositions",
    SQL`SELECT last.number AS revision, (
      SELECT coalesce(json_agg(json_build_object('records', kept.records, 'sha256', kept.sha256)), '[]')
      FROM load_position kept WHERE kept.version = ${generic(VERSION, "text")} AND kept.revision = last.number) AS positions
    FROM (SELECT coalesce(max(number), 0) AS number FROM record_revision) AS last`,
  );
  return row!;
}

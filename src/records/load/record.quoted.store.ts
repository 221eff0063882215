import type { Sql } from "../../db/sql.js";
import { StatementForm } from "../../statement/statement.enums.js";
import type { RecordNames } from "../check/record.names.js";
import { DOCUMENT } from "../record.format.js";
import { idOf } from "../record.ids.js";

/**
 * Returns how many characters, in UTF-16 code units, the statements of a document on record quote to the letter, other than those
 * that the records with these names give anew.
 */
export async function readQuotedElsewhere(
  sql: Sql,
  document: string,
  names: RecordNames,
): Promise<number> {
  const rows = await sql.query<{ key: string; length: number }>(
    "quotedElsewhere",
    `SELECT key, char_length(text) + regexp_count(text, '[\\U00010000-\\U0010FFFF]') AS length
     FROM statement WHERE owner_id = $1 AND form = $2`,
    [idOf(DOCUMENT.noun, document), StatementForm.VERBATIM],
  );
  return rows.reduce(
    (sum, { key, length }) => (names.has("statement", key) ? sum : sum + length),
    0,
  );
}

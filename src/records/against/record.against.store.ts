import type { Sql } from "../../db/sql.js";
import { generic, raw, SQL, unnestSql } from "../../db/sql-text.js";
import { StatementRelationKind } from "../../statement/statement.enums.js";
import type { Namesake } from "../check/record.on-record.js";
import { DOCUMENT } from "../record.format.js";
import { idOf } from "../record.ids.js";

/** A step from one item to another: from a copy to its original, or from a statement to one that it corrects. */
export interface Step {
  from: string;
  to: string;
}

/** The maximum number of steps read at once: chains are short, and longer ones are not reported. */
const MAX_STEPS = 10_000;

/** Reads the steps from these documents to what they are copies of, by keys. */
export function readOriginals(sql: Sql, keys: string[]): Promise<Step[]> {
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

/** Reads the steps from these statements to those that they correct, by keys. */
export function readCorrections(sql: Sql, keys: string[]): Promise<Step[]> {
  const ids = keys.map((key) => idOf("statement", key));
  const corrects = generic(StatementRelationKind.CORRECTS, "statement_relation_kind");
  return sql.query(
    "correctionsOnRecord",
    SQL`WITH RECURSIVE step AS (
       SELECT statement_id, other_id FROM statement_relation
         WHERE kind = ${corrects} AND statement_id = ANY (${generic(ids, "uuid[]")})
       UNION SELECT r.statement_id, r.other_id
       FROM step JOIN statement_relation r ON r.kind = ${corrects} AND r.statement_id = step.other_id
     )
     SELECT s.key AS "from", o.key AS "to"
     FROM step JOIN statement s ON s.id = step.statement_id JOIN statement o ON o.id = step.other_id
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

/** A name to look for. */
export interface SoughtName {
  name: string;
  /** Whether it is the full name. A single word is too common to compare unless both are. */
  isFull: boolean;
}

/** A person with one of the names sought. */
export interface FoundPerson extends Namesake {
  /** The index of the name. */
  at: number;
  identifiers: { scheme: string; value: string }[];
}

/** The maximum number of people read per name. There may be several, since identifiers can rule out the first ones. */
const MAX_NAMESAKES = 20;

/** The words of a name, in order, compared as the search compares them. */
const wordsOf = (folded: string) =>
  SQL`(SELECT array_agg(word ORDER BY word COLLATE "C")
     FROM regexp_split_to_table(${raw(folded)}, '[^[:alnum:]]+' COLLATE "und-x-icu") AS word WHERE word <> '')`;

/** Finds the people on record who have one of these names: accents, case and the order of its words do not matter. */
export function readNamesakes(sql: Sql, names: SoughtName[]): Promise<FoundPerson[]> {
  return sql.query(
    "namesakesOnRecord",
    SQL`SELECT sought.at::int - 1 AS at, sought.name, found.slug, found.identifiers
     FROM (SELECT x.*, ${wordsOf("folded(x.name)")} AS words
           FROM ${unnestSql(names, { name: "text", isFull: "bool" })} WITH ORDINALITY AS x (name, is_full, at)) AS sought
     CROSS JOIN LATERAL (
       SELECT DISTINCT p.slug, p.identifiers FROM record_name n JOIN person p ON p.id = n.item_id::uuid
       WHERE n.kind = 'PERSON' AND n.words @@ plainto_tsquery('simple', array_to_string(sought.words, ' '))
         AND ${wordsOf("n.folded")} = sought.words
         AND (cardinality(sought.words) > 1 OR sought.is_full AND n.position = 1)
       ORDER BY p.slug LIMIT ${generic(MAX_NAMESAKES, "int")}
     ) AS found
     ORDER BY 1, 3`,
  );
}

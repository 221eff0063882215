import type { DataSource } from "typeorm";
import { DatabaseError } from "./db.errors.js";

const STATEMENT_LISTS = [
  "statement_of_person",
  "statement_of_country",
  "statement_of_organization",
  "statement_to_person",
  "statement_to_country",
  "statement_on_topic",
  "statement_in_document",
];
const MEETING_LISTS = [
  "meeting_of_person",
  "meeting_of_country",
  "meeting_of_organization",
  "meeting_at_place",
  "meeting_in_document",
];

/** Those of tables made for lists, which are no entities (migrations 13 and 15). */
const INDEXES_OF_LISTS = [
  ...[...STATEMENT_LISTS, ...MEETING_LISTS].flatMap((table) => [
    `${table}_pkey`,
    `${table}_newest`,
  ]),
  ...STATEMENT_LISTS.map((table) => `${table}_told`),
  "statement_of_person_place",
  "statement_of_person_place_country",
  "person_of_country_pkey",
  "person_of_country_name",
];

/**
 * Rejects where an index is missing, or is there but not to be used: somebody has dropped it for a while, or building it anew
 * was broken off. Every answer would be right and many of them would read whole tables, for minutes.
 */
export async function assertIndexed(dataSource: DataSource): Promise<void> {
  const names = [
    ...dataSource.entityMetadatas.flatMap(({ indices }) => indices.map(({ name }) => name)),
    ...INDEXES_OF_LISTS,
  ];
  const rows = await dataSource.query<{ name: string; isValid: boolean }[]>(
    `SELECT c.relname AS name, i.indisvalid AND i.indisready AS "isValid"
     FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
     WHERE c.relname = ANY ($1::text[]) AND pg_table_is_visible(i.indrelid)`,
    [names],
  );
  const found = new Map(rows.map(({ name, isValid }) => [name, isValid]));
  const missing = names.filter((name) => !found.has(name));
  const broken = rows.flatMap(({ name, isValid }) => (isValid ? [] : [name]));
  const lines = [
    ...(missing.length > 0
      ? [`The database lacks indexes: ${missing.join(", ")}. Make them as migrations/ has them.`]
      : []),
    ...(broken.length > 0
      ? [
          `Indexes of the database are not valid: ${broken.join(", ")}. REINDEX INDEX makes them anew.`,
        ]
      : []),
  ];
  if (lines.length > 0)
    throw new DatabaseError([...lines, "The service does not start without them."].join("\n"));
}

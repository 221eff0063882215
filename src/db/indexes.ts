import type { DataSource } from "typeorm";
import { DatabaseError } from "./db.errors.js";

const STATEMENT_LISTS = [
  "statement_of_person",
  "statement_of_country",
  "statement_of_organization",
  "statement_to_person",
  "statement_to_country",
  "statement_to_organization",
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

/** Indexes of the list tables, which are not entities (migrations 11, 13, 14, 17 and 18). */
const INDEXES_OF_LISTS = [
  ...[...STATEMENT_LISTS, ...MEETING_LISTS].flatMap((table) => [
    `${table}_pkey`,
    `${table}_newest`,
  ]),
  ...STATEMENT_LISTS.map((table) => `${table}_told`),
  "statement_of_person_place",
  "statement_of_person_place_told",
  "statement_of_person_place_country",
  "statement_of_person_place_country_told",
  "person_of_country_pkey",
  "person_of_country_name",
  "person_of_document_pkey",
  "person_of_document_name",
  "person_activity_pkey",
  "person_activity_statements",
  "person_activity_meetings",
  "kept_count_pkey",
  // The parts of texts, which are no entity either.
  "document_text_pkey",
  "document_text_part_pkey",
];

/**
 * Throws if an index is missing or invalid: someone has dropped it temporarily, or rebuilding it was interrupted. Without it
 * results would be correct, but many queries would scan whole tables for minutes.
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
      ? [`Indexes are missing: ${missing.join(", ")}. Create them as in migrations/.`]
      : []),
    ...(broken.length > 0
      ? [`Indexes are invalid: ${broken.join(", ")}. Rebuild them with REINDEX INDEX.`]
      : []),
  ];
  if (lines.length > 0)
    throw new DatabaseError([...lines, "The service does not start without them."].join("\n"));
}

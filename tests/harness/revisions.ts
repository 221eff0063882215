import { randomUUID } from "node:crypto";
import type { DataSource } from "typeorm";
import { idOf } from "../../src/records/record.ids.js";

/** The noun of each type in the record format. */
export const NOUNS = {
  PERSON: "person",
  PLACE: "place",
  ORGANIZATION: "organization",
  TENURE: "tenure",
  MEETING: "meeting",
  AGREEMENT: "agreement",
  STATEMENT: "statement",
  SOURCE_DOCUMENT: "document",
  TOPIC: "topic",
} as const;

/** A change as it is stored. */
interface StoredChange {
  kind: "ADDED" | "CHANGED" | "REMOVED" | "MERGED" | "UNMERGED" | "REDACTED";
  type: keyof typeof NOUNS;
  key: string;
  mergedInto?: string;
  old?: object;
  new?: object;
}

/** A revision as it is stored; its number is its place in the list. */
export interface StoredRevision {
  at: string;
  author?: string;
  note?: string;
  operation?: string;
  changes: StoredChange[];
}

/** Puts these revisions in place of all that are on record, as they would be stored. */
export async function putRevisions(
  database: DataSource,
  revisions: StoredRevision[],
): Promise<void> {
  await database.query(
    "TRUNCATE record_redaction, record_change, item_before, document_of_revision, record_revision",
  );
  await addRevisions(database, revisions);
}

/** Adds revisions after those on record. */
export async function addRevisions(
  database: DataSource,
  revisions: StoredRevision[],
): Promise<void> {
  for (const { at, author, note, operation = randomUUID(), changes } of revisions) {
    // At once, as revisions are committed: a standby shows either all of it or nothing.
    await database.transaction(async (manager) => {
      const [{ number }] = await manager.query<[{ number: number }]>(
        `INSERT INTO record_revision (number, operation, action, recorded_at, author, note)
         SELECT coalesce(max(number), 0) + 1, $1, 'load', $2, $3, $4 FROM record_revision RETURNING number`,
        [operation, at, author, note],
      );
      const rows = changes.map(({ kind, type, key, mergedInto, ...fields }, i) => ({
        revision: number,
        ordinal: i + 1,
        kind,
        type,
        item_id: idOf(NOUNS[type], key),
        key,
        merged_into_id: mergedInto && idOf(NOUNS[type], mergedInto),
        merged_into_key: mergedInto,
        ...fields,
      }));
      await manager.query(
        "INSERT INTO record_change SELECT * FROM jsonb_populate_recordset(null::record_change, $1)",
        [JSON.stringify(rows)],
      );
    });
  }
}

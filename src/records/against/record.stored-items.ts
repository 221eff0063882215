import type { Sql } from "../../db/sql.js";
import type { RecordNames } from "../check/record.names.js";
import type { OnRecord } from "../check/record.on-record.js";
import { isOpenLicence } from "../../source/open-licence.js";
import { documentsOf, idsIn } from "../load/record.load.batch.js";
import type { KnownIds, KnownKeys } from "../load/record.known.js";
import { mergeRecord } from "../load/record.merge-record.js";
import { rowsOfRecord } from "../load/record.rows.js";
import { licencesInUse } from "../load/record.quotations.js";
import { UnitOfWork } from "../load/record.unit-of-work.js";
import { type Finding, warning } from "../record.faults.js";
import { DOCUMENT, type SourceRecord } from "../record.format.js";
import { idOf } from "../record.ids.js";
import type { Row } from "../record.row.js";
import { documentKeyOf, referencesOf } from "../record.walk.js";
import { readDocumentKeys } from "./record.against.store.js";

/** The items on record that some records give too. */
export interface StoredItems {
  /** Returns whether an item is on record, by its first key. */
  isStored: (noun: string, key: string) => boolean;
  namesOf: OnRecord["namesOf"];
  giverOf: OnRecord["giverOf"];
  /** Returns what the loader would report of a record, and which properties of its document it would replace. */
  findingsOf: (record: SourceRecord) => Finding[];
}

/** Reads the items that records give, and merges the records with them as the loader does, without writing anything. */
export async function readStoredItems(
  sql: Sql,
  records: SourceRecord[],
  known: KnownKeys,
  names: RecordNames,
): Promise<StoredItems> {
  const candidates = records.map((record) => ({
    record,
    source: { file: "", line: 1, text: null },
    documentId: idOf(DOCUMENT.noun, documentKeyOf(record)),
    rows: rowsOfRecord(record, withNames(known.idsFor(record), record, names)),
  }));
  const unit = await UnitOfWork.load(sql, idsIn(candidates), documentsOf(candidates));
  const storedRow = (id: string): Row | undefined => unit.get(id)?.stored?.row;
  const closed = candidates.flatMap(({ record: { document }, documentId }) =>
    typeof document !== "string" &&
    isOpenLicence(storedRow(documentId)?.licence as string | null | undefined) &&
    !isOpenLicence(document.licence)
      ? [documentId]
      : [],
  );
  const owners = candidates.flatMap(({ rows }) =>
    rows.flatMap(({ id, row }) =>
      row.name ? ((storedRow(id)?.owner_id as string | undefined) ?? []) : [],
    ),
  );
  const givers = await readDocumentKeys(sql, [...new Set(owners)]);
  const inUse = await licencesInUse(sql, closed);
  const findings = new Map(
    candidates.map(({ record, documentId, rows }) => [
      record,
      [
        ...replacedOf(record, storedRow(documentId)),
        ...closedOf(record, inUse),
        ...mergeRecord(unit, documentId, rows),
      ],
    ]),
  );
  return {
    isStored: (noun, key) => unit.wasStored(idOf(noun, key)),
    namesOf(noun, key) {
      const row = storedRow(idOf(noun, key)) as
        { name: string; other_names?: string[] } | undefined;
      return row ? [row.name, ...(row.other_names ?? [])] : [];
    },
    giverOf: (noun, key) => givers.get(storedRow(idOf(noun, key))?.owner_id as string) ?? null,
    findingsOf: (record) => findings.get(record)!,
  };
}

/** Adds the ids of what other checked records define, and of what nothing defines, which another rule reports. */
function withNames(ids: KnownIds, record: SourceRecord, names: RecordNames): KnownIds {
  for (const { noun, key } of referencesOf(record)) {
    if (ids.get(noun, key) !== undefined) continue;
    const first = [...names.firstKeys(noun, key)][0] ?? key;
    ids.set(noun, [first, key], idOf(noun, first));
  }
  return ids;
}

/** A document keeps its open licence while more is quoted than is allowed without one. */
function closedOf({ document }: SourceRecord, inUse: ReadonlyMap<string, Finding[]>): Finding[] {
  return typeof document === "string" ? [] : (inUse.get(document.key) ?? []);
}

/** Loading would replace the document's title or kind: its key may be that of another document. */
function replacedOf({ document }: SourceRecord, stored: Row | undefined): Finding[] {
  if (typeof document === "string" || !stored) return [];
  return (["title", "kind"] as const).flatMap((property) => {
    const [before, now] = [stored[property] as string | null, document[property]];
    if (!before || !now || before === now) return [];
    const message = `"${document.key}" is on record with the ${property} "${before}", which loading would replace; use another key for another document`;
    return [warning("document-on-record", ["document", property], message)];
  });
}

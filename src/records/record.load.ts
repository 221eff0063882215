import type { DataSource } from "typeorm";
import { type Sql, sqlOf } from "../db/sql.js";
import { checkRecord, type RecordFault } from "./record.check.js";
import { recordFilesOf, recordsIn } from "./record.files.js";
import { faultOfFile, type RecordSource } from "./record.faults.js";
import { mergeRows } from "./record.merge.js";
import { knownIds } from "./record.known.js";
import { idOf } from "./record.ids.js";
import { LoadRefused, refusalOf } from "./record.load.refusal.js";
import type { Row, Rows } from "./record.row-writer.js";
import { rowsOf } from "./record.rows.js";
import {
  deleteOldCitations,
  deleteOldParts,
  PARTS,
  rowsOfOthers,
  type RowChanges,
  storePositions,
  storeRows,
} from "./record.store.js";
import type { SourceRecord } from "./record.format.js";
import { documentKeyOf } from "./record.walk.js";

/** What a load changed, by table; a table that it left alone is absent. */
export interface LoadReport {
  records: number;
  rows: number;
  changes: Map<string, RowChanges>;
}

export { LoadRefused } from "./record.load.refusal.js";

// Loads take turns, so that two at once can't define the same thing twice.
const LOAD_LOCK = 740_513_202;

/**
 * Loads record files, all or nothing. What is there already and equal is not touched, so loading again
 * changes nothing. With `dryRun` it finds out what would change, and changes nothing.
 */
export async function loadFiles(
  dataSource: DataSource,
  paths: string[],
  { dryRun = false }: { dryRun?: boolean } = {},
): Promise<LoadReport> {
  const report: LoadReport = { records: 0, rows: 0, changes: new Map() };
  const runner = dataSource.createQueryRunner();
  try {
    await runner.startTransaction();
    const sql = sqlOf(runner);
    await sql.query("loadTurn", "SELECT pg_advisory_xact_lock($1)", [LOAD_LOCK]);
    for (const file of await recordFilesOf(paths)) {
      for await (const read of recordsIn(file)) {
        if ("fault" in read) throw new LoadRefused([read.fault]);
        await loadRecord(sql, read.source, read.value, report).catch((error: unknown) => {
          throw refusalOf(error, read.source.file) ?? error;
        });
      }
    }
    // The rules that wait for the commit are checked in a dry run too.
    await sql.query("checkRules", "SET CONSTRAINTS ALL IMMEDIATE");
    await (dryRun ? runner.rollbackTransaction() : runner.commitTransaction());
    return report;
  } catch (error) {
    // Where the connection is lost there is nothing to roll back, and the first error says more.
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => {});
    throw refusalOf(error, paths.join(" ")) ?? error;
  } finally {
    await runner.release();
  }
}

async function loadRecord(
  sql: Sql,
  source: RecordSource,
  value: unknown,
  report: LoadReport,
): Promise<void> {
  const draft = checkRecord(value, { source, isKnown: () => true });
  const known = draft.record && (await knownIds(sql, draft.record));
  const checked = known
    ? checkRecord(value, {
        source,
        isKnown: (noun, key) => known.get(noun, key) !== undefined,
        firstKeys: (noun, key) => known.firstKeys(noun, key),
      })
    : draft;
  const faults = checked.faults.filter(({ severity }) => severity === "fault");
  if (!checked.record || !known || faults.length > 0) throw new LoadRefused(faults);

  const ownerId = known.get("document", documentKeyOf(checked.record))!;
  const rows = rowsOf(checked.record, known);
  await takeInWhatOthersOwn(sql, source.file, ownerId, rows);
  report.records++;
  report.rows += Object.values(rows).flat().length;
  await storeAll(sql, ownerId, checked.record, rows, report.changes);
}

/** Rows that another record owns are merged with what is stored, or refused where the two contradict. */
async function takeInWhatOthersOwn(
  sql: Sql,
  file: string,
  ownerId: string,
  rows: Rows,
): Promise<void> {
  const faults: RecordFault[] = [];
  const foreign = new Set<unknown>();
  for (const [table, own] of Object.entries(rows)) {
    if (table in PARTS || table === "source_document") continue;
    for (const { stored, owner } of await rowsOfOthers(sql, table, ownerId, own.map(idIn))) {
      foreign.add(stored.id);
      const at = own.findIndex(({ id }) => id === stored.id);
      const { row, conflicts } = mergeRows(stored, own[at]!);
      own[at] = row;
      for (const conflict of conflicts) {
        const whose = `${table} ${String(stored.slug ?? stored.key ?? stored.id)}`;
        const message = `${whose}: ${conflict} (owned by the record of ${owner})`;
        faults.push(faultOfFile(file, "conflict", message));
      }
    }
  }
  if (faults.length > 0) throw new LoadRefused(faults);
  // The parts of what another record owns are its owner's to list.
  for (const [table, whole] of Object.entries(PARTS)) {
    rows[table] = (rows[table] ?? []).filter((row) => !foreign.has(row[whole]));
  }
  const relations = new Set<unknown>(rows.statement_relation!.map(idIn));
  rows.citation = (rows.citation ?? []).filter(
    ({ relation_id: relation }) => relation === undefined || relations.has(relation),
  );
}

/** Wholes before parts, and what is referred to before what refers to it. */
const ORDER = [
  "source_document",
  "organization",
  "person",
  "place",
  "statement_topic",
  "tenure",
  "meeting",
  "meeting_place",
  "participation",
  "agreement",
  "agreement_party",
  "statement",
  "speaker",
  "addressee",
  "topic_of_statement",
  "statement_relation",
  "citation",
];

/** The tables of what is cited. */
const FACTS = [
  "statement",
  "meeting",
  "participation",
  "tenure",
  "agreement",
  "statement_relation",
];

const WHOLES: Record<string, string> = {
  meeting_id: "meeting",
  agreement_id: "agreement",
  statement_id: "statement",
};

async function storeAll(
  sql: Sql,
  ownerId: string,
  record: SourceRecord,
  rows: Rows,
  changes: Map<string, RowChanges>,
): Promise<void> {
  for (const table of ORDER) {
    const own = rows[table] ?? [];
    const change = { inserted: 0, updated: 0, deleted: 0 };
    const whole = PARTS[table];
    if (whole) {
      const wholes = (rows[WHOLES[whole]!] ?? []).filter((row) => row.owner_id === ownerId);
      if (wholes.length > 0) {
        change.deleted = await deleteOldParts(sql, table, wholes.map(idIn), own);
      }
    }
    if (own.length > 0)
      Object.assign(change, { ...(await storeRows(sql, table, own)), deleted: change.deleted });
    if (table === "citation") {
      const factIds = FACTS.flatMap((fact) => (rows[fact] ?? []).map(idIn));
      change.deleted = await deleteOldCitations(sql, ownerId, factIds, own.map(idIn));
    }
    count(changes, table, change);
  }
  const documents = new Set([documentKeyOf(record), ...citedDocuments(record)]);
  const updated = await storePositions(
    sql,
    [...documents].map((key) => idOf("document", key)),
  );
  count(changes, "statement", { inserted: 0, updated, deleted: 0 });
}

function citedDocuments(record: SourceRecord): string[] {
  return record.statements.flatMap(({ citations }) =>
    citations.flatMap(({ document }) => document ?? []),
  );
}

function idIn(row: Row): string {
  return row.id as string;
}

function count(changes: Map<string, RowChanges>, table: string, change: RowChanges): void {
  if (change.inserted + change.updated + change.deleted === 0) return;
  const sum = changes.get(table) ?? { inserted: 0, updated: 0, deleted: 0 };
  sum.inserted += change.inserted;
  sum.updated += change.updated;
  sum.deleted += change.deleted;
  changes.set(table, sum);
}

import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { GraphQLSchema } from "graphql";
import type { DataSource } from "typeorm";
import { type Sql, sqlOf } from "../../db/sql.js";
import { beginSnapshot } from "../export/record.export.store.js";
import { CsvWriter } from "./record.csv.js";
import { type RecordTable, TABLES } from "./record.tables.js";
import { dataPackage, type WrittenFile } from "./record.tables.package.js";
import { countRowsOf, readRevision, rowsOf } from "./record.tables.store.js";

/** Where and how CSV files are written. */
export interface TablesOptions {
  /** The directory; files there are replaced. */
  out: string;
  /** The API's schema, which says what columns mean. */
  schema: GraphQLSchema;
  /** For programs that guess encodings and run formulas: a byte order mark, and apostrophes before what they would run. */
  isForSpreadsheets: boolean;
  onProgress?: (step: { read: number; total: number; records: number }) => void;
}

/** The data dictionary, written last: a directory without it is not complete. */
const DICTIONARY = "datapackage.json";

/** Writes the record as CSV files with a data dictionary; returns the files. Reads one snapshot, and holds some hundred rows at a time. */
export async function exportTables(
  dataSource: DataSource,
  options: TablesOptions,
): Promise<WrittenFile[]> {
  const { out, schema, isForSpreadsheets, onProgress } = options;
  await mkdir(out, { recursive: true });
  await rm(join(out, DICTIONARY), { force: true });
  const runner = dataSource.createQueryRunner();
  try {
    await runner.startTransaction("REPEATABLE READ");
    const sql = sqlOf(runner);
    await beginSnapshot(sql);
    let total = 0;
    for (const table of TABLES) total += await countRowsOf(sql, table);
    const files: WrittenFile[] = [];
    let written = 0;
    for (const table of TABLES) {
      const onRows = (rows: number) => {
        written += rows;
        onProgress?.({ read: written, total, records: written });
      };
      files.push(await writeTable(sql, table, options, onRows));
    }
    const described = dataPackage(files, {
      schema,
      revision: await readRevision(sql),
      isForSpreadsheets,
    });
    await writeFile(join(out, DICTIONARY), `${JSON.stringify(described, null, 2)}\n`);
    await runner.commitTransaction();
    return files;
  } finally {
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => {});
    await runner.release();
  }
}

async function writeTable(
  sql: Sql,
  table: RecordTable,
  { out, isForSpreadsheets }: TablesOptions,
  onRows: (rows: number) => void,
): Promise<WrittenFile> {
  const csv = new CsvWriter(isForSpreadsheets);
  const file = { table, rows: 0, bytes: 0 };
  const hash = createHash("sha256");
  async function* lines(): AsyncGenerator<Buffer> {
    const mark = isForSpreadsheets ? "\ufeff" : "";
    yield counted(mark + csv.line(table.columns.map(({ name }) => name)));
    for await (const rows of rowsOf(sql, table)) {
      yield counted(rows.map((row) => csv.line(row)).join(""));
      file.rows += rows.length;
      onRows(rows.length);
    }
  }
  const counted = (text: string): Buffer => {
    const bytes = Buffer.from(text);
    file.bytes += bytes.length;
    hash.update(bytes);
    return bytes;
  };
  await pipeline(Readable.from(lines()), createWriteStream(join(out, `${table.name}.csv`)));
  return { ...file, sha256: hash.digest("hex") };
}

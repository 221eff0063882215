import type { QueryRunner } from "typeorm";
import { type Sql, sqlOf } from "../../db/sql.js";
import type { RecordNames } from "../check/record.names.js";
import type { LookUp, OnRecord } from "../check/record.on-record.js";
import type { SourceText } from "../check/record.text.js";
import { asRecorded } from "../judgements/record.as-recorded.js";
import { KnownKeys } from "../load/record.known.js";
import { addQuotedElsewhere, needsQuotedElsewhere } from "../load/record.quotations.js";
import { readDocument, readKeptText } from "../texts/record.texts.store.js";
import { lookUpById } from "../load/record.plans.js";
import type { Finding } from "../record.faults.js";
import type { SourceRecord } from "../record.format.js";
import { CHAINS, FINDERS } from "./record.nouns.js";
import { readStoredItems } from "./record.stored-items.js";
import { stepsFrom } from "./record.steps.js";

/**
 * Looks up what is on record, to check records against it. Each batch is read in a transaction of its own, which can't write, takes no
 * lock that a load or a migration would wait for, and keeps no old rows alive while the rest of a large file is read.
 */
export class Against implements LookUp {
  private readonly sql: Sql;

  constructor(private readonly runner: QueryRunner) {
    this.sql = sqlOf(runner);
  }

  lookUp(records: SourceRecord[], names: RecordNames): Promise<(record: SourceRecord) => OnRecord> {
    return this.reading((sql) => onRecordOf(sql, records, names));
  }

  async addOfText(document: string, names: RecordNames): Promise<void> {
    if (needsQuotedElsewhere(document, names))
      await this.reading((sql) => addQuotedElsewhere(sql, document, names));
  }

  keptText(sha256: string): Promise<SourceText | null> {
    return this.reading(async (sql) => {
      const words = await readKeptText(sql, sha256);
      return words === null ? null : { words, sha256 };
    });
  }

  /** Returns the sha256 of a document's text, by the document's key; null if none is on record. */
  async sha256Of(document: string): Promise<string | null> {
    const found = await this.reading((sql) => readDocument(sql, document));
    return found?.sha256 ?? null;
  }

  private async reading<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    const { runner, sql } = this;
    await runner.startTransaction("READ COMMITTED");
    try {
      await sql.query("readOnly", "SET TRANSACTION READ ONLY");
      await lookUpById(sql);
      return await work(sql);
    } finally {
      // Fails on a lost connection; the first error says more.
      await runner.rollbackTransaction().catch(() => {});
    }
  }
}

async function onRecordOf(
  sql: Sql,
  records: SourceRecord[],
  names: RecordNames,
): Promise<(record: SourceRecord) => OnRecord> {
  const recorded = await asRecorded(sql);
  const known = new KnownKeys();
  await known.read(recorded, records);
  const ids = new Map(records.map((record) => [record, known.idsFor(record)]));
  const items = await readStoredItems(recorded, records, known, names);
  const steps = new Map<string, Map<string, string[]>>();
  for (const chain of CHAINS) steps.set(chain.noun, await stepsFrom(sql, chain, records, names));
  const found: ((record: SourceRecord) => Finding[])[] = [];
  for (const find of FINDERS) found.push(await find(sql, records, items.isStored));
  return (record) => ({
    isKnown: (noun, key) => ids.get(record)!.get(noun, key) !== undefined,
    firstKeys: (noun, key) => ids.get(record)!.firstKeys(noun, key),
    document: (key) => ids.get(record)!.document(key),
    leadsTo: (noun, key) => steps.get(noun)?.get(key) ?? [],
    namesOf: items.namesOf,
    giverOf: items.giverOf,
    findings: [...found, items.findingsOf].flatMap((findingsOf) => findingsOf(record)),
  });
}

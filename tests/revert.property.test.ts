import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import type { DataSource } from "typeorm";
import { createDataSource } from "../src/db/data-source.js";
import { exportRecords, type ExportOptions } from "../src/records/export/record.export.js";
import { revert } from "../src/records/history/record.revert.js";
import { OperationRefused } from "../src/records/load/record.load.refusal.js";
import { RandomOperations } from "./fixtures/random-operations.js";
import { Dice } from "./fixtures/world.dice.js";
import { freshDatabase } from "./harness/database.js";
import { wrongInLists } from "./harness/list-tables.js";
import type { Whatever } from "./harness/whatever.js";

const RUNS = Number(process.env.TEST_RUNS ?? 8);
/** The same in every run unless it is given, so that a change alone makes a difference. */
const SEED = Number(process.env.TEST_SEED ?? 7);
const STEPS = 5;

let folder: string;
let database: DataSource;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "communique-revert-"));
  database = await createDataSource(await freshDatabase()).initialize();
});
afterAll(async () => {
  await database.destroy();
  await rm(folder, { recursive: true });
});

async function clear(): Promise<void> {
  await database.query(
    "TRUNCATE source_document, record_name, record_revision, item_as_recorded, parent_passed_over CASCADE",
  );
  await database.query("DELETE FROM source_order");
}

async function exported(options: ExportOptions = {}): Promise<string> {
  let text = "";
  for await (const chunk of exportRecords(database, options)) text += chunk;
  return text;
}

const latest = async () =>
  (
    await database.query<{ number: number; operation: string }[]>(
      "SELECT number, operation FROM record_revision ORDER BY number DESC LIMIT 1",
    )
  )[0];

/** Reverts; returns why not, if it is refused. */
async function reverted(what: string): Promise<string | null> {
  const codes = new Set<string>();
  try {
    await revert(database, what, { onFault: ({ code }) => void codes.add(code) });
    return null;
  } catch (error) {
    if (!(error instanceof OperationRefused)) throw error;
    return [...codes].join(" ") || error.message;
  }
}

it(
  "Reverting the last operation restores what was exported before it, and reverting that what was after it",
  async () => {
    let count = 0;
    const property = fc.asyncProperty(fc.nat(), async (seed) => {
      await clear();
      const operations = new RandomOperations(new Dice(seed), database, folder);
      let [before, after] = ["", ""];
      let last: string | undefined;
      for (let step = 0; step < STEPS; step++) {
        await operations.step();
        const { operation } = (await latest()) ?? {};
        if (operation === last) continue;
        [before, after, last] = [after, await exported(), operation];
      }
      if (last === undefined) return;
      const refusal = await reverted(last);
      // What was filled in of a published statement stays, and an order of sources is no record.
      if (refusal !== null) {
        expect(refusal).toMatch(/^published-statement$|No document's record changed/);
        expect(await exported()).toBe(after);
        return;
      }
      count++;
      expect(await exported()).toBe(before);
      expect(await wrongInLists((text) => database.query(text))).toEqual([]);
      expect(await reverted(String((await latest())!.number))).toBeNull();
      expect(await exported()).toBe(after);
    });
    await fc.assert(property, { numRuns: RUNS, seed: SEED });
    expect(count).toBeGreaterThan(0);
  },
  RUNS * 30_000,
);

it(
  "Reverting an earlier operation gives its documents the records that they had before, or is refused",
  async () => {
    const property = fc.asyncProperty(fc.nat(), async (seed) => {
      await clear();
      const dice = new Dice(seed);
      const operations = new RandomOperations(dice, database, folder);
      for (let step = 0; step < STEPS; step++) await operations.step();
      const { number } = (await latest()) ?? { number: 0 };
      if (number < 2) return;
      const chosen = 1 + dice.below(number - 1);
      const documents = await database.query<{ id: string }[]>(
        "SELECT document_id AS id FROM document_of_revision WHERE revision = $1",
        [chosen],
      );
      const ids = documents.map(({ id }) => id);
      const before = await recordsOf(ids, chosen - 1);
      const now = await exported();
      const refusal = await reverted(String(chosen));
      if (refusal !== null) {
        expect(await exported()).toBe(now);
        return;
      }
      expect(await recordsOf(ids, (await latest())!.number)).toEqual(before);
    });
    await fc.assert(property, { numRuns: RUNS, seed: SEED });
  },
  RUNS * 30_000,
);

/** The records of documents at a revision, with their lists in any order. */
async function recordsOf(ids: string[], revision: number): Promise<Whatever[]> {
  const text = await exported({ revision, documentIds: new Set(ids) });
  const keys = text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line).document)
    .map((document: Whatever) => document.key ?? document);
  const records: Whatever[] = [];
  for (const key of [...new Set<string>(keys)].sort()) {
    const record = JSON.parse(await exported({ revision, keys: [key] }));
    for (const list of Object.values(record))
      if (Array.isArray(list)) list.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
    records.push(record);
  }
  return records;
}

const nameOf = (item: Whatever): string => item.slug ?? item.key ?? JSON.stringify(item);

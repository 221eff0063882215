import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import type { DataSource } from "typeorm";
import { createDataSource } from "../src/db/data-source.js";
import { exportRecords } from "../src/records/export/record.export.js";
import { loadAll } from "../src/records/load/record.load.js";
import { redact } from "../src/records/redaction/record.redact.js";
import { RandomOperations } from "./fixtures/random-operations.js";
import { Dice } from "./fixtures/world.dice.js";
import { contentsOf } from "./harness/contents.js";
import { freshDatabase } from "./harness/database.js";
import { wrongInLists } from "./harness/list-tables.js";

const RUNS = Number(process.env.TEST_RUNS ?? 8);
/** The same in every run unless it is given, so that a change alone makes a difference. */
const SEED = Number(process.env.TEST_SEED ?? 7);
const STEPS = 5;

let folder: string;
let database: DataSource;
let copy: DataSource;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "communique-redactions-"));
  database = await createDataSource(await freshDatabase()).initialize();
  copy = await createDataSource(await freshDatabase()).initialize();
});
afterAll(async () => {
  await database.destroy();
  await copy.destroy();
  await rm(folder, { recursive: true });
});

async function exported(from: DataSource): Promise<string> {
  let text = "";
  for await (const chunk of exportRecords(from)) text += chunk;
  return text;
}

const clear = (one: DataSource) =>
  one.query(
    "TRUNCATE source_document, record_name, record_revision, item_as_recorded, parent_passed_over, source_order CASCADE",
  );

/** What is on record, by noun and key. */
const ON_RECORD = ["person", "place", "organization", "meeting", "agreement"]
  .map((table) => `SELECT '${table}' AS noun, slug AS key FROM ${table}`)
  .concat("SELECT 'statement', key FROM statement", "SELECT 'document', key FROM source_document")
  .join(" UNION ALL ");

/** The tables of the past, as text without the columns that say that something was redacted. */
const PAST = `
  SELECT 'item_before' AS name, t::text AS row FROM item_before t
  UNION ALL SELECT 'record_change', coalesce(old::text, '') || coalesce(new::text, '') FROM record_change`;

it(
  "Whatever is redacted is in no table, nothing refers to it, and what is left is a record like any other",
  async () => {
    const property = fc.asyncProperty(fc.nat(), fc.nat(), async (seed, choice) => {
      await clear(database);
      await clear(copy);
      const operations = new RandomOperations(new Dice(seed), database, folder);
      for (let step = 0; step < STEPS; step++) await operations.step();
      const all = await database.query<{ noun: string; key: string }[]>(
        `${ON_RECORD} ORDER BY 1, 2`,
      );
      if (all.length === 0) return;
      const { noun, key } = all[choice % all.length]!;
      const faults: unknown[] = [];
      const onFault = (fault: unknown) => void faults.push(fault);
      const options = { noun, because: "it must go", cascade: true, onFault };
      await redact(database, [key], options).catch((error: unknown) => {
        throw faults.length === 0 ? error : new Error(JSON.stringify(faults));
      });
      const gone = await database.query<{ id: string; key: string }[]>(
        "SELECT item_id AS id, key FROM record_redaction",
      );
      expect(gone.map((one) => one.key)).toContain(key);
      const rows = await database.query<{ name: string; row: string }[]>(PAST);
      const present = Object.entries(await contentsOf(database)).flatMap(([name, texts]) =>
        texts.map((row) => ({ name, row })),
      );
      const counted = await database.query<{ name: string; row: string }[]>(
        "SELECT 'kept_count' AS name, parent AS row FROM kept_count",
      );
      const ids = new Set(gone.map(({ id }) => id));
      const found = [...rows, ...present, ...counted].filter(({ row }) => {
        return [...row.matchAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g)].some(([id]) => ids.has(id));
      });
      expect(found).toEqual([]);
      expect(await wrongInLists((text) => database.query(text))).toEqual([]);
      const text = await exported(database);
      const file = join(folder, "exported.jsonl");
      await writeFile(file, text);
      // Which documents are preferred is a setting of the installation: no record has it.
      for (const one of await database.query<{ position: number; key: string }[]>(
        "SELECT position, key FROM source_order",
      ))
        await copy.query("INSERT INTO source_order (position, key) VALUES ($1, $2)", [
          one.position,
          one.key,
        ]);
      await loadAll(copy, [file]);
      expect(await exported(copy)).toBe(text);
    });
    await fc.assert(property, { numRuns: RUNS, seed: SEED, endOnFailure: true });
  },
  RUNS * 30_000,
);

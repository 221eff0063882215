import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import type { DataSource } from "typeorm";
import { createDataSource } from "../src/db/data-source.js";
import { exportRecords, type ExportOptions } from "../src/records/export/record.export.js";
import { loadFiles } from "../src/records/load/record.load.js";
import { cite, format, news } from "./fixtures/gossip.js";
import { RandomOperations } from "./fixtures/random-operations.js";
import { Dice } from "./fixtures/world.dice.js";
import { freshDatabase } from "./harness/database.js";

const RUNS = Number(process.env.TEST_RUNS ?? 10);
/** The same in every run unless it is given, so that a change alone makes a difference. */
const SEED = Number(process.env.TEST_SEED ?? 7);
const STEPS = 8;

let folder: string;
let database: DataSource;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "communique-as-of-"));
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

async function latest(): Promise<number> {
  const [row] = await database.query<{ number: number }[]>(
    "SELECT coalesce(max(number), 0) AS number FROM record_revision",
  );
  return row!.number;
}

/** Loads documents with parents of meetings and organizations that make cycles with those of others. */
async function cycles(dice: Dice): Promise<void> {
  const parentOf = (slug: string, slugs: string[]) =>
    dice.maybe(() => dice.pick(slugs.filter((one) => one < slug)), 0.7);
  const records = dice.some(["ring", "round"], 1, 2).map((key) => {
    const sorted = dice.some(["a", "b", "c", "d"], 4, 4);
    const slugs = new Map(sorted.map((letter, i) => [letter, `${i}`]));
    const given = [...slugs].map(([slug, rank]) => ({
      slug,
      parent: [...slugs].find(([, one]) => one === parentOf(rank, [...slugs.values()]))?.[0],
    }));
    return {
      format,
      document: news(key, { datePublished: dice.maybe(() => dice.pick(["2031", "2032"])) }),
      organizations: given.map((one) => ({ ...one, name: one.slug })),
      meetings: given.map((one) => ({
        ...one,
        parentRelation: one.parent && "PART_OF",
        title: one.slug,
        kind: "OTHER",
        coverage: "REPORTED",
        citations: [cite(1)],
      })),
    };
  });
  const file = join(folder, "cycles.jsonl");
  await writeFile(file, records.map((record) => JSON.stringify(record)).join("\n"));
  await loadFiles(database, [file], { prune: dice.chance(0.3) });
}

it(
  "The export as of every revision is what was exported then",
  async () => {
    const property = fc.asyncProperty(fc.nat(), async (seed) => {
      await clear();
      const dice = new Dice(seed);
      const operations = new RandomOperations(dice, database, folder);
      const exports = new Map<number, string>();
      for (let step = 0; step < STEPS; step++) {
        if (dice.chance(0.15)) await cycles(dice);
        else await operations.step();
        const revision = await latest();
        if (revision > 0) exports.set(revision, await exported());
      }
      for (const [revision, text] of exports)
        expect([revision, await exported({ revision })]).toEqual([revision, text]);
    });
    // 1329560267: documents whose dates change, which moves the statements that cite them.
    await fc.assert(property, { numRuns: RUNS, seed: SEED, examples: [[1329560267]] });
  },
  RUNS * 30_000,
);

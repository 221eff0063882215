import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import type { DataSource } from "typeorm";
import { createDataSource } from "../src/db/data-source.js";
import { exportRecords } from "../src/records/export/record.export.js";
import { loadFiles, type LoadOptions } from "../src/records/load/record.load.js";
import { DOCUMENTS, format, Gossip, news, STATEMENTS } from "./fixtures/gossip.js";
import { Dice } from "./fixtures/world.dice.js";
import { contentsOf } from "./harness/contents.js";
import { freshDatabase } from "./harness/database.js";
import { wrongInLists } from "./harness/list-tables.js";
import type { Whatever } from "./harness/whatever.js";

type Json = Record<string, Whatever>;

const RUNS = Number(process.env.TEST_RUNS ?? 10);

let folder: string;
let judged: DataSource;
let plain: DataSource;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "communique-merges-"));
  judged = await createDataSource(await freshDatabase()).initialize();
  plain = await createDataSource(await freshDatabase()).initialize();
});
afterAll(async () => {
  await judged.destroy();
  await plain.destroy();
  await rm(folder, { recursive: true });
});

async function clear(): Promise<void> {
  for (const one of [judged, plain]) {
    await one.query("TRUNCATE source_document, record_name CASCADE");
    await one.query("TRUNCATE item_as_recorded, item_to_refresh, parent_passed_over");
  }
}

/** Loads records at once; returns how many were refused or wait. */
async function load(database: DataSource, records: Json[], options: LoadOptions = {}) {
  const file = join(folder, "records.jsonl");
  await writeFile(file, records.map((record) => JSON.stringify(record)).join("\n"));
  const { refused, waiting } = await loadFiles(database, [file], options);
  return refused + waiting;
}

/** Loads records one after the other. */
async function loadEach(database: DataSource, records: Json[]): Promise<void> {
  for (const record of records) await load(database, [record]);
}

async function exported(database: DataSource): Promise<string[]> {
  let text = "";
  for await (const chunk of exportRecords(database)) text += chunk;
  return text.split("\n").filter(Boolean);
}

/** The record of each document, of which each refers to what is in those before. */
function records(dice: Dice): Json[] {
  const gossip = new Gossip(dice);
  const found = new Map<string, Json>();
  while (found.size < DOCUMENTS.length) {
    const record = gossip.record();
    if (typeof record.document === "string" || found.has(record.document.key)) continue;
    found.set(record.document.key, record);
    gossip.remember();
  }
  return [...found.values()];
}

const ITEMS: [kind: string, list: string, keys: string[]][] = [
  ["person", "people", ["ada", "bo", "cod"]],
  ["place", "places", ["bay", "cove"]],
  ["organization", "organizations", ["club", "guild"]],
  ["topic", "topics", ["ice", "sea"]],
  ["meeting", "meetings", ["fair", "talks", "dinner", "toast"]],
  ["statement", "statements", STATEMENTS],
];

/** Judgements about what these records define. */
function judgement(dice: Dice, all: Json[]): Json {
  const merges = ITEMS.flatMap(([kind, list, keys]) => {
    const known = keys.filter((key) =>
      all.some((record) => record[list].some((one: Json) => (one.slug ?? one.key) === key)),
    );
    // The first stays, so that there is no cycle.
    const [stays, ...others] = dice.some(known, known.length, known.length) as [
      string,
      ...string[],
    ];
    return dice.some(others, 0, others.length).map((goes) => ({
      kind,
      stays,
      goes,
      because: `so says ${goes}`,
    }));
  });
  const settles = all.some(({ people }) => people.some((one: Json) => one.slug === "bo"))
    ? [
        {
          kind: "person",
          item: "bo",
          field: "name",
          value: "Bo the Third",
          because: "it is carved",
        },
      ]
    : [];
  return { format, document: news("judged"), merges, settles: dice.some(settles, 0, 1) };
}

const withoutJudgements = (contents: Record<string, string[]>) => ({
  ...contents,
  source_document: contents.source_document!.filter((row) => !row.includes("judged")),
  record_name: contents.record_name!.filter((row) => !row.includes("judged")),
});

it(
  "Merging, loading more and taking the merges back leaves what loading alone does",
  async () => {
    const property = fc.asyncProperty(fc.nat(), fc.nat(), async (seed, choices) => {
      await clear();
      const all = records(new Dice(seed));
      const dice = new Dice(choices);
      const first = dice.some(all, 0, all.length - 1);
      const rest = dice.some(all, all.length, all.length);
      await load(
        judged,
        all.filter((one) => first.includes(one)),
      );
      await load(judged, [judgement(dice, first)]);
      await loadEach(judged, rest);
      await load(judged, all);
      await load(judged, [judgement(dice, all)]);
      expect(await wrongInLists((text) => judged.query(text))).toEqual([]);
      const shown = await exported(judged);
      await load(judged, [{ format, document: news("judged") }], { prune: true });
      await load(plain, all);
      const lines = await exported(plain);
      expect(shown.filter((line) => !line.includes('"judged"'))).toEqual(lines);
      expect(withoutJudgements(await contentsOf(judged))).toEqual(
        withoutJudgements(await contentsOf(plain)),
      );
    });
    await fc.assert(property, { numRuns: RUNS });
  },
  RUNS * 20_000,
);

it(
  "Records and judgements loaded in any order show and export the same",
  async () => {
    const property = fc.asyncProperty(fc.nat(), fc.nat(), async (seed, shuffling) => {
      await clear();
      const all = records(new Dice(seed));
      const dice = new Dice(shuffling);
      const judging = judgement(dice, all);
      const inOrder = [...all, judging];
      expect(await load(plain, inOrder)).toBe(0);
      await loadEach(judged, dice.some(inOrder, inOrder.length, inOrder.length));
      await load(judged, inOrder);
      expect(await contentsOf(judged)).toEqual(await contentsOf(plain));
      expect(await exported(judged)).toEqual(await exported(plain));
    });
    await fc.assert(property, { numRuns: RUNS });
  },
  RUNS * 20_000,
);

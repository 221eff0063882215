import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DataSource } from "typeorm";
import { createDataSource } from "../src/db/data-source.js";
import { sqlOf } from "../src/db/sql.js";
import { checkFiles } from "../src/records/check/record.check.files.js";
import { findDuplicates } from "../src/person/duplicates/duplicates.js";
import {
  describeDuplicate,
  summarizeDuplicates,
} from "../src/person/duplicates/duplicates.print.js";
import { loadFiles, type LoadOptions } from "../src/records/load/record.load.js";
import { EXCLUDED, type Pair, PAIRS } from "./fixtures/duplicates.pairs.js";
import { keeper, recordOf, type Someone } from "./fixtures/duplicates.people.js";
import { freshDatabase } from "./harness/database.js";

const ROOT = join(__dirname, "..");

interface Judgements {
  document: object;
  merges: { kind: string; stays: string; goes: string; because: string }[];
  different: unknown[];
}

async function load(
  dataSource: DataSource,
  record: object,
  options: LoadOptions = {},
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "duplicates-"));
  const file = join(folder, "record.json");
  writeFileSync(file, JSON.stringify(record));
  const faults: unknown[] = [];
  await loadFiles(dataSource, [file], { ...options, onFault: (fault) => void faults.push(fault) });
  rmSync(folder, { recursive: true });
  expect(faults).toEqual([]);
}

describe("communique duplicates", () => {
  let url: string;
  let dataSource: DataSource;
  let folder: string;
  const slugOf = (pair: Pair, i: number) =>
    `${pair[0].replace(/[^a-z]+/gi, "-")}-${i}`.toLowerCase();
  const fixture = () =>
    Object.fromEntries(
      [...PAIRS, ...EXCLUDED].flatMap((pair) =>
        [pair[1], pair[2]].map((person, i) => [slugOf(pair, i), person] as const),
      ),
    );
  const find = (options = {}) =>
    findDuplicates(sqlOf(dataSource), { minScore: 0.7, limit: 1_000, ...options });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "duplicates-"));
    url = await freshDatabase();
    dataSource = await createDataSource(url).initialize();
    await load(dataSource, recordOf(fixture()));
  });
  afterAll(async () => {
    await dataSource.destroy();
    rmSync(folder, { recursive: true });
  });

  it("Pairs are proposed with the reasons in words, and no other ones", async () => {
    const { pairs, found, people, cut } = await find();
    const proposed = pairs.map(({ people: two, reasons }) => [
      ...two.map(({ slug }) => slug),
      reasons.join("; "),
    ]);
    const expected = PAIRS.map((pair) => [slugOf(pair, 0), slugOf(pair, 1), pair[3]]);
    expect(proposed.sort()).toEqual(expected.sort());
    expect([found, people, cut]).toEqual([PAIRS.length, 2 * (PAIRS.length + EXCLUDED.length), []]);
  });

  it.each(EXCLUDED)("Two people with %s are not one", async (...pair) => {
    const both = await createDataSource(await freshDatabase()).initialize();
    try {
      // Without what excludes it, the same two are proposed.
      const alike = { sortName: pair[1].sortName, offices: keeper() };
      await load(both, recordOf({ one: alike, other: { ...alike } }));
      const found = await findDuplicates(sqlOf(both), { minScore: 0.7, limit: 10 });
      expect(found.pairs).toHaveLength(1);
    } finally {
      await both.destroy();
    }
    const slugs = [slugOf(pair, 0), slugOf(pair, 1)];
    const { pairs } = await find({ minScore: 0 });
    const proposed = pairs.filter(({ people }) => people.every(({ slug }) => slugs.includes(slug)));
    const isLowered = pair[0].startsWith("another");
    expect(proposed.length).toBe(isLowered ? 1 : 0);
    if (isLowered) expect(proposed[0]!.score).toBeLessThan(0.7);
  });

  it("The order of pairs is stable, whatever the order of loading", async () => {
    const other = await createDataSource(await freshDatabase()).initialize();
    try {
      const people = Object.entries(fixture());
      const options = { minScore: 0, limit: 1_000 };
      await load(other, recordOf(Object.fromEntries(people.toReversed())));
      const describe = (some: { pairs: Parameters<typeof describeDuplicate>[0][] }) =>
        some.pairs.map(describeDuplicate);
      const [here, there] = [await find(options), await findDuplicates(sqlOf(other), options)];
      expect(describe(there)).toEqual(describe(here));
      expect(describe(await find(options))).toEqual(describe(here));
      const scores = here.pairs.map(({ score }) => score);
      expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    } finally {
      await other.destroy();
    }
  });

  it("The most likely pairs are kept, each once, and the rest is counted", async () => {
    const all = await find();
    const few = await find({ limit: 3 });
    expect(few.pairs.map(describeDuplicate)).toEqual(all.pairs.slice(0, 3).map(describeDuplicate));
    expect(few.found).toBe(PAIRS.length);
    expect(summarizeDuplicates(few)).toBe(
      `${PAIRS.length} pairs of ${all.people} people may be one person.\nThe 3 most likely are shown; --limit shows more, --min-score fewer.`,
    );
    const pairs = all.pairs.map(({ people }) => people.map(({ slug }) => slug).join(" "));
    expect(new Set(pairs).size).toBe(pairs.length);
  });

  it("Of very many people with names alike, each is compared with the next in order, and that is told", async () => {
    const crowd = await createDataSource(await freshDatabase()).initialize();
    try {
      const middle = Array.from(
        { length: 60 },
        (_, i) => `${"BDFGLMNRST"[i % 10]!}${"aeiouy"[i % 6]!}x`,
      );
      const others = middle.map((name, i) => [`floe-${i}`, { sortName: `Floe, Ada ${name}` }]);
      await load(
        crowd,
        recordOf({
          ...(Object.fromEntries(others) as Record<string, Someone>),
          ada: { sortName: "Floe, Ada", offices: keeper("2030", "2033") },
          "ada-a": { sortName: "Floe, Ada Ax", offices: keeper("2030", "2033") },
          "ada-b": { sortName: "Floe, Ada Ax", offices: keeper("2030", "2033") },
          "ada-z": { sortName: "Floe, Ada Zux", offices: keeper("2030", "2033") },
          "floe-alone": { sortName: "Floe", offices: keeper("2030", "2033") },
        }),
      );
      const found = async (largestBlock?: number) => {
        const options = { minScore: 0.3, limit: 1_000, largestBlock };
        const { pairs, ...rest } = await findDuplicates(sqlOf(crowd), options);
        const slugs = pairs.map(({ people }) => people.map(({ slug }) => slug).join(" "));
        return { slugs: slugs.filter((pair) => !/floe-\d/.test(pair)), pairs, ...rest };
      };
      const [all, cut] = [await found(), await found(40)];
      const alone = ["ada", "ada-a", "ada-b", "ada-z"].map((slug) => `${slug} floe-alone`);
      const near = ["ada ada-a", "ada ada-b", "ada-a ada-b", ...alone];
      expect(all.slugs.sort()).toEqual(["ada ada-z", ...near].sort());
      expect(all.cut).toEqual([]);
      expect(cut.slugs.sort()).toEqual(near.sort());
      expect(cut.cut[0]).toEqual({ from: "Floe, Ada", to: "Floe, Ada Zux", people: 64 });
      expect(summarizeDuplicates(cut)).toContain("  64 people, from Floe, Ada to Floe, Ada Zux");
    } finally {
      await crowd.destroy();
    }
  });

  it("The command prints pairs for people, or an object per line, and ends with 0", () => {
    const text = communique(["duplicates", "--limit", "1"]);
    expect([text.status, text.stdout]).toEqual([
      0,
      expect.stringMatching(/^(1\.00|0\.\d\d)\n {2}\S+ {2}\(.+\)\n {2}\S+ {2}\(.+\)\n {2}.+\n$/),
    ]);
    expect(text.stderr).toContain(`${PAIRS.length} pairs of `);
    const json = communique(["duplicates", "--format", "json", "--min-score", "0.7"]);
    const lines = json.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
    expect(lines).toHaveLength(PAIRS.length);
    expect(lines).toContainEqual({
      score: expect.any(Number),
      people: [
        { slug: "one-name-and-one-office-0", name: "Ada Floe" },
        { slug: "one-name-and-one-office-1", name: "Ada Floe" },
      ],
      reasons: PAIRS[0]![3]!.split("; "),
    });
  });

  it("Wrong options end with 2 and say what is expected", () => {
    for (const [args, message] of [
      [["--min-score", "2"], "expected a number from 0 to 1"],
      [["--limit", "0"], "expected a whole number from 1 to 100000"],
      [["--format", "xml"], "Allowed choices are text, json"],
      [["--write", join(folder, "none", "file.json")], "ENOENT"],
    ] as const) {
      const { status, stderr } = communique(["duplicates", ...args]);
      expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
    }
  });

  it("--write prepares a record of judgements, and replaces a file only when told", async () => {
    const file = join(folder, "judgements.json");
    const written = communique(["duplicates", "--write", file]);
    expect([written.status, written.stderr]).toEqual([
      0,
      expect.stringContaining(`${PAIRS.length} to judge`),
    ]);
    const { merges, different } = JSON.parse(readFileSync(file, "utf8")) as Judgements;
    expect(different).toEqual([]);
    expect(merges).toHaveLength(PAIRS.length);
    expect(merges).toContainEqual({
      kind: "person",
      stays: "one-name-and-one-office-0",
      goes: "one-name-and-one-office-1",
      because: expect.stringMatching(/^same name; both Keeper .* \(score (1\.00|0\.\d\d)\)$/),
      citations: [],
    });
    // The one with more meetings stays.
    expect(merges).toContainEqual(
      expect.objectContaining({ stays: "two-transliterations-1", goes: "two-transliterations-0" }),
    );
    expect((await checkFiles([file])).faults.map(({ code }) => code)).toEqual(
      merges.flatMap(() => ["dangling-reference", "dangling-reference"]),
    );
    expect(communique(["check", file, "--against", url]).status).toBe(0);

    writeFileSync(file, "mine");
    const refused = communique(["duplicates", "--write", file]);
    expect([refused.status, refused.stdout]).toEqual([2, ""]);
    expect(refused.stderr).toContain("exists. Choose another file, or --overwrite it.");
    expect(readFileSync(file, "utf8")).toBe("mine");
    expect(communique(["duplicates", "--write", file, "--overwrite"]).status).toBe(0);
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ merges });
  }, 60_000);

  it("What is judged to be one person, or two, is proposed no more", async () => {
    const other = await freshDatabase();
    const judged = await createDataSource(other).initialize();
    try {
      await load(judged, recordOf(fixture()));
      const file = join(folder, "judged.json");
      const options = { minScore: 0.7, limit: 1_000 };
      expect(communique(["duplicates", "--write", file], other).status).toBe(0);
      const { merges, ...record } = JSON.parse(readFileSync(file, "utf8")) as Judgements;
      const different = merges
        .splice(0, 3)
        .map(({ kind, stays, goes, because }) => ({ kind, items: [goes, stays], because }));
      await load(judged, { ...record, merges, different });
      const { pairs, people } = await findDuplicates(sqlOf(judged), options);
      expect(pairs).toEqual([]);
      expect(people).toBe(Object.keys(fixture()).length - merges.length);
      // Without the judgements, all of them again.
      await load(judged, { ...record, merges: [], different: [] }, { prune: true });
      const again = await findDuplicates(sqlOf(judged), options);
      expect(again.pairs).toHaveLength(PAIRS.length);
    } finally {
      await judged.destroy();
    }
  }, 60_000);

  it("Three spellings of one person are written as merges that fit together", async () => {
    const other = await freshDatabase();
    const spelt = await createDataSource(other).initialize();
    try {
      const spellings = ["Tilbaker, Imke", "Tilmaker, Imke", "Tilbaker, I."];
      const people = spellings.map((sortName, i) => [`imke-${i}`, { sortName, offices: keeper() }]);
      await load(spelt, recordOf(Object.fromEntries(people) as Record<string, Someone>));
      const file = join(folder, "spelt.json");
      const { status, stderr } = communique(["duplicates", "--write", file], other);
      expect([status, stderr]).toEqual([0, expect.stringContaining("2 to judge")]);
      const record = JSON.parse(readFileSync(file, "utf8")) as Judgements;
      expect(new Set(record.merges.map(({ goes }) => goes)).size).toBe(2);
      await load(spelt, record);
      expect(await spelt.query("SELECT slug FROM person")).toHaveLength(1);
    } finally {
      await spelt.destroy();
    }
  }, 60_000);

  it("Of an empty database the command says so", async () => {
    const { status, stdout, stderr } = communique(["duplicates"], await freshDatabase());
    expect([status, stdout]).toEqual([0, ""]);
    expect(stderr).toContain("No people are on record.");
  });

  function communique(args: string[], database = url) {
    const env = { ...process.env, DATABASE_URL: database };
    const command = [join(ROOT, "bin/communique.js"), ...args];
    return spawnSync(process.execPath, command, { encoding: "utf8", env });
  }
});

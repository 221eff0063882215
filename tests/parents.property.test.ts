import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import type { DataSource } from "typeorm";
import { createDataSource } from "../src/db/data-source.js";
import { exportRecords } from "../src/records/export/record.export.js";
import { loadFiles } from "../src/records/load/record.load.js";
import { DOCUMENT } from "../src/records/record.format.js";
import { idOf } from "../src/records/record.ids.js";
import { Dice } from "./fixtures/world.dice.js";
import { contentsOf } from "./harness/contents.js";
import { freshDatabase } from "./harness/database.js";
import { wrongInLists } from "./harness/list-tables.js";

const RUNS = Number(process.env.TEST_RUNS ?? 25);
const SLUGS = ["ebb", "fair", "gala", "hunt", "isle", "jest"];

/** What one document gives: the parent of each of its items, of meetings as of organizations. */
interface Told {
  key: string;
  kind: string;
  date: string | null;
  parents: Record<string, string | null>;
}

let folder: string;
let one: DataSource;
let other: DataSource;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "communique-parents-"));
  one = await createDataSource(await freshDatabase()).initialize();
  other = await createDataSource(await freshDatabase()).initialize();
});
afterAll(async () => {
  await one.destroy();
  await other.destroy();
  await rm(folder, { recursive: true });
});

async function clear(): Promise<void> {
  for (const database of [one, other])
    await database.query("TRUNCATE source_document, record_name, parent_passed_over CASCADE");
}

function tell(dice: Dice, key: string): Told {
  // Each under one before it, in an order of this document's own: one document alone has no cycle.
  const order = dice.some(SLUGS, SLUGS.length, SLUGS.length);
  const parents = Object.fromEntries(
    order.map((slug, i) => [slug, i > 0 && dice.chance(0.7) ? dice.pick(order.slice(0, i)) : null]),
  );
  return {
    key,
    kind: dice.pick(["NEWS", "NEWS", "MEMORANDUM"]),
    date: dice.maybe(() => dice.pick(["2031", "2032-05"])) ?? null,
    parents: Object.fromEntries(Object.entries(parents).filter(() => dice.chance(0.9))),
  };
}

function recordOf({ key, kind, date, parents }: Told): object {
  const given = SLUGS.map((slug) => ({ slug, parent: parents[slug] ?? null }));
  return {
    format: "communique-record/1",
    document: { key, kind, language: "en", title: key, datePublished: date },
    organizations: given.map((item) => ({ ...item, name: item.slug })),
    meetings: given.map((item) => ({
      ...item,
      title: item.slug,
      kind: "OTHER",
      coverage: "REPORTED",
      parentRelation: item.parent && (key === "herald" ? "PART_OF" : "ON_SIDELINES_OF"),
      citations: [{ start: 0, end: 9 }],
    })),
  };
}

async function load(database: DataSource, told: readonly Told[]): Promise<void> {
  const file = join(folder, "records.jsonl");
  await writeFile(file, told.map((each) => JSON.stringify(recordOf(each))).join("\n"));
  const faults: string[] = [];
  await loadFiles(database, [file], { onFault: ({ message }) => void faults.push(message) });
  expect(faults).toEqual([]);
}

async function exported(database: DataSource): Promise<string> {
  let text = "";
  for await (const chunk of exportRecords(database)) text += chunk;
  return text;
}

/** The parent that each item shows. */
function shownIn(database: DataSource, table: string): Promise<{ slug: string; parent: string }[]> {
  return database.query(
    `SELECT t.slug, p.slug AS parent FROM ${table} t LEFT JOIN ${table} p ON p.id = t.parent_id ORDER BY 1`,
  );
}

/** By the rule, whatever it costs: all that documents say, the preferred first, without what closes a cycle. */
function expectedOf(
  noun: string,
  told: readonly Told[],
): { slug: string; parent: string | null }[] {
  const rankOf = ({ key, kind, date }: Told) =>
    DOCUMENT.options.preference!({
      standing: "CURRENT",
      kind,
      key,
      date_from: date && firstDay(date),
    });
  const claims = told.flatMap((each) =>
    Object.entries(each.parents).flatMap(([slug, parent]) =>
      parent ? [{ slug, parent, rank: `${rankOf(each)} ${idOf(noun, slug)}` }] : [],
    ),
  );
  const parents = new Map<string, string>();
  for (const { slug, parent } of claims.sort((a, b) => (a.rank < b.rank ? -1 : 1))) {
    const above = [parent];
    for (const next of above) if (parents.has(next)) above.push(parents.get(next)!);
    if (!parents.has(slug) && !above.includes(slug)) parents.set(slug, parent);
  }
  return SLUGS.map((slug) => ({ slug, parent: parents.get(slug) ?? null }));
}

function firstDay(date: string): string {
  return `${date}-01-01`.slice(0, 10);
}

it(
  "Parents of several documents that make cycles are shown by the rule, in any order of loading",
  async () => {
    const property = fc.asyncProperty(fc.nat(), async (seed) => {
      await clear();
      const dice = new Dice(seed);
      const told = ["herald", "wire", "gazette"].map((key) => tell(dice, key));
      await load(one, told);
      for (const noun of ["meeting", "organization"])
        expect(await shownIn(one, noun)).toEqual(expectedOf(noun, told));
      // Another order, after each of them said something else.
      const before = dice.some(told, 0, 3).map(({ key }) => tell(dice, key));
      for (const each of before) await load(other, [each]);
      for (const each of dice.some(told, 3, 3)) await load(other, [each]);
      expect(await wrongInLists((text) => other.query(text))).toEqual([]);
      expect(await contentsOf(other)).toEqual(await contentsOf(one));
      const text = await exported(one);
      expect(await exported(other)).toBe(text);
      // What is exported holds all that each of them said.
      await other.query("TRUNCATE source_document, record_name, parent_passed_over CASCADE");
      const file = join(folder, "exported.jsonl");
      await writeFile(file, text);
      await loadFiles(other, [file], {});
      expect(await contentsOf(other)).toEqual(await contentsOf(one));
    });
    await fc.assert(property, { numRuns: RUNS });
  },
  RUNS * 20_000,
);

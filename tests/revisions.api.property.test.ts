import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { sqlOf } from "../src/db/sql.js";
import { ITEMS } from "../src/records/record.format.js";
import { typeOf } from "../src/records/revisions/record.types.js";
import { readShownFields } from "../src/records/revisions/record.shown-fields.js";
import { RandomOperations } from "./fixtures/random-operations.js";
import { Dice } from "./fixtures/world.dice.js";
import { serviceWith, type TestService } from "./harness/service.js";

const RUNS = Number(process.env.TEST_RUNS ?? 5);
/** The same in every run unless it is given, so that a change alone makes a difference. */
const SEED = Number(process.env.TEST_SEED ?? 7);
const STEPS = 6;

let folder: string;
let test: TestService;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "communique-revisions-"));
  test = await serviceWith();
});
afterAll(async () => {
  await test.close();
  await rm(folder, { recursive: true });
});

type Fields = Record<string, unknown>;

/** What is shown of all items, by type and lasting key. */
async function shownNow(): Promise<Map<string, Fields>> {
  const shown = new Map<string, Fields>();
  for (const format of ITEMS.filter(typeOf)) {
    const rows = await test.dataSource.query<{ id: string }[]>(`SELECT id FROM ${format.table}`);
    const ids = rows.map(({ id }) => id);
    const items = await readShownFields(sqlOf(test.dataSource), format, ids);
    for (const { key, fields } of items.values()) shown.set(`${typeOf(format)!} ${key}`, fields);
  }
  return shown;
}

interface Change {
  kind: string;
  type: string;
  key: string;
  mergedIntoKey: string | null;
  revision: { number: number };
  fields: { field: string; oldJson: string | null; newJson: string | null }[];
}

/** Follows the feed from its start, in pages of any size. */
async function changes(dice: Dice): Promise<Change[]> {
  const all: Change[] = [];
  for (let after: string | null = null; ;) {
    const { data } = await test.ask(
      `query ($first: Int, $after: String) { recordChanges(first: $first, after: $after) {
         nodes { kind type key mergedIntoKey revision { number } fields { field oldJson newJson } }
         pageInfo { endCursor hasNextPage } } }`,
      { first: 1 + dice.below(40), after },
    );
    all.push(...(data.recordChanges.nodes as Change[]));
    if (!data.recordChanges.pageInfo.hasNextPage) return all;
    after = data.recordChanges.pageInfo.endCursor;
  }
}

/** Names each key by one key of all that were ever merged with it: a merge is no change of what refers to the item that goes. */
function sameForMerged(feed: readonly Change[]): (value: unknown) => unknown {
  const other = new Map<string, string>();
  const rootOf = (key: string): string => (other.has(key) ? rootOf(other.get(key)!) : key);
  for (const { key, mergedIntoKey } of feed) {
    if (mergedIntoKey === null || rootOf(key) === rootOf(mergedIntoKey)) continue;
    other.set(rootOf(key), rootOf(mergedIntoKey));
  }
  const named = (value: unknown): unknown => {
    if (typeof value === "string") return rootOf(value);
    if (Array.isArray(value)) return value.map(named);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).filter(([, one]) => one !== null);
    return Object.fromEntries(entries.map(([name, one]) => [name, named(one)]));
  };
  return named;
}

it(
  "Who follows the feed through the API holds the fields of the record at each revision, whenever it is followed",
  async () => {
    let seen = 0;
    const property = fc.asyncProperty(fc.nat(), async (seed) => {
      await test.dataSource.query(
        "TRUNCATE source_document, record_name, record_revision, item_as_recorded, parent_passed_over CASCADE",
      );
      await test.dataSource.query("DELETE FROM source_order");
      const dice = new Dice(seed);
      const operations = new RandomOperations(dice, test.dataSource, folder);
      const shown = new Map<number, Map<string, Fields>>();
      for (let step = 0; step < STEPS; step++) {
        await operations.step();
        const [{ last }] = await test.dataSource.query<[{ last: number }]>(
          "SELECT coalesce(max(number), 0) AS last FROM record_revision",
        );
        shown.set(last, await shownNow());
      }
      const feed = await changes(dice);
      const same = sameForMerged(feed);
      const held = new Map<string, Fields>();
      for (const [i, change] of feed.entries()) {
        const name = `${change.type} ${change.key}`;
        const fields = { ...held.get(name) };
        for (const { field, oldJson, newJson } of change.fields) {
          const valueOf = (json: string | null) => same(json === null ? null : JSON.parse(json));
          expect([name, field, fields[field] ?? null]).toEqual([name, field, valueOf(oldJson)]);
          fields[field] = valueOf(newJson);
        }
        if (change.kind === "REMOVED" || change.kind === "MERGED") held.delete(name);
        else held.set(name, fields);
        const expected = shown.get(change.revision.number);
        if (!expected || feed[i + 1]?.revision.number === change.revision.number) continue;
        expect(same(Object.fromEntries([...held].sort()))).toEqual(
          same(Object.fromEntries([...expected].sort())),
        );
        seen++;
      }
    });
    await fc.assert(property, { numRuns: RUNS, seed: SEED });
    expect(seen).toBeGreaterThan(RUNS);
  },
  RUNS * 60_000,
);

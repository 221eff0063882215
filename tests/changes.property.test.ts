import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import type { DataSource } from "typeorm";
import { createDataSource } from "../src/db/data-source.js";
import { sqlOf } from "../src/db/sql.js";
import { meeting as MEETING } from "../src/meeting/meeting.record.js";
import { CITATION, ITEMS, MERGE } from "../src/records/record.format.js";
import { statement as STATEMENT } from "../src/statement/statement.record.js";
import { idOf } from "../src/records/record.ids.js";
import type { Json } from "../src/records/record.row.js";
import type { BatchRevision } from "../src/records/revisions/record.revised.js";
import {
  RevisedInMemory,
  type RevisedItems,
} from "../src/records/revisions/record.revised-items.js";
import { RevisedTable } from "../src/records/revisions/record.revised-table.js";
import { FEED, typeOf } from "../src/records/revisions/record.types.js";
import { readShownFields } from "../src/records/revisions/record.shown-fields.js";
import { RandomOperations } from "./fixtures/random-operations.js";
import { Dice } from "./fixtures/world.dice.js";
import { freshDatabase } from "./harness/database.js";

const RUNS = Number(process.env.TEST_RUNS ?? 10);
/** The same in every run unless it is given, so that a change alone makes a difference. */
const SEED = Number(process.env.TEST_SEED ?? 7);
const STEPS = 6;

let folder: string;
let database: DataSource;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "communique-changes-"));
  database = await createDataSource(await freshDatabase()).initialize();
});
afterAll(async () => {
  await database.destroy();
  await rm(folder, { recursive: true });
});

/** What is shown of all items, by type and lasting key. */
type Shown = Map<string, Json>;

async function shownNow(): Promise<Shown> {
  const shown: Shown = new Map();
  for (const format of ITEMS.filter(typeOf)) {
    const rows = await database.query<{ id: string }[]>(`SELECT id FROM ${format.table}`);
    const ids = rows.map(({ id }) => id);
    for (const { key, fields } of (await readShownFields(sqlOf(database), format, ids)).values())
      shown.set(`${typeOf(format)!} ${key}`, fields);
  }
  return shown;
}

interface Change {
  kind: string;
  type: string;
  key: string;
  merged_into_key: string | null;
  old: Json | null;
  new: Json | null;
}

const changesSince = (revision: number) =>
  database.query<Change[]>(
    "SELECT * FROM record_change WHERE revision > $1 ORDER BY revision, ordinal",
    [revision],
  );

/** Takes changes back, the last one first. */
function undone(now: Shown, changes: readonly Change[]): Shown {
  const before = new Map(now);
  for (const change of changes.toReversed()) {
    const name = `${change.type} ${change.key}`;
    if (change.kind === "CHANGED") {
      const fields = { ...before.get(name) };
      for (const [field, value] of Object.entries(change.new!))
        expect([name, field, fields[field] ?? null]).toEqual([name, field, value]);
      before.set(name, { ...fields, ...change.old });
    } else if (change.kind === "ADDED" || change.kind === "UNMERGED") {
      expect(before.has(name)).toBe(true);
      before.delete(name);
    } else if (change.old) before.set(name, change.old);
  }
  return before;
}

type Merges = ReadonlyMap<string, string>;

/** With references to items that were merged, before or since, as to those that they were merged into, and without what is not set. */
function comparable(shown: Shown, before: Merges, since: Merges): Json {
  const rootIn = (merges: Merges, key: string): string => {
    const into = merges.get(key);
    return into === undefined ? key : rootIn(merges, into);
  };
  const led = (value: unknown): unknown => {
    if (typeof value === "string") return rootIn(since, rootIn(before, value));
    if (Array.isArray(value)) return value.map(led);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).filter(([, one]) => one !== null);
    return Object.fromEntries(entries.map(([name, one]) => [name, led(one)]));
  };
  return Object.fromEntries([...shown].map(([name, fields]) => [name, led(fields)]).sort());
}

/** The merges on record after changes. */
function mergesAfter(before: Merges, changes: readonly Change[]): Merges {
  const merges = new Map(before);
  for (const { kind, key, merged_into_key } of changes) {
    if (kind === "MERGED") merges.set(key, merged_into_key!);
    else if (kind !== "CHANGED") merges.delete(key);
  }
  return merges;
}

it(
  "Taking the changes of the feed back one by one leads from what is shown to what was shown before",
  async () => {
    const property = fc.asyncProperty(fc.nat(), async (seed) => {
      await database.query(
        "TRUNCATE source_document, record_name, record_revision, item_as_recorded, parent_passed_over CASCADE",
      );
      await database.query("DELETE FROM source_order");
      const operations = new RandomOperations(new Dice(seed), database, folder);
      let before: Shown = new Map();
      let merges: Merges = new Map();
      let last = 0;
      for (let step = 0; step < STEPS; step++) {
        await operations.step();
        const changes = await changesSince(last);
        const now = await shownNow();
        const since = new Map(
          changes.flatMap(({ kind, key, merged_into_key }) =>
            kind === "MERGED" ? [[key, merged_into_key!]] : [],
          ),
        );
        expect(comparable(undone(now, changes), merges, since)).toEqual(
          comparable(before, merges, since),
        );
        merges = mergesAfter(merges, changes);
        const revisions = await database.query<{ number: number; isChanged: boolean }[]>(
          `SELECT number FROM record_revision ORDER BY number`,
        );
        expect(revisions.map(({ number }) => number)).toEqual(revisions.map((_, i) => i + 1));
        last = revisions.length;
        before = now;
      }
      const wrong = await database.query(WRONG_MARKS);
      expect(wrong).toEqual([]);
    });
    // 10: entries of one position, which PostgreSQL returns in any order.
    await fc.assert(property, { numRuns: RUNS, seed: SEED, examples: [[10]] });
  },
  RUNS * 30_000,
);

/** Items that say otherwise than the feed when they were recorded and changed. */
const WRONG_MARKS = ITEMS.filter(typeOf)
  .map(
    ({ table }) => `
      SELECT '${table}' AS table, id, recorded_in, changed_in, c.* FROM ${table} t
      CROSS JOIN LATERAL (
        SELECT max(revision) FILTER (WHERE kind = 'ADDED') AS added,
          max(revision) FILTER (WHERE kind IN ('ADDED', 'CHANGED', 'UNMERGED')) AS changed
        FROM record_change c WHERE c.item_id = t.id) AS c
      WHERE (recorded_in, changed_in) IS DISTINCT FROM (c.added, c.changed)`,
  )
  .join(" UNION ALL ");

describe("What a transaction changed", () => {
  /** A batch that changes some of a few items and entries: each may come, change and go. */
  function batchOf(dice: Dice): BatchRevision {
    const formats = [MEETING, STATEMENT, MERGE];
    const revised = Array.from({ length: dice.below(9) }, () => {
      const root = { format: dice.pick(formats), id: "" };
      root.id = idOf(root.format.noun, `item-${dice.below(7)}`);
      const isEntry = root.format === MEETING && dice.below(3) === 0;
      const own = { format: CITATION, id: idOf("citation", `${root.id}/${dice.below(3)}`) };
      return {
        ...(isEntry ? own : root),
        root,
        isNew: dice.below(3) > 0,
        isGone: dice.below(4) === 0,
        key: isEntry ? null : root.id,
        documentIds: [idOf("document", `document-${dice.below(5)}`)],
      };
    });
    const touched = Array.from({ length: dice.below(3) }, () => {
      const { noun } = dice.pick([MEETING, STATEMENT]);
      return { noun, id: idOf(noun, `item-${dice.below(7)}`) };
    });
    return { revised, touched };
  }

  async function contentsOf(items: RevisedItems) {
    const pages: unknown[][] = [];
    const all = async <T>(some: AsyncIterable<T[]>) => {
      const found: T[] = [];
      for await (const page of some) {
        pages.push(page);
        found.push(...page);
      }
      return found;
    };
    const byFormat: unknown[] = [];
    for (const format of FEED) byFormat.push(await all(items.added(format)));
    for (const format of FEED) byFormat.push(await all(items.touched(format)));
    for (const format of ITEMS) byFormat.push(await all(items.revised(format)));
    const ids = Array.from({ length: 8 }, (_, i) => idOf(STATEMENT.noun, `item-${i}`)).sort();
    return {
      contents: [byFormat, await all(items.touched()), await all(items.documents())],
      others: await items.others(ids),
      most: Math.max(0, ...pages.map(({ length }) => length)),
    };
  }

  async function inTable(batches: readonly BatchRevision[]) {
    const runner = database.createQueryRunner();
    await runner.startTransaction();
    try {
      const table = await RevisedTable.create(sqlOf(runner));
      for (const batch of batches) await table.add([batch]);
      await table.complete();
      return await contentsOf(table);
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
  }

  it("What a transaction changed is the same from the tables of a whole operation as from memory", async () => {
    for (let run = 0; run < RUNS; run++) {
      const dice = new Dice(SEED + run);
      const batches = Array.from({ length: 1 + dice.below(5) }, () => batchOf(dice));
      expect(await inTable(batches)).toEqual(await contentsOf(new RevisedInMemory(batches)));
    }
  });

  it("Changes are read from the tables a thousand at a time, however many there are", async () => {
    const revised = Array.from({ length: 2_300 }, (_, i) => {
      const root = { format: STATEMENT, id: idOf("statement", `said-${i}`) };
      const documentIds = [idOf("document", `document-${i}`)];
      return { ...root, root, isNew: i % 2 === 0, isGone: false, key: `said-${i}`, documentIds };
    });
    const { contents, most } = await inTable([{ revised, touched: [] }]);
    expect(contents).toEqual(
      (await contentsOf(new RevisedInMemory([{ revised, touched: [] }]))).contents,
    );
    expect(most).toBe(1_000);
  });
});

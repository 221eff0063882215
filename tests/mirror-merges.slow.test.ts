import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DataSource } from "typeorm";
import { createDataSource } from "../src/db/data-source.js";
import { loadFiles } from "../src/records/load/record.load.js";
import { cite, format, news } from "./fixtures/gossip.js";
import { freshDatabase } from "./harness/database.js";
import { Mirror } from "./harness/mirror.js";
import { itemsOfMirror, walkRecord } from "./harness/record-walk.js";
import { type ServingService, servingService } from "./harness/serving.js";

jest.setTimeout(60_000);

let folder: string;
let database: DataSource;
let service: ServingService;
let mirror: Mirror;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "communique-mirror-merges-"));
  const url = await freshDatabase();
  database = await createDataSource(url).initialize();
  service = await servingService(url);
  mirror = await Mirror.of(service.address);
});
afterEach(async () => {
  await mirror.close();
  await service.close();
  await database.destroy();
  await rm(folder, { recursive: true });
});

const SLUGS = ["club", "guild", "lodge"];

type Merge = [goes: string, stays: string];

/** Loads, as one revision, who convened the talks, and which clubs are one. */
async function load(convener: string, merges: Merge[]): Promise<void> {
  const talks = { slug: "talks", title: "Talks", kind: "OTHER", coverage: "REPORTED", convener };
  const records = [
    {
      format,
      document: news("herald"),
      organizations: SLUGS.map((slug) => ({ slug, name: slug })),
      meetings: [{ ...talks, citations: [cite(1)] }],
    },
    {
      format,
      document: news("judged"),
      merges: merges.map(([goes, stays]) => ({
        kind: "organization",
        goes,
        stays,
        because: "They share a door.",
      })),
    },
  ];
  const file = join(folder, "records.jsonl");
  await writeFile(file, records.map((record) => JSON.stringify(record)).join("\n"));
  const { refused, waiting } = await loadFiles(database, [file], { prune: true });
  expect(refused + waiting).toBe(0);
}

/** Loads this, and has the mirror follow. */
async function follow(convener: string, merges: Merge[]): Promise<void> {
  await load(convener, merges);
  expect(await mirror.catchUp()).toBe("");
  expect(itemsOfMirror(await mirror.items())).toEqual(await walkRecord(service.ask));
}

const convenerInMirror = async () =>
  (await mirror.items()).find(({ type }) => type === "MEETING")?.fields?.convener;

const INTO_GUILD: Merge = ["club", "guild"];

it.each<[what: string, steps: [convener: string, merges: Merge[]][]]>([
  [
    "a record names the item that stays instead of the one that went",
    [
      ["club", []],
      ["club", [INTO_GUILD]],
      ["guild", [INTO_GUILD]],
      ["guild", []],
    ],
  ],
  [
    "a record names another item that went into the same one",
    [
      ["club", []],
      [
        "club",
        [
          ["club", "lodge"],
          ["guild", "lodge"],
        ],
      ],
      [
        "guild",
        [
          ["club", "lodge"],
          ["guild", "lodge"],
        ],
      ],
      ["guild", [["guild", "lodge"]]],
      ["guild", []],
    ],
  ],
  [
    "the same revision merges an item and names the one that stays",
    [
      ["club", []],
      ["guild", [INTO_GUILD]],
      ["guild", []],
    ],
  ],
  [
    "an item goes by itself into the one that it went into through another",
    [
      ["club", [INTO_GUILD]],
      ["club", [INTO_GUILD, ["guild", "lodge"]]],
      ["club", [["club", "lodge"]]],
      ["club", []],
    ],
  ],
])("A mirror holds what is on record after a merge is taken back, though %s", async (_, steps) => {
  for (const [convener, merges] of steps) await follow(convener, merges);
  expect(await convenerInMirror()).toBe(steps.at(-1)![0]);
});

it("A merge changes nothing of what refers to the item that goes, and a load that repeats it neither", async () => {
  await load("club", []);
  await load("club", [INTO_GUILD]);
  await load("club", [INTO_GUILD]);
  const changes = await database.query(
    "SELECT kind, key FROM record_change WHERE revision > 1 AND type <> 'SOURCE_DOCUMENT' ORDER BY key",
  );
  expect(changes).toEqual([
    { kind: "MERGED", key: "club" },
    { kind: "CHANGED", key: "guild" },
  ]);
});

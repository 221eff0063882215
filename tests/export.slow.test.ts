import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import type { DataSource } from "typeorm";
import { createDataSource } from "../src/db/data-source.js";
import { checkFiles } from "../src/records/check/record.check.files.js";
import { type ExportOptions, exportRecords } from "../src/records/export/record.export.js";
import { UnknownDocument } from "../src/records/export/record.export.unknown.js";
import { recordSchema } from "../src/records/record.format.js";
import { loadAll } from "../src/records/load/record.load.js";
import { LoadRefused } from "../src/records/load/record.load.refusal.js";
import { fableWith, passageOf } from "./fixtures/fable.js";
import { cite, DOCUMENTS, format, Gossip, news, person, saying } from "./fixtures/gossip.js";
import { Dice } from "./fixtures/world.dice.js";
import { worldOf } from "./fixtures/world.js";
import { contentsOf } from "./harness/contents.js";
import { freshDatabase } from "./harness/database.js";
import { SHIPPED_RECORD } from "./harness/service.js";
import type { Whatever } from "./harness/whatever.js";

type Json = Record<string, Whatever>;

const RUNS = Number(process.env.TEST_RUNS ?? 15);

let folder: string;
let dataSource: DataSource;
let other: DataSource;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "communique-export-"));
  url = await freshDatabase();
  dataSource = await createDataSource(url).initialize();
  other = await createDataSource(await freshDatabase()).initialize();
});
beforeEach(() => clear(dataSource));
afterAll(async () => {
  await dataSource.destroy();
  await other.destroy();
  await rm(folder, { recursive: true });
});

/** Takes away all records, and what follows from them. */
async function clear(database: DataSource): Promise<void> {
  await database.query("TRUNCATE source_document, record_name CASCADE");
}

/** Loads records one after the other, each by a load of its own. */
async function load(...records: unknown[]): Promise<void> {
  for (const record of records) await loadText(dataSource, JSON.stringify(record));
}

async function loadText(database: DataSource, text: string, name = "records.jsonl") {
  const file = join(folder, name);
  await writeFile(file, text);
  return loadAll(database, [file]);
}

async function exported(options?: ExportOptions, database = dataSource): Promise<string> {
  let text = "";
  for await (const piece of exportRecords(database, options)) text += piece;
  return text;
}

const linesOf = (text: string): Json[] =>
  text.split("\n").flatMap((line) => (line ? [JSON.parse(line)] : []));

/** The lines of the export, once they have made the same database elsewhere, and there the same bytes. */
async function roundTrip(options?: ExportOptions): Promise<Json[]> {
  const { text, differences } = await afterRoundTrip(options);
  expect(differences).toEqual([]);
  expect(await faultsIn(text)).toEqual([]);
  // It has nothing to say to the database that it is from.
  const before = await contentsOf(dataSource);
  await loadText(dataSource, text);
  expect(await contentsOf(dataSource)).toEqual(before);
  return linesOf(text);
}

/** An export that gives the same bytes from where it has been loaded, and the tables that differ there. */
async function afterRoundTrip(options?: ExportOptions) {
  const text = await exported(options);
  await clear(other);
  await loadText(other, text).catch((error: unknown) => {
    if (!(error instanceof LoadRefused)) throw error;
    throw new Error(`${JSON.stringify(error.faults, null, 2)}\n${text}`);
  });
  expect(await exported(options, other)).toBe(text);
  const [here, there] = [await contentsOf(dataSource), await contentsOf(other)];
  const differences = Object.keys(here).filter(
    (table) => JSON.stringify(here[table]) !== JSON.stringify(there[table]),
  );
  return { text, differences };
}

/** The faults of an export as record files, by what they are. */
async function faultsIn(text: string) {
  const file = join(folder, "checked.jsonl");
  await writeFile(file, text);
  const { faults } = await checkFiles([file]);
  return faults.filter(({ severity }) => severity === "fault");
}

const fair = (more: object = {}) => ({
  slug: "fish-fair",
  title: "Fish fair",
  kind: "OTHER",
  coverage: "REPORTED",
  citations: [cite(0)],
  ...more,
});

describe("Export of the shipped record", () => {
  beforeEach(() => loadAll(dataSource, [SHIPPED_RECORD]));

  it("The export is one line of JSON, and loading it makes the same database", async () => {
    const lines = await roundTrip();
    expect(lines).toHaveLength(1);
    expect(lines[0]!.statements).toHaveLength(14);
  });

  it("The export of one document is indented JSON, and loading it changes nothing", async () => {
    const text = await exported({ keys: ["vientiane-2024-11-20"] });
    expect(text).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
    expect((await loadText(dataSource, text, "record.json")).changes).toEqual(new Map());
    const [line] = linesOf(await exported());
    expect(Object.keys(JSON.parse(text))).toEqual(
      Object.keys(recordSchema.shape).filter((property) => property in line!),
    );
    expect(JSON.parse(text)).toEqual(line);
  });

  it("The export has its properties in the order of the format, and leaves out defaults", async () => {
    const [line] = linesOf(await exported());
    const inOrder = recordSchema.parse(line);
    const said = JSON.stringify(inOrder, (_, value: unknown) =>
      ["STATED", "CURRENT", "PARTICIPANT", false, null].includes(value as string) ||
      (Array.isArray(value) && value.length === 0)
        ? undefined
        : value,
    );
    expect(JSON.stringify(line)).toBe(said);
  });

  it("An unknown document key is refused with a suggestion", async () => {
    const unknown = exported({ keys: ["vientiane-2024-11-20", "vientiane-2024-11-02"] });
    await expect(unknown).rejects.toThrow(UnknownDocument);
    await expect(unknown).rejects.toThrow(
      'no document on record has the key "vientiane-2024-11-02"; did you mean "vientiane-2024-11-20"?',
    );
  });

  it("The export is a snapshot of one moment, and can be stopped early", async () => {
    const whole = await exported();
    const [begun, left] = [exportRecords(dataSource), exportRecords(dataSource)];
    let text = (await begun.next()).value as string;
    await left.next();
    await left.return(undefined);
    await load({ format, document: news("herald"), people: [person("ada-floe")] });
    for await (const piece of begun) text += piece;
    expect(text).toBe(whole);
    expect(linesOf(await exported())).toHaveLength(2);
  });
});

describe("Export of every kind of record", () => {
  it("The export keeps a generated world, with lines of any number of items", async () => {
    await load(...worldOf({ seed: 7, people: 30, places: 10, meetings: 60, statements: 150 }));
    await roundTrip();
    const lines = await roundTrip({ itemsPerLine: 9 });
    expect(lines.length).toBeGreaterThan(30);
    const items = (line: Json) => Object.values(line).filter(Array.isArray).flat();
    expect(Math.max(...lines.map((line) => items(line).length))).toBe(9);
  });

  it("The export keeps every property of a record", async () => {
    await load(
      {
        format,
        document: news("ledger", { kind: "DATASET", licence: "CC0-1.0", version: "2" }),
        places: [
          { slug: "iceburg", name: "Iceburg", coordinates: { latitude: -54.4, longitude: 3.35 } },
        ],
      },
      fableWith({
        "/document/title": "The Herring Pact",
        "/document/publisher": "The Gull",
        "/document/url": "https://example.org/herring",
        "/document/issuer": "guild",
        "/document/dateline": "Iceburg, June",
        "/document/datePublished": "2031-06",
        "/document/dateCertainty": "INFERRED",
        "/document/licence": "CC0-1.0",
        "/document/syndicatedFrom": "ledger",
        "/document/standing": "DISPUTED",
        "/document/standingNote": "The seals say otherwise.",
        "/people/0/otherNames": ["F. Ada", "Ada F."],
        "/people/0/identifiers": [
          { scheme: "penguin-id", value: "7" },
          { scheme: "a", value: "1" },
        ],
        "/places/1": { slug: "hall", name: "Hall", formerSlugs: ["old-hall"], country: "AQ" },
        "/organizations": [
          {
            slug: "fishers-guild",
            name: "Guild",
            formerSlugs: ["guild"],
            kind: "GOVERNMENT_BODY",
            country: "AQ",
            parent: "sea-union",
          },
          { slug: "sea-union", name: "Sea Union", kind: "INTERGOVERNMENTAL" },
        ],
        "/topics": [
          { slug: "sea", label: "The sea" },
          { slug: "fish", label: "Fish" },
        ],
        "/tenures/0/organization": "guild",
        "/tenures/0/accreditedTo": "BV",
        "/tenures/0/startDate": "2030",
        "/tenures/0/endDate": "2031-07-01",
        "/tenures/0/ongoing": true,
        "/tenures/0/certainty": "INFERRED",
        "/meetings/0/status": "HELD",
        "/meetings/0/mode": "HYBRID",
        "/meetings/0/places": ["old-hall", "iceburg"],
        "/meetings/0/placeCountry": "AQ",
        "/meetings/0/placeCertainty": "INFERRED",
        "/meetings/0/endDate": "2031-06-04",
        "/meetings/0/dateCertainty": "INFERRED",
        "/meetings/0/startTime": "23:30",
        "/meetings/0/endTime": "00:15",
        "/meetings/0/convener": "guild",
        "/meetings/0/participations/2": {
          organization: "fishers-guild",
          organizationCertainty: "INFERRED",
          role: "HOST",
          citations: [{ document: "ledger", locator: "row 7", exact: "fish" }],
        },
        "/meetings/0/participations/3": { description: "a seal", citations: [passageOf("met")] },
        "/agreements/0/formerSlugs": ["fish-pact"],
        "/agreements/0/date": "2031-06-03",
        "/agreements/0/parties/2": { organization: "guild", certainty: "INFERRED" },
        "/agreements/0/exchangedAt": "ice-fair",
        "/statements/0/originalLanguage": "is",
        "/statements/0/topics": ["sea", "fish"],
        "/statements/0/date": "2031-06-03",
        "/statements/0/dateCertainty": "INFERRED",
        "/statements/0/place": "iceburg",
        "/statements/0/placeCertainty": "INFERRED",
        "/statements/0/audience": "all",
        "/statements/0/relations": [
          { kind: "CONTRADICTS", statement: "fish-shared", citations: [passageOf("announced")] },
        ],
        "/statements/1/relations": [
          { kind: "RESPONDS_TO", statement: "whose-sea-it-is" },
          { kind: "CORRECTS", statement: "whose-sea-it-is", citations: [passageOf("Drift")] },
        ],
        "/statements/1/standing": "RETRACTED",
        "/statements/1/standingNote": "It was a joke.",
        "/statements/1/speakers/1": { person: "b-drift", country: "BV" },
        "/statements/1/citations/1": {
          document: "ledger",
          locator: "row 8",
          reportedBy: "A gull",
        },
      }),
    );
    expect((await roundTrip()).map(({ document }) => document.key)).toEqual([
      "ledger",
      "the-herring-pact",
    ]);
  });

  it("Documents come after those they refer to, else by date and key, with undated ones last", async () => {
    await load(
      { format, document: news("zebra"), people: [person("ada-floe")] },
      { format, document: news("apple", { datePublished: "2031-06-02" }) },
      { format, document: news("melon", { datePublished: "2031-06-01" }) },
      { format, document: news("berry", { syndicatedFrom: "apple", datePublished: "2030" }) },
      {
        format,
        document: news("cherry", { datePublished: "2029" }),
        statements: [saying("a", { speakers: [{ person: "ada-floe" }] })],
      },
    );
    const lines = await roundTrip();
    expect(lines.map(({ document }) => document.key)).toEqual([
      "melon",
      "apple",
      "berry",
      "zebra",
      "cherry",
    ]);
    const some = linesOf(await exported({ keys: ["cherry", "berry"] }));
    expect(some.map(({ document }) => document.key)).toEqual(["berry", "cherry"]);
  });
});

describe("Export of records that share items", () => {
  it("Each record is exported with its own citations, participants and relations", async () => {
    const side = (country: string, start: number) => ({ country, citations: [cite(start)] });
    await load(
      {
        format,
        document: news("gazette"),
        meetings: [fair({ mode: "CALL", participations: [side("AQ", 1), side("BV", 2)] })],
        statements: [saying("catch")],
      },
      {
        format,
        document: news("herald"),
        meetings: [fair({ citations: [cite(3)], participations: [side("BV", 4), side("NO", 5)] })],
        statements: [
          saying("gazette/catch", { text: "What catch is about.", citations: [cite(6)] }),
          saying("other", { relations: [{ kind: "REPEATS", statement: "gazette/catch" }] }),
        ],
      },
      {
        format,
        document: news("ledger"),
        meetings: [
          fair({
            citations: [{ ...cite(0), document: "gazette" }],
            participations: [side("NO", 9)],
          }),
        ],
        statements: [
          saying("herald/other", {
            text: "What other is about.",
            relations: [{ kind: "REPEATS", statement: "gazette/catch", citations: [cite(8)] }],
          }),
        ],
      },
    );
    const [gazette, herald, ledger] = await roundTrip();
    expect(gazette!.meetings[0]).toMatchObject({
      mode: "CALL",
      participations: [{ country: "AQ" }, { country: "BV" }],
    });
    expect(herald!.meetings).toEqual([
      fair({ citations: [cite(3)], participations: [side("BV", 4), side("NO", 5)] }),
    ]);
    expect(herald!.statements[0]).toMatchObject({ key: "gazette/catch", citations: [cite(6)] });
    // The owner's passage stands in for one of its own.
    expect(ledger!.meetings).toEqual([
      fair({ citations: [{ document: "gazette", ...cite(0) }], participations: [side("NO", 9)] }),
    ]);
    expect(ledger!.statements[0].relations).toEqual([
      { kind: "REPEATS", statement: "gazette/catch", citations: [cite(8)] },
    ]);
  });

  it("A value that a record adds to another's item is exported in the record that added it", async () => {
    const sides = [{ country: "AQ", countryCertainty: "INFERRED" }, { person: "ada-floe" }];
    await load(
      {
        format,
        document: news("gazette"),
        people: [person("ada-floe")],
        meetings: [
          fair({
            endDate: "2031-06-09",
            dateCertainty: "INFERRED",
            participations: [{ person: "ada-floe", citations: [cite(1)] }],
          }),
        ],
        agreements: [
          {
            slug: "pact",
            title: "Pact",
            kind: "TREATY",
            parties: [{ country: "AQ" }],
            citations: [cite(2)],
          },
        ],
        statements: [saying("catch", { speakers: sides })],
      },
      {
        format,
        document: news("herald"),
        people: [{ ...person("ada-floe"), otherNames: ["A. F."] }],
        organizations: [{ slug: "guild", name: "Guild" }],
        places: [{ slug: "hall", name: "Hall" }],
        topics: [{ slug: "sea", label: "The sea" }],
        meetings: [
          fair({
            mode: "CALL",
            startDate: "2031-06",
            dateCertainty: "INFERRED",
            places: ["hall"],
            placeCertainty: "INFERRED",
            citations: [cite(3)],
            participations: [
              { person: "ada-floe", country: "AQ", role: "HOST", citations: [cite(4)] },
            ],
          }),
        ],
        agreements: [
          {
            slug: "pact",
            title: "Pact",
            kind: "TREATY",
            parties: [{ country: "AQ", organization: "guild" }],
            citations: [cite(5)],
          },
        ],
        statements: [
          saying("gazette/catch", {
            text: "What catch is about.",
            date: "2031-06-09",
            speakers: [sides[0], { person: "ada-floe", organization: "guild" }],
            addressees: [{ country: "BV" }],
            topics: ["sea"],
            standing: "DISPUTED",
            citations: [{ ...cite(7), document: "gazette", reportedBy: "a gull" }],
          }),
        ],
      },
    );
    const before = await exported({ keys: ["gazette"] });
    expect(before).not.toMatch(/A\. F\.|guild|hall|sea"|CALL|startDate|HOST|DISPUTED|BV|gull/);
    const [, herald] = await roundTrip();
    expect(herald).toMatchObject({
      people: [{ slug: "ada-floe", otherNames: ["A. F."] }],
      meetings: [
        {
          mode: "CALL",
          startDate: "2031-06",
          dateCertainty: "INFERRED",
          places: ["hall"],
          placeCertainty: "INFERRED",
          participations: [{ person: "ada-floe", country: "AQ", role: "HOST" }],
        },
      ],
      agreements: [{ parties: [{ country: "AQ", organization: "guild" }] }],
      statements: [
        {
          date: "2031-06-09",
          speakers: [sides[0], { person: "ada-floe", organization: "guild" }],
          addressees: [{ country: "BV" }],
          topics: ["sea"],
          standing: "DISPUTED",
          citations: [{ document: "gazette", ...cite(7), reportedBy: "a gull" }],
        },
      ],
    });
    expect(herald!.meetings[0]).not.toHaveProperty("endDate");
  });

  it("A relation to a statement of a later document is exported after that document", async () => {
    const relation = (statement: string) => [{ kind: "CONTRADICTS", statement }];
    await load(
      {
        format,
        document: news("gazette"),
        people: [person("ada-floe")],
        statements: [saying("a")],
      },
      {
        format,
        document: news("herald"),
        statements: [
          saying("b", { speakers: [{ person: "ada-floe" }], relations: relation("gazette/a") }),
        ],
      },
      {
        format,
        document: "gazette",
        statements: [saying("a", { relations: relation("herald/b") }), saying("c")],
      },
    );
    const lines = await roundTrip();
    expect(lines.map(({ document }) => document.key ?? document)).toEqual([
      "gazette",
      "herald",
      "gazette",
    ]);
    expect(lines[0]!.statements).toEqual([saying("a"), saying("c")]);
    expect(lines[2]!.statements).toEqual([
      { ...saying("a"), relations: relation("herald/b"), citations: [cite(7)] },
    ]);
  });

  it("What refers to a later document is exported after it, and so is what refers to that in turn", async () => {
    await load(
      { format, document: news("gazette"), meetings: [fair()] },
      {
        format,
        document: news("herald"),
        organizations: [{ slug: "guild", name: "Guild" }],
        meetings: [fair({ slug: "talks", parent: "fish-fair", parentRelation: "PART_OF" })],
      },
      {
        format,
        document: news("gazette", { issuer: "guild" }),
        meetings: [fair({ slug: "dinner", parent: "talks", parentRelation: "ON_SIDELINES_OF" })],
        statements: [saying("toast", { meeting: "dinner" }), saying("thanks")],
      },
    );
    const lines = await roundTrip();
    const [first, second, third, fourth] = lines;
    expect(lines).toHaveLength(4);
    expect(first!.document).toEqual(news("gazette"));
    expect(first!.statements).toEqual([saying("thanks")]);
    expect(second!.document).toEqual(news("herald"));
    expect(third!.document).toEqual({
      key: "gazette",
      kind: "NEWS",
      issuer: "guild",
      language: "en",
    });
    expect(fourth).toMatchObject({
      document: "gazette",
      meetings: [{ slug: "dinner" }],
      statements: [{ key: "toast" }],
    });
  });

  it("A participant is exported in each record that lists it", async () => {
    const guest = (start: number) => ({ country: "NO", citations: [cite(start)] });
    await load(
      { format, document: news("gazette"), meetings: [fair()] },
      { format, document: news("herald"), meetings: [fair({ participations: [guest(1)] })] },
      {
        format,
        document: "gazette",
        meetings: [fair({ participations: [guest(2), { country: "AQ", citations: [cite(3)] }] })],
      },
    );
    const lines = await roundTrip();
    expect(lines.map(({ meetings }) => meetings[0].participations)).toEqual([
      [guest(2), { country: "AQ", citations: [cite(3)] }],
      [guest(1)],
    ]);
  });

  it("A fact that a record proves only by another document is exported after that document", async () => {
    const theirs = { document: "herald", ...cite(3) };
    await load(
      { format, document: news("gazette"), meetings: [fair()] },
      { format, document: news("herald"), meetings: [fair({ citations: [cite(3)] })] },
      { format, document: "gazette", meetings: [fair({ citations: [theirs] })] },
    );
    const { text, differences } = await afterRoundTrip();
    expect(differences).toEqual([]);
    expect(linesOf(text)).toEqual([
      { format, document: news("herald"), meetings: [fair({ citations: [cite(3)] })] },
      { format, document: news("gazette"), meetings: [fair({ citations: [theirs] })] },
    ]);
  });

  it(
    "Records loaded in any order leave the same database and the same export",
    async () => {
      const property = fc.asyncProperty(fc.nat(), fc.nat(), async (seed, shuffling) => {
        await Promise.all([clear(dataSource), clear(other)]);
        const gossip = new Gossip(new Dice(seed));
        const records = new Map<string, Json>();
        while (records.size < DOCUMENTS.length) {
          const record = gossip.record();
          if (typeof record.document === "string" || records.has(record.document.key)) continue;
          records.set(record.document.key, record);
          gossip.remember();
        }
        const inOrder = [...records.values()];
        await load(...inOrder);
        const shuffled = new Dice(shuffling).some(inOrder, inOrder.length, inOrder.length);
        await loadText(other, shuffled.map((record) => JSON.stringify(record)).join("\n"));
        expect(await contentsOf(other)).toEqual(await contentsOf(dataSource));
        expect(await exported({}, other)).toBe(await exported());
      });
      await fc.assert(property, { numRuns: RUNS });
    },
    RUNS * 8_000,
  );

  it(
    "The export keeps random records that say things of the same few items",
    async () => {
      const property = fc.asyncProperty(
        fc.nat(),
        fc.integer({ min: 2, max: 14 }),
        fc.constantFrom(1, 2, 3, 1_000),
        async (seed, tellings, itemsPerLine) => {
          await clear(dataSource);
          const gossip = new Gossip(new Dice(seed));
          for (let i = 0; i < tellings; i++) {
            const record = gossip.record();
            try {
              await load(record);
              gossip.remember();
            } catch (error) {
              if (!(error instanceof LoadRefused)) throw error;
            }
          }
          await afterRoundTrip({ itemsPerLine });
        },
      );
      await fc.assert(property, { numRuns: RUNS });
    },
    RUNS * 8_000,
  );
});

describe("The export command", () => {
  const communique = (...args: string[]) =>
    spawnSync(process.execPath, [join(__dirname, "../bin/communique.js"), "export", ...args], {
      encoding: "utf8",
      env: { ...process.env, DATABASE_URL: url },
    });

  beforeEach(() => loadAll(dataSource, [SHIPPED_RECORD]));

  it("The export command writes to standard output or a file, and compresses a .gz file", async () => {
    const text = await exported();
    expect(communique()).toMatchObject({ status: 0, stdout: text });
    const [plain, compressed] = [join(folder, "all.jsonl"), join(folder, "all.jsonl.gz")];
    expect(communique("--out", plain)).toMatchObject({ status: 0, stdout: "" });
    expect(await readFile(plain, "utf8")).toBe(text);
    expect(communique("--out", compressed).status).toBe(0);
    expect(gunzipSync(await readFile(compressed)).toString()).toBe(text);
    await clear(other);
    await loadAll(other, [compressed]);
    expect(await exported({}, other)).toBe(text);
  });

  it("The export command writes one document's record, and ends with 2 when there is none", async () => {
    const key = "vientiane-2024-11-20";
    expect(communique("--document", key).stdout).toBe(await exported({ keys: [key] }));
    const file = join(folder, "none.json");
    await writeFile(file, "as it was");
    const { status, stderr } = communique("--document", "vientiane", "--out", file);
    expect([status, stderr]).toEqual([2, 'no document on record has the key "vientiane"\n']);
    expect(await readFile(file, "utf8")).toBe("as it was");
    expect(communique("--out", join(folder, "no/such/folder")).status).toBe(2);
  });
});

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DataSource } from "typeorm";
import { createDataSource } from "../src/db/data-source.js";
import { exportRecords } from "../src/records/export/record.export.js";
import { revert } from "../src/records/history/record.revert.js";
import { loadAll, loadFiles, type LoadOptions } from "../src/records/load/record.load.js";
import { freshDatabase } from "./harness/database.js";

const format = "communique-record/1";
const OPEN = { licence: "CC0-1.0" };

/** A document; of two, the one with the earlier date is preferred. */
const paper = (key: string, datePublished: string, more = {}) => ({
  key,
  kind: "NEWS",
  language: "en",
  datePublished,
  ...more,
});
const cite = (more = {}) => ({ start: 0, end: 9, ...more });
const said = (key: string, more = {}) => ({
  key,
  text: `What ${key} is about.`,
  form: "REPORTED",
  language: "en",
  speakers: [{ country: "AQ" }],
  citations: [cite()],
  ...more,
});
const ada = { slug: "ada", name: "Ada", sortName: "Ada" };
const talks = (places: string[]) => ({
  slug: "talks",
  title: "The talks",
  kind: "OTHER",
  coverage: "REPORTED",
  places,
  citations: [cite()],
});

let folder: string;
let database: DataSource;
let copy: DataSource;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "communique-hidden-"));
  database = await createDataSource(await freshDatabase()).initialize();
  copy = await createDataSource(await freshDatabase()).initialize();
});
afterEach(async () => {
  await database.destroy();
  await copy.destroy();
  await rm(folder, { recursive: true });
});

/** Loads records at once; returns the codes of their faults and the lines about changes. */
async function load(
  records: object[],
  options: LoadOptions = {},
): Promise<{ faults: string[]; lines: string[] }> {
  const [faults, lines]: string[][] = [[], []];
  const file = join(folder, "records.jsonl");
  await writeFile(file, records.map((record) => JSON.stringify({ format, ...record })).join("\n"));
  await loadFiles(database, [file], {
    ...options,
    onFault: ({ code, pointer }) => faults!.push(`${code} ${pointer}`),
    onChange: (line) => lines!.push(line),
  });
  return { faults: faults!, lines: lines! };
}

async function exported(from: DataSource): Promise<string> {
  let text = "";
  for await (const chunk of exportRecords(from)) text += chunk;
  return text;
}

/** What is on record can be loaded into an empty database, and exported from there again. */
async function expectLoadable(): Promise<void> {
  await copy.query("TRUNCATE source_document, record_name, record_revision CASCADE");
  const text = await exported(database);
  const file = join(folder, "exported.jsonl");
  await writeFile(file, text);
  await loadAll(copy, [file]);
  expect(await exported(copy)).toBe(text);
}

describe("What a record refers to with a value that is not shown", () => {
  const almanac = { document: paper("almanac", "2031-01"), people: [ada] };
  const herald = { document: paper("herald", "2031-02"), statements: [said("sea")] };
  const speaking = (speakers?: object[]) => ({
    document: paper("wire", "2031-03"),
    statements: [said("herald/sea", speakers && { speakers })],
  });

  it("An item that a hidden value refers to stays when its own record no longer gives it, and goes once nothing refers to it", async () => {
    await load([almanac, herald, speaking([{ person: "ada" }])]);
    const without = { document: almanac.document };
    const kept = await load([without], { prune: true });
    expect(kept.lines).toEqual(['kept     person ada: the record of "wire" refers to it']);
    await expectLoadable();
    // Their words and speakers are not changed, but taken back.
    await load([{ document: speaking().document }], { prune: true });
    const gone = await load([without], { prune: true });
    expect(gone.lines).toEqual(["deleted  person ada"]);
    await expectLoadable();
  });

  it("An item that a hidden value refers to is not reverted, and the message names the record", async () => {
    await load([herald]);
    await load([almanac]);
    await load([speaking([{ person: "ada" }])]);
    const before = await exported(database);
    await expect(revert(database, "2", {})).rejects.toThrow(
      'kept     person ada: the record of "wire" refers to it',
    );
    expect(await exported(database)).toBe(before);
    await revert(database, "2..3", {});
    await expectLoadable();
  });

  it("An item that a hidden value refers to stays where another value was settled, too", async () => {
    const places = ["bay", "cove", "reef"].map((slug) => ({ slug, name: slug }));
    await load([
      { document: paper("almanac", "2031-01"), places },
      { document: paper("herald", "2031-02"), meetings: [talks(["bay"])] },
    ]);
    const settling = (key: string, value: string[]) => ({
      document: paper(key, key),
      settles: [{ kind: "meeting", item: "talks", field: "places", value, because: "So it was." }],
    });
    await load([settling("2032", ["cove"]), settling("2033", ["reef"])]);
    const kept = await load([{ document: paper("almanac", "2031-01") }], { prune: true });
    expect(kept.lines.sort()).toEqual([
      'kept     place bay: the record of "herald" refers to it',
      "kept     place cove: a meeting refers to it: talks",
      'kept     place reef: the record of "2033" refers to it',
    ]);
    await expectLoadable();
  });
});

describe("The licence of a document", () => {
  const CLOSED = ["licence-in-use /document/licence"];
  const closed = { document: paper("herald", "2031-01") };
  const open = { document: paper("herald", "2031-01", OPEN) };

  it("A record can't close the licence of a document that another one of the same load quotes", async () => {
    const quoting = {
      document: "herald",
      statements: [said("sea", { citations: [cite({ exact: "The sea has" })] })],
    };
    expect((await load([open, quoting, closed])).faults).toEqual(CLOSED);
    await expectLoadable();
  });

  it("A licence is not closed while a record quotes its document at length, even if its words are not shown", async () => {
    const citations = [{ document: "herald", ...cite() }];
    const telling = (key: string, date: string, text: string) => ({
      document: paper(key, date),
      statements: [said("herald/sea", { text, form: "VERBATIM", citations })],
    });
    await load([
      open,
      telling("gazette", "2031-02", "The sea has no owner."),
      telling("wire", "2031-03", "The sea has no owner, and no end. ".repeat(10).trim()),
    ]);
    expect((await load([closed])).faults).toEqual(CLOSED);
    await expectLoadable();
  });

  it("A licence is not closed while hidden words of merged statements quote its document", async () => {
    const relations = [
      {
        kind: "RESPONDS_TO",
        statement: "sea",
        citations: [{ document: "herald", ...cite({ exact: "The sea has" }) }],
      },
    ];
    const merges = [
      { kind: "statement", stays: "wire/sea", goes: "wire/ice", because: "They are one." },
    ];
    await load([
      open,
      { document: paper("wire", "2031-02"), statements: [said("sea"), said("ice", { relations })] },
    ]);
    await load([{ document: paper("judged", "2031-03"), merges }]);
    expect((await load([closed])).faults).toEqual(CLOSED);
    await expectLoadable();
  });

  it("A revert that takes the issuer of a document away closes its licence again, too", async () => {
    await load([closed]);
    const before = await exported(database);
    const club = { slug: "club", name: "The Club" };
    await load([{ document: { ...open.document, issuer: "club" }, organizations: [club] }]);
    await revert(database, "2", {});
    expect(await exported(database)).toBe(before);
    await revert(database, "3", {});
    expect(await exported(database)).toContain('"issuer":"club"');
  });
});

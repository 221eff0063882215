import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkFiles } from "../src/records/check/record.check.files.js";
import type { SourceRecordInput } from "../src/records/record.format.js";
import { serviceWith, type TestService } from "./harness/service.js";
import { passageIn, recordOf, sha256Of, writeTexts } from "./fixtures/texts.js";

const TIDES = "The tide came in. Ada Floe said that the tide would go out again. 🐧🐟 ".repeat(900);
const ICE = "Ada Floe promised thicker ice by winter.";

const tides = (more: object = {}) =>
  recordOf({ key: "log/tides.1", text: TIDES, said: { tide: "would go out again" }, ...more });
const ice = (more: object = {}) =>
  recordOf({ key: "ice", text: ICE, said: { ice: "thicker ice" }, ...more });

const placesOf = (key: string, count: number) =>
  Array.from({ length: count }, (_, i) => ({ slug: `${key}-${i}`, name: `Place ${i} of ${key}` }));

describe("Texts that are kept", () => {
  let folder: string;
  let communique: TestService;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "communique-texts-"));
    communique = await serviceWith();
  });
  afterEach(async () => {
    await communique.close();
    await rm(folder, { recursive: true });
  });

  const load = (options: object, ...records: SourceRecordInput[]) =>
    communique.loadWith({ text: folder, ...options }, ...records);

  async function kept(): Promise<[sha256: string, length: number][]> {
    const rows = await communique.dataSource.query(
      "SELECT sha256, length FROM document_text ORDER BY length",
    );
    return rows.map(({ sha256, length }: { sha256: string; length: number }) => [sha256, length]);
  }

  it("A load keeps the texts of a directory, a folder for each slash of a key, once", async () => {
    await writeTexts(folder, { "log/tides.1": TIDES, ice: ICE, unnamed: "Nobody's text." });
    const { report, faults } = await load({}, tides(), ice());
    expect(faults).toEqual([]);
    expect(report.changes.get("document_text")).toEqual({ inserted: 2, updated: 0, deleted: 0 });
    const both = [
      [sha256Of(ICE), ICE.length],
      [sha256Of(TIDES), TIDES.length],
    ];
    expect(await kept()).toEqual(both);
    const again = await load({}, tides(), ice());
    expect([...again.report.changes]).toEqual([]);
    expect(await kept()).toEqual(both);
  });

  it("A text with another sha256 than its record has is a fault, and nothing of the record is loaded", async () => {
    await writeTexts(folder, { "log/tides.1": TIDES, ice: `${ICE} Or not.` });
    const { report, faults } = await load({}, tides(), ice());
    expect(faults.map(({ code, pointer }) => [code, pointer])).toEqual([
      ["sha256-mismatch", "/document/sha256"],
    ]);
    expect(report).toMatchObject({ records: 1, refused: 1 });
    expect(await kept()).toEqual([[sha256Of(TIDES), TIDES.length]]);
  });

  it("Offsets are checked against the text of each document", async () => {
    await writeTexts(folder, { ice: ICE });
    const wrong = ice();
    Object.assign(wrong.statements![0]!, { citations: [{ start: 0, end: ICE.length + 1 }] });
    const path = join(folder, "ice.json");
    await writeFile(path, JSON.stringify(wrong));
    for (const { faults } of [
      await load({}, wrong),
      await checkFiles([path], { textFile: folder }),
    ])
      expect(faults.map(({ code, severity }) => [code, severity])).toEqual([
        ["citation-range", "fault"],
      ]);
  });

  it("A dry run keeps no text, and a record that is refused keeps none", async () => {
    await writeTexts(folder, { ice: ICE });
    const dry = await load({ dryRun: true }, ice());
    expect(dry.report.changes.get("document_text")).toMatchObject({ inserted: 1 });
    expect(await kept()).toEqual([]);
    const { report } = await load({}, { ...ice(), places: [{ slug: "Not A Slug", name: "?" }] });
    expect(report.refused).toBe(1);
    expect(await kept()).toEqual([]);
  });

  it("A text that is not UTF-8 is a fault, and a key that leads elsewhere has no text", async () => {
    await writeFile(join(folder, "ice.txt"), Buffer.from([0x41, 0xff]));
    expect((await load({}, ice())).faults.map(({ code }) => code)).toEqual(["text-encoding"]);
    await writeTexts(folder, { "in/ice": ICE, secret: "x" });
    const astray = ice({ key: "in/../secret" });
    const { faults } = await communique.loadWith({ text: join(folder, "in") }, astray);
    expect(new Set(faults.map(({ code }) => code))).toEqual(new Set(["schema"]));
  });

  it("Lines with facts alone keep the text of a document that another line defines", async () => {
    await writeTexts(folder, { ice: ICE });
    const { document, ...facts } = ice();
    await communique.load({ format: "communique-record/1", document });
    const { report } = await load({}, { ...facts, document: "ice" });
    expect(report.changes.get("document_text")).toMatchObject({ inserted: 1 });
  });

  it("Records that wait for others keep their texts once they are stored", async () => {
    await writeTexts(folder, { ice: ICE, "log/tides.1": TIDES });
    const waiting = ice();
    delete (waiting as { people?: object }).people;
    const { report } = await load({}, waiting, tides());
    expect(report.records).toBe(2);
    expect(await kept()).toHaveLength(2);
  });

  it("A load that is stopped has the text of each document that it has stored, and goes on when it is run again", async () => {
    const all = Array.from({ length: 30 }, (_, i) => ({
      key: `day-${i}`,
      text: `Day ${i}. Ada Floe counted fish. ${"Waves. ".repeat(2_000)}`,
      said: { fish: "counted fish" },
    }));
    await writeTexts(folder, Object.fromEntries(all.map(({ key, text }) => [key, text])));
    const path = join(folder, "days.jsonl");
    // Longer than a batch.
    const lines = all.map((told) =>
      JSON.stringify({ ...recordOf(told), places: placesOf(told.key, 110) }),
    );
    await writeFile(path, lines.join("\n"));
    const signal = AbortSignal.abort();
    const first = await communique.loadWith({ text: folder, signal }, path);
    expect(first.report.isStopped).toBe(true);
    expect(first.report.records).toBeGreaterThan(0);
    expect(first.report.records).toBeLessThan(30);
    expect(await kept()).toHaveLength(first.report.records);
    const second = await communique.loadWith({ text: folder }, path);
    expect(second.report.records).toBe(30);
    expect(await kept()).toHaveLength(30);
  });

  it("An edition leaves the text that stored offsets are of, until nothing names it and --prune runs", async () => {
    const later = `Corrected. ${ICE} She laughed.`;
    await writeTexts(folder, { ice: ICE });
    await load({}, ice());
    await communique.load(
      recordOf({
        key: "other",
        text: "x",
        said: {},
      }),
    );
    const quoting = {
      key: "quoting",
      text: "Thicker.",
      form: "REPORTED",
      language: "en",
      speakers: [{ person: "ada-floe" }],
      citations: [{ document: "ice", ...passageIn(ICE, "thicker ice") }],
    };
    await communique.load({
      format: "communique-record/1",
      document: "other",
      statements: [quoting],
    } as SourceRecordInput);
    await writeTexts(folder, { ice: later });
    await load({}, ice({ text: later }));
    expect((await kept()).map(([sha256]) => sha256)).toEqual([sha256Of(ICE), sha256Of(later)]);
    const { data } = await communique.ask(
      "{ statements { nodes { key citations { start textSha256 document { sha256 } } } } }",
    );
    expect(data.statements.nodes).toEqual(
      expect.arrayContaining([
        {
          key: "ice/ice",
          citations: [
            {
              start: later.indexOf("thicker"),
              textSha256: sha256Of(later),
              document: { sha256: sha256Of(later) },
            },
          ],
        },
        {
          key: "other/quoting",
          citations: [
            {
              start: ICE.indexOf("thicker"),
              textSha256: sha256Of(ICE),
              document: { sha256: sha256Of(later) },
            },
          ],
        },
      ]),
    );
    const other = {
      format: "communique-record/1",
      document: { key: "other", kind: "NEWS", language: "en" },
    };
    const { report } = await load({ prune: true }, other as SourceRecordInput);
    expect(report.changes.get("document_text")).toEqual({ inserted: 0, updated: 0, deleted: 1 });
    expect((await kept()).map(([sha256]) => sha256)).toEqual([sha256Of(later)]);
  });

  it("Of a text that is kept, not more than a tenth is quoted by all lines together", async () => {
    const words = "nothing swims here that we have not counted";
    const text = `${words} and ${words}, ${"the wind blew. ".repeat(30)}`;
    await writeTexts(folder, { ice: text });
    const quoting = (label: string, document: unknown) =>
      ({
        format: "communique-record/1",
        document,
        people: [{ slug: "ada-floe", name: "Ada Floe", sortName: "Floe, Ada" }],
        statements: [
          {
            key: label,
            text: words,
            form: "VERBATIM",
            language: "en",
            speakers: [{ person: "ada-floe" }],
            citations: [passageIn(text, words)],
          },
        ],
      }) as SourceRecordInput;
    const { document } = ice({ text, said: {} });
    const first = await load({}, quoting("one", document), quoting("two", "ice"));
    expect(first.faults.map(({ code }) => code)).toEqual(["quotations-too-much"]);
    expect(first.report.records).toBe(1);
    const second = await communique.loadWith({}, quoting("three", "ice"));
    expect(second.faults.map(({ code }) => code)).toEqual(["quotations-too-much"]);
    const open = { ...(document as object), licence: "CC-BY-4.0" };
    const third = await communique.loadWith({}, quoting("one", open), quoting("three", "ice"));
    expect(third.faults).toEqual([]);
  });
});

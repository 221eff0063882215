import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkFiles, describeReport, type RecordFault } from "../src/records/record.check.js";
import { fableText, fableWith } from "./fixtures/fable.js";

describe("Checking record files", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "records-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("lets one file use what another defines", async () => {
    const { people, ...rest } = fableWith();
    const talks = await file("talks.json", JSON.stringify(rest));
    const line = { format: "communique-record/1", document: "the-herring-pact", people };
    const extension = await file("people.jsonl", `${JSON.stringify(line)}\n`);
    expect((await checkFiles([talks])).faults).not.toEqual([]);
    const report = await checkFiles([talks, extension]);
    expect(report).toEqual({ faults: [], files: 2, records: 2 });
  });

  it("finds a slug that is another thing's in another file", async () => {
    const twin = { slug: "b-drift", name: "Another Drift", sortName: "Drift, Another" };
    const one = await file("one.json", JSON.stringify(fableWith()));
    const rest = { format: "communique-record/1", document: "the-herring-pact" };
    const former = { ...twin, slug: "bo-drift" };
    const two = await file("two.json", JSON.stringify({ ...rest, people: [former] }));
    const { faults } = await checkFiles([one, two]);
    expect(faults.map(({ pointer, code }) => `${code} ${pointer}`)).toEqual([
      "duplicate-key /people/1/slug",
      "duplicate-key /people/0/slug",
    ]);
    const same = await file("same.json", JSON.stringify({ ...rest, people: [twin] }));
    expect((await checkFiles([one, same])).faults).toEqual([]);
  });

  it("lets a statement have relations to one in another file, whichever comes first", async () => {
    const one = await file("one.json", JSON.stringify(fableWith()));
    const relations = [{ kind: "CORRECTS", statement: "the-herring-pact/fish-shared" }];
    const other = { "/document/key": "other", "/statements/0/relations": relations };
    const two = await file("two.json", JSON.stringify(fableWith(other)));
    expect((await checkFiles([two, one])).faults).toEqual([]);
    expect(await codes([two])).toEqual(["dangling-reference"]);
  });

  it("finds a circle of copies over several files once", async () => {
    const copies = [
      ["a", "c"],
      ["b", "a"],
      ["c", "b"],
      ["d", "c"],
    ].map(([key, syndicatedFrom]) => {
      const document = { key, syndicatedFrom, kind: "NEWS", language: "en" };
      return JSON.stringify({ format: "communique-record/1", document });
    });
    const bulk = await file("copies.jsonl", copies.join("\n"));
    const { faults } = await checkFiles([bulk]);
    expect(faults).toEqual([
      expect.objectContaining({
        file: `${bulk}:1`,
        pointer: "/document/syndicatedFrom",
        code: "syndication-cycle",
        message: "a copy of itself: a → c → b → a",
      }),
    ]);
  });

  it("names the line of a fault in JSON Lines, and goes on past one that is not JSON", async () => {
    const sound = JSON.stringify(fableWith());
    const bulk = await file("bulk.jsonl", `${sound}\n\n{"format": oops}\n[]`);
    const { faults, records } = await checkFiles([bulk]);
    expect(faults.map((fault) => [fault.file, fault.code])).toEqual([
      [`${bulk}:3`, "json"],
      [`${bulk}:4`, "schema"],
    ]);
    expect(records).toBe(3);
  });

  it("says where a file stops being JSON", async () => {
    const { faults } = await checkFiles([await file("torn.json", '{ "format": oops }')]);
    expect(faults.map(({ code, message }) => [code, message])).toEqual([
      ["json", expect.stringContaining("oops")],
    ]);
  });

  it("checks a text against the document whose sha256 it has", async () => {
    const record = await file("fable.json", JSON.stringify(fableWith()));
    const other = await file(
      "other.json",
      JSON.stringify(fableWith({ "/document/key": "other", "/document/sha256": "0".repeat(64) })),
    );
    const textFile = await file("fable.txt", fableText);
    expect((await checkFiles([record, other], { textFile })).faults).toEqual([]);
    expect(await codes([other], { textFile })).toEqual(["sha256-mismatch"]);
  });

  it("refuses a text that is no record's, or not UTF-8", async () => {
    const record = await file("fable.json", JSON.stringify(fableWith()));
    const other = await file("other.json", JSON.stringify(fableWith({ "/document/key": "other" })));
    const strange = await file("strange.txt", "Quite another tale.");
    const binary = await file("binary.txt", Buffer.from([0xff, 0xfe]));
    expect(await codes([record, other], { textFile: strange })).toEqual(["sha256-mismatch"]);
    expect(await codes([record], { textFile: binary })).toEqual(["text-encoding"]);
  });

  it("rejects where a file is not there", async () => {
    await expect(checkFiles([join(folder, "nowhere.json")])).rejects.toThrow("ENOENT");
  });

  async function file(name: string, content: string | Buffer): Promise<string> {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  }

  async function codes(...args: Parameters<typeof checkFiles>): Promise<string[]> {
    return (await checkFiles(...args)).faults.map(({ code }) => code);
  }
});

describe("Describing a report", () => {
  it("gives each fault a line, and sums up", () => {
    const faults: RecordFault[] = [
      {
        file: "a.json",
        pointer: "/people/0/slug",
        code: "schema",
        severity: "fault",
        message: "missing",
      },
      {
        file: "a.json",
        pointer: "",
        code: "standing-note",
        severity: "warning",
        message: "no note",
      },
    ];
    expect(describeReport({ faults, files: 1, records: 1 }).split("\n")).toEqual([
      "a.json#/people/0/slug  schema         missing",
      "a.json                 standing-note  warning: no note",
      "",
      "1 record in 1 file: 1 fault, 1 warning.",
    ]);
  });

  it("keeps a fault to its line, whatever the file holds", () => {
    const message = 'unknown property "\u001b[2J\nfine"';
    const faults: RecordFault[] = [
      { file: "a.json", pointer: "", code: "schema", severity: "fault", message },
    ];
    const [line] = describeReport({ faults, files: 1, records: 1 }).split("\n");
    expect(line).toBe('a.json  schema  unknown property " [2J fine"');
  });

  it("says so when nothing is wrong", () => {
    const report = { faults: [], files: 2, records: 1200 };
    expect(describeReport(report)).toBe("1,200 records in 2 files: no faults.");
  });
});

import { execFileSync, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import {
  checkFiles,
  describeReport,
  type RecordFault,
  reportAsJson,
} from "../src/records/check/record.check.files.js";
import { checkRecord } from "../src/records/check/record.check.js";
import {
  type RecordFile,
  recordFilesOf,
  type RecordInFile,
  recordsIn,
  sizeOf,
} from "../src/records/files/record.files.js";
import { MAX_RECORD_BYTES, recordBytesIn } from "../src/records/files/record.lines.js";
import { fableText, fableWith } from "./fixtures/fable.js";
import { collectGarbage } from "./harness/garbage.js";

describe("The check of record files", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "records-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("A file may refer to what another file defines", async () => {
    const { people, ...rest } = fableWith();
    const talks = await file("talks.json", JSON.stringify(rest));
    const line = { format: "communique-record/1", document: "the-herring-pact", people };
    const extension = await file("people.jsonl", `${JSON.stringify(line)}\n`);
    expect((await checkFiles([talks])).faults).not.toEqual([]);
    const report = await checkFiles([talks, extension]);
    expect(report).toEqual({ faults: [], files: 2, records: 2 });
  });

  it("A slug that another file uses for something else is a fault", async () => {
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

  it("A relation may refer to a statement in another file, in any order", async () => {
    const one = await file("one.json", JSON.stringify(fableWith()));
    const relations = [{ kind: "CORRECTS", statement: "the-herring-pact/fish-shared" }];
    const other = {
      "/document/key": "other",
      "/document/sha256": "0".repeat(64),
      "/statements/0/relations": relations,
    };
    const two = await file("two.json", JSON.stringify(fableWith(other)));
    expect((await checkFiles([two, one])).faults).toEqual([]);
    expect(await codes([two])).toEqual(["dangling-reference"]);
  });

  it("A cycle of copies is reported once", async () => {
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
        file: bulk,
        line: 1,
        column: 72,
        pointer: "/document/syndicatedFrom",
        code: "syndication-cycle",
        message: "a copy of itself: a → c → b → a",
      }),
    ]);
  });

  it("Faults in JSON Lines have line and column, and a line that is not JSON does not stop the check", async () => {
    const sound = JSON.stringify(fableWith());
    const bulk = await file("bulk.jsonl", `${sound}\n\n{"format": oops}\n[]`);
    const { faults, records } = await checkFiles([bulk]);
    expect(faults.map(({ file, line, column, code }) => [file, line, column, code])).toEqual([
      [bulk, 3, 12, "json"],
      [bulk, 4, 1, "schema"],
    ]);
    expect(records).toBe(3);
  });

  it.each([
    ['{\n  "format": oops }', 2, 13, "not JSON: expected a value, found oops"],
    ['{ "a": 1\n  "b": 2 }', 2, 3, 'not JSON: expected a comma, found "b"'],
    ['{ "a": 1, }', 1, 11, "not JSON: expected a property name in double quotes, found }"],
    ["{ // why\n}", 1, 3, "not JSON: JSON has no comments, found // why"],
    ['{\n  "a": [1', 2, 10, 'not JSON: expected "]", the file ends'],
  ])(
    "A syntax error in JSON is reported with its place: %j",
    async (torn, line, column, message) => {
      const { faults } = await checkFiles([await file("torn.json", torn)]);
      expect(faults).toEqual([expect.objectContaining({ code: "json", line, column, message })]);
    },
  );

  it.each([
    ["a list", "[".repeat(200_000) + "]".repeat(200_000)],
    ["an object", '{"a":'.repeat(3_000) + "1" + "}".repeat(3_000)],
    ["a list without an end", "[".repeat(200_000)],
  ])("Deep nesting is a fault and does not crash the check: %s", async (_what, text) => {
    const { faults } = await checkFiles([await file("deep.json", text)]);
    expect(faults.map(({ severity }) => severity)).toContain("fault");
  });

  it("A fault points to the value, the property name, or the object that lacks a property", async () => {
    const record = fableWith({
      "/people/1/nickname": "Bo",
      "/meetings/1/kind": "SUMIT",
      "/statements/0/form": undefined,
    });
    const text = JSON.stringify(record, null, 2);
    const lines = text.split("\n");
    const placeOf = (words: string, before = words) => {
      const line = lines.findIndex((one) => one.includes(words));
      return [line + 1, lines[line]!.indexOf(before) + 1];
    };
    const { faults } = await checkFiles([await file("pretty.json", text)]);
    expect(faults.map(({ line, column }) => [line, column])).toEqual([
      placeOf('"nickname"'),
      placeOf('"kind": "SUMIT"', '"SUMIT"'),
      [placeOf('"key": "whose-sea-it-is"')[0]! - 1, 5],
    ]);
  });

  it("A property given twice is found", async () => {
    const text = JSON.stringify(fableWith()).replace('"name":', '"name":"Eve","name":');
    const { faults } = await checkFiles([await file("twice.json", text)]);
    expect(faults).toEqual([
      expect.objectContaining({
        code: "duplicate-property",
        pointer: "/people/0/name",
        column: text.lastIndexOf('"name":"Ada') + 1,
      }),
    ]);
  });

  it("A directory is read with its compressed record files, and without schemas", async () => {
    const { people, ...rest } = fableWith();
    const line = { format: "communique-record/1", document: "the-herring-pact", people };
    await mkdir(join(folder, "more"));
    await file("more/people.jsonl.gz", gzipSync(`${JSON.stringify(line)}\n`));
    await file("talks.json.gz", gzipSync(JSON.stringify(rest)));
    await file("record.schema.json", "{}");
    await file("notes.txt", "not a record");
    expect(await checkFiles([folder])).toEqual({ faults: [], files: 2, records: 2 });
    expect((await checkFiles([join(folder, "record.schema.json")])).files).toBe(0);
  });

  it("A directory without records is refused by name", async () => {
    await mkdir(join(folder, "empty"));
    await expect(checkFiles([join(folder, "empty")])).rejects.toThrow(/empty holds no record/);
  });

  it("A broken compressed file is a fault, and the files around it are checked", async () => {
    const line = `${JSON.stringify(fableWith())}\n`;
    const filler = `${randomBytes(60_000).toString("hex")}\n`;
    const zipped = gzipSync(line + filler + line);
    await file("1-torn.jsonl.gz", zipped.subarray(0, zipped.length / 2));
    await file("2-plain.json.gz", "{}");
    await file("3-faulty.json", JSON.stringify(fableWith({ "/meetings/1/kind": "SUMIT" })));
    const { faults, files, records } = await checkFiles([folder]);
    expect(faults.map(({ file, code, message }) => [basename(file), code, message])).toEqual([
      ["1-torn.jsonl.gz", "broken-gzip", expect.stringMatching(/^can't .* after line 1: /)],
      ["2-plain.json.gz", "broken-gzip", expect.stringMatching(/^can't be decompressed: /)],
      ["3-faulty.json", "schema", expect.any(String)],
    ]);
    expect([files, records]).toEqual([3, 4]);
  });

  it("A line that is not UTF-8 is a fault at its first wrong byte, and the others are checked", async () => {
    const sound = JSON.stringify(fableWith({ "/document/title": "A \uFFFD is a character" }));
    const pieces = [`${sound}\n{"é\uFFFD": "caf`, Buffer.of(0xe9), '"}\n[]\n'];
    const bulk = await file("bulk.jsonl", Buffer.concat(pieces.map((one) => Buffer.from(one))));
    const { faults } = await checkFiles([bulk]);
    expect(faults.map(({ line, column, code }) => [line, column, code])).toEqual([
      [2, 12, "file-encoding"],
      [3, 1, "schema"],
    ]);
    expect(faults[0]!.message).toBe("not UTF-8: found byte E9; save it as UTF-8");
  });

  it.each([
    ["with its mark", "\uFEFF", "utf16le"],
    ["without", "", "utf16le"],
    ["of a big-endian machine", "\uFEFF", "utf16be"],
  ])("A UTF-16 file is one fault that says so: %s", async (_what, mark, encoding) => {
    const lines = `${mark}${JSON.stringify(fableWith())}\n`.repeat(2);
    const bytes = Buffer.from(lines, "utf16le");
    if (encoding === "utf16be") bytes.swap16();
    for (const name of ["one.json", "more.jsonl", "zipped.json.gz"]) {
      const path = await file(name, name.endsWith("gz") ? gzipSync(bytes) : bytes);
      expect((await checkFiles([path])).faults).toEqual([
        expect.objectContaining({
          file: path,
          line: 1,
          column: 1,
          code: "file-encoding",
          message: "UTF-16; save it as UTF-8",
        }),
      ]);
    }
    const text = await file("fable.txt", bytes);
    const sound = await file("fable.json", JSON.stringify(fableWith()));
    expect((await checkFiles([sound], { textFile: text })).faults).toEqual([
      expect.objectContaining({
        code: "text-encoding",
        message: "the text is UTF-16; save it as UTF-8",
      }),
    ]);
  });

  it("A line that ends too early is reported as a line, with what is missing", async () => {
    const { faults } = await checkFiles([await file("bulk.jsonl", '{"a": [1\n{"b": 2\n')]);
    const ends = "the line ends; in JSON Lines a record is on one line";
    expect(faults.map(({ line, column, message }) => [line, column, message])).toEqual([
      [1, 9, `not JSON: expected "]", ${ends}`],
      [2, 8, `not JSON: expected "}", ${ends}`],
    ]);
  });

  it("A record over 64 MB is refused, as a line or as a file, and the next line is checked", async () => {
    const long = `{"x":"${"x".repeat(MAX_RECORD_BYTES)}"}`;
    const bulk = await file("bulk.jsonl.gz", gzipSync(`${long}\n[]\n`, { level: 1 }));
    const whole = await file("whole.json.gz", gzipSync(long, { level: 1 }));
    const { faults } = await checkFiles([bulk, whole]);
    expect(faults.map(({ line, column, code }) => [line, column, code])).toEqual([
      [1, 1, "record-too-large"],
      [2, 1, "schema"],
      [1, 1, "record-too-large"],
    ]);
    expect(faults[0]!.message).toBe("larger than 64 MB, more than a record may have");
  });

  it("A record over 64 MB is not kept in memory", async () => {
    const kept = () => {
      collectGarbage();
      return process.memoryUsage().arrayBuffers;
    };
    const before = kept();
    let most = 0;
    async function* chunks() {
      for (let size = 0; size < 8 * MAX_RECORD_BYTES; size += 2 ** 20) {
        if (size % 2 ** 23 === 0) most = Math.max(most, kept() - before);
        yield await Promise.resolve(Buffer.alloc(2 ** 20, "x"));
      }
    }
    const read = [];
    for await (const bytes of recordBytesIn(chunks(), true)) read.push(bytes);
    expect(read).toEqual([null]);
    expect(most).toBeLessThan(1.1 * MAX_RECORD_BYTES);
  });

  it("A text is checked against the document that has its sha256", async () => {
    const record = await file("fable.json", JSON.stringify(fableWith()));
    const other = await file(
      "other.json",
      JSON.stringify(fableWith({ "/document/key": "other", "/document/sha256": "0".repeat(64) })),
    );
    const textFile = await file("fable.txt", fableText);
    expect((await checkFiles([record, other], { textFile })).faults).toEqual([]);
    expect(await codes([other], { textFile })).toEqual(["sha256-mismatch"]);
  });

  it("A text that belongs to no record or is not UTF-8 is a fault", async () => {
    const record = await file("fable.json", JSON.stringify(fableWith()));
    const another = { "/document/key": "other", "/document/sha256": "0".repeat(64) };
    const other = await file("other.json", JSON.stringify(fableWith(another)));
    const strange = await file("strange.txt", "Quite another tale.");
    const binary = await file("binary.txt", Buffer.from([0xff, 0xfe]));
    expect(await codes([record, other], { textFile: strange })).toEqual(["sha256-mismatch"]);
    expect(await codes([record], { textFile: binary })).toEqual(["text-encoding"]);
  });

  it("A missing file is refused", async () => {
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

describe("Records from standard input and pipes", () => {
  const pretty = JSON.stringify(fableWith(), null, 2);
  const line = JSON.stringify({ ...fableWith(), format: 1 });
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "once-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it.each([
    ["a record over many lines", pretty, [1]],
    ["a record on one line", `${line}\n`, [1]],
    ["a record a line", `\uFEFF\n${line}\r\n\n${line}`, [2, 4]],
    ["a record a line, the first with a line separator in a text", '"\u2028"\n1', [1, 2]],
    ["a line that is no JSON before others", `oops\n${line}`, [null]],
    ["nothing", "", [null]],
  ])(
    "Standard input is read as one record or as JSON Lines, by its first line: %s",
    async (_what, text, lines) => {
      for (const input of [Readable.from([text]), Readable.from([gzipSync(text)])]) {
        const read = await recordsOf(await standardInput(input));
        expect(read.map((one) => ("source" in one ? one.source.line : null))).toEqual(lines);
      }
    },
  );

  it("Standard input has the same faults as a file, compressed or not", async () => {
    const text = `${line}\n{"format": oops}\n`;
    const inFile = join(folder, "bulk.jsonl");
    await writeFile(inFile, text);
    const expected = await recordsOf({ name: inFile });
    for (const content of [text, gzipSync(text)]) {
      const file = await standardInput(Readable.from([content]));
      expect(file.name).toBe("<stdin>");
      const read = JSON.stringify(await recordsOf(file));
      expect(read).toBe(JSON.stringify(expected).replaceAll(inFile, "<stdin>"));
    }
  });

  it("Standard input can be read several times", async () => {
    const file = await standardInput(Readable.from([`${line}\n${line}`]));
    const [first] = await Promise.all([recordsOf(file), recordsOf(file)]);
    expect(await recordsOf(file)).toEqual(first);
  });

  it("Characters split between chunks of standard input are read correctly", async () => {
    const bytes = Buffer.from(JSON.stringify("🐧🐧"));
    const pieces = Array.from(bytes, (byte) => Buffer.of(byte));
    const [read] = await recordsOf(await standardInput(Readable.from(pieces)));
    expect(read).toMatchObject({ value: "🐧🐧" });
  });

  it("A long standard input is not kept in memory", async () => {
    const [count, megabyte] = [2_000, 2 ** 20];
    const long = `${JSON.stringify({ x: "x".repeat(megabyte / 16) })}\n`;
    const file = await standardInput(Readable.from(Array.from({ length: count }, () => long)));
    const kept = () => {
      collectGarbage();
      return process.memoryUsage().heapUsed;
    };
    const before = kept();
    let [read, most] = [0, 0];
    for await (const one of recordsIn(file)) {
      if ("value" in one) read++;
      if (read % 100 === 0) most = Math.max(most, kept() - before);
    }
    expect(read).toBe(count);
    expect(most).toBeLessThan(8 * megabyte);
  });

  it("The copy of standard input is not visible in the temporary directory", async () => {
    const { TMPDIR } = process.env;
    process.env.TMPDIR = folder;
    try {
      await standardInput(Readable.from([line]));
    } finally {
      if (TMPDIR === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = TMPDIR;
    }
    expect(await readdir(folder)).toEqual([]);
  });

  it("A failing or badly compressed standard input is reported by name", async () => {
    const failing = new Readable({
      read() {
        this.destroy(new Error("EISDIR: it is a directory"));
      },
    });
    await expect(standardInput(failing)).rejects.toThrow(/^<stdin> can't be copied to .*: EISDIR/);
    const torn = gzipSync("{}\n".repeat(1000)).subarray(0, 25);
    const file = await standardInput(Readable.from([torn]));
    expect(await recordsOf(file)).toEqual([
      { fault: expect.objectContaining({ file: "<stdin>", code: "broken-gzip" }) },
    ]);
  });

  it("Compressed standard input can be checked together with files", async () => {
    const { people, ...rest } = fableWith();
    const talks = join(folder, "talks.json");
    await writeFile(talks, JSON.stringify(rest));
    const command = [join(__dirname, "../bin/communique.js"), "check", talks, "-"];
    const input = gzipSync(extension({ people }));
    const { status, stdout } = spawnSync(process.execPath, command, { input, encoding: "utf8" });
    expect([status, stdout]).toEqual([0, "2 records in 2 files: no faults.\n"]);
  });

  // Windows has no such pipes.
  if (process.platform !== "win32")
    it("A named pipe can be checked", async () => {
      const { people, ...rest } = fableWith();
      const [talks, pipe] = [join(folder, "talks.json"), join(folder, "pipe")];
      await writeFile(talks, JSON.stringify(rest));
      execFileSync("mkfifo", [pipe]);
      const written = writeFile(pipe, extension({ people }) + extension({}));
      expect(await checkFiles([pipe, talks])).toEqual({ faults: [], files: 2, records: 3 });
      await written;
    });

  function extension(items: object): string {
    const head = { format: "communique-record/1", document: "the-herring-pact" };
    return `${JSON.stringify({ ...head, ...items })}\n`;
  }
});

describe("Progress of reading", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "progress-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("Progress is counted in bytes on disk, and adds up to the size of all files", async () => {
    const lines = Array.from({ length: 9_000 }, (_, i) => JSON.stringify({ "🐧": i })).join("\n");
    await writeFile(join(folder, "bulk.jsonl"), lines);
    await writeFile(join(folder, "bulk.jsonl.gz"), gzipSync(lines));
    await writeFile(join(folder, "one.json"), "{}");
    const input = Readable.from([gzipSync(lines)]);
    const files = await recordFilesOf([folder, "-"], input);
    const counts: number[] = [];
    for (const file of files) await recordsOf(file, { onBytes: (count) => counts.push(count) });
    const compressed = gzipSync(lines).length;
    const size = Buffer.byteLength(lines) + 2 * compressed + 2;
    expect(counts.length).toBeGreaterThan(files.length);
    expect(counts.reduce((sum, count) => sum + count)).toBe(size);
    expect(await sizeOf(files)).toBe(size);
  });

  it("The total size is null when a file is missing", async () => {
    expect(await sizeOf([{ name: join(folder, "nowhere.json") }])).toBeNull();
  });
});

async function standardInput(input: Readable): Promise<RecordFile> {
  const [file] = await recordFilesOf(["-"], input);
  return file!;
}

async function recordsOf(...args: Parameters<typeof recordsIn>): Promise<RecordInFile[]> {
  const read = [];
  for await (const one of recordsIn(...args)) read.push(one);
  return read;
}

describe("Reports of the check", () => {
  const missing: RecordFault = {
    file: "a.json",
    line: 4,
    column: 15,
    pointer: "/people/0/slug",
    code: "schema",
    severity: "fault",
    message: "missing",
    suggestion: null,
  };

  it("The report has a line for each fault, and a summary", () => {
    const faults: RecordFault[] = [
      missing,
      {
        ...missing,
        line: 12,
        column: 1,
        pointer: "",
        code: "standing-note",
        severity: "warning",
        message: "no note",
      },
      { ...missing, line: null, column: null, pointer: "", code: "conflict", message: "two names" },
    ];
    expect(describeReport({ faults, files: 1, records: 1 }).split("\n")).toEqual([
      "a.json:4:15  /people/0/slug  schema         missing",
      "a.json:12:1                  standing-note  warning: no note",
      "a.json                       conflict       two names",
      "",
      "1 record in 1 file: 2 faults, 1 warning.",
    ]);
  });

  it("Control characters and line breaks are removed from a line of the report", () => {
    const message = 'unknown property "\u001b[2J\nfine"';
    const report = { faults: [{ ...missing, pointer: "", message }], files: 1, records: 1 };
    const [line] = describeReport(report).split("\n");
    expect(line).toBe('a.json:4:15  schema  unknown property " [2J fine"');
  });

  it("A report without faults says so", () => {
    const report = { faults: [], files: 2, records: 1200 };
    expect(describeReport(report)).toBe("1,200 records in 2 files: no faults.");
  });

  it("The JSON report has the same content, and suggestions as a property", () => {
    const { faults } = checkRecord(fableWith({ "/meetings/1/kind": "SUMIT" }));
    const report = { faults, files: 1, records: 1 };
    expect(JSON.parse(reportAsJson(report))).toEqual(report);
    expect(faults[0]).toMatchObject({
      suggestion: "SUMMIT",
      message: expect.stringContaining('did you mean "SUMMIT"?'),
    });
  });
});

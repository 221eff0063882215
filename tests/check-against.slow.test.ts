import { execFile } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import type { RecordFault } from "../src/records/check/record.check.files.js";
import type { SourceRecordInput } from "../src/records/record.format.js";
import { redact } from "../src/records/redaction/record.redact.js";
import { fableText, fableWith, passageOf } from "./fixtures/fable.js";
import { sha256Of } from "./fixtures/texts.js";
import { contentsOf } from "./harness/contents.js";
import { freshDatabase } from "./harness/database.js";
import { preparedDirectory } from "./harness/prepared.js";
import { serviceWith, type TestService } from "./harness/service.js";

const COMMAND = join(__dirname, "../bin/communique.js");

interface Ended {
  status: number;
  stdout: string;
  stderr: string;
}

function communique(args: string[], environment: Record<string, string> = {}): Promise<Ended> {
  const env = { ...process.env, DATABASE_URL: "", ...environment };
  return new Promise((done) => {
    execFile(process.execPath, [COMMAND, ...args], { env }, (error, stdout, stderr) =>
      done({ status: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

let test: TestService;
let url: string;
let folder: string;

beforeAll(async () => {
  test = await serviceWith(fableWith() as SourceRecordInput);
  const [row] = await test.dataSource.query<{ name: string }[]>(
    "SELECT current_database() AS name",
  );
  const address = new URL(process.env.TEST_SERVER!);
  address.pathname = row!.name;
  url = address.href;
  folder = await mkdtemp(join(tmpdir(), "communique-against-"));
});
afterAll(async () => {
  await test.close();
  await rm(folder, { recursive: true });
});

async function fileOf(name: string, ...records: object[]): Promise<string> {
  const path = join(folder, name);
  const lines = records.map((record) => JSON.stringify(record));
  await writeFile(path, name.endsWith(".jsonl") ? lines.join("\n") : lines.join(""));
  return path;
}

/** What the command finds in records, a line each, when it is checked against the fable. */
async function found(...records: object[]): Promise<RecordFault[]> {
  const path = await fileOf("checked.jsonl", ...records);
  const { stdout, stderr } = await communique([
    "check",
    path,
    "--against",
    url,
    "--format",
    "json",
  ]);
  if (stdout === "") throw new Error(stderr);
  return (JSON.parse(stdout) as { faults: RecordFault[] }).faults;
}

const brief = (faults: RecordFault[]) =>
  faults.map(({ severity, code, line, pointer }) => `${severity} ${code} ${line} ${pointer}`);

const wire = (
  more: object = {},
  document: { key?: string; licence?: string | null } | string = {},
) => ({
  format: "communique-record/1",
  document: typeof document === "string" ? document : documentOf({ key: "wire", ...document }),
  ...more,
});

const documentOf = ({ key, ...more }: { key: string }) => ({
  key,
  kind: "NEWS",
  language: "en",
  sha256: sha256Of(key),
  ...more,
});

const said = (changes: object = {}) => ({
  key: "answer",
  text: "Nobody has ever asked the fish.",
  form: "REPORTED",
  language: "en",
  speakers: [{ person: "b-drift", country: "BV" }],
  citations: [{ start: 0, end: 9 }],
  ...changes,
});

const fair = (slug: string, parent?: string) => ({
  slug,
  title: "A fair",
  kind: "OTHER",
  coverage: "REFERRED_TO",
  ...(parent && { parent, parentRelation: "PART_OF" }),
  citations: [{ start: 0, end: 9 }],
});

const corrects = (statement: string) => [{ kind: "CORRECTS", statement }];

describe("A check against what is on record", () => {
  it("References to what is on record resolve, those to nothing are faults, and without the database all are", async () => {
    const refers = wire({
      statements: [
        said({
          meeting: "fish-talks",
          place: "iceburg",
          relations: corrects("the-herring-pact/fish-shared"),
        }),
        said({
          key: "other",
          place: "nowhere",
          citations: [{ document: "the-herring-pact", start: 0, end: 9 }],
        }),
      ],
    });
    expect(brief(await found(refers))).toEqual(["fault dangling-reference 1 /statements/1/place"]);
    const path = await fileOf("refers.json", refers);
    const { status, stdout } = await communique(["check", path]);
    expect([status, stdout.match(/dangling-reference/g)?.length]).toEqual([1, 7]);
  });

  it("A record that is on record as it stands has no faults", async () => {
    expect(await found(fableWith())).toEqual([]);
  });

  it("Nothing is written, and the database may be locked by a load", async () => {
    const before = await contentsOf(test.dataSource);
    const client = new Client(url);
    await client.connect();
    try {
      await client.query(
        "BEGIN; SELECT pg_advisory_xact_lock(740513202); LOCK TABLE statement IN SHARE ROW EXCLUSIVE MODE",
      );
      expect(
        await found(fableWith({ "/people/2": { slug: "new", name: "New", sortName: "New" } })),
      ).toEqual([]);
    } finally {
      await client.end();
    }
    expect(await contentsOf(test.dataSource)).toEqual(before);
  });

  it("Changed words of a published statement are a fault, with their place", async () => {
    const changed = fableWith({ "/statements/1/text": "The fish belong to those who fish." });
    expect(await found(changed)).toEqual([
      expect.objectContaining({
        code: "published-statement",
        pointer: "/statements/1",
        line: 1,
        column: JSON.stringify(changed).indexOf(`{"key":"fish-shared"`) + 1,
      }),
    ]);
  });

  it("What was redacted is a fault, with the words of a load", async () => {
    const zed = { slug: "zed", name: "Zed", sortName: "Zed" };
    const tells = (more: object = {}) =>
      wire({ people: [zed] }, { key: "gone", ...more }) as SourceRecordInput;
    await test.load(tells());
    await redact(test.dataSource, ["zed", "gone"], { because: "a court says so" });
    const faults = await found(tells());
    expect(brief(faults)).toEqual(["fault redacted 1 /document", "fault redacted 1 /people/0"]);
    const refused = (await test.loadWith({}, tells())).faults;
    const told = (some: RecordFault[]) => some.map(({ code, message }) => [code, message]);
    expect(told(faults)).toEqual(told(refused));
    expect(faults[1]!.message).toBe(
      "this person was redacted: a court says so; --restore loads it",
    );
  });

  it("A document with another title or kind than on record is a warning", async () => {
    const changed = fableWith({ "/document/kind": "READOUT", "/document/title": "A pact" });
    expect(brief(await found(changed))).toEqual(["warning document-on-record 1 /document/kind"]);
  });

  it("A slug on record with an unlike name is a warning, and one that is another item's a fault", async () => {
    const people = [{ slug: "ada-floe", name: "Zed Quill", sortName: "Quill, Zed" }];
    const [unlike, ...more] = await found(wire({ people }));
    expect(brief([unlike!, ...more])).toEqual(["warning two-names 1 /people/0/name"]);
    expect(unlike!.message).toMatch(
      /^"ada-floe" is "Zed Quill" here and "Ada Floe" in the record of "the-herring-pact"; if /,
    );
    const own = await found(fableWith({ "/people/0/name": "Zed Quill" }));
    expect(own.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /"Ada Floe" in another record of this document, such as an earlier load/,
      ),
    ]);
    const taken = [
      { slug: "b-drift", name: "B. Drift", sortName: "Drift, B.", formerSlugs: ["new"] },
    ];
    expect(brief(await found(wire({ people: taken })))).toEqual([
      "fault duplicate-key 1 /people/0/slug",
    ]);
  });

  it.each([
    ["itself", { name: "Ada Floe" }],
    ["family name first", { name: "FLOE, Ada" }],
    ["with other accents", { name: "Áda Flöe" }],
    ["as another name", { name: "The Keeper", otherNames: ["Ada Floe"] }],
  ])(
    "A new person with a name on record is a warning with the slug to use: %s",
    async (_what, names) => {
      const people = [{ slug: "a-floe", sortName: "Floe, Ada", ...names }];
      expect(await found(wire({ people }))).toEqual([
        expect.objectContaining({
          code: "name-on-record",
          severity: "warning",
          pointer: "/people/0/slug",
          message: expect.stringContaining(`is on record as "ada-floe"`),
        }),
      ]);
    },
  );

  it("A new person with a part of a name on record, or more than it, is not warned about", async () => {
    const people = ["Ada", "Floe", "Ada B. Floe", "Ada Floe-Drift"].map((name, i) => ({
      slug: `floe-${i}`,
      name,
      sortName: name,
    }));
    expect(await found(wire({ people }))).toEqual([]);
  });

  it("A cycle of meetings with those on record, or of another document, is no fault of a record", async () => {
    const above = [fair("ice-fair", "snow-fair"), fair("snow-fair", "fish-talks")];
    expect(await found(wire({ meetings: above }))).toEqual([]);
    const one = wire({ meetings: [fair("ice-fair", "snow-fair")] });
    const other = (key: string) => wire({ meetings: [fair("snow-fair", "ice-fair")] }, { key });
    expect(await found(one, other("gazette"))).toEqual([]);
    // Of one document they are, also by way of several lines.
    expect(brief(await found(one, other("wire")))).toEqual([
      "fault parent-cycle 1 /meetings/0/parent",
    ]);
  });

  it("Statements that correct each other across records are a fault, with and without the database", async () => {
    const one = wire({ statements: [said({ relations: corrects("gazette/answer") })] });
    const other = wire(
      { statements: [said({ relations: corrects("wire/answer") })] },
      { key: "gazette" },
    );
    expect(brief(await found(one, other))).toEqual([
      "fault correction-cycle 2 /statements/0/relations/0/statement",
    ]);
    const first = fableWith({ "/statements/0/relations": corrects("wire/answer") });
    const second = wire({
      statements: [said({ relations: corrects("the-herring-pact/whose-sea-it-is") })],
    });
    expect(brief(await found(first, second))).toEqual([
      "fault correction-cycle 1 /statements/0/relations/0/statement",
    ]);
  });

  it("A line with its document's key alone is checked by the licence on record", async () => {
    const words = wire(
      { statements: [said({ form: "VERBATIM", text: "word ".repeat(80).trim() })] },
      "the-herring-pact",
    );
    expect(brief(await found(words))).toEqual(["fault quotation-too-long 1 /statements/0/text"]);
  });

  it("A licence that is closed while its document is quoted at length is a fault", async () => {
    const cited = said({ citations: [{ start: 0, end: 9, exact: "fish" }] });
    await test.load(
      wire({ statements: [cited] }, { key: "open", licence: "CC0-1.0" }) as SourceRecordInput,
    );
    expect(brief(await found(wire({}, { key: "open" })))).toEqual([
      "fault licence-in-use 1 /document/licence",
    ]);
    expect(await found(wire({}, { key: "open", licence: "CC-BY-4.0" }))).toEqual([]);
  });

  it("Records and their text are checked together", async () => {
    const [record, text] = [await fileOf("fable.json", fableWith()), join(folder, "fable.txt")];
    await writeFile(text, fableText);
    const args = ["check", record, "--text", text, "--against", url];
    expect(await communique(args)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("no faults"),
    });
    await fileOf(
      "fable.json",
      fableWith({ "/meetings/1/citations/0": { ...passageOf("Ada"), end: 9_999 } }),
    );
    expect(await communique(args)).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("citation-range"),
    });
  });
});

describe("A database to check against", () => {
  const secret = "tide-table";
  const check = async (target: string, environment?: Record<string, string>) =>
    communique(
      ["check", await fileOf("fable.json", fableWith()), "--against", target],
      environment,
    );

  it("One that can't be reached, or is none, ends with 2 and never shows the password", async () => {
    const targets = [
      `postgres://keeper:${secret}@127.0.0.1:1/nowhere`,
      `mysql://keeper:${secret}@127.0.0.1/nowhere`,
      `postgres:/keeper:${secret}@`,
      url.replace(/:\/\/([^@]*@)?/, `://keeper:${secret}@`).replace(/[^/]*$/, "no_such_database"),
    ];
    for (const target of targets) {
      const { status, stdout, stderr } = await check(target);
      expect([status, stdout]).toEqual([2, ""]);
      expect(stderr).toMatch(/Cannot connect|--against takes/);
      expect(stderr).not.toContain(secret);
    }
  });

  it("One without all migrations, or with newer ones, ends with 2 and is left as it is", async () => {
    const other = await freshDatabase();
    const client = new Client(other);
    await client.connect();
    const migrate = (statement: string) => client.query(`${statement}`);
    try {
      await migrate("INSERT INTO migration (timestamp, name) VALUES (9999, 'Later')");
      expect(await check(other)).toMatchObject({
        status: 2,
        stderr: expect.stringMatching(/ has \d+ migrations and this version \d+:/),
      });
      await migrate(
        "DELETE FROM migration WHERE timestamp = 9999 OR name = (SELECT max(name) FROM migration)",
      );
      expect(await check(other)).toMatchObject({
        status: 2,
        stderr: expect.stringContaining("Run `communique migrate`"),
      });
      await migrate("DROP TABLE migration");
      expect(await check(other)).toMatchObject({
        status: 2,
        stderr: expect.stringContaining("lacks"),
      });
      const { rows } = await client.query("SELECT to_regclass('migration') AS found");
      expect(rows).toEqual([{ found: null }]);
    } finally {
      await client.end();
    }
  });

  it("The embedded database is one, once it is there", async () => {
    const own = { COMMUNIQUE_DATA_DIR: join(folder, "data") };
    expect(await check("embedded", own)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("There is no embedded database"),
    });
    await chmod(folder, 0o755); // when root runs the tests, another user runs PostgreSQL
    await preparedDirectory(own.COMMUNIQUE_DATA_DIR);
    const record = await fileOf("fable.json", fableWith());
    expect(await communique(["load", record], own)).toMatchObject({ status: 0 });
    const people = [{ slug: "a-floe", name: "Ada Floe", sortName: "Floe, Ada" }];
    const other = await fileOf("wire.json", wire({ people }));
    const { status, stdout } = await communique(["check", other, "--against", "embedded"], own);
    expect([status, stdout]).toEqual([0, expect.stringContaining(`is on record as "ada-floe"`)]);
  }, 120_000);
});

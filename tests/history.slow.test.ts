import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DataSource } from "typeorm";
import { createDataSource } from "../src/db/data-source.js";
import { loadFiles, type LoadOptions } from "../src/records/load/record.load.js";
import { freshDatabase } from "./harness/database.js";

jest.setTimeout(120_000);

const ROOT = join(__dirname, "..");
const format = "communique-record/1";
const news = (key: string, more = {}) => ({ key, kind: "NEWS", language: "en", ...more });
const said = (key: string, text: string, more = {}) => ({
  key,
  text,
  form: "REPORTED",
  language: "en",
  speakers: [{ country: "AQ" }],
  citations: [{ start: 0, end: 9 }],
  ...more,
});
const talks = (startDate: string) => ({
  slug: "talks",
  title: "The talks",
  kind: "OTHER",
  coverage: "REPORTED",
  startDate,
  citations: [{ start: 0, end: 9 }],
});
const herald = (startDate: string, ...more: object[]) => ({
  format,
  document: news("herald"),
  people: [{ slug: "ada", name: "Ada", sortName: "Ada" }],
  meetings: [talks(startDate)],
  statements: [said("sea", "The sea has no owner."), ...more],
});
const wire = {
  format,
  document: news("wire", { issuer: "club" }),
  organizations: [{ slug: "club", name: "The Club" }],
  statements: [
    said("fish", "Fish will be shared.", {
      meeting: "talks",
      relations: [{ kind: "RESPONDS_TO", statement: "herald/sea" }],
    }),
  ],
};

let folder: string;
let url: string;

let database: DataSource;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "communique-history-"));
  url = await freshDatabase();
  database = await createDataSource(url).initialize();
});
afterEach(async () => {
  await database.destroy();
  rmSync(folder, { recursive: true });
});

function communique(...args: string[]) {
  const env = { ...process.env, DATABASE_URL: url, FORCE_COLOR: undefined };
  const command = [join(ROOT, "bin/communique.js"), ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    encoding: "utf8",
    env: env,
  });
  return { status, stdout, stderr };
}

async function load(record: object, options: LoadOptions = {}): Promise<void> {
  const file = join(folder, "record.json");
  writeFileSync(file, JSON.stringify(record));
  const faults: string[] = [];
  const onFault = ({ message }: { message: string }) => void faults.push(message);
  await loadFiles(database, [file], { ...options, onFault });
  expect(faults).toEqual([]);
}

const lines = (text: string) =>
  text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** Two loads of the herald and one of the wire. */
async function threeLoads(): Promise<void> {
  await load(herald("2031-06-03"), { author: "Bo Drift", note: "The first day." });
  await load(herald("2031-06-04", said("ice", "The ice is thick.")));
  await load(wire);
}

describe("The history of the record", () => {
  it("The log lists revisions, newest first, with author, note and the numbers of their changes", async () => {
    expect(communique("log").stderr).toContain("There are no revisions yet.");
    await threeLoads();
    const { status, stdout } = communique("log", "--limit", "2");
    expect([status, stdout.match(/^revision \d+/gm)]).toEqual([0, ["revision 3", "revision 2"]]);
    expect(stdout).toContain("1 meeting changed");
    const { stdout: first } = communique("log", "--format", "json");
    expect(lines(first).at(-1)).toMatchObject({
      number: 1,
      action: "load",
      author: "Bo Drift",
      note: "The first day.",
      recordedAt: expect.stringMatching(/^20\d\d-.*Z$/),
      changes: expect.arrayContaining([{ kind: "ADDED", type: "PERSON", count: 1 }]),
    });
    const ofItem = communique("log", "talks");
    expect(ofItem.stdout).toContain('startDate "2031-06-03" → "2031-06-04"');
    expect(ofItem.stdout.match(/^revision \d+/gm)).toEqual(["revision 2", "revision 1"]);
    const added = lines(communique("log", "talks", "--format", "json").stdout).at(-1)!;
    // As it was then, not as it is now.
    expect(added.fields).toContainEqual({ field: "startDate", old: null, new: "2031-06-03" });
    const unknown = communique("log", "nobody");
    expect([unknown.status, unknown.stderr]).toEqual([2, expect.stringContaining('"nobody"')]);
  });

  it("The show command shows what a revision or an operation changed, up to a limit", async () => {
    await threeLoads();
    const { stdout } = communique("show", "2");
    expect(stdout).toMatch(/^revision 2 {2}20.* UTC {2}load\noperation [-0-9a-f]{36}\n/);
    expect(stdout).toContain("added    statement herald/ice\n");
    expect(stdout).not.toContain("\u001b");
    const operation = /operation (\S+)/.exec(stdout)![1]!;
    expect(communique("show", operation).stdout).toBe(stdout);
    const some = communique("show", "1..3", "--limit", "2", "--format", "json");
    expect(lines(some.stdout)).toHaveLength(2);
    expect(some.stderr).toMatch(/\d+ more changes; --limit shows them\./);
    expect(communique("show", "9")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("there are those from 1 to 3"),
    });
    expect(
      communique(
        "show",
        operation.replace(/^./, (one) => (one === "0" ? "1" : "0")),
      ),
    ).toMatchObject({ status: 2 });
  });

  it("The diff command lists for each item what changed in all between two revisions or days", async () => {
    await threeLoads();
    await load(
      { ...herald("2031-06-05"), statements: [said("sea", "The sea has no owner.")] },
      {
        prune: true,
      },
    );
    await load(herald("2031-06-06", said("ice", "The ice is thick.", { audience: "all" })));
    const { stdout } = communique("diff", "2", "--format", "json");
    const told = lines(stdout);
    expect(told.map(({ kind, key }) => [kind, key])).toEqual([
      ["ADDED", "club"],
      ["CHANGED", "talks"],
      // It went and came back with something more.
      ["CHANGED", "herald/ice"],
      ["ADDED", "wire/fish"],
      ["ADDED", "wire"],
    ]);
    expect(told[1]!.fields).toEqual([{ field: "startDate", old: "2031-06-04", new: "2031-06-06" }]);
    expect(told[2]!.fields).toEqual([{ field: "audience", old: null, new: "all" }]);
    // What came and went is left out.
    expect(communique("diff", "1", "5").stdout).not.toContain("herald/ice");
    const today = new Date().toISOString().slice(0, 10);
    expect(communique("diff", today)).toMatchObject({ status: 0, stdout: "" });
    expect(communique("diff", "3", "2").status).toBe(2);
    expect(communique("diff", "9999-01-01").stderr).toContain("yet to come");
    expect(communique("diff", "1999-01-01").stderr).toContain("revision 1 is of 20");
    expect(communique("diff", "2031-02-30").stderr).toContain("neither a day");
  });

  it("The export command exports the record as of a revision or a day, of one document too", async () => {
    await load(herald("2031-06-03"));
    const first = communique("export").stdout;
    const whole = communique("export", "--document", "herald").stdout;
    await load(herald("2031-06-04", said("ice", "The ice is thick.")));
    await load(wire);
    expect(communique("export", "--as-of", "1").stdout).toBe(first);
    expect(communique("export", "--as-of", "1", "--document", "herald").stdout).toBe(whole);
    const unknown = communique("export", "--as-of", "1", "--document", "wire");
    expect([unknown.status, unknown.stdout]).toEqual([2, ""]);
    const today = new Date().toISOString().slice(0, 10);
    expect(communique("export", "--as-of", today).stdout).toBe(communique("export").stdout);
    expect(communique("export", "--as-of", "4").status).toBe(2);
  });

  it("Statements are exported in the order of then, though a document that they cite has another date", async () => {
    const wireOf = (day: object) => ({ format, document: news("wire", day) });
    const citations = [
      { start: 0, end: 9 },
      { document: "wire", start: 70, end: 79 },
    ];
    await load(wireOf({}));
    await load({
      format,
      document: news("herald", { datePublished: "2031-06-04" }),
      statements: [
        said("sea", "The sea has no owner.", { citations }),
        said("ice", "The ice is thick.", { citations: [{ start: 40, end: 49 }] }),
      ],
    });
    const then = communique("export").stdout;
    await load(wireOf({ datePublished: "2031-06-03" }));
    const now = communique("export").stdout;
    const keys = (text: string) => [...text.matchAll(/"key":"(sea|ice)"/g)].map(([, key]) => key);
    expect([keys(then), keys(now)]).toEqual([
      ["sea", "ice"],
      ["ice", "sea"],
    ]);
    expect(communique("export", "--as-of", "2").stdout).toBe(then);
  });
});

describe("Reverting", () => {
  it("An operation is taken back as an operation of its own, which can be reverted, too", async () => {
    await load(herald("2031-06-03"));
    const first = communique("export").stdout;
    await load(herald("2031-06-04", said("ice", "The ice is thick.")));
    const second = communique("export").stdout;
    const dry = communique("revert", "2", "--dry-run");
    expect(dry.stdout).toContain("Revision 2 would be reverted, 1 document as before:");
    expect(communique("export").stdout).toBe(second);
    const done = communique("revert", "2", "--author", "Ada", "--note", "A mistake.");
    expect([done.status, done.stdout]).toEqual([
      0,
      expect.stringContaining("deleted  statement herald/ice"),
    ]);
    expect(communique("export").stdout).toBe(first);
    const [last] = lines(communique("log", "--format", "json").stdout);
    expect(last).toMatchObject({ number: 3, action: "revert", author: "Ada", note: "A mistake." });
    expect(communique("revert", last!.operation as string).status).toBe(0);
    expect(communique("export").stdout).toBe(second);
  });

  it("A document that was not on record goes whole, with what only it gives and what it names", async () => {
    await load(herald("2031-06-03"));
    const first = communique("export").stdout;
    await load(wire);
    expect(communique("revert", "2").stdout).toContain("1 document withdrawn:");
    expect(communique("export").stdout).toBe(first);
    expect(communique("revert", "1..3")).toMatchObject({ status: 0 });
    expect(communique("export").stdout).toBe("");
  });

  it("What later revisions depend on is not reverted, and the message says why", async () => {
    await threeLoads();
    const before = communique("export").stdout;
    const later = communique("revert", "1");
    expect(later.status).toBe(1);
    expect(later.stderr).toMatch(
      /Revert these first.*\n {2}revision 2 \(load, operation \S+\) changed herald/,
    );
    const used = communique("revert", "1..2");
    expect(used.status).toBe(1);
    expect(used.stdout).toBe("");
    expect(used.stderr).toContain("Nothing was changed.");
    expect(used.stderr).toMatch(/kept +meeting talks: a statement refers to it: wire\/fish/);
    expect(used.stderr).toMatch(
      /kept +statement herald\/sea: a statement relation refers to it: wire\/fish/,
    );
    expect(communique("export").stdout).toBe(before);
    expect(communique("revert", "3").status).toBe(0);
    expect(communique("revert", "1..2").status).toBe(0);
    expect(communique("export").stdout).toBe("");
  });
});

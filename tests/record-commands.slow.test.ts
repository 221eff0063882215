import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fableText, fableWith } from "./fixtures/fable.js";
import { preparedDirectory } from "./harness/prepared.js";

const ROOT = join(__dirname, "..");

describe("The record commands", () => {
  let folder: string;
  let record: string;
  let text: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "commands-"));
    [record, text] = [join(folder, "fable.json"), join(folder, "fable.txt")];
    writeFileSync(text, fableText);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("The check command reads standard input and reports in JSON", () => {
    const input = JSON.stringify(fableWith({ "/meetings/1/kind": "SUMIT" }), null, 2);
    const { status, stdout } = communique(["check", "--format", "json", "-"], input);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      files: 1,
      records: 1,
      faults: [{ file: "<stdin>", pointer: "/meetings/1/kind", suggestion: "SUMMIT" }],
    });
  });

  it("The check command reads a directory, and ends with 0 when there are only warnings", () => {
    const standing = fableWith({ "/statements/1/standing": "RETRACTED" });
    writeFileSync(record, JSON.stringify(standing));
    const { status, stdout } = communique(["check", folder]);
    expect([status, stdout]).toEqual([0, expect.stringContaining("no faults, 1 warning.")]);
  });

  it("The anchor command writes to standard output, or in place with --write", () => {
    const quote = "Ada Floe, Keeper of the Fish Stores of Antarctica";
    const quoted = JSON.stringify(fableWith({ "/tenures/0/citations/0": { quote } }), null, 2);
    const whole = JSON.stringify(fableWith(), null, 2);
    writeFileSync(record, quoted);
    expect(communique(["anchor", record, "--text", text])).toMatchObject({
      status: 0,
      stdout: whole,
    });
    expect(readFileSync(record, "utf8")).toBe(quoted);
    expect(communique(["anchor", "-", "--text", text], quoted).stdout).toBe(whole);
    expect(communique(["anchor", record, "--text", text, "--write"]).status).toBe(0);
    expect(readFileSync(record, "utf8")).toBe(whole);
  });

  it("The anchor command leaves a file with an ambiguous quote unchanged, and ends with 1", () => {
    const quoted = JSON.stringify(fableWith({ "/tenures/0/citations/0": { quote: "Drift" } }));
    writeFileSync(record, quoted);
    const { status, stdout, stderr } = communique(["anchor", record, "--text", text, "--write"]);
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/fable\.json:1:\d+ .*quote-ambiguous .*66–71 \(line 1\)/);
    expect(readFileSync(record, "utf8")).toBe(quoted);
  });

  it("The anchor command ends with 2 when the text is missing or unreadable", () => {
    writeFileSync(record, "{}");
    expect(communique(["anchor", record]).status).toBe(2);
    const { status, stderr } = communique(["anchor", record, "--text", folder]);
    expect([status, stderr]).toEqual([1, expect.stringContaining("no-text")]);
  });

  it.each(["check", "anchor"])("The %s command takes only one text, and ends with 2", (command) => {
    writeFileSync(record, JSON.stringify(fableWith()));
    const { status, stderr } = communique([command, record, "--text", text, "--text", text]);
    expect([status, stderr]).toEqual([2, expect.stringContaining("--text may be given once")]);
  });

  it("A dry run without a database compares with a temporary empty one", () => {
    writeFileSync(record, JSON.stringify(fableWith()));
    const own = { COMMUNIQUE_DATA_DIR: join(folder, "data"), DATABASE_URL: "" };
    const temporary = () => readdirSync(tmpdir()).filter((name) => name.includes("dry-run"));
    const before = temporary();
    const { status, stdout, stderr } = communique(["load", "--dry-run", record], "", own);
    expect([status, stdout]).toEqual([0, expect.stringMatching(/^1 record of \d+ items would/)]);
    expect(stderr).toContain("comparing with an empty one");
    expect(readdirSync(folder).sort()).toEqual(["fable.json", "fable.txt"]);
    expect(temporary()).toEqual(before);
  });

  it("A load that resumes says what it skips, and refuses what needs every record", async () => {
    chmodSync(folder, 0o755); // when root runs the tests, another user runs PostgreSQL
    await preparedDirectory(join(folder, "data"));
    const own = { COMMUNIQUE_DATA_DIR: join(folder, "data"), DATABASE_URL: "" };
    const resume = (...args: string[]) => communique(["load", "--resume", ...args], "", own);
    writeFileSync(record, JSON.stringify(fableWith()));
    const first = resume(record);
    expect([first.status, first.stderr]).toEqual([0, expect.stringContaining("Nothing to skip:")]);
    expect(first.stdout).toMatch(/^1 record of \d+ items changed:/);
    const second = resume(record);
    expect([second.status, second.stderr]).toEqual([
      0,
      expect.stringContaining("Skipped 1 record that was loaded before"),
    ]);
    expect(second.stdout).toBe("No records to load: nothing to change.\n");
    for (const other of [["--prune"], ["--text", text]]) {
      const { status, stderr } = resume(record, ...other);
      expect([status, stderr]).toEqual([
        2,
        expect.stringContaining("'--resume' cannot be used with"),
      ]);
    }
  });

  it("A load checks records against their text, and leaves those out that do not fit it", async () => {
    chmodSync(folder, 0o755); // when root runs the tests, another user runs PostgreSQL
    await preparedDirectory(join(folder, "data"));
    const own = { COMMUNIQUE_DATA_DIR: join(folder, "data"), DATABASE_URL: "" };
    const load = (...args: string[]) =>
      communique(["load", "--dry-run", record, "--text", ...args], "", own);
    writeFileSync(record, JSON.stringify(fableWith()));
    expect(load(text)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^1 record of \d+ items would/),
    });
    const misquoted = fableWith({ "/statements/0/text": "The sea belongs to all of them" });
    writeFileSync(record, JSON.stringify(misquoted));
    const { status, stdout, stderr } = load(text);
    expect([status, stdout]).toEqual([1, expect.stringContaining("1 record refused")]);
    expect(stderr).toMatch(/fable\.json:1:\d+ .*verbatim-mismatch/);
    writeFileSync(record, JSON.stringify({ ...fableWith(), document: "the-herring-pact" }));
    expect(load(text)).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringContaining("no record that is loaded defines the document"),
    });
    expect(load(text, "--text", text).status).toBe(2);
  }, 120_000);

  it("communique --version prints the package's version", () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
      version: string;
    };
    expect(communique(["--version"])).toMatchObject({ status: 0, stdout: `${version}\n` });
  });

  it("schema --record --check ends with 1 when the JSON Schema is stale", () => {
    const schema = join(ROOT, "records/communique-record-1.schema.json");
    expect(communique(["schema", "--record", "--check", schema]).status).toBe(0);
    const { status, stderr } = communique(["schema", "--record", "--check", text]);
    expect([status, stderr]).toEqual([1, expect.stringContaining("schema --record --out")]);
  });
});

function communique(args: string[], input = "", environment: Record<string, string> = {}) {
  const command = [join(ROOT, "bin/communique.js"), ...args];
  const env = { ...process.env, ...environment };
  return spawnSync(process.execPath, command, { input, encoding: "utf8", env });
}

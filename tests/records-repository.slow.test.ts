import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Client } from "pg";
import { parse } from "yaml";
import { fableText, fableWith } from "./fixtures/fable.js";
import { freshDatabase } from "./harness/database.js";
import { preparedDirectory } from "./harness/prepared.js";

const ROOT = resolve(__dirname, "..");
const EXAMPLE = join(ROOT, "examples/records-repository");

interface Step {
  name: string;
  run?: string;
  uses?: string;
  if?: string;
  env?: Record<string, string>;
  "working-directory"?: string;
}
interface Job {
  if?: string;
  steps: Step[];
}

const workflow = parse(readFileSync(join(EXAMPLE, ".github/workflows/records.yml"), "utf8")) as {
  jobs: Record<string, Job>;
  defaults: { run: { shell: string } };
  permissions: Record<string, string>;
};
const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

jest.setTimeout(300_000);

/** The group's repository, and beside it what else a runner has. */
let folder: string;
let repository: string;
let databaseUrl: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "communique-repository-"));
  await chmod(folder, 0o755); // when root runs the tests, another user runs PostgreSQL
  databaseUrl = await freshDatabase();
  repository = join(folder, "repository");
  cpSync(EXAMPLE, repository, { recursive: true });
  git("init", "-q", "-b", "main");
  commit("Begin our record");
  // Where the workflow checks it out, with its packages installed.
  symlinkSync(ROOT, join(repository, ".communique"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function git(...args: string[]): void {
  const author = ["-c", "user.name=Gull Grey", "-c", "user.email=gull@sea.example"];
  execFileSync("git", [...author, ...args], { cwd: repository });
}

function commit(subject: string): void {
  git("add", "--all", "--", ":!.communique");
  git("commit", "-q", "-m", subject);
}

function put(changes?: Record<string, unknown>): void {
  mkdirSync(join(repository, "records"), { recursive: true });
  const record = `${JSON.stringify(fableWith(changes), null, 2)}\n`;
  writeFileSync(join(repository, "records/the-herring-pact.json"), record);
}

function putText(): void {
  mkdirSync(join(repository, "texts"), { recursive: true });
  writeFileSync(join(repository, "texts/the-herring-pact.txt"), fableText);
}

/** Runs the commands of a job as GitHub does, up to the first that fails. Only what installs communique is left out. */
function runJob(name: string, event: "pull_request" | "push") {
  const job = workflow.jobs[name]!;
  const isFor = (condition?: string) =>
    condition === undefined || condition === `github.event_name == '${event}'`;
  const summary = join(folder, "summary.md");
  const temporary = join(folder, "temporary");
  mkdirSync(temporary, { recursive: true });
  let [output, status] = ["", 0];
  const own = isFor(job.if) ? job.steps.filter((step) => step.run && isFor(step.if)) : [];
  for (const step of own.filter((one) => one.name !== "Install communique")) {
    const script = join(temporary, "script.sh");
    writeFileSync(script, step.run!);
    const shell = ["--noprofile", "--norc", "-eo", "pipefail", script];
    const child = spawnSync(workflow.defaults.run.shell, shell, {
      cwd: repository,
      encoding: "utf8",
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        GITHUB_WORKSPACE: repository,
        GITHUB_STEP_SUMMARY: summary,
        RUNNER_TEMP: temporary,
        ...Object.fromEntries(Object.entries(step.env ?? {}).map(([k, v]) => [k, filled(v)])),
      },
    });
    output += child.stdout + child.stderr;
    status = child.status!;
    if (status !== 0) break;
  }
  return { status, output, summary: existsSync(summary) ? readFileSync(summary, "utf8") : "" };
}

function filled(value: string): string {
  expect(value).toBe("${{ secrets.DATABASE_URL }}");
  return databaseUrl;
}

async function revisions(): Promise<object[]> {
  const client = new Client(databaseUrl);
  await client.connect();
  const { rows } = await client.query<object>(
    "SELECT number, author, note FROM record_revision ORDER BY number",
  );
  await client.end();
  return rows;
}

describe("The workflow of a repository of records", () => {
  it("A pull request with a good record passes, and its summary lists what would change", async () => {
    put();
    commit("Add the pact");
    const { status, output, summary } = runJob("check", "pull_request");
    expect([status, output]).toEqual([0, expect.stringContaining("no faults")]);
    expect(summary).toMatch(/1 record of \d+ items would/);
    expect(await revisions()).toEqual([]);
  });

  it("A pull request that changes a record is compared with what is on main", () => {
    put();
    putText();
    commit("Add the pact");
    put({ "/meetings/0/title": "Ada Floe talks to Bo Drift" });
    commit("Give the talks another title");
    const { status, summary } = runJob("check", "pull_request");
    expect(status).toBe(0);
    expect(summary).toContain(
      `changed  meeting fish-talks: title "Ada Floe meets Bo Drift" → "Ada Floe talks to Bo Drift"`,
    );
    expect(summary).not.toMatch(/text +1 added/);
  });

  it("A pull request with a faulty record fails, and says where the fault is", () => {
    put({ "/meetings/1/kind": "SUMIT" });
    commit("Add the pact");
    const { status, output } = runJob("check", "pull_request");
    expect(status).toBe(1);
    expect(output).toMatch(/records\/the-herring-pact\.json:\d+:\d+ .*did you mean "SUMMIT"/);
  });

  it("A pull request whose quotation is not in the text fails", () => {
    put({ "/statements/0/text": "The sea belongs to all of them" });
    commit("Add the pact");
    putText();
    commit("Add its text");
    const { status, output } = runJob("check", "pull_request");
    expect([status, output]).toEqual([1, expect.stringContaining("verbatim-mismatch")]);
  });

  it("A pull request that changes published words fails", async () => {
    await preparedDirectory(join(folder, "temporary/database"));
    put();
    commit("Add the pact");
    put({ "/statements/1/text": "A colony will keep its fish." });
    commit("Say otherwise");
    const { status, output } = runJob("check", "pull_request");
    expect([status, output]).toEqual([1, expect.stringContaining("published-statement")]);
  });

  it("A merge is loaded as a revision with the commit's author and subject, whatever that says", async () => {
    const subject = 'Add "the pact" $(touch pwned) `touch pwned` ${{ github.token }} --prune';
    put();
    putText();
    commit(subject);
    expect(runJob("load", "pull_request").output).toBe("");
    const { status, output } = runJob("load", "push");
    expect([status, output]).toEqual([0, expect.stringMatching(/1 record of \d+ items/)]);
    expect(output).not.toContain(databaseUrl);
    expect(await revisions()).toEqual([{ number: 1, author: "Gull Grey", note: subject }]);
    expect(existsSync(join(repository, "pwned"))).toBe(false);
  });

  it("Nothing but GitHub's own values is put into commands, secrets least of all, and nothing may write", () => {
    for (const { run = "" } of steps) expect(run).not.toContain("${{");
    expect(workflow.permissions).toEqual({ contents: "read" });
    for (const { uses } of steps.filter((step) => step.uses))
      expect(uses).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40}$/);
    const secret = steps.filter((step) => JSON.stringify(step).includes("secrets."));
    expect(secret.map(({ name }) => name)).toEqual(["Load the records"]);
    expect(workflow.jobs.load!.if).toBe("github.event_name == 'push'");
  });
});

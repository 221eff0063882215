import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, symlinkSync } from "node:fs";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { appointment, official, presidency, speech, trip, visit } from "./fixtures/us-rows.js";
import { blocksOf, pagesWithCommands } from "./harness/documented-commands.js";
import { preparedDirectory } from "./harness/prepared.js";

const ROOT = resolve(__dirname, "..");
const UP = /POST (http:\S+)\/graphql/;
/** Where the pages say that the service is. */
const SAID = /http:\/\/(127\.0\.0\.1|localhost):4000/g;

jest.setTimeout(300_000);

/** The checkout as somebody has it who has just cloned it and run `npm ci`: without data. */
let folder: string;
let service: ChildProcess | undefined;
let address = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "communique-commands-"));
  await chmod(folder, 0o755); // when root runs the tests, another user runs PostgreSQL
  for (const name of readdirSync(ROOT).filter((entry) => ![".data", ".git"].includes(entry)))
    symlinkSync(join(ROOT, name), join(folder, name));
});
afterEach(async () => {
  await stop();
  await rm(folder, { recursive: true, force: true });
});

function run(command: string): ChildProcess {
  const own = /^(DATABASE_URL|HOST|PORT|COMMUNIQUE_|npm_)/;
  const environment = Object.entries(process.env).filter(([name]) => !own.test(name));
  return spawn("bash", ["-euo", "pipefail", "-c", command], {
    cwd: folder,
    env: { ...Object.fromEntries(environment), PORT: "0" },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true, // so that npm and what it starts can be stopped together
  });
}

/** What it says until it ends, or until what it has said matches. */
async function said(child: ChildProcess, awaited?: RegExp): Promise<string> {
  let text = "";
  for (const stream of [child.stdout!, child.stderr!])
    stream.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  const ended = once(child, "close");
  while (child.exitCode === null && !awaited?.test(text))
    await Promise.race([ended, new Promise((done) => setTimeout(done, 50))]);
  if (!awaited) await ended;
  return text;
}

/** Does as a page says, and expects that it works. */
async function follow(command: string): Promise<void> {
  // The packages are installed.
  const here = command.replace("npm ci && ", "").replaceAll(SAID, address);
  if (/npm start/.test(here)) return start(here);
  const child = run(here);
  const text = await said(child);
  expect({ here, text, code: child.exitCode }).toEqual({ here, text, code: 0 });
  // What curl prints of a query that fails.
  expect(text).not.toContain('"errors":[');
}

async function start(command: string): Promise<void> {
  await stop();
  service = run(command);
  const text = await said(service, UP);
  expect(text).toMatch(UP);
  address = UP.exec(text)![1]!;
}

async function stop(): Promise<void> {
  if (!service || service.exitCode !== null) return;
  const ended = once(service, "close");
  process.kill(-service.pid!, "SIGTERM");
  await ended;
  service = undefined;
}

/** The rows that the importers are fed. */
async function giveRows(): Promise<void> {
  const rows = {
    "us-officials": official,
    "us-presidents": presidency,
    "us-appointments": appointment,
    "us-travels": trip,
    "us-visits": visit,
    "un-speakers": speech,
    territories: (changes: object) => ({ id: "norway", country_code: "NO", ...changes }),
  };
  for (const [name, row] of Object.entries(rows))
    await writeFile(join(folder, `${name}.ndjson`), `${JSON.stringify(row({}))}\n`);
}

describe("Documented commands", () => {
  it.each(pagesWithCommands(ROOT))("The commands in %s work from top to bottom", async (page) => {
    // The README's make the database; the other pages need not make it again.
    if (page !== "README.md") await preparedDirectory(join(folder, ".data"));
    await giveRows();
    for (const block of blocksOf(readFileSync(join(ROOT, page), "utf8"))) {
      if ("command" in block) await follow(block.command);
      else await writeFile(join(folder, block.file), block.content);
    }
  });

  it("The main pages of the documentation have commands that are tested", () => {
    expect(pagesWithCommands(ROOT)).toEqual(
      expect.arrayContaining([
        "README.md",
        "docs/first-hour.md",
        "docs/records.md",
        "docs/operations.md",
        "importers/README.md",
        "examples/client/README.md",
      ]),
    );
  });
});

describe("The README", () => {
  it("README.md names the Node.js versions that package.json allows", () => {
    const { engines } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
      engines: { node: string };
    };
    const readme = readFileSync(join(ROOT, "README.md"), "utf8");
    const versions = engines.node.match(/\d+\.\d+(?=\.)/g)!;
    expect(readme).toContain(`Node.js ${versions.join(", ")}`);
  });
});

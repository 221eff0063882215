import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { appointment, official, trip } from "./fixtures/us-rows.js";

const SHOWCASE = resolve(__dirname, "../dist/importers/showcase/showcase.js");

jest.setTimeout(120_000);

let directory: string;
let child: ChildProcess | undefined;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "communique-showcase-"));
  await chmod(directory, 0o755); // when root runs the tests, another user runs PostgreSQL
});
afterEach(async () => {
  if (child?.exitCode === null) child.kill("SIGKILL");
  await rm(directory, { recursive: true, force: true });
});

const give = (name: string, ...rows: object[]) =>
  writeFile(
    join(directory, `${name}.ndjson`),
    rows.map((row) => `${JSON.stringify(row)}\n`).join(""),
  );

/** Runs the showcase until it ends, or until what it has printed matches. */
async function showcase(awaited?: RegExp): Promise<string> {
  const own = /^(DATABASE_URL|HOST|PORT|COMMUNIQUE_)/;
  const environment = Object.entries(process.env).filter(([name]) => !own.test(name));
  child = spawn(process.execPath, [SHOWCASE, directory, "--out", join(directory, "out")], {
    env: { ...Object.fromEntries(environment), PORT: "0" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout!, child.stderr!])
    stream.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  const ended = once(child, "close");
  while (child.exitCode === null && !awaited?.test(text))
    await Promise.race([ended, new Promise((done) => setTimeout(done, 50))]);
  if (!awaited) await ended;
  return text;
}

test("The showcase imports what a directory has, says what is on record, and stops with its service", async () => {
  await give("us-officials", official({}));
  await give("us-appointments", appointment({}));
  await give("us-travels", trip({ remarks: "Met with President Cy Berg." }));
  const text = await showcase(/source documents +\d/);
  expect(text).toMatch(/meetings +\d+ {3}2031-05-01 to 2031-05-01/);
  expect(text).toMatch(/people +3\n/);
  expect(text).toMatch(/source documents +3/);
  expect(text).not.toContain("statements  ");
  expect(await readdir(join(directory, "out", "records"))).toHaveLength(3);

  const ended = once(child!, "close");
  child!.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
});

test("A directory without datasets is refused with the page that says where to get them", async () => {
  expect(await showcase()).toContain("docs/showcase.md says where to get them");
  expect(child!.exitCode).toBe(2);
});

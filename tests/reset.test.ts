import { spawn, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { startEmbedded } from "../src/embedded/embedded.js";
import { identify } from "../src/embedded/process-lock.js";
import { resetDatabase } from "../src/embedded/reset.js";

const ROOT = resolve(__dirname, "..");

let directory: string;
let said: string[];

beforeEach(() => {
  directory = fs.mkdtempSync(join(tmpdir(), "communique-reset-"));
  fs.chmodSync(directory, 0o711); // when root runs the tests, another user runs PostgreSQL
  said = [];
});
afterEach(() => fs.rmSync(directory, { recursive: true, force: true }));

function reset(answer: string | null, { yes = false, databaseUrl = null as string | null } = {}) {
  return resetDatabase(
    { databaseUrl, dataDirectory: directory },
    {
      say: (line) => said.push(line),
      ask: answer === null ? null : async () => answer,
      yes,
    },
  );
}

/** What looks like a database, and takes no time to make. */
function makeDatabase(data = join(directory, "postgres")): void {
  fs.mkdirSync(data, { recursive: true });
  fs.writeFileSync(join(data, "PG_VERSION"), "18\n");
  fs.writeFileSync(join(data, "table"), "x".repeat(2_345_678));
  for (const name of ["postgres.password", "postgres.log"])
    fs.writeFileSync(join(directory, name), "secret");
}

const isThere = () => fs.existsSync(join(directory, "postgres", "PG_VERSION"));

describe("The reset of the embedded database", () => {
  it("A reset says what it deletes, asks, and deletes the whole directory", async () => {
    makeDatabase();
    expect(await reset("yes")).toBe(true);
    expect(said[0]).toContain(`This deletes the database in ${directory}, 2.3 MB in total`);
    expect(said[0]).toContain("can be loaded again");
    expect(fs.existsSync(directory)).toBe(false);
  });

  it("A reset leaves other files in the directory alone", async () => {
    makeDatabase();
    fs.writeFileSync(join(directory, "postgres.notes"), "mine");
    await reset("yes");
    expect(fs.readdirSync(directory)).toEqual(["postgres.notes"]);
  });

  it.each(["", "y", "no"])("A reset deletes nothing when the answer is %j", async (answer) => {
    makeDatabase();
    expect(await reset(answer)).toBe(false);
    expect([isThere(), said.at(-1)]).toEqual([true, "Nothing was deleted."]);
  });

  it("A reset without a terminal is refused unless --yes is given", async () => {
    makeDatabase();
    await expect(reset(null)).rejects.toThrow(/no terminal .* --yes/);
    expect(isThere()).toBe(true);
    await reset(null, { yes: true });
    expect(isThere()).toBe(false);
  });

  it("A reset is refused when DATABASE_URL is set", async () => {
    makeDatabase();
    await expect(reset("yes", { databaseUrl: "postgres://somewhere/else" })).rejects.toThrow(
      /DATABASE_URL is set.* dropdb .* unset DATABASE_URL/,
    );
    expect(isThere()).toBe(true);
  });

  it("A reset deletes the files behind a symbolic link", async () => {
    const moved = join(directory, "communique-abc123");
    makeDatabase(join(moved, "postgres"));
    fs.mkdirSync(join(moved, "programs-18.4.0"));
    fs.symlinkSync(join(moved, "postgres"), join(directory, "postgres"));
    await reset("yes");
    expect(said[0]).toContain(moved);
    expect(fs.existsSync(directory)).toBe(false);
  });

  it("A reset deletes nothing in a directory without a database", async () => {
    fs.mkdirSync(join(directory, "postgres"));
    fs.writeFileSync(join(directory, "postgres/thesis.txt"), "years of work");
    expect(await reset("yes")).toBe(true);
    expect(said).toEqual([`There is no database in ${directory}: nothing to delete.`]);
    expect(fs.existsSync(join(directory, "postgres/thesis.txt"))).toBe(true);
  });

  it("A reset is refused while a process uses the database, and names the process", async () => {
    const server = await startEmbedded({ directory, settings: { fsync: "off" } });
    await expect(reset("yes")).rejects.toThrow(
      `The database in ${directory} is in use by process ${process.pid}. Nothing was deleted; stop that first`,
    );
    await server.stop();
    await reset("yes");
    expect(fs.existsSync(directory)).toBe(false);
  });

  it("A reset stops the server of a process that was killed", async () => {
    const script = `require(${JSON.stringify(join(ROOT, "dist/src/embedded/embedded.js"))})
      .startEmbedded(${JSON.stringify({ directory, settings: { fsync: "off" } })})
      .then(() => process.kill(process.pid, "SIGKILL"));`;
    const child = spawn(process.execPath, ["-e", script]);
    await new Promise((done) => child.on("exit", done));
    const pid = Number.parseInt(
      fs.readFileSync(join(directory, "postgres/postmaster.pid"), "utf8"),
      10,
    );
    expect(identify(pid)).toBeDefined();
    await reset("yes");
    expect([identify(pid), fs.existsSync(directory)]).toEqual([undefined, false]);
  });

  it("The reset command ends with 2 when it can't ask, and with 0 when --yes is given", () => {
    makeDatabase();
    const command = (...args: string[]) =>
      spawnSync(process.execPath, [join(ROOT, "bin/communique.js"), "reset", ...args], {
        env: { PATH: process.env.PATH, COMMUNIQUE_DATA_DIR: directory },
        input: "yes\n",
        encoding: "utf8",
      });
    const refused = command();
    expect([refused.status, refused.stdout]).toEqual([2, ""]);
    expect(refused.stderr).toMatch(/no terminal for confirmation.*\n$/);
    expect(isThere()).toBe(true);
    expect(command("--yes").status).toBe(0);
    expect(isThere()).toBe(false);
  });
});

import { type ChildProcess, spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { type EmbeddedServer, startEmbedded } from "../src/embedded/embedded.js";
import { identify } from "../src/embedded/process-lock.js";

const settings = { fsync: "off" };
const compiled = resolve(__dirname, "../dist/src/embedded/embedded.js");

let directory: string;
let servers: EmbeddedServer[];
let children: ChildProcess[];

async function start(): Promise<EmbeddedServer> {
  const server = await startEmbedded({ directory, settings });
  servers.push(server);
  return server;
}

/** Starts the server in a process of its own; `owned` comes once it runs. */
function startElsewhere(): { child: ChildProcess; owned: Promise<boolean> } {
  const script = `require(${JSON.stringify(compiled)})
    .startEmbedded(${JSON.stringify({ directory, settings })})
    .then((server) => console.log(server.owned));
  setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  const owned = new Promise<boolean>((done) => {
    child.stdout.on("data", (line: Buffer) => done(line.toString().trim() === "true"));
  });
  return { child, owned };
}

async function killProcess(child: ChildProcess): Promise<void> {
  const ended = new Promise((done) => child.on("exit", done));
  child.kill("SIGKILL");
  await ended;
}

async function ask(server: EmbeddedServer, statement: string): Promise<unknown[]> {
  const client = new Client(server.url("postgres"));
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

function postmasterPid(): number {
  return Number.parseInt(readFileSync(join(directory, "postgres/postmaster.pid"), "utf8"), 10);
}

/** The process may still be a zombie. */
function isRunning(pid: number): boolean {
  return identify(pid) !== undefined;
}

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "communique-embedded-"));
  chmodSync(directory, 0o711); // when root runs the tests, another user runs PostgreSQL
  servers = [];
  children = [];
});

afterEach(async () => {
  for (const child of children) if (child.exitCode === null) child.kill("SIGKILL");
  // Whoever starts last owns what the others have left.
  if (existsSync(join(directory, "postgres/postmaster.pid"))) await start();
  for (const server of servers.reverse()) await server.stop();
  rmSync(directory, { recursive: true, force: true });
});

describe("Starts and stops of the embedded PostgreSQL", () => {
  test("Data is kept from one start to the next", async () => {
    const first = await start();
    await ask(first, "CREATE TABLE visit AS SELECT 'Évian' AS place");
    const pid = postmasterPid();
    await first.stop();
    expect(isRunning(pid)).toBe(false);
    expect(readdirSync(directory).sort()).toEqual([
      "postgres",
      "postgres.log",
      "postgres.password",
    ]);

    expect(await ask(await start(), "SELECT upper(place) AS place FROM visit")).toEqual([
      { place: "ÉVIAN" },
    ]);
  });

  test("Trigram similarity works for names in every script, except on Windows", async () => {
    const server = await start();
    await ask(server, "CREATE EXTENSION pg_trgm");
    const [row] = await ask(
      server,
      `SELECT similarity('राजनाथ', 'राजनात') > 0.3 AS hindi, similarity('Лавров', 'Лавроф') > 0.3 AS russian,
         similarity('王毅', '王义') > 0.1 AS chinese, upper('évian') AS upper`,
    );
    // On Windows no locale does that: names misspelt in other scripts are not found there.
    const known = process.platform !== "win32";
    expect(row).toEqual({ hindi: known, russian: known, chinese: known, upper: "ÉVIAN" });
  });

  test("A second start on the same directory shares the server, and leaves it running when it stops", async () => {
    const first = await start();
    const second = await start();
    expect([first.owned, second.owned]).toEqual([true, false]);
    expect(second.url("other")).toBe(first.url("other"));
    await second.stop();
    expect(await ask(first, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  test("The server keeps running when the process that started it stops, and ends with the last that shares it", async () => {
    const [first, second] = [await start(), await start()];
    const pid = postmasterPid();
    await first.stop();
    expect(await ask(second, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await second.stop();
    expect(isRunning(pid)).toBe(false);
    expect(readdirSync(directory)).not.toContain("postgres.owner");
  });

  test("A process that shares the server stops it when the one that started it was killed", async () => {
    const { child, owned } = startElsewhere();
    await owned;
    const pid = postmasterPid();
    const sharer = await start();
    await killProcess(child);
    expect(await ask(sharer, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await sharer.stop();
    expect([sharer.owned, isRunning(pid)]).toEqual([false, false]);
  });

  test("Several processes that start at the same moment start one server", async () => {
    const owned = await Promise.all([1, 2, 3].map(() => startElsewhere().owned));
    expect(owned.filter(Boolean)).toHaveLength(1);
  });

  test("A server whose process was killed is taken over by the next start", async () => {
    const { child, owned } = startElsewhere();
    expect(await owned).toBe(true);
    const pid = postmasterPid();
    await killProcess(child);
    expect(isRunning(pid)).toBe(true);

    const server = await start();
    expect([server.owned, postmasterPid()]).toEqual([true, pid]);
    await server.stop();
    expect(existsSync(join(directory, "postgres/postmaster.pid"))).toBe(false);
  });

  test("A first start that is killed leaves nothing that keeps the next from starting", async () => {
    const { child } = startElsewhere();
    const isHalfMade = () => readdirSync(directory).some((name) => name.startsWith("postgres.new"));
    while (!isHalfMade()) await sleep(5);
    await sleep(100);
    await killProcess(child);
    expect(existsSync(join(directory, "postgres"))).toBe(false);

    expect(await ask(await start(), "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    expect(isHalfMade()).toBe(false);
  });

  test("Committed data is there after the server was killed and started again", async () => {
    const first = await start();
    await ask(first, "CREATE TABLE meeting AS SELECT 1815 AS year");
    process.kill(postmasterPid(), "SIGKILL");

    expect(await ask(await start(), "SELECT year FROM meeting")).toEqual([{ year: 1815 }]);
  });

  test("A wrong or missing password file is reported with what to do", async () => {
    const first = await start();
    await first.stop();
    const file = join(directory, "postgres.password");
    const password = readFileSync(file, "utf8");
    writeFileSync(file, "another");
    await expect(start()).rejects.toThrow(/does not accept the password .* Restore the right one/);
    rmSync(file);
    await expect(start()).rejects.toThrow(/postgres\.password of the database is missing/);
    writeFileSync(file, password);
    expect(await ask(await start(), "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });
});

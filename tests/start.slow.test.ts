import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { createDataSource } from "../src/db/data-source.js";
import { identify } from "../src/embedded/process-lock.js";
import { fableWith } from "./fixtures/fable.js";
import { freshDatabase } from "./harness/database.js";

const ROOT = resolve(__dirname, "..");
const COMMAND = join(ROOT, "bin/communique.js");
const RECORDS = readdirSync(join(ROOT, "records"))
  .filter((name) => name.endsWith(".json"))
  .map((name) => join(ROOT, "records", name));
const STACK = /^ +at /m;
const UP = /POST (http:\S+)\/graphql/;

jest.setTimeout(60_000);

let directory: string;
let dataDirectory: string;
const started: Run[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "communique-start-"));
  // PostgreSQL does not run as root, and its other user has to get to its files.
  await chmod(directory, 0o755);
  dataDirectory = join(directory, "data");
  // Compiles, where that is still to be done.
  expect(await communique(["schema", "--out", join(directory, "schema.graphql")])).toMatchObject({
    code: 0,
  });
});

afterAll(async () => {
  for (const { child } of started) child.kill("SIGKILL");
  const left = postgres();
  if (left && isRunning(left)) process.kill(left, "SIGINT");
  await until(() => left === undefined || !isRunning(left), "PostgreSQL's end");
  await rm(directory, { recursive: true, force: true });
});

type Environment = Record<string, string>;

interface Run {
  child: ChildProcess;
  stdout: string;
  stderr: string;
  ended: Promise<number | null>;
}

/** Runs a program in the project, in an environment that says nothing but this to it. */
function run(command: string, args: string[], environment: Environment = {}): Run {
  const own = ["DATABASE_URL", "HOST", "PORT", "COMMUNIQUE_DATA_DIR"];
  const others = Object.entries(process.env).filter(([name]) => !own.includes(name));
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { ...Object.fromEntries(others), COMMUNIQUE_DATA_DIR: dataDirectory, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    // A process group of its own, like a program in a terminal.
    detached: true,
  });
  const running: Run = {
    child,
    stdout: "",
    stderr: "",
    ended: new Promise((done, failed) => child.on("close", done).on("error", failed)),
  };
  child.stdout.on("data", (data: Buffer) => (running.stdout += data.toString()));
  child.stderr.on("data", (data: Buffer) => (running.stderr += data.toString()));
  started.push(running);
  return running;
}

/** Runs the command to its end. */
async function communique(args: string[], environment?: Environment) {
  const running = run(process.execPath, [COMMAND, ...args], environment);
  const code = await running.ended;
  return { code, stdout: running.stdout, stderr: running.stderr };
}

/** Starts the service on any free port. */
function start(environment: Environment = {}): Run {
  return run(process.execPath, [COMMAND, "start"], { PORT: "0", ...environment });
}

function npmStart(): Run {
  return run("npm", ["start", "--silent"], { PORT: "0" });
}

/** The address of a service, once it is up. */
async function addressOf(service: Run): Promise<string> {
  const { child } = service;
  await until(() => UP.test(service.stdout) || child.exitCode !== null, "the service", service);
  const address = UP.exec(service.stdout)?.[1];
  if (!address) throw new Error(`It did not start.\n${service.stdout}${service.stderr}`);
  return address;
}

async function ask(service: Run, query: string) {
  const response = await fetch(`${await addressOf(service)}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as { data: unknown; errors?: { extensions: object }[] };
}

/** Asks what the project is there to answer. */
async function expectHeadline(service: Run): Promise<void> {
  const query = `{ person(slug: "rajnath-singh") {
    statements(filter: { places: ["vientiane"] }) { totalCount }
  } }`;
  expect(await ask(service, query)).toEqual({
    data: { person: { statements: { totalCount: 14 } } },
  });
}

async function until(isSo: () => boolean, what: string, { stdout, stderr }: Partial<Run> = {}) {
  for (const began = Date.now(); !isSo(); await sleep(20)) {
    if (Date.now() - began > 30_000) throw new Error(`${what}: not in 30 s\n${stdout}${stderr}`);
  }
}

/** The process ids of the embedded PostgreSQL and of the service that owns it. */
function postgres(): number | undefined {
  return pidIn(join(dataDirectory, "postgres/postmaster.pid"));
}
function owner(): number | undefined {
  return pidIn(join(dataDirectory, "postgres.owner"));
}

function pidIn(file: string): number | undefined {
  return existsSync(file) ? Number.parseInt(readFileSync(file, "utf8"), 10) : undefined;
}

/** The process may still be a zombie. */
function isRunning(pid: number): boolean {
  return identify(pid) !== undefined;
}

/** Does what ends a service, and expects it, and its PostgreSQL, to end in good order. */
async function expectGoodEnd(service: Run, end: () => void): Promise<void> {
  const processes = [postgres()!, owner()!];
  expect(processes.map(isRunning)).toEqual([true, true]);
  end();
  expect(await service.ended).toBe(0);
  expect(service.stdout).toMatch(/\nShutting down…\nStopped\.\n$/);
  expect(processes.map(isRunning)).toEqual([false, false]);
  expect([postgres(), owner()]).toEqual([undefined, undefined]);
}

describe("The service on the embedded database", () => {
  it("The first start creates the database, loads the records and serves them", async () => {
    const service = start();
    await expectHeadline(service);
    expect(service.stdout).toContain(`Creating a database in ${dataDirectory}\nLoaded the record`);
    await expectGoodEnd(service, () => service.child.kill("SIGTERM"));
    expect(service.stderr).toBe("");
  });

  it("The second start finds the data within ten seconds, and SIGTERM to npm stops the service", async () => {
    const began = Date.now();
    const service = npmStart();
    await expectHeadline(service);
    expect(Date.now() - began).toBeLessThan(10_000);
    expect(service.stdout).not.toMatch(/Creating|Loaded/);
    await expectGoodEnd(service, () => service.child.kill("SIGTERM"));
  });

  it("Ctrl-C, which reaches npm and the service, stops both in good order", async () => {
    const service = npmStart();
    await expectHeadline(service);
    await expectGoodEnd(service, () => process.kill(-service.child.pid!, "SIGINT"));
  });

  it("The log is written while the service runs, and completely before it ends", async () => {
    const service = start({ COMMUNIQUE_LOG_LEVEL: "info" });
    await expectHeadline(service);
    await until(() => service.stdout.includes(`"outcome":"ok"`), "the log", service);
    await ask(service, "query Last { __typename }");
    service.child.kill("SIGTERM");
    expect(await service.ended).toBe(0);
    expect(service.stdout).toContain(`"operation":"Last"`);
  });

  it("A service that is stopped while it starts shuts down cleanly", async () => {
    const service = start();
    await until(() => postgres() !== undefined && owner() !== undefined, "PostgreSQL", service);
    await expectGoodEnd(service, () => service.child.kill("SIGTERM"));
  });

  it("A start after the service was killed takes over the database with all data", async () => {
    const killed = start();
    await expectHeadline(killed);
    killed.child.kill("SIGKILL");
    await killed.ended;
    const service = start();
    await expectHeadline(service);
    expect(service.stdout).toContain("Taking over the database server");
    expect(service.stdout).not.toMatch(/Creating|Loaded/);
    await expectGoodEnd(service, () => service.child.kill("SIGTERM"));
  });

  it("A port in use is reported, and no database server is left running", async () => {
    const other = createServer();
    await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
    const { port } = other.address() as { port: number };
    const { code, stdout, stderr } = await communique(["start"], { PORT: `${port}` });
    other.close();
    expect(code).toBe(2);
    expect(stdout).toBe("");
    const [, free] = /, or choose another one: PORT=(\d+) npm start\.$/m.exec(stderr) ?? [];
    expect(Number(free)).toBeGreaterThan(port);
    expect(stderr).not.toMatch(STACK);
    expect(postgres()).toBeUndefined();
  });
});

describe("An embedded PostgreSQL that ends", () => {
  const AGAIN = /The embedded PostgreSQL \(process \d+\) died; it (has been|was) restarted/g;
  const restartsOf = ({ stdout }: Run) => [...stdout.matchAll(AGAIN)].map(([, how]) => how);

  /** Ends the server alone, and waits until each of its services has logged that it runs again. */
  async function endPostgres(signal: NodeJS.Signals, ...services: Run[]): Promise<void> {
    const told = services.map((service) => restartsOf(service).length);
    process.kill(postgres()!, signal);
    for (const [i, service] of services.entries()) {
      await until(() => restartsOf(service).length > told[i]!, "PostgreSQL again", service);
    }
  }

  it.each(["SIGKILL", "SIGTERM"] as const)(
    "The service restarts its PostgreSQL after a %s, and says so in one line",
    async (signal) => {
      const service = start();
      await expectHeadline(service);
      await endPostgres(signal, service);
      await expectHeadline(service);
      expect(restartsOf(service)).toEqual(["has been"]);
      await expectGoodEnd(service, () => service.child.kill("SIGTERM"));
      expect(service.stderr).toBe("");
    },
  );

  it("PostgreSQL is restarted once when several services share it, and all of them answer", async () => {
    const services = [start(), start(), start()];
    for (const service of services) await expectHeadline(service);
    await endPostgres("SIGKILL", ...services);
    for (const service of services) await expectHeadline(service);
    expect(services.flatMap(restartsOf).sort()).toEqual(["has been", "was", "was"]);
    const last = services.pop()!;
    for (const { child } of services) child.kill("SIGTERM");
    for (const { ended } of services) expect(await ended).toBe(0);
    await expectHeadline(last);
    await expectGoodEnd(last, () => last.child.kill("SIGTERM"));
  });

  it("The service gives up when PostgreSQL ends three times in a minute, and ends with 1", async () => {
    const service = start();
    await expectHeadline(service);
    await endPostgres("SIGKILL", service);
    await endPostgres("SIGINT", service);
    process.kill(postgres()!, "SIGKILL");
    expect(await service.ended).toBe(1);
    expect(service.stderr).toMatch(/died 3 times within a minute.*postgres\.log says why/);
    expect(service.stderr).not.toMatch(STACK);
    expect(owner()).toBeUndefined();
  });

  it("PostgreSQL is not restarted when the service only has too many files open", async () => {
    const limited = 'ulimit -n 130 && exec "$0" "$1" start';
    const service = run("sh", ["-c", limited, process.execPath, COMMAND], { PORT: "0" });
    const { port } = new URL(await addressOf(service));
    const sockets = Array.from({ length: 200 }, () => connect(Number(port), "127.0.0.1"));
    for (const socket of sockets) socket.on("error", () => {});
    await sleep(2_500);
    for (const socket of sockets) socket.destroy();
    // Until the service has seen that they are gone it has no file for another one.
    const isReached = () =>
      fetch(`http://127.0.0.1:${port}/health`).then(
        ({ ok }) => ok,
        () => false,
      );
    while (!(await isReached())) await sleep(20);
    await expectHeadline(service);
    expect(restartsOf(service)).toEqual([]);
    await expectGoodEnd(service, () => service.child.kill("SIGTERM"));
  });

  it("A load during which PostgreSQL ends fails with 2 and can be run again", async () => {
    const service = start();
    await expectHeadline(service);
    const pid = readFileSync(join(dataDirectory, "postgres/postmaster.pid"), "utf8").split("\n");
    const password = readFileSync(join(dataDirectory, "postgres.password"), "utf8");
    const client = new Client(`postgres://communique:${password}@127.0.0.1:${pid[3]}/postgres`);
    client.on("error", () => {});
    await client.connect();
    // So that the load has a statement under way, it waits for its turn.
    await client.query("SELECT pg_advisory_lock(740513202)");
    const load = run(process.execPath, [COMMAND, "load", ...RECORDS]);
    const waiting = "SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";
    while ((await client.query(waiting)).rowCount === 0) await sleep(20);
    await endPostgres("SIGKILL", service);

    expect(await load.ended).toBe(2);
    expect(load.stderr).toMatch(/^The database became unavailable: .+\n.+ Run the command again/);
    expect(load.stderr).not.toMatch(STACK);
    expect(await communique(["load", ...RECORDS])).toMatchObject({ code: 0 });
    await expectGoodEnd(service, () => service.child.kill("SIGTERM"));
  });
});

describe("PostgreSQL variables meant for other servers", () => {
  it("The embedded service ignores the PG* variables of libpq", async () => {
    const service = start({
      PGHOST: "nowhere.invalid",
      PGPORT: "1",
      PGUSER: "nobody",
      PGDATABASE: "nothing",
      PGPASSWORD: "hunter2",
      PGPASSFILE: "/no/such/file",
      PGSSLMODE: "require",
      PGSSLNEGOTIATION: "direct",
      PGOPTIONS: "-c search_path=nowhere -c default_transaction_read_only=on",
      PGREPLICATION: "database",
      PGCONNECT_TIMEOUT: "1",
      PGAPPNAME: "another",
      PGCLIENTENCODING: "LATIN1",
    });
    await expectHeadline(service);
    await expectGoodEnd(service, () => service.child.kill("SIGTERM"));
    expect(service.stderr).toBe("");
  });
});

describe("The service with DATABASE_URL", () => {
  it("The service uses DATABASE_URL, and starts no database of its own", async () => {
    const COMMUNIQUE_DATA_DIR = join(directory, "unused");
    const service = start({ DATABASE_URL: await freshDatabase(), COMMUNIQUE_DATA_DIR });
    await expectHeadline(service);
    service.child.kill("SIGTERM");
    expect(await service.ended).toBe(0);
    expect(service.stdout).not.toContain("Creating");
    expect(existsSync(COMMUNIQUE_DATA_DIR)).toBe(false);
  });

  it("An internal error is logged with its stack, under the request ID that the client gets", async () => {
    const url = await freshDatabase();
    const service = start({ DATABASE_URL: url });
    await addressOf(service);
    const database = await createDataSource(url).initialize();
    await database.query("ALTER TABLE statement_topic RENAME COLUMN label TO title");
    await database.destroy();

    const { errors } = await ask(service, "{ topics { label } }");
    const { requestId } = errors![0]!.extensions as { requestId: string };
    await until(() => service.stdout.includes(requestId), "the log", service);
    const line = service.stdout.split("\n").find((text) => text.includes(requestId))!;
    const logged = JSON.parse(line) as { err: { message: string; stack: string } };
    expect(logged.err.message).toMatch(/column .*label.* does not exist/);
    expect(logged.err.stack).toMatch(STACK);
    service.child.kill("SIGTERM");
    expect(await service.ended).toBe(0);
  });
});

describe("Shutdown behind a load balancer", () => {
  const draining = async (COMMUNIQUE_DRAIN_MS: string) => {
    const service = start({ DATABASE_URL: await freshDatabase(), COMMUNIQUE_DRAIN_MS });
    const address = await addressOf(service);
    const kept = await fetch(`${address}/ready`);
    expect([kept.status, kept.headers.get("connection")]).toEqual([200, "keep-alive"]);
    service.child.kill("SIGTERM");
    await until(() => service.stdout.includes("Shutting down…"), "the signal", service);
    return { service, address };
  };

  it("During the drain time /ready answers 503 and queries are answered, then the service stops", async () => {
    const { service, address } = await draining("3000");
    const ready = await fetch(`${address}/ready`);
    expect([ready.status, ready.headers.get("connection")]).toEqual([503, "close"]);
    expect(await ready.json()).toMatchObject({ reason: "the service is shutting down" });
    await expectHeadline(service);
    expect(await service.ended).toBe(0);
    expect(service.stdout).toMatch(/\nShutting down…\nStopped\.\n$/);
  });

  it("A second signal ends the service at once", async () => {
    const { service } = await draining("600000");
    await sleep(1_200);
    service.child.kill("SIGTERM");
    expect(await service.ended).toBe(1);
  });
});

describe("Wrong settings at the start", () => {
  it.each([
    ["PORT", "four-thousand"],
    ["PORT", "70000"],
    ["DATABASE_URL", "mysql://reader:hunter2@127.0.0.1/communique"],
    ["DATABASE_URL", "postgres://reader:hunter2@127.0.0.1:1/communique"],
  ])("A wrong setting is named without its value: %s of %s", async (name, value) => {
    const { code, stdout, stderr } = await communique(["start"], { [name]: value });
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(name);
    expect(stderr).not.toMatch(STACK);
    expect(stderr).not.toContain(value.includes("hunter2") ? "hunter2" : value);
  });
});

describe("The communique command", () => {
  it("communique load loads the records, and a second time changes nothing", async () => {
    const DATABASE_URL = await freshDatabase();
    const first = await communique(["load", ...RECORDS], { DATABASE_URL });
    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(first.stdout).toMatch(/^1 record of [\d,]+ items changed:\n[^]*statement +14 new/);
    const second = await communique(["load", ...RECORDS], { DATABASE_URL });
    expect(second).toMatchObject({ code: 0, stderr: "" });
    expect(second.stdout).toMatch(/^1 record of [\d,]+ items: .*nothing to change\.\n$/);
  });

  it("communique check finds no fault in the shipped records", async () => {
    expect(await communique(["check", ...RECORDS])).toMatchObject({ code: 0, stderr: "" });
  });

  it("communique check and load end with 1 for a record with faults, and point at them", async () => {
    const file = join(directory, "broken.json");
    await writeFile(file, JSON.stringify(fableWith({ "/statements/0/form": "SUNG" })));
    const { code, stdout } = await communique(["check", file]);
    expect(code).toBe(1);
    expect(stdout).toContain("/statements/0/form");
    const load = await communique(["load", file], { DATABASE_URL: await freshDatabase() });
    expect(load.code).toBe(1);
    expect(load.stderr).toContain("/statements/0/form");
    expect(load.stdout).toContain("1 record refused");
  });

  it.each([
    ["the schema", []],
    ["the API schema", ["--api"]],
  ])("communique schema --check finds a stale copy of %s", async (_what, options) => {
    const copy = join(directory, "copy.graphql");
    await communique(["schema", ...options, "--out", copy]);
    const check = ["schema", ...options, "--check", copy];
    expect(await communique(check)).toMatchObject({ code: 0, stderr: "" });
    await writeFile(copy, "type Query { wars: Int }\n");
    const { code, stderr } = await communique(check);
    expect(code).toBe(1);
    expect(stderr).toContain(copy);
  });

  it.each([
    ["a file that is not there", ["check", "no-such-file.json"], /no-such-file\.json/],
    ["no file", ["check"], /file/],
    ["an option that it does not know", ["load", "--fast", "x.json"], /--fast/],
    ["a schema that is not there", ["schema", "--check", "no-such-file.graphql"], /no-such-file/],
    ["two schemas at once", ["schema", "--api", "--record"], /--api/],
  ])(
    "The command ends with 2 and a plain message when it is given %s",
    async (_what, args, message) => {
      const { code, stdout, stderr } = await communique(args);
      expect(code).toBe(2);
      expect(stdout).toBe("");
      expect(stderr).toMatch(message);
      expect(stderr).not.toMatch(STACK);
    },
  );
});

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { EmbeddedServerError, giveTo, type Place } from "./files.js";
import { endOrphans, type Postmaster, readPostmaster, removeMisleadingPid } from "./postmaster.js";
import { isRunning } from "./process-lock.js";

/** The user that owns the databases. */
export const SUPERUSER = "communique";

const DEFAULTS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  shared_buffers: "64MB",
  // Processes that read for others cost more than they save where the system has the pages in memory (decision 24).
  io_method: "sync",
  // After a crash: one call, and not one for each of a thousand files, which takes seconds on a busy disk.
  ...(process.platform === "linux" && { recovery_init_sync_method: "syncfs" }),
  max_connections: "100",
  timezone: "UTC",
  log_timezone: "UTC",
};
const READY_WITHIN_MS = 120_000;
const RETRY_FOR_MS = 15_000;
const STOP_WITHIN_MS = 30_000;
// What a predecessor killed a moment ago, or another program that took the port, makes it say.
const PASSING_FAILURE = /still in use|could not bind|lock file "postmaster\.pid"/;

/** The server that already runs on the data directory, once it accepts connections. */
export async function findPostmaster(place: Place, password: string) {
  const postmaster = readPostmaster(place.data);
  // Told to stop by somebody else's SIGTERM, it would wait for as long as anybody is connected.
  if (postmaster?.status === "stopping") await stopPostmaster(place, postmaster);
  return waitUntilReady(place, password, () => !readPostmaster(place.data));
}

/** Starts PostgreSQL on the data directory, on any free port if none is given, and waits until it accepts connections. */
export async function launchPostmaster(
  place: Place,
  password: string,
  settings: Record<string, string>,
): Promise<Postmaster> {
  const log = join(place.directory, "postgres.log");
  for (const began = Date.now(); ; await sleep(300)) {
    removeMisleadingPid(place.data);
    endOrphans(place.data);
    const output = fs.openSync(log, "a");
    giveTo(place.user, log);
    const start = fs.fstatSync(output).size;
    const child = spawnPostgres(place, output, { port: String(await freePort()), ...settings });
    fs.closeSync(output);
    const ready = waitUntilReady(place, password, () => hasEnded(child));
    const postmaster = await ready.catch((error) => {
      child.kill("SIGINT");
      throw error;
    });
    if (postmaster) return postmaster;
    const said = fs.readFileSync(log).subarray(start).toString();
    if (!PASSING_FAILURE.test(said) || Date.now() - began > RETRY_FOR_MS) {
      throw new EmbeddedServerError(
        `PostgreSQL did not start. ${lastLines(said)}(from ${log}) ${whatToDo(said, place.data)}`,
      );
    }
  }
}

/** Shuts PostgreSQL down in good order and waits until it is gone. */
export async function stopPostmaster(place: Place, { pid, identity }: Postmaster): Promise<void> {
  const signal = (name: "SIGINT" | "SIGQUIT") => {
    // Windows has no signals: kill() would end the process there without a shutdown.
    if (process.platform !== "win32") return process.kill(pid, name);
    return spawnSync(place.program("pg_ctl"), ["stop", "-D", place.data, "-m", "fast"]);
  };
  for (let waited = 0; isRunning(identity); waited += 50) {
    if (waited === 0) signal("SIGINT");
    // Too slow; an immediate shutdown loses nothing either, the next start replays the log.
    if (waited === STOP_WITHIN_MS) signal("SIGQUIT");
    await sleep(50);
  }
}

/** The last lines of a program's output, for an error message. */
export function lastLines(output: string): string {
  return `Its last lines were:\n${output.trim().split("\n").slice(-8).join("\n")}\n`;
}

/** What to do about what a program said before it failed. */
export function whatToDo(output: string, data: string): string {
  return /No space left on device|Check free disk space|disk quota exceeded/i.test(output)
    ? `The disk that holds ${data} is full: free space there, choose a directory on another disk ` +
        "with COMMUNIQUE_DATA_DIR, or set DATABASE_URL to use a PostgreSQL server of your own."
    : "Repair that, or set DATABASE_URL to use a PostgreSQL server of your own.";
}

/**
 * Takes the variables that are meant for connections to other servers (PGSSLMODE, PGOPTIONS, PGHOST …) out of this process:
 * the driver reads them for whatever its caller leaves open. Who uses the embedded server connects to no other.
 */
export function forgetOtherServers(): void {
  for (const name of Object.keys(process.env)) if (name.startsWith("PG")) delete process.env[name];
}

/** The environment for PostgreSQL's programs: without variables meant for other servers, or for the letters of a terminal. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name));
  return { ...Object.fromEntries(entries), LC_ALL: "C" };
}

function spawnPostgres(place: Place, output: number, settings: Record<string, string>) {
  const options = Object.entries({ ...DEFAULTS, ...settings }).flatMap(([name, value]) => [
    "-c",
    `${name}=${value}`,
  ]);
  const child = spawn(place.program("postgres"), ["-D", place.data, ...options], {
    ...place.user,
    cwd: place.data,
    env: cleanEnvironment(),
    // In a process group of its own, so that Ctrl-C in the terminal reaches this process only,
    // which then finishes its requests before it stops the database.
    detached: true,
    windowsHide: true,
    stdio: ["ignore", output, output],
  });
  child.on("error", () => {}); // hasEnded() tells
  child.unref();
  return child;
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

async function waitUntilReady(place: Place, password: string, hasStopped: () => boolean) {
  for (const began = Date.now(); Date.now() - began < READY_WITHIN_MS; await sleep(50)) {
    if (hasStopped()) return undefined;
    const postmaster = readPostmaster(place.data);
    if (postmaster?.status === "ready" && (await accepts(place, postmaster.port, password)))
      return postmaster;
  }
  throw new EmbeddedServerError(
    `PostgreSQL in ${place.data} does not accept connections; see postgres.log in ${place.directory}`,
  );
}

async function accepts(place: Place, port: number, password: string): Promise<boolean> {
  const client = new Client({
    host: "127.0.0.1",
    port,
    user: SUPERUSER,
    password,
    database: "postgres",
    ssl: false,
    connectionTimeoutMillis: 5000,
  });
  client.on("error", () => {});
  try {
    await client.connect();
    return true;
  } catch (error) {
    if (!(error as { code?: string }).code?.startsWith("28")) return false;
    throw new EmbeddedServerError(
      `The database in ${place.data} does not accept the password in ${place.directory}. Put the ` +
        "right one back, or remove both to begin with an empty database.",
    );
  } finally {
    await client.end().catch(() => {});
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done, fail) => server.on("error", fail).listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

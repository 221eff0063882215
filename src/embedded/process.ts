import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { EmbeddedServerError, giveTo, type ServerFiles } from "./server-files.js";
import { endOrphans, type Postmaster, readPostmaster, removeMisleadingPid } from "./postmaster.js";
import { isRunning } from "./process-lock.js";

/** The user that owns the databases. */
export const SUPERUSER = "communique";

const DEFAULTS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  // I/O workers cost more than they save when the pages are in the system's page cache (decision 1).
  io_method: "sync",
  // After a crash: one call instead of one for each of a thousand files, which takes seconds on a busy disk.
  ...(process.platform === "linux" && { recovery_init_sync_method: "syncfs" }),
  max_connections: "100",
  timezone: "UTC",
  log_timezone: "UTC",
};
const START_TIMEOUT_MS = 120_000;
const RETRY_FOR_MS = 15_000;
const STOP_TIMEOUT_MS = 30_000;
// Errors caused by a predecessor that was just killed, or by another program that took the port.
const TRANSIENT_ERROR = /still in use|could not bind|lock file "postmaster\.pid"/;

/** The server that already runs on the data directory, once it accepts connections. */
export async function findPostmaster(files: ServerFiles, password: string) {
  const postmaster = readPostmaster(files.data);
  // After an external SIGTERM it waits until all clients have disconnected; stop it at once instead.
  if (postmaster?.status === "stopping") await stopPostmaster(files, postmaster);
  return waitUntilReady(files, password, () => !readPostmaster(files.data));
}

/** Starts PostgreSQL on the data directory, on any free port if none is given, and waits until it accepts connections. */
export async function launchPostmaster(
  files: ServerFiles,
  password: string,
  settings: Record<string, string>,
): Promise<Postmaster> {
  const log = join(files.directory, "postgres.log");
  for (const began = Date.now(); ; await sleep(300)) {
    removeMisleadingPid(files.data);
    endOrphans(files.data);
    const output = fs.openSync(log, "a");
    giveTo(files.user, log);
    const start = fs.fstatSync(output).size;
    const child = spawnPostgres(files, output, { port: String(await freePort()), ...settings });
    fs.closeSync(output);
    const ready = waitUntilReady(files, password, () => hasExited(child));
    const postmaster = await ready.catch((error) => {
      child.kill("SIGINT");
      throw error;
    });
    if (postmaster) return postmaster;
    const messages = fs.readFileSync(log).subarray(start).toString();
    if (!TRANSIENT_ERROR.test(messages) || Date.now() - began > RETRY_FOR_MS) {
      throw new EmbeddedServerError(
        `PostgreSQL did not start. ${lastLines(messages)}(from ${log}) ${whatToDo(messages, files.data)}`,
      );
    }
  }
}

/** Shuts PostgreSQL down and waits until it has exited. */
export async function stopPostmaster(
  files: ServerFiles,
  { pid, identity }: Postmaster,
): Promise<void> {
  const signal = (name: "SIGINT" | "SIGQUIT") => {
    // Windows has no signals: kill() would terminate the process without a shutdown.
    if (process.platform !== "win32") return process.kill(pid, name);
    return spawnSync(files.program("pg_ctl"), ["stop", "-D", files.data, "-m", "fast"]);
  };
  for (let waited = 0; isRunning(identity); waited += 50) {
    if (waited === 0) signal("SIGINT");
    // After the timeout, an immediate shutdown; it loses nothing, since the next start replays the WAL.
    if (waited === STOP_TIMEOUT_MS) signal("SIGQUIT");
    await sleep(50);
  }
}

/** The last lines of a program's output, for an error message. */
export function lastLines(output: string): string {
  return `Its last lines were:\n${output.trim().split("\n").slice(-8).join("\n")}\n`;
}

/** Advice for the output of a program that failed. */
export function whatToDo(output: string, data: string): string {
  return /No space left on device|Check free disk space|disk quota exceeded/i.test(output)
    ? `The disk that holds ${data} is full: free space there, choose a directory on another disk ` +
        "with COMMUNIQUE_DATA_DIR, or set DATABASE_URL to use a PostgreSQL server of your own."
    : "Fix that, or set DATABASE_URL to use a PostgreSQL server of your own.";
}

/**
 * Removes libpq's environment variables (PGSSLMODE, PGOPTIONS, PGHOST …), which are meant for other servers: the driver uses
 * them as defaults. A process that uses the embedded server connects to no other.
 */
export function removeLibpqVariables(): void {
  for (const name of Object.keys(process.env)) if (name.startsWith("PG")) delete process.env[name];
}

/** The environment for PostgreSQL's programs, without libpq variables and the locale of the terminal. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name));
  return { ...Object.fromEntries(entries), LC_ALL: "C" };
}

function spawnPostgres(files: ServerFiles, output: number, settings: Record<string, string>) {
  const options = Object.entries({ ...DEFAULTS, ...settings }).flatMap(([name, value]) => [
    "-c",
    `${name}=${value}`,
  ]);
  const child = spawn(files.program("postgres"), ["-D", files.data, ...options], {
    ...files.user,
    cwd: files.data,
    env: cleanEnvironment(),
    // In its own process group, so that Ctrl-C in the terminal reaches only this process,
    // which then finishes its requests before it stops the database.
    detached: true,
    windowsHide: true,
    stdio: ["ignore", output, output],
  });
  child.on("error", () => {}); // hasExited() reports it
  child.unref();
  return child;
}

function hasExited(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

async function waitUntilReady(files: ServerFiles, password: string, hasStopped: () => boolean) {
  for (const began = Date.now(); Date.now() - began < START_TIMEOUT_MS; await sleep(50)) {
    if (hasStopped()) return undefined;
    const postmaster = readPostmaster(files.data);
    if (postmaster?.status === "ready" && (await accepts(files, postmaster.port, password)))
      return postmaster;
  }
  throw new EmbeddedServerError(
    `PostgreSQL in ${files.data} does not accept connections; see postgres.log in ${files.directory}`,
  );
}

async function accepts(files: ServerFiles, port: number, password: string): Promise<boolean> {
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
      `The database in ${files.data} does not accept the password in ${files.directory}. Restore the ` +
        "right one, or remove both to start with an empty database.",
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

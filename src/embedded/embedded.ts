import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import { dirname, join, resolve } from "node:path";
import {
  EmbeddedServerError,
  giveTo,
  makeDirectory,
  type ServerFiles,
  prepareFiles,
} from "./server-files.js";
import {
  cleanEnvironment,
  findPostmaster,
  removeLibpqVariables,
  lastLines,
  launchPostmaster,
  stopPostmaster,
  SUPERUSER,
  whatToDo,
} from "./process.js";
import { lastPort, type Postmaster, readPostmaster } from "./postmaster.js";
import { newEntry, readRegistry, writeRegistry } from "./process-registry.js";
import { Supervisor, type SupervisorObserver } from "./supervisor.js";
import { readText, withLock } from "./process-lock.js";

export { EmbeddedServerError } from "./server-files.js";

/** A running PostgreSQL that communique manages itself. */
export interface EmbeddedServer {
  /** The URL of one of its databases, with user and password. */
  url(database: string): string;
  /** Whether this process started it, or took it over from a process that was killed. */
  readonly owned: boolean;
  /** From now on restarts the server on the same port whenever it dies. Otherwise its users only see failing connections. */
  supervise(observer: SupervisorObserver): void;
  /** Stops the server, unless another process still uses it: the last one stops it. */
  stop(): Promise<void>;
}

/** The data directory, a log function, and PostgreSQL settings to override. */
export interface EmbeddedOptions {
  directory: string;
  log?: (line: string) => void;
  settings?: Record<string, string>;
  /** Resolves the path of an installed package; `require.resolve` by default. */
  resolve?: (name: string) => string;
}

/**
 * Starts PostgreSQL from its npm package, on a data directory below `directory`, which the first start creates. If a server
 * runs there already, this process shares it, or takes it over if the process that started it was killed.
 */
export function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const directory = resolve(options.directory);
  removeLibpqVariables();
  return inDirectory(directory, () => {
    makeDirectory(directory);
    return withLock(lockFile(directory), () => start(directory, options));
  });
}

/** Runs work in the database's directory; file system errors get a message that says what to do. */
async function inDirectory<T>(directory: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (error instanceof EmbeddedServerError || !code) throw error;
    throw new EmbeddedServerError(
      `Cannot use the database directory ${directory}: ${message}. Fix that, choose ` +
        `another one with COMMUNIQUE_DATA_DIR, or set DATABASE_URL to a PostgreSQL server.`,
    );
  }
}

async function start(directory: string, options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { log = () => {}, settings = {} } = options;
  const files = prepareFiles(directory, log, options.resolve);
  const password = await ensureCluster(files, options);
  const found = await findPostmaster(files, password);
  const others = readRegistry(directory);
  if (found && others.length === 0)
    log("Taking over the database server of a process that was killed");
  // If a shared server has just died, its other users expect it on the same port.
  const last = others.length > 0 ? lastPort(files.data) : undefined;
  const postmaster =
    found ??
    (await launchPostmaster(files, password, { ...settings, ...(last && { port: last }) }));
  const own = newEntry();
  writeRegistry(directory, [...others, own]);
  const restartSettings = { ...settings, port: String(postmaster.port) };
  const supervisor = new Supervisor(files, postmaster, () =>
    restart(files, password, own, restartSettings),
  );
  let stopped: Promise<void> | undefined;
  return {
    owned: !found || others.length === 0,
    url: (database) =>
      `postgres://${SUPERUSER}:${password}@127.0.0.1:${postmaster.port}/${encodeURIComponent(database)}`,
    supervise: (observer) => supervisor.begin(observer),
    stop: () => (stopped ??= supervisor.end().then((last) => stop(files, last, own))),
  };
}

/** Restarts a server that has died, unless another process that uses it has done so already. */
function restart(
  files: ServerFiles,
  password: string,
  own: string,
  settings: Record<string, string>,
) {
  return inDirectory(files.directory, () =>
    withLock(lockFile(files.directory), async () => {
      const found = await findPostmaster(files, password);
      const postmaster = found ?? (await launchPostmaster(files, password, settings));
      const others = readRegistry(files.directory).filter((other) => other !== own);
      writeRegistry(files.directory, [...others, own]);
      return { postmaster, isLaunched: !found };
    }),
  );
}

async function stop(files: ServerFiles, postmaster: Postmaster, own: string): Promise<void> {
  // If someone has removed the directory while the server runs, there is nothing to lock.
  if (!fs.existsSync(files.directory)) return stopPostmaster(files, postmaster);
  // Under the lock, so that no other process starts to share a server that is shutting down.
  await withLock(lockFile(files.directory), async () => {
    const others = readRegistry(files.directory).filter((other) => other !== own);
    // Another process may have restarted it.
    const running = readPostmaster(files.data);
    if (others.length === 0 && running) await stopPostmaster(files, running);
    writeRegistry(files.directory, others);
  });
}

/** Creates the data directory if it does not exist; returns the password of its superuser. */
async function ensureCluster(files: ServerFiles, options: EmbeddedOptions): Promise<string> {
  const passwordFile = join(files.directory, "postgres.password");
  if (fs.existsSync(join(files.data, "PG_VERSION"))) {
    if (files.user.uid !== undefined && fs.statSync(files.data).uid !== files.user.uid) {
      spawnSync("chown", ["-R", `${files.user.uid}:${files.user.gid}`, files.data]);
    }
    const password = readText(passwordFile);
    if (password) return password;
    throw new EmbeddedServerError(
      `The password file ${passwordFile} of the database is missing. Restore it, or remove ` +
        `${files.data} to start with an empty database.`,
    );
  }
  options.log?.(`Creating a database in ${files.directory}`);
  const password = randomBytes(24).toString("hex");
  fs.rmSync(passwordFile, { force: true });
  fs.writeFileSync(passwordFile, password, { mode: 0o600 });
  giveTo(files.user, passwordFile);
  await createCluster(files, password, options.settings?.fsync === "off");
  return password;
}

/** Runs initdb in a temporary directory and renames the result when it is complete. */
async function createCluster(
  files: ServerFiles,
  password: string,
  unsynced: boolean,
): Promise<void> {
  const base = dirname(files.data);
  for (const name of fs.readdirSync(base)) {
    // An initdb whose parent was killed may still be adding files, hence the repeated attempts.
    if (name.startsWith("postgres.new-")) {
      fs.rmSync(join(base, name), { recursive: true, force: true, maxRetries: 10 });
    }
  }
  const draft = fs.mkdtempSync(join(base, "postgres.new-"));
  try {
    giveTo(files.user, draft);
    const passwordFile = join(draft, "password");
    fs.writeFileSync(passwordFile, password, { mode: 0o600 });
    giveTo(files.user, passwordFile);
    await runInitdb(files, [
      ...["-D", join(draft, "data"), "-U", SUPERUSER, "--auth=scram-sha-256"],
      ...["--pwfile", passwordFile, "--encoding=UTF8", "--no-locale"],
      // PostgreSQL's built-in locale handles case in all scripts and is the same on every system.
      ...["--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
      ...(unsynced ? ["--no-sync"] : []),
    ]);
    fs.renameSync(join(draft, "data"), files.data);
  } finally {
    fs.rmSync(draft, { recursive: true, force: true });
  }
}

/** A system locale that covers all scripts: pg_trgm still uses the system to classify letters. */
const CTYPES: Partial<Record<NodeJS.Platform, string>> = {
  linux: "C.UTF-8",
  darwin: "en_US.UTF-8",
};

async function runInitdb(files: ServerFiles, options: string[]): Promise<void> {
  const ctype = CTYPES[process.platform];
  let { ended, output } = await spawnInitdb(files, [
    ...options,
    ...(ctype ? [`--lc-ctype=${ctype}`] : []),
  ]);
  // Without it, misspelt names are found in Latin script only, which is better than no database.
  if (ended !== DONE && /invalid locale name/.test(output)) {
    ({ ended, output } = await spawnInitdb(files, options));
  }
  if (ended === DONE) return;
  throw new EmbeddedServerError(
    `PostgreSQL's initdb failed in ${files.data} (${ended}). ${lastLines(output)}` +
      whatToDo(output, files.data),
  );
}

const DONE = "exit status 0";

/** Runs initdb; returns how it ended and its output. */
async function spawnInitdb(files: ServerFiles, options: string[]) {
  const child = spawn(files.program("initdb"), options, {
    ...files.user,
    cwd: dirname(files.data),
    env: cleanEnvironment(),
    windowsHide: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  }
  const ended = await new Promise<string>((done) => {
    child.on("error", (error) => done(error.message));
    child.on("close", (code, signal) => done(signal ?? `exit status ${code}`));
  });
  return { ended, output };
}

/** The lock held while the server is started, stopped or deleted. */
export function lockFile(directory: string): string {
  return join(directory, "postgres.lock");
}

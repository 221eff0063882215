import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import { dirname, join, resolve } from "node:path";
import { EmbeddedServerError, giveTo, makeDirectory, type Place, preparePlace } from "./files.js";
import {
  cleanEnvironment,
  findPostmaster,
  forgetOtherServers,
  lastLines,
  launchPostmaster,
  stopPostmaster,
  SUPERUSER,
  whatToDo,
} from "./process.js";
import { lastPort, type Postmaster, readPostmaster } from "./postmaster.js";
import { newUser, pidsOf, processes, usersOf, writeUsers } from "./users.js";
import { Upkeep, type UpkeepObserver } from "./upkeep.js";
import { readText, withLock } from "./process-lock.js";

export { EmbeddedServerError } from "./files.js";

/** A PostgreSQL that communique runs itself, for as long as it needs one. */
export interface EmbeddedServer {
  /** The address of one of its databases, with user and password. */
  url(database: string): string;
  /** Whether this process started it, or took it over from one that was killed. */
  readonly owned: boolean;
  /** From now on starts the server again, on the same port, whenever it dies. Without it, a death is found by who asks. */
  keepUp(observer: UpkeepObserver): void;
  /** Stops the server, unless another process uses it still: the last one stops it. */
  stop(): Promise<void>;
}

/** Where to keep the database, whom to tell about it, and PostgreSQL settings to override. */
export interface EmbeddedOptions {
  directory: string;
  log?: (line: string) => void;
  settings?: Record<string, string>;
  /** Finds the entry of an installed package; Node.js's own way when absent. */
  resolve?: (name: string) => string;
}

/**
 * Starts the PostgreSQL that comes as an npm package, on a data directory below `directory`, which
 * the first start makes. When one runs there already, this shares it, and takes it over if the
 * process that started it was killed.
 */
export function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const directory = resolve(options.directory);
  forgetOtherServers();
  return inDirectory(directory, () => {
    makeDirectory(directory);
    return withLock(lockFile(directory), () => start(directory, options));
  });
}

/** Does something in the database's directory, and says what to do where the system does not let it. */
async function inDirectory<T>(directory: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (error instanceof EmbeddedServerError || !code) throw error;
    throw new EmbeddedServerError(
      `The database's directory ${directory} cannot be used: ${message}. Repair that, choose ` +
        `another one with COMMUNIQUE_DATA_DIR, or set DATABASE_URL to a PostgreSQL server.`,
    );
  }
}

async function start(directory: string, options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { log = () => {}, settings = {} } = options;
  const place = preparePlace(directory, log, options.resolve);
  const password = await ensureCluster(place, options);
  const found = await findPostmaster(place, password);
  const others = usersOf(directory);
  if (found && others.length === 0)
    log("Taking over the database server of a process that was killed");
  // Those who use one that has just died look for it where it was.
  const last = others.length > 0 ? lastPort(place.data) : undefined;
  const postmaster =
    found ??
    (await launchPostmaster(place, password, { ...settings, ...(last && { port: last }) }));
  const user = newUser();
  writeUsers(directory, [...others, user]);
  const again = { ...settings, port: String(postmaster.port) };
  const upkeep = new Upkeep(place, postmaster, () => startAgain(place, password, user, again));
  let stopped: Promise<void> | undefined;
  return {
    owned: !found || others.length === 0,
    url: (database) =>
      `postgres://${SUPERUSER}:${password}@127.0.0.1:${postmaster.port}/${encodeURIComponent(database)}`,
    keepUp: (observer) => upkeep.begin(observer),
    stop: () => (stopped ??= upkeep.end().then((last) => stop(place, last, user, log))),
  };
}

/** The server that runs in place of one that has died; started here unless another of its users has done so. */
function startAgain(
  place: Place,
  password: string,
  user: string,
  settings: Record<string, string>,
) {
  return inDirectory(place.directory, () =>
    withLock(lockFile(place.directory), async () => {
      const found = await findPostmaster(place, password);
      const postmaster = found ?? (await launchPostmaster(place, password, settings));
      const others = usersOf(place.directory).filter((other) => other !== user);
      writeUsers(place.directory, [...others, user]);
      return { postmaster, isLaunched: !found };
    }),
  );
}

async function stop(
  place: Place,
  postmaster: Postmaster,
  user: string,
  log: (line: string) => void,
): Promise<void> {
  // Someone may have removed the directory under the running server: nothing to lock then.
  if (!fs.existsSync(place.directory)) return stopPostmaster(place, postmaster);
  // Under the lock, so that nobody starts to share a server that is about to go.
  await withLock(lockFile(place.directory), async () => {
    const others = usersOf(place.directory).filter((other) => other !== user);
    // Another one may have started it again since.
    const running = readPostmaster(place.data);
    if (others.length > 0) log(`The database server goes on for ${processes(pidsOf(others))}`);
    else if (running) await stopPostmaster(place, running);
    writeUsers(place.directory, others);
  });
}

/** Makes the data directory unless there is one; returns the password of its superuser. */
async function ensureCluster(place: Place, options: EmbeddedOptions): Promise<string> {
  const passwordFile = join(place.directory, "postgres.password");
  if (fs.existsSync(join(place.data, "PG_VERSION"))) {
    if (place.user.uid !== undefined && fs.statSync(place.data).uid !== place.user.uid) {
      spawnSync("chown", ["-R", `${place.user.uid}:${place.user.gid}`, place.data]);
    }
    const password = readText(passwordFile);
    if (password) return password;
    throw new EmbeddedServerError(
      `The password file ${passwordFile} of the database is missing. Put it back, or remove ` +
        `${place.data} to begin with an empty database.`,
    );
  }
  options.log?.(`Creating a database in ${place.directory}`);
  const password = randomBytes(24).toString("hex");
  fs.rmSync(passwordFile, { force: true });
  fs.writeFileSync(passwordFile, password, { mode: 0o600 });
  giveTo(place.user, passwordFile);
  await createCluster(place, password, options.settings?.fsync === "off");
  return password;
}

/** Runs initdb beside the data directory and moves the result there only once it is complete. */
async function createCluster(place: Place, password: string, unsynced: boolean): Promise<void> {
  const base = dirname(place.data);
  for (const name of fs.readdirSync(base)) {
    // An initdb whose parent was killed may still be adding files, hence the repeated attempts.
    if (name.startsWith("postgres.new-")) {
      fs.rmSync(join(base, name), { recursive: true, force: true, maxRetries: 10 });
    }
  }
  const draft = fs.mkdtempSync(join(base, "postgres.new-"));
  try {
    giveTo(place.user, draft);
    const passwordFile = join(draft, "password");
    fs.writeFileSync(passwordFile, password, { mode: 0o600 });
    giveTo(place.user, passwordFile);
    await runInitdb(place, [
      ...["-D", join(draft, "data"), "-U", SUPERUSER, "--auth=scram-sha-256"],
      ...["--pwfile", passwordFile, "--encoding=UTF8", "--no-locale"],
      // PostgreSQL's own locale knows the case of all letters and is the same on every system.
      ...["--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
      ...(unsynced ? ["--no-sync"] : []),
    ]);
    fs.renameSync(join(draft, "data"), place.data);
  } finally {
    fs.rmSync(draft, { recursive: true, force: true });
  }
}

/** The system's locale that knows letters of every script. pg_trgm still asks the system what a letter is. */
const LETTERS: Partial<Record<NodeJS.Platform, string>> = {
  linux: "C.UTF-8",
  darwin: "en_US.UTF-8",
};

async function runInitdb(place: Place, options: string[]): Promise<void> {
  const letters = LETTERS[process.platform];
  let { ended, output } = await spawnInitdb(place, [
    ...options,
    ...(letters ? [`--lc-ctype=${letters}`] : []),
  ]);
  // Without it, misspelt names are found in Latin letters only, which is better than no database.
  if (ended !== DONE && /invalid locale name/.test(output)) {
    ({ ended, output } = await spawnInitdb(place, options));
  }
  if (ended === DONE) return;
  throw new EmbeddedServerError(
    `PostgreSQL's initdb failed in ${place.data} (${ended}). ${lastLines(output)}` +
      whatToDo(output, place.data),
  );
}

const DONE = "exit status 0";

/** How initdb ended, and what it said. */
async function spawnInitdb(place: Place, options: string[]) {
  const child = spawn(place.program("initdb"), options, {
    ...place.user,
    cwd: dirname(place.data),
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

/** Held by whoever starts, stops or deletes the server. */
export function lockFile(directory: string): string {
  return join(directory, "postgres.lock");
}

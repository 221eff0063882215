import * as fs from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { lockFile } from "./embedded.js";
import { EmbeddedServerError, preparePlace } from "./files.js";
import { readPostmaster } from "./postmaster.js";
import { stopPostmaster } from "./process.js";
import { pidsOf, processes, usersOf } from "./users.js";
import { withLock } from "./process-lock.js";

/** How deleting the database asks and tells. */
export interface ResetOptions {
  say: (line: string) => void;
  /** Asks the person at the terminal; null where there is none. */
  ask: ((question: string) => Promise<string>) | null;
  /** Whether to delete without asking. */
  yes: boolean;
}

/** What the built-in PostgreSQL keeps in its directory, and beside its data where root made it move them. */
const OURS = /^postgres(?:\.(?:log|password|owner|new-\w+))?$|^programs-[\w.-]+$/;
/** What a directory is called to which data had to move. */
const MOVED_TO = /^communique-[a-z0-9]+$/;

/**
 * Deletes the database that the built-in PostgreSQL keeps in a directory, after asking. Whatever else is in the
 * directory stays. Returns whether there is none any more.
 */
export async function resetDatabase(
  config: { databaseUrl: string | null; dataDirectory: string },
  { say, ask, yes }: ResetOptions,
): Promise<boolean> {
  if (config.databaseUrl) {
    throw new EmbeddedServerError(
      "DATABASE_URL is set, and only the built-in PostgreSQL's database is deleted here. Yours you empty with " +
        "PostgreSQL's own dropdb and createdb; to delete the built-in one, unset DATABASE_URL.",
    );
  }
  const directory = resolve(config.dataDirectory);
  if (filesIn(directory).length === 0) {
    say(`There is no database in ${directory}: nothing to delete.`);
    return true;
  }
  refuseWhileUsed(directory);
  say(description(directory));
  if (!yes) {
    if (!ask) {
      throw new EmbeddedServerError(
        "There is no terminal to ask on, so nothing was deleted. To delete it without being asked, add --yes.",
      );
    }
    const answer = await ask("Type yes to delete it: ");
    if (answer.trim().toLowerCase() !== "yes") {
      say("Nothing was deleted.");
      return false;
    }
  }
  // Under the lock, so that nobody starts the server meanwhile; somebody may have while the question stood.
  await withLock(lockFile(directory), async () => {
    refuseWhileUsed(directory);
    await stopAbandoned(directory);
    for (const path of filesIn(directory)) fs.rmSync(path, { recursive: true, force: true });
  });
  if (fs.readdirSync(directory).length === 0) fs.rmdirSync(directory);
  say("Deleted. The next start makes a new database and loads the records in records/.");
  return true;
}

function refuseWhileUsed(directory: string): void {
  const pids = pidsOf(usersOf(directory));
  if (pids.length === 0) return;
  throw new EmbeddedServerError(
    `The database in ${directory} is in use by ${processes(pids)}. Stop that first; nothing was deleted.`,
  );
}

/** Stops a server whose users were all killed. */
async function stopAbandoned(directory: string): Promise<void> {
  const data = dataIn(directory);
  const postmaster = fs.existsSync(data) && readPostmaster(data);
  if (postmaster)
    await stopPostmaster(
      preparePlace(directory, () => {}),
      postmaster,
    );
}

function description(directory: string): string {
  const sizes = filesIn(directory).map((path) => ({ path, size: sizeOf(path) }));
  const total = sizes.reduce((sum, { size }) => sum + size, 0);
  return [
    `The database in ${directory} is to be deleted, ${sizeText(total)} in all:`,
    ...sizes.map(({ path, size }) => `  ${sizeText(size).padStart(10)}  ${path}`),
    "",
    "All that was loaded into it goes. What you have as record files can be loaded again: communique load <file...>",
  ].join("\n");
}

/** All that goes, that to which data was moved included. */
function filesIn(directory: string): string[] {
  if (!isDataDirectory(directory)) return [];
  const own = ourFilesIn(directory);
  const data = dataIn(directory);
  if (data === join(directory, "postgres")) return own;
  const base = dirname(data);
  const moved = MOVED_TO.test(basename(base)) ? [base] : [data];
  return [...moved.filter((path) => fs.existsSync(path)), ...own];
}

/** Whether it is one of ours, and not by mistake a directory with files of the same names. */
function isDataDirectory(directory: string): boolean {
  const marks = [join(directory, "postgres.password"), join(dataIn(directory), "PG_VERSION")];
  return marks.some((path) => fs.existsSync(path));
}

function ourFilesIn(directory: string): string[] {
  const names = fs.readdirSync(directory).filter((name) => OURS.test(name));
  return names.sort().map((name) => join(directory, name));
}

/** The directory of PostgreSQL's files, which may be behind a link. */
function dataIn(directory: string): string {
  const data = join(directory, "postgres");
  const isLink = fs.lstatSync(data, { throwIfNoEntry: false })?.isSymbolicLink();
  return isLink ? resolve(directory, fs.readlinkSync(data)) : data;
}

function sizeOf(path: string): number {
  const stat = fs.lstatSync(path);
  if (!stat.isDirectory()) return stat.size;
  return fs.readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

function sizeText(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

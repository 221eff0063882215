import { createInterface } from "node:readline";
import * as fs from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { lockFile } from "./embedded.js";
import { EmbeddedServerError, prepareFiles } from "./server-files.js";
import { readPostmaster } from "./postmaster.js";
import { stopPostmaster } from "./process.js";
import { pidsOf, processes, readRegistry } from "./process-registry.js";
import { withLock } from "./process-lock.js";

/** How `reset` confirms and reports. */
export interface ResetOptions {
  say: (line: string) => void;
  /** Prompts on the terminal; null if there is none. */
  ask: ((question: string) => Promise<string>) | null;
  /** Whether to delete without confirmation. */
  yes: boolean;
}

/** The files of the embedded PostgreSQL in its directory, or beside its data if that had to be elsewhere. */
const OURS = /^postgres(?:\.(?:log|password|owner|new-\w+))?$|^programs-[\w.-]+$/;
/** The name of a directory for data that had to be elsewhere. */
const MOVED_TO = /^communique-[a-z0-9]+$/;

/**
 * Deletes the embedded database in a directory, after confirmation. Other files in the directory are kept. Returns whether
 * there is no database any more.
 */
export async function resetDatabase(
  config: { databaseUrl: string | null; dataDirectory: string },
  { say, ask, yes }: ResetOptions,
): Promise<boolean> {
  if (config.databaseUrl) {
    throw new EmbeddedServerError(
      "DATABASE_URL is set, but this command deletes only the embedded database. Use PostgreSQL's dropdb and createdb to " +
        "empty yours, or unset DATABASE_URL to delete the embedded one.",
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
        "Nothing was deleted: there is no terminal for confirmation. To delete without confirmation, add --yes.",
      );
    }
    const answer = await ask("Type yes to delete it: ");
    if (answer.trim().toLowerCase() !== "yes") {
      say("Nothing was deleted.");
      return false;
    }
  }
  // Under the lock, so that no process starts the server now. One may have started it during the prompt.
  await withLock(lockFile(directory), async () => {
    refuseWhileUsed(directory);
    await stopAbandoned(directory);
    for (const path of filesIn(directory)) fs.rmSync(path, { recursive: true, force: true });
  });
  if (fs.readdirSync(directory).length === 0) fs.rmdirSync(directory);
  say("Deleted. The next start creates a new database and loads the records in records/.");
  return true;
}

function refuseWhileUsed(directory: string): void {
  const pids = pidsOf(readRegistry(directory));
  if (pids.length === 0) return;
  throw new EmbeddedServerError(
    `The database in ${directory} is in use by ${processes(pids)}. Nothing was deleted; stop that first.`,
  );
}

/** Stops a server if all processes that used it were killed. */
async function stopAbandoned(directory: string): Promise<void> {
  const data = dataIn(directory);
  const postmaster = fs.existsSync(data) && readPostmaster(data);
  if (postmaster)
    await stopPostmaster(
      prepareFiles(directory, () => {}),
      postmaster,
    );
}

function description(directory: string): string {
  const sizes = filesIn(directory).map((path) => ({ path, size: sizeOf(path) }));
  const total = sizes.reduce((sum, { size }) => sum + size, 0);
  return [
    `This deletes the database in ${directory}, ${sizeText(total)} in total:`,
    ...sizes.map(({ path, size }) => `  ${sizeText(size).padStart(10)}  ${path}`),
    "",
    "Everything loaded into it is lost. Record files can be loaded again: communique load <file...>",
  ].join("\n");
}

/** All files to delete, including data that had to be elsewhere. */
function filesIn(directory: string): string[] {
  if (!isDataDirectory(directory)) return [];
  const own = ourFilesIn(directory);
  const data = dataIn(directory);
  if (data === join(directory, "postgres")) return own;
  const base = dirname(data);
  const moved = MOVED_TO.test(basename(base)) ? [base] : [data];
  return [...moved.filter((path) => fs.existsSync(path)), ...own];
}

/** Whether it is a data directory of ours, rather than one with files of the same names. */
function isDataDirectory(directory: string): boolean {
  const marks = [join(directory, "postgres.password"), join(dataIn(directory), "PG_VERSION")];
  return marks.some((path) => fs.existsSync(path));
}

function ourFilesIn(directory: string): string[] {
  const names = fs.readdirSync(directory).filter((name) => OURS.test(name));
  return names.sort().map((name) => join(directory, name));
}

/** PostgreSQL's data directory, which may be a link. */
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

/** Prompts on the terminal; returns "" if it is closed. */
export function askOnTerminal(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  return new Promise((answered) => {
    terminal.on("close", () => answered(""));
    terminal.question(question, (answer) => {
      answered(answer);
      terminal.close();
    });
  });
}

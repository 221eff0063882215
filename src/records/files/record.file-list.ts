import { randomUUID } from "node:crypto";
import { appendFileSync, createReadStream, fstatSync, openSync, type Stats } from "node:fs";
import { readdir, stat, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Thrown for a file that cannot be read; the message names it. */
export class UnreadableFile extends Error {}

/** A file to read records from. */
export interface RecordFile {
  name: string;
  /** The descriptor of a temporary copy, if the file itself can only be read once. */
  copy?: number;
}

const RECORDS = /\.(?:json|jsonl|ndjson)(?:\.gz)?$/i;
/** Not a record: the JSON Schema, which is in the same directory as the records. */
const SCHEMA = /\.schema\.json$/i;

/**
 * Resolves paths to record files: `-` is standard input, and a directory stands for all record files in it, recursively
 * and sorted by name. Reads standard input and pipes to their end.
 */
export async function recordFilesOf(
  paths: string[],
  input: NodeJS.ReadableStream = process.stdin,
): Promise<RecordFile[]> {
  const files: RecordFile[] = [];
  // Standard input can only be read once.
  for (const path of new Set(paths)) {
    const stats = path === "-" ? null : await statsOf(path);
    if (path === "-") files.push(await copyOf("<stdin>", input));
    else if (stats?.isDirectory()) files.push(...(await filesUnder(path)));
    else if (stats && !stats.isFile()) files.push(await copyOf(path, createReadStream(path)));
    else if (!SCHEMA.test(path)) files.push({ name: path });
  }
  return files;
}

/** Returns the total size of the files on disk in bytes; null if any is unknown. */
export async function sizeOf(files: RecordFile[]): Promise<number | null> {
  let sum = 0;
  for (const { name, copy } of files) {
    const stats = copy === undefined ? await statsOf(name) : fstatSync(copy);
    if (stats === null) return null;
    sum += stats.size;
  }
  return sum;
}

/**
 * Copies a stream to a temporary file, so that it can be read twice without holding it in memory. The file is unlinked at
 * once, so it disappears with the process.
 */
async function copyOf(name: string, input: NodeJS.ReadableStream): Promise<RecordFile> {
  const path = join(tmpdir(), `communique-${randomUUID()}`);
  try {
    const copy = openSync(path, "wx+", 0o600);
    await unlink(path);
    for await (const chunk of input) appendFileSync(copy, chunk);
    return { name, copy };
  } catch (error) {
    throw new UnreadableFile(`${name} can't be copied to ${tmpdir()}: ${(error as Error).message}`);
  }
}

async function filesUnder(directory: string): Promise<RecordFile[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => !entry.isDirectory() && RECORDS.test(entry.name) && !SCHEMA.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  if (names.length === 0)
    throw new UnreadableFile(`${directory} holds no record files (.json, .jsonl, .jsonl.gz)`);
  return names.sort().map((name) => ({ name }));
}

/** Returns a file's stats, or null; whoever reads the file reports that it is missing. */
function statsOf(path: string): Promise<Stats | null> {
  return stat(path).catch(() => null);
}

import { randomUUID } from "node:crypto";
import { appendFileSync, createReadStream, fstatSync, openSync, type Stats } from "node:fs";
import { readdir, stat, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UnreadableFile } from "./record.unreadable.js";

/** A file to read records from. */
export interface RecordFile {
  name: string;
  /** The descriptor of a copy, where the file itself can be read only once. */
  copy?: number;
}

const RECORDS = /\.(?:json|jsonl|ndjson)(?:\.gz)?$/i;
/** The format's own schema lies beside the records, and `records/*.json` means those. */
const SCHEMA = /\.schema\.json$/i;

/**
 * The files behind what was named: `-` is standard input, and a directory means the record files anywhere in it,
 * in the order of their names. Standard input and pipes have been read to their end when this returns.
 */
export async function recordFilesOf(
  paths: string[],
  input: NodeJS.ReadableStream = process.stdin,
): Promise<RecordFile[]> {
  const files: RecordFile[] = [];
  // A second `-` finds nothing left to read.
  for (const path of new Set(paths)) {
    const stats = path === "-" ? null : await statsOf(path);
    if (path === "-") files.push(await copyOf("<stdin>", input));
    else if (stats?.isDirectory()) files.push(...(await filesUnder(path)));
    else if (stats && !stats.isFile()) files.push(await copyOf(path, createReadStream(path)));
    else if (!SCHEMA.test(path)) files.push({ name: path });
  }
  return files;
}

/** How many bytes the files have as they lie on disk; null where one of them can't say. */
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
 * What can be read only once is copied to a temporary file, so that it can be read twice and memory stays flat.
 * The copy has no name for longer than a moment: whatever ends the process, the copy is gone with it.
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

/** What is not there is told by whoever reads it. */
function statsOf(path: string): Promise<Stats | null> {
  return stat(path).catch(() => null);
}

import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { text as textOf } from "node:stream/consumers";
import { UnreadableFile } from "./record.unreadable.js";

/** A file to read records from. */
export interface RecordFile {
  name: string;
  /** What it holds, where that can be read only once. */
  text?: string;
}

const RECORDS = /\.(?:json|jsonl|ndjson)(?:\.gz)?$/i;
const LINES = /\.(?:jsonl|ndjson)(?:\.gz)?$/i;
/** The format's own schema lies beside the records, and `records/*.json` means those. */
const SCHEMA = /\.schema\.json$/i;

/**
 * The files behind what was named: `-` is standard input, and a directory means the record files anywhere in it,
 * in the order of their names.
 */
export async function recordFilesOf(
  paths: string[],
  input: NodeJS.ReadableStream = process.stdin,
): Promise<RecordFile[]> {
  const files: RecordFile[] = [];
  // A second `-` finds nothing left to read.
  for (const path of new Set(paths)) {
    if (path === "-") files.push({ name: "<stdin>", text: await textOf(input) });
    else if (await isDirectory(path)) files.push(...(await filesUnder(path)));
    else if (!SCHEMA.test(path)) files.push({ name: path });
  }
  return files;
}

/** Whether each line is a record of its own. What comes without a name tells by its first line. */
export function isLines({ name, text }: RecordFile): boolean {
  if (text === undefined) return LINES.test(name);
  try {
    JSON.parse(/\S.*/.exec(text.replace(/^\uFEFF/, ""))?.[0] ?? "");
    return true;
  } catch {
    return false;
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

async function isDirectory(path: string): Promise<boolean> {
  // What is not there is told by whoever reads it.
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

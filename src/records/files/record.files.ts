import { closeSync, openSync, read, readSync } from "node:fs";
import { access, constants, stat } from "node:fs/promises";
import { pipeline } from "node:stream";
import { text as textOf } from "node:stream/consumers";
import { promisify } from "node:util";
import { createGunzip } from "node:zlib";
import { faultOfFile, type RecordFault, type RecordSource } from "../record.faults.js";
import type { RecordFile } from "./record.file-list.js";
import { Positions } from "./record.positions.js";
import { syntaxFaultIn } from "./record.syntax.js";
import { UnreadableFile } from "./record.unreadable.js";

export { type RecordFile, recordFilesOf, sizeOf } from "./record.file-list.js";
export { UnreadableFile } from "./record.unreadable.js";

/** One record from a file, or the fault if it is not JSON. */
export type RecordInFile = { source: RecordSource; value: unknown } | { fault: RecordFault };

/** Throws if any of these files cannot be read. Opens none, since a file may be a pipe. */
export async function assertReadable(paths: string[]): Promise<void> {
  for (const path of paths.filter((one) => one !== "-")) {
    try {
      await access(path, constants.R_OK);
    } catch (error) {
      const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
      throw new UnreadableFile(
        `${path}: ${isMissing ? "there is no such file" : (error as Error).message}`,
      );
    }
  }
}

/** Throws if the file cannot be read or is a directory. */
export async function assertReadableText(path: string): Promise<void> {
  await assertReadable([path]);
  if ((await stat(path)).isDirectory())
    throw new UnreadableFile(`${path} is a directory; name the text's file`);
}

/** Options of reading a file. */
export interface ReadOptions {
  /** Called with the number of bytes of each chunk read from disk; these add up to `sizeOf`. */
  onBytes?: (count: number) => void;
}

/** Yields the records of a file: one, or one per line for JSON Lines. Either may be compressed. */
export async function* recordsIn(
  file: RecordFile,
  options: ReadOptions = {},
): AsyncGenerator<RecordInFile> {
  const { name } = file;
  try {
    if (!(await isLines(file))) {
      yield parsed(name, 1, await textOf(chunksOf(file, options)));
      return;
    }
    let line = 0;
    for await (const text of linesOf(file, options)) {
      line++;
      if (text.trim() !== "") yield parsed(name, line, text);
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // zlib's message does not name the file.
    if (code?.startsWith("Z_"))
      throw new UnreadableFile(`${name} can't be decompressed: ${message}`);
    throw error;
  }
}

const CHUNK_SIZE = 64 * 1024;
const readChunk = promisify(read);

const LINES = /\.(?:jsonl|ndjson)(?:\.gz)?$/i;

/** Returns whether a file is JSON Lines: by its name or, for standard input and pipes, by its first line. */
async function isLines(file: RecordFile): Promise<boolean> {
  if (file.copy === undefined) return LINES.test(file.name);
  for await (const line of linesOf(file)) if (line.trim() !== "") return isJson(line.trim());
  return false;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Returns whether a file is compressed: by its name or, for standard input and pipes, by gzip's magic bytes. */
function isCompressed({ name, copy }: RecordFile): boolean {
  if (copy === undefined) return name.toLowerCase().endsWith(".gz");
  const beginning = Buffer.alloc(2);
  readSync(copy, beginning, { position: 0 });
  return beginning.equals(Buffer.of(0x1f, 0x8b));
}

/** Splits at LF only: node:readline would also split at U+2028, which JSON allows in strings. */
async function* linesOf(file: RecordFile, options?: ReadOptions): AsyncGenerator<string> {
  let line = "";
  for await (const chunk of chunksOf(file, options)) {
    const [end, ...others] = chunk.split("\n");
    line += end;
    for (const next of others) {
      yield line;
      line = next;
    }
  }
  yield line;
}

async function* chunksOf(file: RecordFile, options?: ReadOptions): AsyncGenerator<string> {
  const bytes = bytesOf(file, options);
  // Errors of either stream reach the reader of the decompressed one.
  const content = isCompressed(file) ? pipeline(bytes, createGunzip(), () => {}) : bytes;
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  for await (const chunk of content) yield decoder.decode(chunk as Buffer, { stream: true });
  yield decoder.decode();
}

/** Reads the raw bytes of a file from its start. Leaves a copy open, so that it can be read again. */
async function* bytesOf(
  { name, copy }: RecordFile,
  { onBytes }: ReadOptions = {},
): AsyncGenerator<Buffer> {
  const file = copy ?? openSync(name, "r");
  try {
    let position = 0;
    for (;;) {
      const chunk = Buffer.allocUnsafe(CHUNK_SIZE);
      const { bytesRead } = await readChunk(file, chunk, 0, CHUNK_SIZE, position);
      if (bytesRead === 0) return;
      position += bytesRead;
      onBytes?.(bytesRead);
      yield chunk.subarray(0, bytesRead);
    }
  } finally {
    if (copy === undefined) closeSync(file);
  }
}

function parsed(file: string, line: number, content: string): RecordInFile {
  const text = content.replace(/^\uFEFF/, "");
  try {
    return { source: { file, line, text }, value: JSON.parse(text) as unknown };
  } catch (error) {
    const { offset, message } = syntaxFaultIn(text, error);
    const at = new Positions(text, line).at(offset);
    return { fault: { ...faultOfFile(file, "json", message), ...at } };
  }
}

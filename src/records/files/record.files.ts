import { closeSync, openSync, read, readSync } from "node:fs";
import { access, constants } from "node:fs/promises";
import { pipeline } from "node:stream";
import { promisify } from "node:util";
import { createGunzip } from "node:zlib";
import { faultOfFile, type RecordFault, type RecordSource } from "../record.faults.js";
import { type RecordFile, UnreadableFile } from "./record.file-list.js";
import { decoded, isUtf16 } from "./record.encoding.js";
import { MAX_RECORD_BYTES, recordBytesIn } from "./record.lines.js";
import { Positions } from "./record.positions.js";
import { syntaxFaultIn } from "./record.syntax.js";

export { type RecordFile, recordFilesOf, sizeOf, UnreadableFile } from "./record.file-list.js";

/** One record from a file, or the fault that keeps it from being read. */
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

/** Options of reading a file. */
export interface ReadOptions {
  /** Called with the number of bytes of each chunk read from disk; these add up to `sizeOf`. */
  onBytes?: (count: number) => void;
  /** Called with each record as it stands in the file, null if it is too large to be read; one for which it returns false is skipped. */
  takes?: (bytes: Buffer | null) => boolean;
}

/**
 * Yields the records of a file: one, or one per line for JSON Lines. Either may be compressed. What cannot be read as a record
 * is yielded as a fault; the lines after it are still read.
 */
export async function* recordsIn(
  file: RecordFile,
  options: ReadOptions = {},
): AsyncGenerator<RecordInFile> {
  const { name } = file;
  let line = 0;
  try {
    const inLines = await isLines(file);
    for await (const bytes of recordBytesIn(chunksOf(file, options), inLines)) {
      line++;
      if (options.takes?.(bytes) === false) continue;
      const read = bytes === null ? tooLarge(name, line) : recordIn(bytes, name, line, inLines);
      if (read) yield read;
      // Line feeds are two bytes there, so the lines can't be separated.
      if (line === 1 && bytes !== null && isUtf16(bytes)) return;
    }
  } catch (error) {
    if (!isBrokenGzip(error)) throw error;
    const { message } = error;
    const where = line === 0 ? "" : ` after line ${line}`;
    yield {
      fault: faultOfFile(name, "broken-gzip", `can't be decompressed${where}: ${message}`),
    };
  }
}

/** Yields the bytes of each record of a file, blank lines too; null for one that is too large to be read. */
export async function* rawRecordsIn(file: RecordFile): AsyncGenerator<Buffer | null> {
  yield* recordBytesIn(chunksOf(file), await isLines(file));
}

/** Returns whether an error is that a compressed file is broken. */
export function isBrokenGzip(error: unknown): error is NodeJS.ErrnoException {
  return (error as NodeJS.ErrnoException).code?.startsWith("Z_") === true;
}

const CHUNK_SIZE = 64 * 1024;
const readChunk = promisify(read);

const LINES = /\.(?:jsonl|ndjson)(?:\.gz)?$/i;

/** Returns whether a file is JSON Lines: by its name or, for standard input and pipes, by its first line. */
async function isLines(file: RecordFile): Promise<boolean> {
  if (file.copy === undefined) return LINES.test(file.name);
  for await (const line of recordBytesIn(chunksOf(file), true)) {
    const text = line?.toString("utf8").trim();
    if (text !== "") return text === undefined || isJson(text);
  }
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

async function* chunksOf(file: RecordFile, options?: ReadOptions): AsyncGenerator<Buffer> {
  const bytes = bytesOf(file, options);
  // Errors of either stream reach the reader of the decompressed one.
  const content = isCompressed(file) ? pipeline(bytes, createGunzip(), () => {}) : bytes;
  for await (const chunk of content) yield chunk as Buffer;
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

/** Parses a record, or a line; returns null for a blank line. */
function recordIn(bytes: Buffer, file: string, line: number, isLine: boolean): RecordInFile | null {
  const { text: content, wrong } = decoded(bytes);
  if (isLine && content.trim() === "") return null;
  const text = content.replace(/^\uFEFF/, "");
  if (wrong) {
    const at = new Positions(content, line).at(wrong.offset);
    return { fault: { ...faultOfFile(file, "file-encoding", wrong.message), ...at } };
  }
  try {
    return { source: { file, line, text }, value: JSON.parse(text) as unknown };
  } catch (error) {
    const { offset, message } = syntaxFaultIn(text, error, isLine ? "line" : "file");
    const at = new Positions(text, line).at(offset);
    return { fault: { ...faultOfFile(file, "json", message), ...at } };
  }
}

function tooLarge(file: string, line: number): RecordInFile {
  const message = `larger than ${MAX_RECORD_BYTES / 2 ** 20} MB, more than a record may have`;
  return { fault: { ...faultOfFile(file, "record-too-large", message), line, column: 1 } };
}

import { createReadStream } from "node:fs";
import { access, constants, readFile, stat } from "node:fs/promises";
import { promisify } from "node:util";
import { createGunzip, gunzip } from "node:zlib";
import { pipeline } from "node:stream";
import type { RecordFault, RecordSource } from "./record.faults.js";
import { isLines, type RecordFile } from "./record.file-list.js";
import { Positions } from "./record.positions.js";
import { syntaxFaultIn } from "./record.syntax.js";
import { UnreadableFile } from "./record.unreadable.js";

export { recordFilesOf } from "./record.file-list.js";
export { UnreadableFile } from "./record.unreadable.js";

/** One record as it stands in a file, or why it can't be read. */
export type RecordInFile = { source: RecordSource; value: unknown } | { fault: RecordFault };

/** Rejects where one of these can't be read, before anything is done about the others. Opens none: it may be a pipe. */
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

/** The same of a file that is read whole, which a directory can't be. */
export async function assertReadableText(path: string): Promise<void> {
  await assertReadable([path]);
  if ((await stat(path)).isDirectory())
    throw new UnreadableFile(`${path} is a directory; name the text's file`);
}

/** The records of a file, one at a time: its one, or of JSON Lines one a line. Either may be compressed. */
export async function* recordsIn(file: RecordFile): AsyncGenerator<RecordInFile> {
  const { name } = file;
  try {
    if (!isLines(file)) {
      yield parsed(name, 1, file.text ?? (await readWhole(name)));
      return;
    }
    let line = 0;
    for await (const text of linesOf(file)) {
      line++;
      if (text.trim() !== "") yield parsed(name, line, text);
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // zlib's own words alone would not say which file they are about.
    if (code?.startsWith("Z_"))
      throw new UnreadableFile(`${name} can't be decompressed: ${message}`);
    throw error;
  }
}

async function readWhole(path: string): Promise<string> {
  const bytes = await readFile(path);
  return (isCompressed(path) ? await promisify(gunzip)(bytes) : bytes).toString("utf8");
}

function isCompressed(path: string): boolean {
  return path.toLowerCase().endsWith(".gz");
}

/** Lines end at LF alone: node:readline would also cut at U+2028, which JSON allows inside a text. */
async function* linesOf({ name, text }: RecordFile): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of text === undefined ? chunksOf(name) : [text]) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop()!;
    yield* lines;
  }
  yield rest;
}

function chunksOf(path: string): AsyncIterable<string> {
  if (!isCompressed(path)) return createReadStream(path, "utf8");
  // The reader of the decompressed stream hears of what happens to either.
  return pipeline(createReadStream(path), createGunzip(), () => {}).setEncoding("utf8");
}

function parsed(file: string, line: number, content: string): RecordInFile {
  const text = content.replace(/^\uFEFF/, "");
  try {
    return { source: { file, line, text }, value: JSON.parse(text) as unknown };
  } catch (error) {
    const { offset, message } = syntaxFaultIn(text, error);
    const at = new Positions(text, line).at(offset);
    const fault = { code: "json", severity: "fault", message, suggestion: null } as const;
    return { fault: { file, ...at, pointer: "", ...fault } };
  }
}

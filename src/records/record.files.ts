import { createReadStream } from "node:fs";
import { access, constants, readFile, stat } from "node:fs/promises";
import { fault, type Finding } from "./record.faults.js";

/** One record as it stands in a file, or why it can't be read. */
export type RecordInFile = { file: string; value: unknown } | { file: string; finding: Finding };

/** Thrown where a file that was named can't be read; the message names it. */
export class UnreadableFile extends Error {}

/** Rejects where one of these can't be read, before anything is done about the others. Opens none: it may be a pipe. */
export async function assertReadable(paths: string[]): Promise<void> {
  for (const path of paths) {
    try {
      await access(path, constants.R_OK);
    } catch (error) {
      const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
      throw new UnreadableFile(
        `${path}: ${isMissing ? "there is no such file" : (error as Error).message}`,
      );
    }
    if ((await stat(path)).isDirectory())
      throw new UnreadableFile(`${path} is a directory; name the record files in it`);
  }
}

/** The records of a file, one at a time: of a `.json` file its one, of a `.jsonl` or `.ndjson` file one a line. */
export async function* recordsIn(path: string): AsyncGenerator<RecordInFile> {
  if (!/\.(?:jsonl|ndjson)$/i.test(path)) {
    yield parsed(path, await readFile(path, "utf8"));
    return;
  }
  let number = 0;
  for await (const line of linesOf(path)) {
    number++;
    if (line.trim() !== "") yield parsed(`${path}:${number}`, line);
  }
}

/** Lines end at LF alone: node:readline would also cut at U+2028, which JSON allows inside a text. */
async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of createReadStream(path, "utf8") as AsyncIterable<string>) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop()!;
    yield* lines;
  }
  yield rest;
}

function parsed(file: string, json: string): RecordInFile {
  try {
    return { file, value: JSON.parse(json.replace(/^\uFEFF/, "")) as unknown };
  } catch (error) {
    return { file, finding: fault("json", [], (error as SyntaxError).message) };
  }
}

import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { fault, type Finding } from "./record.faults.js";

/** One record as it stands in a file, or why it can't be read. */
export type RecordInFile = { file: string; value: unknown } | { file: string; finding: Finding };

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

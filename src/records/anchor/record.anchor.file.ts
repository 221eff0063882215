import { readFile } from "node:fs/promises";
import { text as textOf } from "node:stream/consumers";
import { type Anchored, anchorRecord, rejected } from "./record.anchor.js";
import { faultOfFile } from "../record.faults.js";
import { type SourceText, sourceTextOf } from "../check/record.text.js";

/** Anchors all quotes of a record file, or none. Does not write to the file. */
export async function anchorFile(path: string, textFile: string): Promise<Anchored> {
  const [file, json] =
    path === "-" ? ["<stdin>", await textOf(process.stdin)] : [path, await readFile(path, "utf8")];
  const bytes = await readFile(textFile);
  let source: SourceText;
  try {
    source = sourceTextOf(bytes);
  } catch {
    return rejected(faultOfFile(textFile, "text-encoding", "the text is not UTF-8"));
  }
  return anchorRecord(json, source, file);
}

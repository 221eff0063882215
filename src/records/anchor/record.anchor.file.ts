import { readFile } from "node:fs/promises";
import { buffer as bytesOf } from "node:stream/consumers";
import { type Anchored, anchorRecord, rejected } from "./record.anchor.js";
import { faultOfFile } from "../record.faults.js";
import { readSourceText } from "../check/record.text.file.js";
import { decoded } from "../files/record.encoding.js";
import { Positions } from "../files/record.positions.js";

/** Anchors all quotes of a record file, or none. Does not write to the file. */
export async function anchorFile(path: string, textFile: string): Promise<Anchored> {
  const [file, bytes] =
    path === "-" ? ["<stdin>", await bytesOf(process.stdin)] : [path, await readFile(path)];
  const { text, wrong } = decoded(bytes);
  if (wrong) {
    const at = new Positions(text).at(wrong.offset);
    return rejected({ ...faultOfFile(file, "file-encoding", wrong.message), ...at });
  }
  const source = await readSourceText(textFile);
  return "code" in source ? rejected(source) : anchorRecord(text, source, file);
}

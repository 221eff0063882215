import { readFile } from "node:fs/promises";
import { faultOfFile, type RecordFault } from "../record.faults.js";
import { type SourceText, sourceTextOf, WrongEncoding } from "./record.text.js";

/** Reads a source text from a file; returns a fault if it is not UTF-8. */
export async function readSourceText(file: string): Promise<SourceText | RecordFault> {
  const bytes = await readFile(file);
  try {
    return sourceTextOf(bytes);
  } catch (error) {
    if (!(error instanceof WrongEncoding)) throw error;
    return faultOfFile(file, "text-encoding", error.message);
  }
}

import { readFile, stat } from "node:fs/promises";
import { faultOfFile, type RecordFault } from "../record.faults.js";
import type { RecordNames } from "./record.names.js";
import { type SourceText, sourceTextOf, WrongEncoding } from "./record.text.js";

/** A larger file is no text of a document: a printed volume has a few million bytes. */
const MAX_TEXT_BYTES = 32 * 2 ** 20;

/** Reads a source text from a file; returns a fault if it is not UTF-8, or too large. */
export async function readSourceText(file: string): Promise<SourceText | RecordFault> {
  // Of a pipe, the size is only known once it is read.
  if ((await stat(file)).size > MAX_TEXT_BYTES) return tooLarge(file);
  const bytes = await readFile(file);
  if (bytes.length > MAX_TEXT_BYTES) return tooLarge(file);
  try {
    return sourceTextOf(bytes);
  } catch (error) {
    if (!(error instanceof WrongEncoding)) throw error;
    return faultOfFile(file, "text-encoding", error.message);
  }
}

function tooLarge(file: string): RecordFault {
  const message = `larger than ${MAX_TEXT_BYTES / 2 ** 20} MB, more than a text may have`;
  return faultOfFile(file, "text-too-large", message);
}

/** A source text, and the key of its document. */
export interface DocumentText {
  document: string;
  source: SourceText;
}

/**
 * Reads a text and finds its document: the one with its sha256, or else the only one. Returns a fault if it belongs to none; null
 * if the records define no document.
 */
export async function readDocumentText(
  file: string,
  { documents }: RecordNames,
): Promise<DocumentText | RecordFault | null> {
  const source = await readSourceText(file);
  if ("code" in source) return source;
  const keys = [...documents.keys()];
  if (keys.length === 0) return null;
  const match = keys.find((key) => documents.get(key)?.sha256 === source.sha256);
  const document = match ?? (keys.length === 1 ? keys[0] : undefined);
  return document === undefined
    ? faultOfFile(file, "sha256-mismatch", "no document of these records has this text's sha256")
    : { document, source };
}

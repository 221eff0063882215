import { readFile } from "node:fs/promises";
import { buffer as bytesOf } from "node:stream/consumers";
import { documentKeyIn } from "../check/record.names.js";
import type { SourceText } from "../check/record.text.js";
import { readSourceText } from "../check/record.text.file.js";
import { isDirectory, TextDirectory, type Texts } from "../check/record.texts.js";
import { decoded } from "../files/record.encoding.js";
import { Positions } from "../files/record.positions.js";
import { faultOfFile } from "../record.faults.js";
import { asObject, textOrNull } from "../record.unchecked.js";
import { type Anchored, anchorRecord, rejected } from "./record.anchor.js";
import { quoteRecord } from "./record.quotes.js";

/** Edits a record by the text of its document. */
type EditRecord = typeof anchorRecord;

/** Anchors all quotes of a record file, or none. Does not write to the file. */
export async function anchorFile(path: string, texts: string | Texts): Promise<Anchored> {
  return editFile(path, texts, anchorRecord);
}

/** Puts quotes beside all offsets of a record file, or none. Does not write to the file. */
export async function quoteFile(path: string, texts: string | Texts): Promise<Anchored> {
  return editFile(path, texts, quoteRecord);
}

async function editFile(path: string, texts: string | Texts, edit: EditRecord): Promise<Anchored> {
  const [file, bytes] =
    path === "-" ? ["<stdin>", await bytesOf(process.stdin)] : [path, await readFile(path)];
  const { text, wrong } = decoded(bytes);
  if (wrong) {
    const at = new Positions(text).at(wrong.offset);
    return rejected({ ...faultOfFile(file, "file-encoding", wrong.message), ...at });
  }
  const { document, sha256, isJson } = identified(text);
  if (!isJson) return edit(text, NO_TEXT, file);
  const found = await (typeof texts === "string" ? await textsAt(texts) : texts).textOf(
    document,
    sha256,
  );
  if (found === null)
    return rejected(faultOfFile(file, "no-text", "the text of its document is not at hand"));
  return "code" in found ? rejected(found) : edit(text, found, file);
}

/** Returns texts by a path: a file has the text of any record. */
export async function textsAt(path: string): Promise<Texts> {
  if (await isDirectory(path)) return new TextDirectory(path);
  const textOf = () => readSourceText(path);
  return { textOf, edition: textOf };
}

const NO_TEXT: SourceText = { words: "", sha256: "" };

/** Returns the key of a record's document, and the sha256 that it gives. */
function identified(json: string): { document: string; sha256: string | null; isJson: boolean } {
  try {
    const value: unknown = JSON.parse(json.replace(/^\uFEFF/, ""));
    const { sha256 } = asObject(asObject(value).document);
    return { document: documentKeyIn(value) ?? "", sha256: textOrNull(sha256), isJson: true };
  } catch {
    return { document: "", sha256: null, isJson: false };
  }
}

import type { Sql } from "../../db/sql.js";
import { namesIn } from "../check/record.check.files.js";
import { readDocumentText } from "../check/record.text.file.js";
import type { RecordFile } from "../files/record.files.js";
import { faultOfFile } from "../record.faults.js";
import type { BatchOptions } from "./record.batches.js";
import { LoadRefused } from "./record.load.refusal.js";
import { readQuotedElsewhere } from "./record.quoted.store.js";

/** Reads a text and finds its document among those of the files; throws `LoadRefused` if there is none. */
export async function readText(
  sql: Sql,
  textFile: string,
  files: RecordFile[],
): Promise<BatchOptions["text"]> {
  const names = await namesIn(files);
  const found = await readDocumentText(textFile, names);
  if (found && "source" in found) {
    const quotedElsewhere = await readQuotedElsewhere(sql, found.document, names);
    return { ...found, source: { ...found.source, quotedElsewhere }, names };
  }
  const message = "no record that is loaded defines the document of this text";
  throw new LoadRefused([found ?? faultOfFile(textFile, "sha256-mismatch", message)]);
}

import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { RecordFault } from "../record.faults.js";
import * as values from "../record.values.js";
import type { SourceText } from "./record.text.js";
import { type DocumentText, readSourceText } from "./record.text.file.js";

/** Finds the texts of documents. */
export interface Texts {
  /** Returns the text of a document, if possible that with this sha256; null if there is none, a fault if it can't be read. */
  textOf(document: string, sha256: string | null): Promise<SourceText | RecordFault | null>;
  /** Returns an earlier edition of it; null if there is none. */
  edition(document: string, sha256: string): Promise<SourceText | RecordFault | null>;
}

/** Finds no text. */
export const NO_TEXTS: Texts = {
  textOf: () => Promise.resolve(null),
  edition: () => Promise.resolve(null),
};

/** Finds the text of one document. */
export class OneText implements Texts {
  constructor(private readonly only: DocumentText) {}

  textOf(document: string): Promise<SourceText | null> {
    return Promise.resolve(document === this.only.document ? this.only.source : null);
  }

  async edition(document: string, sha256: string): Promise<SourceText | null> {
    const found = await this.textOf(document);
    return found?.sha256 === sha256 ? found : null;
  }
}

/**
 * Returns the file with the text of a document in a directory of texts: `<key>.txt`, in a folder for each slash of the key. An edition
 * that is not the document's present one is in `<key>@<sha256>.txt`.
 */
export function textFileOf(directory: string, document: string, edition?: string): string {
  return join(directory, `${document}${edition === undefined ? "" : `@${edition}`}.txt`);
}

/** Returns whether a path is a directory. */
export async function isDirectory(path: string): Promise<boolean> {
  return (await stat(path)).isDirectory();
}

/** Finds the texts of documents in a directory. The key of an unchecked record may be invalid; then it has no file. */
export class TextDirectory implements Texts {
  private last: { file: string; text: Promise<SourceText | RecordFault | null> } | undefined;

  constructor(private readonly directory: string) {}

  async textOf(document: string, sha256: string | null): Promise<SourceText | RecordFault | null> {
    if (!values.key().safeParse(document).success) return null;
    const found = await this.read(textFileOf(this.directory, document));
    if (sha256 === null || (found && "words" in found && found.sha256 === sha256)) return found;
    return (await this.edition(document, sha256)) ?? found;
  }

  async edition(document: string, sha256: string): Promise<SourceText | RecordFault | null> {
    const isNamed = values.key().safeParse(document).success && /^[0-9a-f]{64}$/.test(sha256);
    return isNamed ? this.read(textFileOf(this.directory, document, sha256)) : null;
  }

  private read(file: string): Promise<SourceText | RecordFault | null> {
    // The lines of one document follow each other.
    if (this.last?.file !== file) this.last = { file, text: readIfThere(file) };
    return this.last.text;
  }
}

/** The error codes of a file that is not there: also of a directory in its place, or a name that no file can have. */
const NOT_THERE = ["ENOENT", "ENOTDIR", "EISDIR", "ENAMETOOLONG"];

async function readIfThere(file: string): Promise<SourceText | RecordFault | null> {
  try {
    return await readSourceText(file);
  } catch (error) {
    if (NOT_THERE.includes((error as NodeJS.ErrnoException).code ?? "")) return null;
    throw error;
  }
}

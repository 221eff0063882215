import type { Sql } from "../../db/sql.js";
import { namesInFiles } from "../check/record.check.files.js";
import { documentKeyIn, type RecordNames } from "../check/record.names.js";
import type { StoredDocument } from "../check/record.on-record.js";
import type { SourceText } from "../check/record.text.js";
import { readDocumentText } from "../check/record.text.file.js";
import { isDirectory, OneText, TextDirectory, type Texts } from "../check/record.texts.js";
import { type RecordFile, UnreadableFile } from "../files/record.files.js";
import { counted } from "../record.counted.js";
import { faultOfFile, type RecordFault } from "../record.faults.js";
import { DOCUMENT } from "../record.format.js";
import { idOf } from "../record.ids.js";
import { asObject, textOrNull } from "../record.unchecked.js";
import {
  keepText,
  type MissingText,
  readDocument,
  readMissingTexts,
} from "../texts/record.texts.store.js";
import type { ReadRecord } from "./record.batches.js";
import type { KeptText, RecordTexts, TextOfRecord } from "./record.record-texts.js";
import { LoadRefused } from "./record.load.refusal.js";
import { addCounts, type Outcome } from "./record.outcome.js";
import { addQuotedElsewhere, checkQuotations } from "./record.quotations.js";

/** The maximum number of documents remembered: more lines of one mostly follow soon. */
const MOST_REMEMBERED = 1_000;

/** The texts that records are checked against and that are kept. */
export class LoadTexts implements RecordTexts {
  private readonly documents = new Map<string, StoredDocument>();

  constructor(
    private readonly sql: Sql,
    private readonly texts: Texts,
    private readonly names?: RecordNames,
  ) {}

  /** Returns the text of a record that was not checked; null if there is none. */
  async of(value: unknown): Promise<TextOfRecord | RecordFault | null> {
    const key = documentKeyIn(value);
    if (key === null) return null;
    const document = await this.documentOf(key, value);
    const text = await this.texts.textOf(key, document?.sha256 ?? null);
    if (text && "code" in text) return text;
    const named = await this.named(key, value, text?.sha256);
    return { text: text ?? undefined, named, document, names: this.names };
  }

  /** Keeps the texts that the stored ones of these records name; throws if too much of them is quoted. */
  async keep(sql: Sql, records: ReadRecord[], outcome: Outcome): Promise<void> {
    const stored = new Set(outcome.mentioned.map(({ documentId }) => documentId));
    const named = records.flatMap(({ texts = [] }) => texts);
    const wanted = named.filter(({ documentId }) => stored.has(documentId));
    if (wanted.length === 0) return;
    const missing = await readMissingTexts(sql, wanted);
    const kept: string[] = [];
    for (const { document, documentId, sha256 } of wanted) {
      const text = missing.get(sha256);
      if (!text) continue;
      missing.delete(sha256);
      if (text.redacted > 0) outcome.warnings.push(describeRedacted(document, text));
      if (!text.mayBeKept) continue;
      await keepText(sql, await this.read(document, sha256));
      kept.push(documentId);
    }
    const counts = { inserted: kept.length, updated: 0, deleted: 0 };
    addCounts(outcome.counts, new Map([["document_text", counts]]));
    await checkQuotations(sql, kept);
  }

  /** Reads a text again: what waits to be stored is not held in memory. */
  private async read(document: string, sha256: string): Promise<SourceText> {
    for (const found of [
      await this.texts.textOf(document, sha256),
      await this.texts.edition(document, sha256),
    ])
      if (found && "words" in found && found.sha256 === sha256) return found;
    throw new UnreadableFile(
      `the text of "${document}" changed while it was loaded; load it again`,
    );
  }

  /** Returns the texts at hand that a record names. */
  private async named(key: string, value: unknown, sha256?: string): Promise<KeptText[]> {
    const documentId = idOf(DOCUMENT.noun, key);
    const named = sha256 === undefined ? [] : [{ document: key, documentId, sha256 }];
    for (const edition of editionsIn(value)) {
      const text = edition === sha256 ? null : await this.texts.edition(key, edition);
      if (text && "words" in text && text.sha256 === edition)
        named.push({ document: key, documentId, sha256: edition });
    }
    return named;
  }

  /** Returns a document, as the record or an earlier one defines it, or as it is on record. */
  private async documentOf(key: string, value: unknown): Promise<StoredDocument | undefined> {
    const { document } = asObject(value);
    if (typeof document === "string") return this.documents.get(key) ?? readDocument(this.sql, key);
    const { licence, sha256 } = asObject(document);
    const defined = { licence: textOrNull(licence), sha256: textOrNull(sha256) };
    this.documents.set(key, defined);
    if (this.documents.size > MOST_REMEMBERED)
      for (const [oldest] of [...this.documents].slice(0, 1)) this.documents.delete(oldest);
    return defined;
  }
}

/** Says that a text with redacted words is not kept, and what can be done, or that it brings them back. */
function describeRedacted(document: string, text: MissingText): string {
  const { firstRedacted, redacted, mayBeKept } = text;
  const more = redacted > 1 ? ` and ${counted(redacted - 1, "more item")}` : "";
  const what = `${firstRedacted}${more}, redacted before`;
  if (mayBeKept) return `the text of "${document}" is kept again, and with it the words of ${what}`;
  return (
    `the text of "${document}" is not kept, since it mentions ${what}: its passages are shown without words. ` +
    "Load a copy with as many other characters in place of these words, and with the sha256 of the copy (docs/history.md, Redaction); " +
    "or add --restore, which keeps the redacted words, too"
  );
}

/** Returns the hashes that the citations of a record, which was not checked, name. */
function editionsIn(value: unknown): Set<string> {
  const found = new Set<string>();
  const visit = (one: unknown, depth: number) => {
    if (depth > MAX_DEPTH) return;
    for (const [property, inside] of Object.entries(Object(one) as object)) {
      if (property === "textSha256" && typeof inside === "string") found.add(inside);
      else if (typeof inside === "object") visit(inside, depth + 1);
    }
  };
  visit(value, 0);
  return found;
}

/** Citations of relations are as deep as any. */
const MAX_DEPTH = 10;

/** Prepares to check records against texts, and to keep these; throws `LoadRefused` if a text belongs to no record. */
export async function openTexts(sql: Sql, path: string, files: RecordFile[]): Promise<LoadTexts> {
  if (await isDirectory(path)) return new LoadTexts(sql, new TextDirectory(path));
  const names = await namesInFiles(files);
  const found = await readDocumentText(path, names);
  if (found && "source" in found) {
    await addQuotedElsewhere(sql, found.document, names);
    return new LoadTexts(sql, new OneText(found), names);
  }
  const message = "no record that is loaded defines the document of this text";
  throw new LoadRefused([found ?? faultOfFile(path, "sha256-mismatch", message)]);
}

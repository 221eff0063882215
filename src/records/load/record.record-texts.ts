import type { RecordNames } from "../check/record.names.js";
import type { StoredDocument } from "../check/record.on-record.js";
import type { SourceText } from "../check/record.text.js";
import type { RecordFault } from "../record.faults.js";
import type { NamedText } from "../texts/record.texts.store.js";

/** What a record is checked against: the text of its document. */
export interface TextOfRecord {
  text?: SourceText;
  /** The texts to keep with it: that one, and earlier editions that its citations name. */
  named: KeptText[];
  /** What is known of the document, if the record does not define it. */
  document?: StoredDocument;
  /** The names of all records of the load; by default those of this record. */
  names?: RecordNames;
}

/** A text to keep once the record that names it is stored. */
export interface KeptText extends NamedText {
  /** The key of the document. */
  document: string;
}

/** Finds what records are checked against. */
export interface RecordTexts {
  /** Returns the text of a record that was not checked, a fault if it can't be read, or null if there is no document. */
  of(value: unknown): Promise<TextOfRecord | RecordFault | null>;
}

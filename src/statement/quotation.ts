import type { Json } from "../records/record.row.js";
import type { StatementForm } from "./statement.enums.js";

/** The maximum share of a text that may be quoted without an open licence. */
export const QUOTABLE_SHARE = 0.1;

/**
 * The maximum length of a statement's text without an open licence, in characters, by form. A note-taker's account is the document's own
 * words and is not allowed at all.
 */
export const LONGEST_UNLICENSED: Readonly<Record<StatementForm, number>> = {
  VERBATIM: 300,
  REPORTED: 10_000,
  RECORDED: 0,
};

/** Returns whether a statement may only have this text if a document that it cites has an open licence. */
export function needsOpenLicence(form: StatementForm, text: string): boolean {
  const most = LONGEST_UNLICENSED[form];
  // A character has one code unit or two.
  return text.length > most && [...text].length > most;
}

/**
 * Returns whether a statement needs an open licence that none of the documents it cites so far has. The citation of one that does may have
 * been omitted, because that document comes later.
 */
export function lacksLicence(
  item: Json,
  isOpen: (document: string | undefined) => boolean,
): boolean {
  const { citations = [], form, text } = item as Quoting;
  if (!form || !needsOpenLicence(form, text ?? "")) return false;
  return citations.every(({ document }) => !isOpen(document));
}

interface Quoting {
  form?: StatementForm;
  text?: string;
  citations?: { document?: string }[];
}

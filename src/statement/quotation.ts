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

import { isUnlicensed, type Rule, whyUnlicensed } from "../records/check/record.rule.js";
import { composedOtherwise, passagesOf, type TextContext } from "../records/check/record.text.js";
import { fault, type Finding, warning } from "../records/record.faults.js";
import { documentKeyOf } from "../records/record.walk.js";
import { CollectedStatements } from "./statement.collected.js";
import { LONGEST_RUN, namesOf, sharedRun } from "./paraphrase.js";
import { QUOTABLE_SHARE } from "./quotation.js";
import { StatementForm } from "./statement.enums.js";

/** A VERBATIM statement occurs literally in one of its passages, line breaks aside. */
function* verbatimToTheLetter(context: TextContext): Generator<Finding> {
  for (const [i, { form, text, citations }] of context.record.statements.entries()) {
    const passages = passagesOf(context, citations).map(onOneLine);
    if (form !== StatementForm.VERBATIM || passages.length === 0) continue;
    const words = onOneLine(text);
    if (!passages.some((passage) => passage.includes(words)))
      yield fault(
        "verbatim-mismatch",
        ["statements", i, "text"],
        notToTheLetter(context, words, passages),
      );
  }
}

/** A RECORDED statement is one of its passages, line breaks aside: neither more nor less of the account. */
function* recordedToTheLetter(context: TextContext): Generator<Finding> {
  for (const [i, { form, text, citations }] of context.record.statements.entries()) {
    const passages = passagesOf(context, citations).map(onOneLine);
    if (form !== StatementForm.RECORDED || passages.length === 0) continue;
    const words = onOneLine(text);
    if (passages.includes(words)) continue;
    const longer = passages.find((passage) => passage.includes(words));
    yield fault(
      "recorded-mismatch",
      ["statements", i, "text"],
      longer === undefined
        ? notToTheLetter(context, words, passages)
        : `only ${words.length} of the ${longer.length} characters of its passage`,
    );
  }
}

/** Describes where words differ from their passage and, if the text has an open licence, how. */
function notToTheLetter(context: TextContext, words: string, passages: string[]): string {
  const same = longestBeginning(words, passages);
  const where = `from character ${same + 1} on`;
  const alike = passages.find((passage) => isComposedOtherwise(words, passage));
  if (alike !== undefined) return `${where}, ${composedOtherwise(words, alike)}`;
  const message = `not to the letter in its passage, ${where}`;
  const beginning = words.slice(0, same);
  const nearest = passages.find((passage) => passage.includes(beginning));
  if (same === 0 || nearest === undefined || isUnlicensed(context)) return message;
  const there = excerpt(nearest, nearest.indexOf(beginning) + same);
  return `${message}: "${excerpt(words, same)}", but the text has "${there}"`;
}

/** Returns whole words around a position: the one that differs there, and a few after it. */
function excerpt(words: string, at: number): string {
  const start = words.lastIndexOf(" ", at - 1) + 1;
  const [shown] = /^(?:.{1,40}(?=\s|$)|.{0,40})/u.exec(words.slice(start))!;
  return shown.length < words.length - start ? `${shown} …` : shown;
}

/** Collapses white space: line breaks belong to the page, not to the speaker. */
function onOneLine(text: string): string {
  return text.trim().replace(/\s+/gu, " ");
}

/** All quotations together, including those of other records and on record, are a small share of a text without an open licence. */
function* quotedShare(context: TextContext): Generator<Finding> {
  const { record, names, text } = context;
  if (!isUnlicensed(context)) return;
  if (!record.statements.some(({ form }) => form === StatementForm.VERBATIM)) return;
  const { quoted: here, quotedElsewhere } = names.collected(CollectedStatements);
  const key = documentKeyOf(record);
  const quoted = (here.get(key) ?? 0) + (quotedElsewhere.get(key) ?? 0);
  if (quoted > text.words.length * QUOTABLE_SHARE)
    yield fault(
      "quotations-too-much",
      ["statements"],
      `${quoted} of the text's ${text.words.length} characters are quoted, but ${whyUnlicensed(context)}: at most ${QUOTABLE_SHARE * 100} %`,
    );
}

/** A REPORTED statement is worded differently from the text. */
function* reportedInOwnWords(context: TextContext): Generator<Finding> {
  if (!isUnlicensed(context)) return;
  const names = namesOf(context.record);
  for (const [i, { form, text, citations }] of context.record.statements.entries()) {
    if (form !== StatementForm.REPORTED) continue;
    const run = sharedRun(text, passagesOf(context, citations), names);
    if (run !== null)
      yield warning(
        "reported-too-close",
        ["statements", i, "text"],
        `more than ${LONGEST_RUN} words in a row are its passage's, from "${run.slice(0, 3).join(" ")} …" on`,
      );
  }
}

/** Returns the length of the longest beginning of a text that is in a passage. A binary search, since texts may be long. */
function longestBeginning(text: string, passages: string[]): number {
  let length = 0;
  let over = text.length + 1;
  while (over - length > 1) {
    const middle = (length + over) >> 1;
    const beginning = text.slice(0, middle);
    if (passages.some((passage) => passage.includes(beginning))) length = middle;
    else over = middle;
  }
  return length;
}

/** Returns whether a text has these words only in another Unicode normalization: `é` as one character, or as `e` and its accent. */
function isComposedOtherwise(words: string, text: string): boolean {
  return text.normalize("NFC").includes(words.normalize("NFC"));
}

/** Rules about statements that need the source text. */
export const statementTextRules: Rule<TextContext>[] = [
  verbatimToTheLetter,
  recordedToTheLetter,
  quotedShare,
  reportedInOwnWords,
];

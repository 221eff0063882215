import { createHash } from "node:crypto";
import { StatementForm } from "../../statement/statement.enums.js";
import { fault, type Finding, warning } from "../record.faults.js";
import { wordCutAt } from "./record.word-cut.js";
import { decoded } from "../files/record.encoding.js";
import type { RecordCitation } from "../record.format.js";
import { namesOf, sharedRun } from "./record.paraphrase.js";
import {
  type CheckContext,
  documentOf,
  isUnlicensed,
  type Rule,
  whyUnlicensed,
} from "./record.rule.js";
import type { SourceText } from "./record.source-text.js";
import { citationsOf, documentKeyOf } from "../record.walk.js";

export type { SourceText } from "./record.source-text.js";

/** The input of a rule that needs the source text. */
export interface TextContext extends CheckContext {
  text: SourceText;
}

/** The maximum share of a text that may be quoted without an open licence. */
export const QUOTABLE_SHARE = 0.1;

/** Decodes a text. Offsets count UTF-16 code units, including a byte order mark. Throws if it is not UTF-8. */
export function sourceTextOf(bytes: Buffer): SourceText {
  const { text: words, wrong } = decoded(bytes);
  if (wrong) throw new WrongEncoding(`the text is ${wrong.message}`);
  return { words, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** Thrown for a text that is not UTF-8. */
export class WrongEncoding extends Error {}

/** Returns a fault if the text's hash is not the document's: offsets are then meaningless. */
export function wrongText(context: TextContext): Finding | null {
  const { record, text } = context;
  const expected = documentOf(context)?.sha256;
  if (!expected || expected === text.sha256) return null;
  return fault(
    "sha256-mismatch",
    typeof record.document === "string" ? ["document"] : ["document", "sha256"],
    `the text has ${text.sha256}; nothing else was checked against it`,
  );
}

/** Passages lie within the text, and do not split a character. */
function* passagesInText(context: TextContext): Generator<Finding> {
  const { length } = context.text.words;
  for (const [path, citation] of citationsOf(context.record)) {
    const { start, end } = citation;
    if (!isOfText(context, citation) || start === undefined || end === undefined) continue;
    if (end > length)
      yield fault("citation-range", path, `ends at ${end}, but the text at ${length}`);
    for (const [name, offset] of Object.entries({ start, end })) {
      if (splitsCharacter(context.text.words, offset))
        yield fault("citation-range", [...path, name], `${offset} is in the middle of a character`);
    }
  }
}

/** Passages start and end between words. The warning reveals nothing of the text but the lengths of the word's parts. */
function* cutWords(context: TextContext): Generator<Finding> {
  for (const [path, citation] of citationsOf(context.record)) {
    const { start, end } = citation;
    if (!isOfText(context, citation) || start === undefined || end === undefined) continue;
    for (const [name, offset] of Object.entries({ start, end })) {
      const cut = wordCutAt(context.text.words, offset);
      if (cut)
        yield warning(
          "word-cut",
          [...path, name],
          `${offset} is inside a word, after ${cut.before} of its ${cut.before + cut.after} characters`,
        );
    }
  }
}

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

/** The words that a citation keeps are those of its passage. */
function* exactToTheLetter(context: TextContext): Generator<Finding> {
  for (const [path, citation] of citationsOf(context.record)) {
    const { start, end, exact } = citation;
    if (exact === undefined || !isOfText(context, citation) || start === undefined) continue;
    if (context.text.words.slice(start, end) !== exact)
      yield fault("exact-mismatch", [...path, "exact"], "not the words of its passage");
  }
}

/** All quotations together, including those of other records and on record, are a small share of a text without an open licence. */
function* quotedShare(context: TextContext): Generator<Finding> {
  const { record, names, text } = context;
  if (!isUnlicensed(context)) return;
  if (!record.statements.some(({ form }) => form === StatementForm.VERBATIM)) return;
  const quoted = (names.quoted.get(documentKeyOf(record)) ?? 0) + (text.quotedElsewhere ?? 0);
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
        `more than seven words in a row are its passage's, from "${run.slice(0, 3).join(" ")} …" on`,
      );
  }
}

/** Rules that need the source text. */
export const textRules: Rule<TextContext>[] = [
  passagesInText,
  cutWords,
  verbatimToTheLetter,
  recordedToTheLetter,
  exactToTheLetter,
  quotedShare,
  reportedInOwnWords,
];

/** Returns the cited passages in this text; `citation-range` reports those out of range. */
function passagesOf(context: TextContext, citations: RecordCitation[]): string[] {
  return citations
    .filter((citation) => isOfText(context, citation))
    .map(({ start, end }) => context.text.words.slice(start ?? 0, end ?? 0))
    .filter((passage) => passage !== "");
}

/** Returns whether the offsets of a citation are of this text: not of another document's, or of an earlier edition. */
function isOfText(
  { record, text }: TextContext,
  { document, textSha256 = text.sha256 }: RecordCitation,
): boolean {
  const own = documentKeyOf(record);
  return (document ?? own) === own && textSha256 === text.sha256;
}

function splitsCharacter(words: string, offset: number): boolean {
  return /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(words.slice(Math.max(0, offset - 1), offset + 1));
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

/** Describes how words and a text differ in normalization, and what to do. */
export function composedOtherwise(words: string, text: string): string {
  return `the same in another Unicode normalization: ${formOf(words)} here, ${formOf(text)} in the text; copy it from the text`;
}

function formOf(text: string): string {
  return ["NFC", "NFD"].find((form) => text === text.normalize(form)) ?? "a mixed one";
}

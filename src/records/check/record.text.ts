import { createHash } from "node:crypto";
import { fault, type Finding, warning } from "../record.faults.js";
import { wordCutAt } from "./record.word-cut.js";
import { decoded } from "../files/record.encoding.js";
import type { RecordCitation } from "../record.format.js";
import { type CheckContext, documentOf, type Rule } from "./record.rule.js";
import type { SourceText } from "./record.source-text.js";
import { citationsOf, documentKeyOf } from "../record.walk.js";

export type { SourceText } from "./record.source-text.js";

/** The input of a rule that needs the source text. */
export interface TextContext extends CheckContext {
  text: SourceText;
}

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

/** The words that a citation keeps are those of its passage. */
function* exactToTheLetter(context: TextContext): Generator<Finding> {
  for (const [path, citation] of citationsOf(context.record)) {
    const { start, end, exact } = citation;
    if (exact === undefined || !isOfText(context, citation) || start === undefined) continue;
    if (context.text.words.slice(start, end) !== exact)
      yield fault("exact-mismatch", [...path, "exact"], "not the words of its passage");
  }
}

/** Rules that need the source text. */
export const textRules: Rule<TextContext>[] = [passagesInText, cutWords, exactToTheLetter];

/** Returns the cited passages in this text; `citation-range` reports those out of range. */
export function passagesOf(context: TextContext, citations: RecordCitation[]): string[] {
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

/** Describes how words and a text differ in normalization, and what to do. */
export function composedOtherwise(words: string, text: string): string {
  return `the same in another Unicode normalization: ${formOf(words)} here, ${formOf(text)} in the text; copy it from the text`;
}

function formOf(text: string): string {
  return ["NFC", "NFD"].find((form) => text === text.normalize(form)) ?? "a mixed one";
}

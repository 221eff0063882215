import { BadUserInput } from "../errors.js";
import { wordCutAt } from "../records/check/record.word-cut.js";
import type { Citation } from "./citation.entity.js";
import { LONGEST_WHOLE, urlOfPassage } from "./text-fragment.js";
import type { ShownText, TextWindow } from "./text.store.js";

/** The maximum length of a text in one field, in UTF-16 code units. */
const LONGEST_TEXT = 20_000;

/** How much is shown before and after a passage, in UTF-16 code units. */
const AROUND = 200;

/** The properties of a citation by which its passage is read. */
export const PASSAGE = ["documentId", "textSha256", "start", "end"] as const;
export type Cited = Pick<Citation, (typeof PASSAGE)[number]>;

/** Reads a window of a text; null if it may not be shown. */
type Read = (window: TextWindow) => Promise<ShownText | null>;

/** Returns the words of a passage; null if they may not be shown, or are too long. */
export async function exactOf(cited: Cited, read: Read): Promise<string | null> {
  if (cited.start === null || cited.end! - cited.start > LONGEST_TEXT) return null;
  return wordsAt(cited, cited.start, cited.end!, read);
}

/** Returns the words before a passage; null if they may not be shown. */
export async function prefixOf(cited: Cited, read: Read): Promise<string | null> {
  if (cited.start === null) return null;
  const from = Math.max(cited.start - AROUND, 0);
  // One code unit more, which shows whether a word begins before.
  const words = await wordsAt(cited, Math.max(from - 1, 0), cited.start, read);
  if (words === null || from === 0) return words;
  const first = String.fromCodePoint(words.codePointAt(0) ?? 32);
  const cut = wordCutAt(words, first.length);
  const rest = words.slice(first.length);
  return cut === null ? rest : [...rest].slice(cut.after).join("");
}

/** Returns the words after a passage; null if they may not be shown. */
export async function suffixOf(cited: Cited, read: Read): Promise<string | null> {
  if (cited.end === null) return null;
  const words = await wordsAt(cited, cited.end, cited.end + AROUND + 1, read);
  if (words === null || words.length <= AROUND) return words;
  const last = String.fromCodePoint([...words].at(-1)!.codePointAt(0)!);
  const rest = words.slice(0, -last.length);
  const cut = wordCutAt(words, rest.length);
  return cut === null ? rest : [...rest].slice(0, -cut.before).join("");
}

/** Returns the address of a passage; that of the document if its words may not be shown, or if it has no offsets. */
export async function passageUrlOf(
  cited: Cited,
  urlOfDocument: Promise<string | null>,
  read: Read,
): Promise<string | null> {
  const { start, end } = cited;
  if (start === null || end === null) return urlOfDocument;
  const isWhole = end - start <= LONGEST_WHOLE;
  // Concurrently, so that the words are read in one batch with those of other fields.
  const [url, head, tail, prefix, suffix] = await Promise.all([
    urlOfDocument,
    wordsAt(cited, start, isWhole ? end : start + LONGEST_WHOLE, read),
    isWhole ? null : wordsAt(cited, end - LONGEST_WHOLE, end, read),
    isWhole ? prefixOf(cited, read) : "",
    isWhole ? suffixOf(cited, read) : "",
  ]);
  if (url === null || head === null || prefix === null || suffix === null) return url;
  return urlOfPassage(url, { head, tail, prefix, suffix });
}

/** Returns part of a document's text; null if it may not be shown. */
export async function textOf(
  documentId: string,
  sha256: string | null,
  { start, end }: { start: number; end: number | null },
  read: Read,
): Promise<string | null> {
  const to = end ?? start + LONGEST_TEXT;
  if (start < 0) throw new BadUserInput("start", "expected an offset, 0 or more.");
  if (to < start) throw new BadUserInput("end", "expected an offset after `start`.");
  if (to - start > LONGEST_TEXT)
    throw new BadUserInput("end", `at most ${LONGEST_TEXT} UTF-16 code units after \`start\`.`);
  return wordsAt({ documentId, textSha256: sha256 }, start, to, read);
}

async function wordsAt(
  { documentId, textSha256: sha256 }: Pick<Cited, "documentId" | "textSha256">,
  start: number,
  end: number,
  read: Read,
): Promise<string | null> {
  if (sha256 === null) return null;
  return (await read({ documentId, sha256, start, end }))?.words ?? null;
}

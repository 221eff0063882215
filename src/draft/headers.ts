import type { Passage } from "../records/anchor/record.quote.js";
import { labelOf } from "./labels.js";
import { trimmed } from "./paragraphs.js";
import { countryOfHeading } from "./participants.js";
import { NO_LABEL } from "./turn-labels.js";

/** What the headers of a conversation say. */
interface Headers {
  /** The items of the list of participants, with the headings of its groups. */
  list: readonly Passage[];
  /** The words after the headers DATE and PLACE, in one line each. */
  date: Passage | null;
  place: Passage | null;
  /** Where the headers end. */
  end: number;
}

type Header = "DATE" | "PLACE" | "PARTICIPANTS" | "OTHER";

/** By the first word before the colon: `DATE & TIME: June 4`. */
const HEADERS: ReadonlyMap<string, Header> = new Map([
  ["date", "DATE"],
  ["time", "DATE"],
  ["place", "PLACE"],
  ["location", "PLACE"],
  ["participant", "PARTICIPANTS"],
  ["participants", "PARTICIPANTS"],
  ["present", "PARTICIPANTS"],
]);
/** The maximum length of a header: a colon further on belongs to a sentence. */
const LONGEST_HEADER = 30;
/** The maximum length of an item of a list: longer lines are prose. */
const LONGEST_ITEM = 300;
/** The header of a list that begins on the next line. */
const LIST = /^(?:participants?|present)(?: ?:)?$/iu;

/** Finds the headers of a conversation: line by line, to the end of its list of participants. */
export function headersIn(text: string): Headers {
  const list: Passage[] = [];
  let [date, place, end] = [null as Passage | null, null as Passage | null, 0];
  let isInList = false;
  for (const line of linesOf(text)) {
    const found = headerOf(text, line);
    if (found) {
      const { header, words } = found;
      isInList = header === "PARTICIPANTS";
      if (header === "DATE") date ??= words;
      else if (header === "PLACE") place ??= words;
      else if (isInList && words) list.push(words);
      if (header !== "OTHER") end = line.end;
    } else if (isInList && isItem(text.slice(line.start, line.end))) {
      list.push(line);
      end = line.end;
    } else if (list.length > 0 || isInList) break;
  }
  return { list, date, place, end };
}

/** Yields the lines that are not empty, without the white space around them. */
function* linesOf(text: string): Generator<Passage> {
  for (const { index, 0: line } of text.matchAll(/[^\r\n]+/gu)) {
    const passage = trimmed(text, { start: index, end: index + line.length });
    if (passage.end > passage.start) yield passage;
  }
}

/** Reads the header that a line begins with, and the words after it in the same line; null if it begins with none. */
function headerOf(text: string, { start, end }: Passage) {
  const line = text.slice(start, end);
  if (LIST.test(line)) return { header: "PARTICIPANTS" as const, words: null };
  const colon = line.indexOf(": ");
  const isNear = colon > 0 && colon < LONGEST_HEADER;
  const header = isNear && HEADERS.get(line.slice(0, colon).toLowerCase().split(" ")[0]!);
  if (header) return { header, words: { start: start + colon + 2, end } };
  return NO_LABEL.test(line) ? { header: "OTHER" as const, words: null } : null;
}

/** Returns whether a line of a list names someone, or the country of those who follow; a label of a turn ends the list. */
function isItem(line: string): boolean {
  return line.length <= LONGEST_ITEM && (labelOf(line) === null || countryOfHeading(line) !== null);
}

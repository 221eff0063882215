import type { Passage } from "../anchor/record.quote.js";
import { trimmed } from "./record.paragraphs.js";
import {
  countryOfHeading,
  type ListedParticipant,
  meantBy,
  participantsIn,
  withoutTitles,
} from "./record.participants.js";
import { isTitle } from "./record.titles.js";
import { FEWEST_WORDS, isHeading, isInterruption, LABEL, NO_LABEL } from "./record.turn-labels.js";

/** What one speaker says, to where another one speaks or nobody does: the words after the label, over all paragraphs. */
export interface LabelledTurn extends Passage {
  /** As printed, and where. */
  label: string;
  labelled: Passage;
  /** Whom the label may mean among the participants. */
  meant: readonly ListedParticipant[];
}

/** A note or transcript of a conversation: its heads, and its labelled turns. */
export interface Conversation {
  participants: readonly ListedParticipant[];
  /** Lines of the list of participants that name nobody. */
  unread: number;
  /** The words after the heads DATE and PLACE, in one line each. */
  date: Passage | null;
  place: Passage | null;
  turns: readonly LabelledTurn[];
  /** How many turns are left out since they are only a few words. */
  short: number;
  /** Where all turns are, with their labels. */
  read: readonly Passage[];
  /** Where the heads end and the turns begin. */
  body: number;
}

/** Labels are words with a capital each, of which so many at most. */
const MOST_WORDS = 6;
const LIST = /^(?:participants?|present)(?: ?:)?$/iu;
const HEAD = /^(?:date|time|place|location|participants?|present)$/;

/** Reads a text as a conversation: by a list of participants, or by labels that come back. Null if it is none. */
export function conversationIn(text: string, paragraphs: readonly Passage[]): Conversation | null {
  const counts = new Map<string, number>();
  for (const { start, end } of paragraphs) {
    const label = labelOf(text.slice(start, end));
    if (label !== null) counts.set(label.label, (counts.get(label.label) ?? 0) + 1);
  }
  const heads = headsIn(text);
  const { participants, unread } = participantsIn(text, heads.list);
  const isLabel = (label: string) =>
    (counts.get(label) ?? 0) > 1 ||
    meantBy(label, participants).length > 0 ||
    (participants.length > 0 && isTitle(label.split(/\s/u)[0]!));
  const all = turnsIn(
    text,
    paragraphs.filter(({ start }) => start >= heads.end),
    isLabel,
  );
  const areTurns = participants.length > 0 || all.length > 3;
  if (!areTurns || (all.length < 2 && participants.length < 2)) return null;
  const turns = all.map((turn) => ({ ...turn, meant: meantBy(turn.label, participants) }));
  const kept = turns.filter(({ start, end }) => wordsIn(text.slice(start, end)) >= FEWEST_WORDS);
  return {
    participants,
    unread,
    date: heads.date,
    place: heads.place,
    turns: kept,
    short: turns.length - kept.length,
    read: turns.map(({ labelled, end }) => ({ start: labelled.start, end })),
    body: turns[0]?.labelled.start ?? heads.end,
  };
}

function wordsIn(words: string): number {
  return words.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

/** Returns the label that a paragraph begins with, and where the words after it begin; null if there is none. */
function labelOf(paragraph: string): { label: string; at: number } | null {
  const match = LABEL.exec(paragraph.slice(0, 300));
  const label = match?.groups!.label!.trim();
  if (!match || label === undefined || NO_LABEL.test(label)) return null;
  const { name, title } = withoutTitles(label);
  const areWords = label.split(/\s+/u).length <= MOST_WORDS && /^\p{Lu}/u.test(label);
  return areWords && (name !== null || (/\p{L}/u.test(title) && title === label))
    ? { label, at: match[0].length }
    : null;
}

function turnsIn(
  text: string,
  paragraphs: readonly Passage[],
  isLabel: (label: string) => boolean,
): Omit<LabelledTurn, "meant">[] {
  const turns: Omit<LabelledTurn, "meant">[] = [];
  let current: (typeof turns)[number] | null = null;
  for (const { start, end } of paragraphs) {
    const words = text.slice(start, end);
    const found = labelOf(words);
    if (found && isLabel(found.label)) {
      const labelled = { start, end: start + found.label.length };
      current = {
        label: found.label.replace(/\s+/gu, " "),
        labelled,
        start: start + found.at,
        end,
      };
      turns.push(current);
    } else if (isInterruption(words) || isHeading(words)) current = null;
    else if (current) current.end = end;
  }
  return turns;
}

/** Finds the heads of a conversation: line by line, until the first one that is a sentence. */
function headsIn(text: string) {
  const list: Passage[] = [];
  let [date, place, end] = [null as Passage | null, null as Passage | null, 0];
  let isInList = false;
  for (const { index, 0: whole } of text.matchAll(/[^\r\n]+/gu)) {
    const passage = trimmed(text, { start: index, end: index + whole.length });
    const line = text.slice(passage.start, passage.end);
    if (line === "") continue;
    // `DATE & TIME: June 4`
    const [words, rest] = [line.slice(0, 30).split(": ", 1)[0]!, line.indexOf(": ")];
    const first = words.toLowerCase().split(" ")[0]!;
    const kind = rest > 0 && rest < 30 && HEAD.test(first) ? first : undefined;
    const after = { start: passage.start + (kind === undefined ? 0 : rest + 2), end: passage.end };
    const isHead = kind !== undefined || NO_LABEL.test(line);
    if (LIST.test(line)) isInList = true;
    else if (kind === "date" || kind === "time") date ??= after;
    else if (kind === "place" || kind === "location") place ??= after;
    else if (kind !== undefined) list.push(after);
    if (LIST.test(line) || kind?.startsWith("p") === true) end = passage.end;
    if (isHead) {
      isInList = LIST.test(line) || kind?.startsWith("part") === true || kind === "present";
      if (kind !== undefined) end = passage.end;
      continue;
    }
    if (!isInList) {
      // What follows the heads is no list.
      if (list.length > 0) break;
      continue;
    }
    const isOver = line.length > 300 || (labelOf(line) !== null && countryOfHeading(line) === null);
    if (isOver) break;
    list.push(passage);
    end = passage.end;
  }
  return { list, date, place, end };
}

import type { Passage } from "../records/anchor/record.quote.js";
import { headersIn } from "./headers.js";
import { labelOf } from "./labels.js";
import { type ListedParticipant, meantBy, participantsIn } from "./participants.js";
import { isTitle } from "./titles.js";
import { isHeading, isInterruption } from "./turn-labels.js";

/** The minimum number of words of a statement: shorter turns are context. */
export const FEWEST_WORDS = 6;

/** What one speaker says until another one speaks or nobody does: the words after the label, across paragraphs. */
export interface LabelledTurn extends Passage {
  /** As printed, and where. */
  label: string;
  labelled: Passage;
  /** Whom the label may mean among the participants. */
  meant: readonly ListedParticipant[];
}

/** A note or transcript of a conversation: its headers, and its labelled turns. */
export interface Conversation {
  participants: readonly ListedParticipant[];
  /** Lines of the list of participants that name nobody. */
  unread: number;
  /** The words after the headers DATE and PLACE, in one line each. */
  date: Passage | null;
  place: Passage | null;
  turns: readonly LabelledTurn[];
  /** How many turns are left out since they are only a few words. */
  short: number;
  /** Where all turns are, with their labels. */
  read: readonly Passage[];
  /** Where the headers end and the turns begin. */
  body: number;
}

/** Reads a text as a conversation: by a list of participants, or by labels that come back. Null if it is none. */
export function conversationIn(text: string, paragraphs: readonly Passage[]): Conversation | null {
  const counts = new Map<string, number>();
  for (const { start, end } of paragraphs) {
    const label = labelOf(text.slice(start, end));
    if (label !== null) counts.set(label.label, (counts.get(label.label) ?? 0) + 1);
  }
  const headers = headersIn(text);
  const { participants, unread } = participantsIn(text, headers.list);
  const isLabel = (label: string) =>
    (counts.get(label) ?? 0) > 1 ||
    meantBy(label, participants).length > 0 ||
    (participants.length > 0 && isTitle(label.split(/\s/u)[0]!));
  const all = turnsIn(
    text,
    paragraphs.filter(({ start }) => start >= headers.end),
    isLabel,
  );
  const areTurns = participants.length > 0 || all.length > 3;
  if (!areTurns || (all.length < 2 && participants.length < 2)) return null;
  const turns = all.map((turn) => ({ ...turn, meant: meantBy(turn.label, participants) }));
  const kept = turns.filter(({ start, end }) => wordsIn(text.slice(start, end)) >= FEWEST_WORDS);
  return {
    participants,
    unread,
    date: headers.date,
    place: headers.place,
    turns: kept,
    short: turns.length - kept.length,
    read: turns.map(({ labelled, end }) => ({ start: labelled.start, end })),
    body: turns[0]?.labelled.start ?? headers.end,
  };
}

function wordsIn(words: string): number {
  return words.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
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

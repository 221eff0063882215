import { isHeading, isInterruption, LABEL, NO_LABEL } from "../../src/draft/turn-labels.js";
import { isAddress, isNameWord, isOfficeWord, mayLeadName } from "./office-words.js";
import type { Referent, References } from "./references.js";
import type { Block, NameSpan } from "./text.js";

/** What one speaker says until another one speaks, or something else interrupts. */
export interface Turn {
  /** The label, as printed. */
  label: string;
  /** Where the label is. */
  labelled: { start: number; end: number; names: readonly NameSpan[] };
  speaker: Referent;
  /** The words after the label, to the end of the last paragraph. */
  start: number;
  end: number;
}

const ATTACHED =
  /^\[?\(?(?:attachments?|enclosures?|tab|annex|appendix|addendum)\b(?:\s+[\w-]{1,4})?\)?\]?\.?$/i;

/** Where the words of a memorandum end and those of a paper attached to it begin. */
export function isAttachment({ text }: Block): boolean {
  return ATTACHED.test(text);
}

/** Finds the labelled turns in the paragraphs of a memorandum; each goes on over the paragraphs without a label. */
export function turnsIn(blocks: readonly Block[], references: References, text: string): Turn[] {
  const known = labelsOf(blocks, references);
  const turns: Turn[] = [];
  let current: Turn | null = null;
  for (const block of blocks) {
    const label = labelAt(block, references, known);
    if (label) current = push(turns, label, block);
    else if (isNoTurn(block)) current = null;
    else if (
      NO_LABEL.test(block.text) &&
      /^[^:]{2,30}:/.test(block.text) &&
      /^\p{Lu}{3,}/u.test(block.text)
    )
      current = null;
    else if (current) current.end = block.end;
    // Labels inside of a paragraph are those that begin another one.
    if (current)
      for (const inside of labelsInside(block, known, references, text, current)) {
        current.end = inside.cut;
        current = push(turns, inside, block);
      }
  }
  return turns;
}

interface Label {
  label: string;
  at: number;
  speaker: Referent;
  start: number;
}

function push(turns: Turn[], { label, at, speaker, start }: Label, block: Block): Turn {
  const end = at + label.length;
  const names = block.names.filter((name) => name.start >= at && name.end <= end);
  const turn = { label, labelled: { start: at, end, names }, speaker, start, end: block.end };
  turns.push(turn);
  return turn;
}

/** Returns the labels that begin paragraphs, with how many do. */
function labelsOf(blocks: readonly Block[], references: References): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { text } of blocks) {
    const label = LABEL.exec(text)?.groups?.label;
    if (label !== undefined && isLabel(label, references))
      counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return counts;
}

/** Returns whether words look like a label: a title or a name, each word with a capital. */
function isLabel(label: string, references: References): boolean {
  const words = label.trim().split(/\s+/);
  if (NO_LABEL.test(label) || words.length > 6) return false;
  if (
    !words.every(
      (word) =>
        isNameWord(word) ||
        ((isOfficeWord(word) || isAddress(word)) &&
          (/^\p{Lu}/u.test(word) || /^(?:of|the|to|for)$/.test(word))),
    )
  )
    return false;
  const isTitled = words.some((word, i) => isAddress(word, i) || isOfficeWord(word));
  return (
    isTitled ||
    words.some((word) => references.isSurname(word)) ||
    "one" in references.find(label, null) ||
    words.length < 3
  );
}

function labelAt(
  block: Block,
  references: References,
  known: ReadonlyMap<string, number>,
): Label | null {
  const match = LABEL.exec(block.text);
  const found =
    match && isLabel(match.groups!.label!, references) ? match : periodLabel(block.text, known);
  if (!found) return null;
  const label = found.groups!.label!.trim();
  const speaker = references.find(
    label,
    personIn(block.names, block.start, block.start + label.length),
  );
  const isSure =
    "one" in speaker ||
    speaker.why === "SEVERAL" ||
    label.split(/\s+/).some((word, i) => isAddress(word, i) || mayLeadName(word)) ||
    (known.get(label) ?? 0) > 1;
  return isSure
    ? {
        label,
        at: block.start + found[0].indexOf(label),
        speaker,
        start: block.start + found[0].length,
      }
    : null;
}

/** `PM Chou.` in place of `PM Chou:`, where that begins other paragraphs. */
function periodLabel(text: string, known: ReadonlyMap<string, number>): RegExpExecArray | null {
  const match = /^(?<label>[^:.()[\]]{2,40}(?:\.\s[^:.()[\]]{2,30})?)[.;]\s+(?=\S)/u.exec(text);
  return match && (known.get(match.groups!.label!) ?? 0) > 1 ? match : null;
}

function personIn(names: readonly NameSpan[], start: number, end: number): string | null {
  const inside = names.filter(
    (name) => name.start >= start && name.end <= end && name.person !== null,
  );
  return inside.length === 1 ? inside[0]!.person : null;
}

/** Returns whether a paragraph is no one's words: also a heading, by its look in the volume or by its words. */
function isNoTurn({ text, path }: Block): boolean {
  if (isInterruption(text)) return true;
  const { rend = "" } = path.at(-1)!.attributes;
  return /center|right|title/.test(rend) || (isHeading(text) && path.at(-1)!.name !== "item");
}

function* labelsInside(
  block: Block,
  known: ReadonlyMap<string, number>,
  references: References,
  text: string,
  current: Turn,
): Generator<Label & { cut: number }> {
  const own = text.slice(block.start, block.end);
  const inside =
    /(?<=[.?!…—”"\])])\s+(?<label>(?:\p{Lu}[\p{L}.’'-]*\s){0,3}\p{Lu}[\p{L}’'-]+):\s+(?=\S)/gu;
  for (const match of own.matchAll(inside)) {
    const label = match.groups!.label!;
    const start = block.start + match.index + match[0].length;
    if (!known.has(label) || start <= current.start) continue;
    const at = block.start + match.index + match[0].indexOf(label);
    yield {
      label,
      at,
      speaker: references.find(label, personIn(block.names, at, at + label.length)),
      start,
      cut: block.start + match.index,
    };
  }
}

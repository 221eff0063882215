import { isCountryName } from "./countries-then.js";
import { isAddress, isNameWord, isOfficeWord, isParticle } from "./office-words.js";
import type { Referent, References } from "./references.js";
import { sayingIn } from "./saying.js";
import { sentencesIn } from "./sentences.js";
import type { Block, NameSpan } from "./text.js";

/** A sentence that reports what a participant said. */
export interface Report {
  /** The words for the speaker, as printed. */
  subject: string;
  speaker: Referent;
  /** The words for the one spoken to, where they follow the verb, and who that is. */
  hearer: Referent | null;
  start: number;
  end: number;
}

/** Numbers and dashes that stand before a sentence: `1.`, `(a)`, `—`. */
const NUMBERING = /^(?:[—–-]\s*|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+|\((?:[A-Z]|\d{1,2})\)\s+)+/;
/** Words that begin a sentence with something else than its subject. */
const NO_SUBJECT =
  /^(?:When|If|After|Although|Though|As|While|Because|Since|But|And|What|Now|Finally|Then|These|Those|Have|Before|In|On|At|To|With|Until|That|This|Whether|Such|Both|Other|Some|All|No|It|He|She|They|We|I|You|My|Our|His|Their|By|From|For|Upon|During|Once|Should|Had|Again|Also|Later|Thus)\b/;
const LINK = /^(?:of|for|to|the|at|in|on)$/;
const MAX_WORDS = 12;

/** Finds the sentences of a paragraph that begin with a participant, whose verb is one of saying. */
export function reportsIn(block: Block, references: References): Report[] {
  return sentencesIn(block.text).flatMap(({ start, end }) => {
    const sentence = block.text.slice(start, end);
    const lead = NUMBERING.exec(sentence)?.[0].length ?? 0;
    const from = start + lead;
    const report = reportOf(
      block.text.slice(from, end),
      block.start + from,
      block.names,
      references,
    );
    return report ? [{ ...report, start: block.start + from, end: block.start + end }] : [];
  });
}

function reportOf(
  sentence: string,
  offset: number,
  names: readonly NameSpan[],
  references: References,
): Omit<Report, "start" | "end"> | null {
  const subject = subjectIn(sentence, references);
  if (subject === null) return null;
  const rest = sentence.slice(subject.length);
  const saying = sayingIn(rest);
  if (!saying) return null;
  const speaker = references.find(subject, personAt(names, offset, offset + subject.length));
  const after = subject.length + saying.after;
  const hearer = saying.takesHearer ? hearerAt(sentence, after, offset, names, references) : null;
  return { subject, speaker, hearer };
}

/** Returns the words for a person at the start of a text: a title, a name, or both; null if there are none. */
function subjectIn(text: string, references: References): string | null {
  if (NO_SUBJECT.test(text)) return null;
  const words = [...text.slice(0, 200).matchAll(/\S+/g)];
  let last = -1;
  for (const [i, { 0: word }] of words.entries()) {
    if (i >= MAX_WORDS) break;
    const bare = word.replace(/[,;:]$/, "");
    const isLast = bare !== word;
    if (/[’']s?$/.test(bare) && !isCountryName(bare)) return null;
    const isThe = i === 0 && /^the$/i.test(bare);
    const isCapital = /^\p{Lu}/u.test(bare);
    const isName =
      isCapital &&
      (isNameWord(bare) || isOfficeWord(bare) || isAddress(bare, i) || isCountryName(bare));
    if (isName) last = i;
    else if (!isThe && !(i > 0 && (LINK.test(bare) || isParticle(bare)) && bare !== "and")) break;
    if (isLast) break;
  }
  if (last < 0) return null;
  const { 0: word, index } = words[last]!;
  const subject = text.slice(0, index + word.replace(/[,;:]$/, "").length);
  // A single capital word at the start of a sentence is a person only if it is a name of one.
  return /^\S+$/.test(subject) && !references.isSurname(subject) && !isTitled(subject)
    ? null
    : subject;
}

function isTitled(word: string): boolean {
  return /^(?:Secretary|President|Ambassador)$/.test(word);
}

function hearerAt(
  sentence: string,
  at: number,
  offset: number,
  names: readonly NameSpan[],
  references: References,
): Referent | null {
  const rest = sentence.slice(at);
  const skip = /^\s*/.exec(rest)![0].length;
  const words = subjectIn(rest.slice(skip), references);
  if (words === null) return null;
  const from = offset + at + skip;
  const found = references.find(words, personAt(names, from, from + words.length));
  return "one" in found ? found : null;
}

/** Returns the id of the one person in a stretch of text whose name refers to the list of persons. */
function personAt(names: readonly NameSpan[], start: number, end: number): string | null {
  const inside = names.filter(
    (name) => name.start >= start && name.end <= end + 2 && name.person !== null,
  );
  return inside.length === 1 ? inside[0]!.person : null;
}

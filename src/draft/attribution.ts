import type { Passage } from "../records/anchor/record.quote.js";
import { FAR, type Frame, type Paragraph } from "./frame.js";
import { sentenceAt } from "./quoted-words.js";
import { type SayingVerb, verbsOfSaying } from "./saying-words.js";
import type { Subject } from "./subject.js";
import type { Subjects } from "./subjects.js";

/** How far after a quotation its speaker is looked for. */
const REACH = 240;

/** Words that continue after a quotation without naming the speaker: `"…" at the talks`. */
const NOT_ADJOINING =
  /^(?:and|but|while|although|at|in|on|to|for|of|with|from|by|into|during|until|before|about|because|if|which|that|where|or|is|are|was|were|has|had|have|will|would)\s/iu;

/** Who is found to say quoted words; `subject` is null where a verb of saying names nobody. */
export interface Attribution {
  subject: Subject | null;
}

/** Finds who says quoted words by the sentence they stand in; null if nothing there says that they are speech. */
export function attributionOf(
  { text, masked }: Frame,
  subjects: Subjects,
  paragraph: Paragraph,
  at: number,
): Attribution | null {
  const { outer, inner } = paragraph.quoted[at]!;
  const whole = sentenceAt(paragraph, outer);
  const sentence = {
    start: Math.max(whole.start, outer.start - FAR),
    end: Math.min(whole.end, outer.end + FAR),
  };
  const next = paragraph.quoted[at + 1]?.outer.start ?? paragraph.end;
  const words = text.slice(inner.start, inner.end);
  const rest = text.slice(outer.end, outer.end + 3);
  const isEnded = /\.$/.test(words) && !/^\s*,/.test(rest);
  const limit = isEnded ? paragraph.end : Math.max(sentence.end, outer.end);
  const before = () => attributionBefore(subjects, sentence.start, outer.start);
  const after = () => attributionAfter(subjects, outer.end, Math.min(limit, next), isEnded);
  const later = () => attributionLater(subjects, outer.end, sentence.end);
  if (isEnded || isIntroduced(masked, sentence.start, outer.start)) return before() ?? after();
  const isClosed = /[,!?…—-]$/u.test(words) || /^\s*[,—–]/u.test(rest);
  if (isClosed) return after() ?? before() ?? later();
  return before() ?? after() ?? later();
}

/** Returns whether the words before a quotation lead to it: `Drift said:`. */
function isIntroduced(masked: string, start: number, end: number): boolean {
  return /[:,]\s*$/.test(masked.slice(start, end)) && verbsOfSaying(masked, start, end).length > 0;
}

/** Finds the speaker before quoted words: `Drift said that the fish were "free"`. */
function attributionBefore(subjects: Subjects, start: number, end: number): Attribution | null {
  const before = subjects.masked.slice(start, end);
  const according = /(?:according to|in the words of)\s/iu.exec(before);
  if (according) {
    const subject = subjects.after(start + according.index + according[0].length - 1, end);
    if (subject) return { subject };
  }
  const named = namedIn(before);
  if (named) return { subject: subjects.endingAt(start + named.start, start + named.end) };
  const verb = verbBefore(subjects.masked, start, end);
  if (verb) {
    const hasSubject =
      !/ing$/.test(verb.word) &&
      !/\bto\s+(?:\p{L}+ly\s+)?$/u.test(subjects.masked.slice(start, verb.start));
    return {
      subject: hasSubject
        ? subjects.before(start, verb.start)
        : subjects.ofParticiple(start, verb.start),
    };
  }
  const colon = /:\s*$/u.exec(before);
  if (colon) return { subject: subjects.speakingBefore(start, start + colon.index) };
  return endsInWordsOf(before)
    ? { subject: subjects.ofSentence({ start, end }) ?? possessorIn(subjects, start, end) }
    : null;
}

/** Returns the verb before quoted words that they belong to: the nearest one, unless it is far and another is certainly a verb of saying. */
function verbBefore(masked: string, start: number, end: number): SayingVerb | undefined {
  const verbs = verbsOfSaying(masked, start, end);
  const strong = verbs.findLast(({ isWeak, word }) => !isWeak && !word.endsWith("ing"));
  const nearest = verbs.at(-1);
  const isNear = nearest && masked.slice(nearest.end, end).trim().split(/\s+/).length <= 5;
  return isNear || !strong ? nearest : strong;
}

/** Returns whether the last clause before quoted words calls them somebody's: `a statement about "free" fish`. */
function endsInWordsOf(before: string): boolean {
  // Long enough for the longest of the nouns below and 60 characters after it.
  const last = before
    .split(/[,;:.¤]/u)
    .at(-1)!
    .slice(-72);
  return /(?:statement|words|remarks?|comments?|message|speech|letter|assertion|warning|declaration|pledge|promise|vow|insistence|suggestion|claim|argument|accusation|reply|response|answer|question|apology|plea)s?\b/u.test(
    last,
  );
}

/** Finds the speaker directly after quoted words: `"…," said Drift`; `"…," Drift said`. */
function attributionAfter(
  subjects: Subjects,
  from: number,
  limit: number,
  isNewSentence: boolean,
): Attribution | null {
  const { masked } = subjects;
  const gap = /^[\s,—–-]*(?:\([^)]*\)\s*)?/u.exec(masked.slice(from, from + 40))![0].length;
  const start = from + gap;
  const end = Math.min(limit, start + REACH);
  if (start >= end) return null;
  const rest = masked.slice(start, end);
  const according = /^(?:according to|in the words of)\s/iu.exec(rest);
  if (according) return { subject: subjects.after(start + according[0].length - 1, end) };
  if (isNewSentence && !isShortAttribution(rest)) return null;
  const verb = verbsOfSaying(masked, start, end).find(({ word }) => !word.endsWith("ing"));
  if (!verb || NOT_ADJOINING.test(rest)) return null;
  const isFirst =
    verb.start === start ||
    /^(?:as|is how|was how|so|,|also|later|then|reads|and)?\s*$/u.test(
      masked.slice(start, verb.start),
    );
  const follower = isFirst ? subjects.after(verb.end, end) : null;
  const subject = follower ?? adjoining(subjects, start, verb);
  return subject && { subject };
}

/** Returns the subject directly after a quotation, whose verb follows. */
function adjoining(subjects: Subjects, start: number, verb: SayingVerb): Subject | null {
  const { masked, people } = subjects;
  const lead = /^(?:(?:as|and|but|the|a|an|while|when)\s+)*/iu.exec(
    masked.slice(start, verb.start),
  )![0].length;
  const mention = people
    .mentionsIn(start, verb.start)
    .find(
      ({ titled }) =>
        titled <= start + lead ||
        (/^[^,]{0,40}$/u.test(masked.slice(start, titled)) &&
          !/\s(?:of|for|to|with|in)\s/u.test(masked.slice(start, titled))),
    );
  const subject = subjects.before(start, verb.start);
  if (!subject) return null;
  if (
    subject.kind === "person" &&
    mention &&
    subject.mention !== mention &&
    isApposed(masked.slice(mention.end, verb.start))
  )
    return { ...subject, mention, start: mention.start, end: mention.end };
  const between = masked.slice(start, subject.start);
  return between.split(/\s+/).length <= 12 ? subject : null;
}

/** Returns whether the words between a name and a verb only describe who is named: `, the minister of tides, also`. */
function isApposed(between: string): boolean {
  return /^\s*,[^]*,\s*(?:\p{L}+\s+){0,3}$/u.test(between);
}

/** Finds the speaker in the rest of the sentence: `The "frank" talks, Drift said, went on.` */
function attributionLater(subjects: Subjects, start: number, end: number): Attribution | null {
  const { masked } = subjects;
  for (const verb of verbsOfSaying(masked, start, end)) {
    if (
      !/^\s*(?:[,.;]|$|on\s|in\s|at\s|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)/u.test(
        masked.slice(verb.end, end),
      )
    )
      continue;
    const subject = subjects.before(start, verb.start);
    if (subject) return { subject };
  }
  const according = /according to\s/iu.exec(masked.slice(start, end));
  if (!according) return null;
  return {
    subject: subjects.after(start + according.index + according[0].length - 1, end),
  };
}

/** Returns where the name of the person quoted stands: `The paper quoted Ada Floe as saying`. */
function namedIn(before: string): Passage | null {
  const as = /\sas\s+(?:saying|telling)/u.exec(before);
  if (!as) return null;
  const clause = before
    .slice(0, as.index)
    .split(/[,;:¤]/u)
    .at(-1)!;
  const quoting = /(?:quot|cit)(?:ed|es|ing)\s+/u.exec(clause);
  if (!quoting) return null;
  const start = as.index - clause.length + quoting.index + quoting[0].length;
  const end = before.slice(0, as.index).trimEnd().length;
  return end - start >= 2 && end - start <= 80 ? { start, end } : null;
}

function possessorIn(subjects: Subjects, start: number, end: number): Subject | null {
  const mention = subjects.people
    .mentionsIn(start, end)
    .findLast(({ isPossessive }) => isPossessive);
  return mention ? { kind: "person", mention, start: mention.start, end: mention.end } : null;
}

/** Returns whether a sentence after a quotation that ends with a full stop only names the speaker: `Drift said.` */
function isShortAttribution(rest: string): boolean {
  const sentence = /^[^.!?¤]*(?:\b(?:Mr|Ms|Mrs|Dr|Gen|Sen|Rep|Gov|\p{Lu})\.[^.!?¤]*)*/u.exec(
    rest,
  )![0];
  const words = sentence.trim().split(/\s+/);
  if (words.length > 8) return false;
  const verb = verbsOfSaying(sentence, 0, sentence.length).at(-1);
  if (!verb) return false;
  const after = sentence.slice(verb.end).trim();
  if (/^(?:|today|yesterday|later|earlier|he|she)$/u.test(after)) return true;
  return !after.includes(",") && /^(?:(?:on|in|the|to)\s|reporters|\p{Lu})/u.test(after);
}

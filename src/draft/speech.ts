import type { Passage } from "../records/anchor/record.quote.js";
import { attributionOf } from "./attribution.js";
import { FAR, type Frame, type Paragraph } from "./frame.js";
import type { Quoted } from "./quotation-marks.js";
import type { NamedPerson, People } from "./people.js";
import { isNoSpeech, isOnlyQuoted, isSentence, sentenceAt } from "./quoted-words.js";
import type { Subject } from "./subject.js";
import { Subjects } from "./subjects.js";
import { type SayingVerb, verbsOfSaying } from "./saying-words.js";
import { isTitle, PORTFOLIOS } from "./titles.js";

/** Who speaks, as far as the text says it. */
export interface Speaker {
  person: NamedPerson | null;
  /** Whether the person is only meant by a pronoun, a title or the words around it. */
  isInferred: boolean;
  /** The words that name the speaker. */
  at: Passage | null;
}

/** Words that somebody says, between quotation marks. */
export interface Speech {
  /** The words, without the marks. */
  inner: Passage;
  /** The sentence of the text that they begin in. */
  sentence: Passage;
  speaker: Speaker | null;
}

/** A sentence that reports what somebody says, without quoting it. */
export interface Report {
  sentence: Passage;
  speaker: Speaker | null;
}

/** Returns whether quoted words are one or two, and no sentence: perhaps only scare quotes. */
function isShort(text: string, { inner }: Quoted): boolean {
  const words = text.slice(inner.start, inner.end);
  return words.split(/\s+/).length <= 2 && !/[.!?]$/.test(words.replace(/^\P{Lu}.*/su, ""));
}

/** Returns whether a verb of saying stands beside quoted words, or governs them: `called it "frank"`. */
function isSaidSo(masked: string, { outer }: Quoted, sentence: Passage): boolean {
  const start = Math.max(sentence.start, outer.start - FAR);
  if (/according to\s/i.test(masked.slice(start, Math.min(sentence.end, outer.end + FAR))))
    return true;
  const before = verbsOfSaying(masked, start, outer.start);
  const after = verbsOfSaying(masked, outer.end, Math.min(sentence.end, outer.end + FAR));
  const isOfSpeech = ({ word, isWeak }: SayingVerb) =>
    !isWeak || /^(?:call|describ|brand|dismiss|denounc|prais|hail)/.test(word);
  return before.some(isOfSpeech) || after.some(({ isWeak }) => !isWeak);
}

/** The maximum number of people remembered that a pronoun may mean. */
const LONGEST_FOCUS = 50;

/** Finds quoted speech in a text, and who speaks. */
export class SpeechFinder {
  private readonly subjects: Subjects;
  /** The people that were subjects so far, with where; the latest last. */
  private focus: { at: number; person: NamedPerson }[] = [];
  /** Quoted speech, in order. */
  readonly speeches: Speech[] = [];
  /** The sentences that report what somebody says and quote nothing of it, in order. */
  readonly reports: Report[] = [];

  constructor(
    private readonly frame: Frame,
    private readonly people: People,
  ) {
    this.subjects = new Subjects(frame.masked, people);
    let last: Speaker | null = null;
    let isContinued = false;
    for (const [i, paragraph] of frame.paragraphs.entries()) {
      const carried = isContinued ? last : this.carriedOver(frame.paragraphs[i - 1], last);
      last = this.addParagraph(paragraph, carried, isContinued);
      isContinued = paragraph.quoted.at(-1)?.isContinued ?? false;
    }
  }

  /** Adds the speech of a paragraph; returns who spoke in it last. */
  private addParagraph(
    paragraph: Paragraph,
    carried: Speaker | null,
    isContinued: boolean,
  ): Speaker | null {
    const { masked, text } = this.frame;
    let last: Speaker | null = null;
    let focused = 0;
    for (const [i, quoted] of paragraph.quoted.entries()) {
      const sentence = sentenceAt(paragraph, quoted.outer);
      while (
        paragraph.sentences[focused] &&
        paragraph.sentences[focused]!.end <= quoted.outer.start
      )
        this.focusOn(paragraph.sentences[focused++]!);
      if (isContinued && i === 0 && quoted.outer.start === paragraph.start) {
        const own = attributionOf(this.frame, this.subjects, paragraph, i);
        last = (own?.subject && this.speakerOf(own.subject, sentence)) ?? carried;
        this.add(quoted, sentence, last);
        continue;
      }
      if (isNoSpeech(this.frame, quoted, sentence)) continue;
      const found = attributionOf(this.frame, this.subjects, paragraph, i);
      if (found && isShort(text, quoted) && !isSaidSo(masked, quoted, sentence)) continue;
      if (found?.subject) last = this.speakerOf(found.subject, sentence) ?? last;
      else if (found) last ??= this.spokenBefore(paragraph, sentence);
      else if (
        isSentence(text, quoted) &&
        (isOnlyQuoted(masked, sentence) || quoted.outer.start === sentence.start)
      )
        last = last ?? this.spokenBefore(paragraph, sentence) ?? carried;
      else continue;
      this.add(quoted, sentence, last);
    }
    for (const sentence of paragraph.sentences.slice(focused)) this.focusOn(sentence);
    return last;
  }

  private add({ inner, outer }: Quoted, sentence: Passage, speaker: Speaker | null): void {
    this.speeches.push({ inner, sentence, speaker });
    if (speaker?.person) this.keep(outer.end, speaker.person);
  }

  private keep(at: number, person: NamedPerson): void {
    this.focus.push({ at, person });
    if (this.focus.length > LONGEST_FOCUS) this.focus.shift();
  }

  /** Goes on to a sentence: whom it is about, and what it reports. */
  private focusOn(sentence: Passage): void {
    const subject = this.subjects.ofSentence(sentence);
    if (subject?.kind === "person") this.keep(subject.start, subject.mention.person);
    if (this.speeches.at(-1)?.sentence.start === sentence.start) return;
    const said = this.subjects.sayingIn(sentence)[0]?.subject ?? this.subjects.twoSidesIn(sentence);
    if (said) this.reports.push({ sentence, speaker: this.speakerOf(said, sentence) });
  }

  /** Returns who speaks in the sentences before one, in its paragraph. */
  private spokenBefore(paragraph: Paragraph, { start }: Passage): Speaker | null {
    const before = sentenceAt(paragraph, { start: start - 1, end: start });
    return before.end <= start ? this.inferred(before) : null;
  }

  /** Returns who goes on to speak in the next paragraph: who spoke in this one, or whom its last sentence is about. */
  private carriedOver(paragraph: Paragraph | undefined, last: Speaker | null): Speaker | null {
    const sentence = paragraph?.sentences.at(-1);
    if (last || !sentence) return last && { ...last, isInferred: true };
    return this.inferred(sentence);
  }

  private inferred(sentence: Passage): Speaker | null {
    const said =
      this.subjects.sayingIn(sentence).at(-1)?.subject ?? this.subjects.ofSentence(sentence);
    const speaker = said && this.speakerOf(said, sentence);
    return speaker && { ...speaker, isInferred: true };
  }

  /** Returns the speaker that a subject names. */
  speakerOf(subject: Subject, sentence: Passage): Speaker | null {
    const { start, end, kind } = subject;
    const at = { start, end };
    if (kind === "person") return { person: subject.mention.person, isInferred: false, at };
    if (kind === "pronoun") {
      const word = /^(?:he|she)$/.exec(subject.word)?.[0] as "he" | "she" | undefined;
      const person = word
        ? (this.inSentence(word, sentence, start) ?? this.meantBy(word, start))
        : null;
      return person
        ? { person, isInferred: true, at }
        : { person: null, isInferred: false, at: null };
    }
    const person = this.withTitle(this.frame.masked.slice(start, end));
    return { person, isInferred: person !== null, at };
  }

  /** Returns whom a pronoun means by its own sentence: `Drift says he is glad`. */
  private inSentence(word: "he" | "she", { start }: Passage, at: number): NamedPerson | null {
    const subject = start < at ? this.subjects.ofSentence({ start, end: at - word.length }) : null;
    if (subject?.kind !== "person" || subject.start >= at) return null;
    const { person } = subject.mention;
    return person.pronoun === undefined || person.pronoun === word ? person : null;
  }

  /** Returns whom a pronoun means: the last person spoken of, unless that one has another pronoun. */
  private meantBy(word: "he" | "she", at: number): NamedPerson | null {
    const fits = ({ pronoun }: NamedPerson) => pronoun === undefined || pronoun === word;
    const past = this.focus.filter((one) => one.at < at && fits(one.person));
    const focus = (past.findLast(({ person }) => person.isSure) ?? past.at(-1))?.person;
    const near = this.subjects.people
      .mentionsIn(Math.max(0, at - 1_000), at)
      .findLast(({ person }) => fits(person))?.person;
    const person = focus ?? near ?? null;
    if (person) person.pronoun ??= word;
    return person;
  }

  /** Returns whom a title alone means: the only person who has it in the text, `the minister`. */
  private withTitle(words: string): NamedPerson | null {
    const title = /^the\s+([\p{L}-]+(?:\s+[\p{L}-]+){0,3})$/iu
      .exec(words.trim())?.[1]
      ?.toLowerCase()
      .split(/\s+/);
    if (!title?.some(isTitle) || !title.every((word) => isTitle(word) || PORTFOLIOS.has(word)))
      return null;
    const holders = [...this.people.all].filter(({ roles }) =>
      title.every((word) => roles.has(word)),
    );
    if (holders.length <= 1) return holders[0] ?? null;
    const last = this.focus.at(-1)?.person;
    return last && holders.includes(last) ? last : null;
  }
}

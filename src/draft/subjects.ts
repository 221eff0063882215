import { MASK } from "./frame.js";
import type { Passage } from "../records/anchor/record.quote.js";
import type { People, PersonMention } from "./people.js";
import { lengthOfBetween, verbsOfSaying } from "./saying-words.js";
import { lastWords, tailAfter, trimmedEnd, wordsOf } from "./words.js";
import { areTwoSides } from "./sides.js";
import {
  CLAUSE,
  DETERMINER,
  isNounPhrase,
  isSpeaking,
  PREPOSITION,
  SECOND_VERB,
  TIME,
  person,
  pronoun,
  type Subject,
} from "./subject.js";
import { FUNCTION_WORDS } from "./titles.js";

/** How far a subject is searched for, in characters. */
const REACH = 600;

/** Finds subjects in the sentences of a masked text. */
export class Subjects {
  constructor(
    readonly masked: string,
    readonly people: People,
  ) {}

  /** Returns the subject of a verb that stands before it, from `from` on. */
  before(sentence: number, verb: number): Subject | null {
    const from = Math.max(sentence, verb - REACH);
    let end = verb;
    // `Drift met Floe and said`: the subject is that of the verb before.
    if (SECOND_VERB.test(this.masked.slice(from, end)))
      return this.ofSentence({ start: from, end: verb });
    for (;;) {
      const length = lengthOfBetween(this.masked.slice(from, end));
      if (length === 0) break;
      end -= length;
    }
    const clause = this.masked.slice(from, end).trimEnd();
    end = from + clause.length;
    const before =
      clause.endsWith(",") || clause.endsWith(")") ? this.beforeApposition(from, end - 1) : null;
    return (
      before ??
      (/[,)]$/.test(clause) ? null : this.endingAt(from, end)) ??
      this.ofSentence({ start: from, end: verb })
    );
  }

  /** Returns the subject before a comma: `Bo Drift, Minister of Tides, said`. */
  private beforeApposition(from: number, comma: number): Subject | null {
    let described: Subject | null = null;
    for (let end = comma; end > from; end--) {
      if (!",(".includes(this.masked.charAt(end)) && end !== comma) continue;
      const until = from + this.masked.slice(from, end).trimEnd().length;
      const mention = this.mentionEndingAt(until);
      const isFirst = mention && this.isFirstNamed(from, mention);
      const isBare = this.masked.charAt(comma) === ")" && this.masked.charAt(end) === "(";
      if (mention && (isBare || isFirst || this.beginsClause(from, mention.titled)))
        return person(mention);
      const word = /(?<![\p{L}'’-])(he|she)$/iu.exec(this.masked.slice(from, until));
      if (word) return pronoun(word[1]!, until);
      const segment = tailAfter(this.masked.slice(from, until), ",;:—");
      const start = until - segment.trimStart().length;
      if (
        /^(?:the|an?|one|another|\p{Lu})/u.test(segment.trimStart()) &&
        isSpeaking(segment) &&
        this.beginsClause(from, start)
      )
        described = { kind: "description", start, end: until };
    }
    return described;
  }

  /** Returns the subject that ends at an offset: a name, a pronoun or a description. */
  endingAt(from: number, end: number): Subject | null {
    const mention = this.mentionEndingAt(end);
    if (mention && mention.start >= from) {
      const before = this.masked.slice(from, mention.titled);
      if (!PREPOSITION.test(before)) return person(mention);
      if (!/(?:of|for|to)\s+(?:the\s+)?$/iu.test(before)) return null;
    }
    const clause = this.masked.slice(from, end);
    const word = /(?<![\p{L}'’-])(he|she|who|they|it|we|I|which|that|you|this|these)$/iu.exec(
      clause,
    )?.[1];
    if (word && /^who$/i.test(word)) {
      const antecedent = from + trimmedEnd(clause.slice(0, -word.length), ",").length;
      return antecedent > from ? this.endingAt(from, antecedent) : null;
    }
    if (word && /^(?:he|she|they|we|I)$/i.test(word)) return pronoun(word, end);
    if (word) return null;
    return this.describedBefore(from, end);
  }

  private describedBefore(from: number, end: number): Subject | null {
    const segment = tailAfter(this.masked.slice(from, end), `,;:—()${MASK}`);
    const offset = end - segment.length;
    const determiners = [...segment.matchAll(DETERMINER)].filter(
      ({ index }) => !PREPOSITION.test(segment.slice(0, index)),
    );
    const found = determiners.at(-1)?.index;
    if (found !== undefined) return { kind: "description", start: offset + found, end };
    // `Amnesty International`, `officials`, `Laotian police`
    const begin = lastWords(segment, (word, next) => {
      if (next === undefined || /^\p{Lu}/u.test(word))
        return !FUNCTION_WORDS.has(word.toLowerCase());
      return /^(?:of|for|and|in|on)$/.test(word) && /^\p{Lu}/u.test(next);
    });
    if (begin === null) return null;
    const start = offset + begin;
    const words = segment.slice(begin).trim();
    if (TIME.test(words) || PREPOSITION.test(segment.slice(0, begin))) return null;
    if (/^\p{Ll}/u.test(wordsOf(words).at(-1)!) && !isSpeaking(words)) return null;
    return { kind: "description", start, end };
  }

  /** Returns who is named directly before a participle: `with Drift stating`; else the subject of the sentence. */
  ofParticiple(from: number, verb: number): Subject | null {
    const start = Math.max(from, verb - REACH);
    const end = start + this.masked.slice(start, verb).trimEnd().length;
    const near = /[,\s]$/.test(this.masked.slice(start, end)) ? null : this.endingAt(start, end);
    const isNamed =
      near &&
      near.kind !== "pronoun" &&
      /(?:,|\bwith)\s*$/u.test(
        this.masked.slice(start, near.kind === "person" ? near.mention.titled : near.start),
      );
    return isNamed ? near : this.ofSentence({ start: from, end: verb });
  }

  /** Returns who is named before a colon: directly before it, or as the subject of its sentence. */
  speakingBefore(start: number, end: number): Subject | null {
    const near = this.endingAt(start, end);
    const isPlain =
      near && (near.kind !== "description" || isSpeaking(this.masked.slice(near.start, near.end)));
    return isPlain ? near : this.ofSentence({ start, end });
  }

  /** Returns the subject after a verb: `said Bo Drift`, `according to the ministry`. */
  after(from: number, limit: number): Subject | null {
    const lead = /^\s+/u.exec(this.masked.slice(from, limit))?.[0].length ?? 0;
    const start = from + lead;
    const rest = this.masked.slice(start, Math.min(limit, start + 300));
    const word = /^(he|she|they)\b/iu.exec(rest)?.[1];
    if (word) return pronoun(word, start + word.length);
    const chunk =
      /^[^,;:—¤()]*?(?=[,;:—¤()]|(?<!\b(?:Mr|Ms|Mrs|Dr|Gen|Sen|Rep|Gov|Rev|Prof|Lt|Col|\p{Lu}))[.?!](?:\s|$)|\s(?:on|after|during|when|while|who|that|adding|following|speaking|told|which|whose|before|as)\s|$)/u.exec(
        rest,
      )?.[0] ?? "";
    if (!isNounPhrase(chunk) || TIME.test(/^\S*/.exec(chunk)![0])) return null;
    const inside = this.people.mentionsIn(start, start + chunk.length);
    const named = inside.find(
      ({ start: at, titled, isPossessive }) =>
        !isPossessive && !PREPOSITION.test(this.masked.slice(start, Math.min(at, titled))),
    );
    if (named) return person(named);
    const next = start + chunk.length;
    const apposition = /^,\s*/u.exec(this.masked.slice(next, limit));
    const other =
      apposition &&
      this.people.mentions.find(({ titled }) => titled === next + apposition[0].length);
    if (other && /^(?:the|an?|its|his|her|their)\s|^\p{Lu}\p{L}*['’]s/iu.test(chunk))
      return person(other);
    const cut = /\s(?:in|at|from|with|to|by|about)\s/u.exec(chunk);
    return { kind: "description", start, end: start + (cut?.index ?? chunk.trimEnd().length) };
  }

  /** Returns the subject of a sentence: the first one named outside prepositional phrases, else what it begins with. */
  ofSentence({ start, end: limit }: Passage): Subject | null {
    const end = Math.min(limit, start + REACH);
    const sentence = this.masked.slice(start, end);
    const mention = this.people
      .mentionsIn(start, end)
      .find(
        ({ titled, isPossessive }) =>
          !isPossessive && !PREPOSITION.test(this.masked.slice(start, titled)),
      );
    const word = /(?<![\p{L}'’-])(?:he|she)(?![\p{L}'’-])/iu.exec(sentence);
    if (word && (!mention || start + word.index < mention.start))
      return pronoun(word[0], start + word.index + word[0].length);
    const described =
      /^[^\p{L}]*((?:the|an?|one|another|\p{Lu}[\p{L}'’-]*)\s+(?:[\p{L}'’-]+\s+){0,6}?([\p{L}'’-]+))(?=[\s,])/iu.exec(
        sentence,
      );
    if (described && isSpeaking(described[1]!)) {
      const at = start + described[0].length - described[1]!.length;
      const until = at + described[1]!.length;
      const isApposed = mention && /^,?\s*$/.test(this.masked.slice(until, mention.titled));
      if (!mention || (until <= mention.titled && !isApposed))
        return { kind: "description", start: at, end: until };
    }
    if (mention) return person(mention);
    // `Drift's arguments were about the sea.`
    const [first] = this.people.mentionsIn(start, Math.min(end, start + 40));
    return first?.titled === start ? person(first) : null;
  }

  /** Returns the subjects of all verbs of saying in a sentence that don't only stand beside quotations. */
  sayingIn({ start, end: limit }: Passage): { subject: Subject; verb: Passage }[] {
    const end = Math.min(limit, start + REACH);
    return verbsOfSaying(this.masked, start, end).flatMap((verb) => {
      if (verb.isWeak || verb.word.endsWith("ing")) return [];
      const subject = this.before(start, verb.start);
      return subject ? [{ subject, verb }] : [];
    });
  }

  /** Returns the two sides with whom a sentence begins and whose verb indicates speech, if only weakly: `Both sides expressed …`. */
  twoSidesIn({ start, end: limit }: Passage): Subject | null {
    const end = Math.min(limit, start + REACH);
    const verb = verbsOfSaying(this.masked, start, end)[0];
    if (!verb || verb.word.endsWith("ing")) return null;
    let words = this.masked.slice(start, verb.start).trimEnd();
    for (let adverb; (adverb = /\s(?:also|then|further|\p{L}{1,20}ly)$/u.exec(words));)
      words = words.slice(0, adverb.index).trimEnd();
    return areTwoSides(words) ? { kind: "description", start, end: start + words.length } : null;
  }

  private mentionEndingAt(end: number): PersonMention | undefined {
    return this.people
      .mentionsIn(Math.max(0, end - 100), end)
      .find((mention) => mention.end === end);
  }

  /** Returns whether a sentence names nobody before: `US citizen Ada Floe, the keeper, said`. */
  private isFirstNamed(from: number, mention: PersonMention): boolean {
    const before = this.masked.slice(from, mention.titled);
    return (
      !/[,;:(]/.test(before) &&
      wordsOf(before).length <= 5 &&
      !PREPOSITION.test(before) &&
      this.people.mentionsIn(from, mention.start).length === 0
    );
  }

  private beginsClause(from: number, at: number): boolean {
    const before = this.masked.slice(from, at).replace(/(?:the|an?|his|her|its|their)\s+$/iu, "");
    if (before.trim() === "" || CLAUSE.test(before)) return true;
    return (
      /[,;:—–-]\s*$|(?:day|\d|today|yesterday)\s+$/u.test(before) || before.trimEnd().endsWith(MASK)
    );
  }
}

import type { Passage } from "../anchor/record.quote.js";
import { MASK } from "./record.limits.js";
import type { People, PersonMention } from "./record.people.js";
import { BETWEEN, verbsOfSaying } from "./record.saying-words.js";
import { lastWords, tailAfter, trimmedEnd } from "./record.words.js";
import { isNounPhrase, isSpeaking } from "./record.subject-words.js";
import { FUNCTION_WORDS } from "./record.titles.js";

/** Who says something, as a sentence names them. */
export type Subject =
  | (Passage & { kind: "person"; mention: PersonMention })
  | (Passage & { kind: "pronoun"; word: string })
  | (Passage & { kind: "description" });

const PREPOSITION =
  /(?:^|\s)(?:of|for|in|at|to|from|with|by|on|under|against|into|about|between|among|over|near|through|toward|towards|without|like|than|via|alongside|including)\s+(?:the\s+|a\s+|an\s+)?$/iu;
const DETERMINER =
  /(?<![\p{L}\p{N}'’-])(?:the|a|an|his|her|its|their|our|one|another|some|several|many|other|two|three|four|both)\s/giu;
const CLAUSE =
  /(?:^|[\s,;:(—–-])(?:that|but|and|as|when|while|because|if|though|although|after|before|since|where|what|so|or)\s+$/iu;
const TIME =
  /(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December/;

/** A subject is looked for within so many characters. */
const REACH = 600;

/** Finds subjects in the sentences of a masked text. */
export class Subjects {
  constructor(
    private readonly masked: string,
    private readonly people: People,
  ) {}

  /** Returns the subject of a verb that stands before it, from `from` on. */
  before(sentence: number, verb: number): Subject | null {
    const from = Math.max(sentence, verb - REACH);
    let end = verb;
    // `Drift met Floe and said`: the subject is that of the verb before.
    if (
      /[\s,](?:and|but|or|then|and then|to|or to|and also|but also)\s+(?:also\s+|then\s+|later\s+|\p{L}+ly\s+)?$/u.test(
        this.masked.slice(from, end),
      )
    )
      return this.ofSentence({ start: from, end: verb });
    for (;;) {
      const between = BETWEEN.exec(this.masked.slice(from, end));
      if (!between) break;
      end -= between[0].length;
    }
    const clause = this.masked.slice(from, end).trimEnd();
    end = from + clause.length;
    if (clause === "") return null;
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
      const isBare = this.masked.charAt(comma) === ")" && this.masked.charAt(end) === "(";
      if (mention && (isBare || this.beginsClause(from, mention.titled))) return person(mention);
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
    if (/^\p{Ll}/u.test(words) && !isSpeaking(words)) return null;
    return { kind: "description", start, end };
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
      /^[^,;:—¤()]*?(?=[,;:—¤()]|[.?!](?:\s|$)(?<!\b(?:Mr|Ms|Mrs|Dr|Gen|Sen|Rep|Gov|\p{Lu})\.)|\s(?:on|after|during|when|while|who|that|adding|following|speaking|told|which|whose|before|as)\s|$)/u.exec(
        rest,
      )?.[0] ?? "";
    if (!isNounPhrase(chunk) || TIME.test(/^\S*/.exec(chunk)![0])) return null;
    const inside = this.mentionsIn(start, start + chunk.length);
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
    const mention = this.mentionsIn(start, end).find(
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
    return mention ? person(mention) : null;
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

  /** Returns the mentions of people in a part of the text, in order. */
  mentionsIn(start: number, end: number): PersonMention[] {
    const all = this.people.mentions;
    let [low, high] = [0, all.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (all[middle]!.start < start) low = middle + 1;
      else high = middle;
    }
    const found: PersonMention[] = [];
    for (let i = low; i < all.length && all[i]!.start < end; i++) found.push(all[i]!);
    return found;
  }

  private mentionEndingAt(end: number): PersonMention | undefined {
    return this.mentionsIn(Math.max(0, end - 100), end).find((mention) => mention.end === end);
  }

  private beginsClause(from: number, at: number): boolean {
    const before = this.masked.slice(from, at).replace(/(?:the|an?|his|her|its|their)\s+$/iu, "");
    if (before.trim() === "" || CLAUSE.test(before)) return true;
    return (
      /[,;:—–-]\s*$|(?:day|\d|today|yesterday)\s+$/u.test(before) || before.trimEnd().endsWith(MASK)
    );
  }
}

function person(mention: PersonMention): Subject {
  return { kind: "person", mention, start: mention.start, end: mention.end };
}

function pronoun(word: string, end: number): Subject {
  return { kind: "pronoun", word: word.toLowerCase(), start: end - word.length, end };
}

import { MASK } from "./frame.js";
import type { Passage } from "../records/anchor/record.quote.js";
import {
  NAME,
  countryOfOffice,
  hasName,
  isAfterOffice,
  isOffice,
  isPortfolio,
  isNameWord,
  lower,
  rolesIn,
  touch,
  type Word,
  wordsIn,
} from "./name-words.js";
import { type OfficeNamed, officeIn } from "./offices.js";
import { FUNCTION_WORDS, isOneTitle, isTitle, PORTFOLIOS } from "./titles.js";
import { lastWords, wordsOf } from "./words.js";

/** A person that a text names. */
export interface NamedPerson {
  /** The longest spelling in the text. */
  name: string;
  /** All spellings in the text, in order. */
  spellings: Set<string>;
  /** The slugs of those on record who have the name; empty if nobody has it. */
  slugs: readonly string[];
  /** Whether a title, an honorific or the record says that it is a person's name. */
  isSure: boolean;
  /** According to honorifics and titles. */
  pronoun?: "he" | "she";
  /** The titles that the text gives, in lower case, word by word. */
  roles: Set<string>;
  /** The country of the office that the text names them with: `the Laotian minister`. */
  country?: string;
  /** The first words before the name that give an office, with the name: `Defence Minister Ada Floe`. */
  office?: OfficeNamed;
}

/** Where a text names a person. */
export interface PersonMention extends Passage {
  person: NamedPerson;
  isPossessive: boolean;
  /** Where the titles before the name begin. */
  titled: number;
}

/** A name on record in a text. */
export interface NameOnRecord extends Passage {
  slugs: readonly string[];
}

const MOST_WORDS = 5;
const HE = /\b(?:Mr|Sir|Lord|King|Prince|Sheikh|Pope|chairman|spokesman|congressman|father)\b/iu;
const SHE =
  /\b(?:Mrs|Ms|Miss|Lady|Dame|Baroness|Queen|Princess|chairwoman|spokeswoman|congresswoman)\b/iu;

/** Finds the people that a text names outside quotations: `masked` has these blanked out. */
export class People {
  readonly mentions: PersonMention[] = [];
  readonly all = new Set<NamedPerson>();
  /** By the last word of their names, and by the first, the most recent last. */
  private readonly byLast = new Map<string, NamedPerson[]>();
  private readonly byFirst = new Map<string, NamedPerson[]>();
  private readonly byName = new Map<string, NamedPerson>();

  constructor(
    private readonly masked: string,
    onRecord: readonly NameOnRecord[],
    /** Returns whether these words are a country or its adjective, or an organization or place on record. */
    private readonly isOther: (words: string) => boolean,
  ) {
    let next = 0;
    for (const { index, 0: run } of masked.matchAll(NAME)) {
      const words = wordsIn(run, index);
      while (next < onRecord.length && onRecord[next]!.end <= index)
        this.addKnown(onRecord[next++]!);
      const isKnown = next < onRecord.length && onRecord[next]!.start < index + run.length;
      if (!isKnown) this.addRun(words);
    }
    for (const one of onRecord.slice(next)) this.addKnown(one);
    this.mentions.sort((a, b) => a.start - b.start);
  }

  /** Returns the mentions of people in a part of the text, in order. */
  mentionsIn(start: number, end: number): PersonMention[] {
    const all = this.mentions;
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

  private addKnown({ start, end, slugs }: NameOnRecord): void {
    const name = this.masked.slice(start, end).replace(/\s+/g, " ");
    if (name.includes(MASK)) return;
    const before = this.titlesBefore(start);
    const key = slugs.join(" ");
    const person = this.byName.get(key) ?? {
      name,
      spellings: new Set<string>(),
      slugs,
      isSure: true,
      roles: new Set<string>(),
    };
    this.byName.set(key, person);
    this.mention(person, { start, end }, before);
  }

  private addRun(all: Word[]): void {
    let words = all;
    while (words.length > 0 && FUNCTION_WORDS.has(lower(words[0]!))) words = words.slice(1);
    const owner = words.findLastIndex((word, i) => word.isPossessive && i < words.length - 1);
    if (owner >= 0) {
      this.addRun(words.slice(0, owner + 1));
      return this.addRun(words.slice(owner + 1));
    }
    for (let cut = words.findIndex((word) => FUNCTION_WORDS.has(lower(word))); cut > 0; cut = -1)
      words = words.slice(0, cut);
    const titles = words.findLastIndex((word, i) => isOneTitle(word.text) && i < words.length - 1);
    const start = words[0]?.start ?? 0;
    let isTitled = titles >= 0;
    words = words.slice(titles + 1);
    const before = this.masked.slice(Math.max(0, start - 60), start);
    if (!isTitled) {
      const said = /\s$/u.test(before) ? wordsOf(before) : [];
      const last = said.at(-1);
      if (last === "the") said.pop();
      if (/^(?:of|for)$/.test(said.at(-1) ?? "") && isTitle(said.at(-2) ?? "")) {
        const cut = words.findIndex((word) => !isPortfolio(word) && !this.isOther(word.text));
        if (cut > 0 && words.length - cut > 1) [words, isTitled] = [words.slice(cut), true];
      } else if (last !== undefined && isTitle(last) && !/^\p{Lu}/u.test(last)) isTitled = true;
    }
    // `Russian Foreign Minister Ada Floe`, `Democrat Ada Floe`
    while (
      words.length > 1 &&
      (this.isOther(words[0]!.text) || /^(?:US|U\.S|UK|UN|EU)$/.test(words[0]!.text))
    )
      words = words.slice(1);
    // `Refugee Council Enver Floe`, `for International Security and Seals Ada Floe`
    const office = words.findLastIndex((word, i) => i < words.length - 2 && isOffice(word));
    if (office >= 0) words = words.slice(office + 1);
    else if (words.length === 3 && !isTitled && isAfterOffice(before)) words = words.slice(1);
    this.addName(words, isTitled);
  }

  private addName(words: Word[], isTitled: boolean): void {
    const [first, last] = [words[0], words.at(-1)];
    if (!first || !last || words.length > MOST_WORDS) return;
    const passage = { start: first.start, end: last.end };
    const before = this.titlesBefore(passage.start);
    if (words.length === 1) {
      const known = this.known(first.text);
      if (known) return this.mention(known, passage, before);
      if (/^\p{Lu}{2,}$/u.test(first.text) || isTitle(first.text)) return;
      if (!isTitled || this.isOther(first.text) || !isNameWord(first)) return;
    } else if (
      !words.every(isNameWord) ||
      !hasName(words) ||
      this.isOther(words.map(({ text }) => text).join(" "))
    )
      return;
    const name = words.map(({ text }) => text).join(" ");
    const isSure = isTitled || this.isIntroduced(passage);
    const person = this.byName.get(name) ??
      this.longer(words) ?? {
        name,
        spellings: new Set<string>(),
        slugs: [],
        isSure,
        roles: new Set<string>(),
      };
    person.isSure ||= isSure;
    this.byName.set(name, person);
    this.mention(person, passage, before);
  }

  /** Returns the person whose full name has these words at its ends: `Bo Drift` of `Bo J. Drift`. */
  private longer(words: Word[]): NamedPerson | undefined {
    return this.byLast
      .get(words.at(-1)!.text)
      ?.findLast(({ name }) => name.split(" ").length > 1 && name.split(" ")[0] === words[0]!.text);
  }

  /** Returns whom a single word of a name means: the last one who was named so. */
  private known(word: string): NamedPerson | undefined {
    return this.byLast.get(word)?.at(-1) ?? this.byFirst.get(word)?.at(-1);
  }

  private mention(person: NamedPerson, { start, end }: Passage, titles: string): void {
    const spelling = this.masked.slice(start, end).replace(/\s+/g, " ");
    person.spellings.add(spelling);
    if (spelling.length > person.name.length) person.name = spelling;
    this.all.add(person);
    for (const role of rolesIn(`${titles} ${this.appositionAfter(end)}`)) person.roles.add(role);
    const parts = spelling.split(" ");
    if (parts.length > 1 || !this.byLast.has(spelling)) {
      touch(this.byLast, parts.at(-1)!, person);
      if (parts.length > 1) touch(this.byFirst, parts[0]!, person);
    }
    if (HE.test(titles)) person.pronoun ??= "he";
    else if (SHE.test(titles)) person.pronoun ??= "she";
    person.country ??= countryOfOffice(titles) ?? countryOfOffice(this.appositionAfter(end));
    const isPossessive = /^(?:['’]s?)(?!\p{L})/u.test(this.masked.slice(end, end + 3));
    const titled = start - titles.length;
    person.office ??= officeIn(titles, { start: titled, end });
    this.mentions.push({ start, end, person, isPossessive, titled });
  }

  /** Returns the titles directly before a name, with the space after them. */
  private titlesBefore(start: number): string {
    const before = this.masked.slice(Math.max(0, start - 80), start);
    if (!/[^\S\r\n]$/u.test(before)) return "";
    const from = lastWords(
      before,
      (word) =>
        isTitle(word) ||
        PORTFOLIOS.has(word.toLowerCase()) ||
        this.isOther(word) ||
        /^(?:of|for)$/.test(word),
    );
    return from === null ? "" : before.slice(from).replace(/^(?:(?:of|for)\s)+/, "");
  }

  /** Returns whether an apposition follows a name that says what the person is. */
  private isIntroduced({ end }: Passage): boolean {
    const after = /^\s*(?:,\s*(?:the|a|an|who|\d\d,|[\p{Lu}\p{Ll}'’-]+\s)|\()([^,.;:]*)/u.exec(
      this.masked.slice(end, end + 120),
    );
    return (
      after !== null && (after[0].startsWith(", who") || after[0].split(/[\s(,]+/).some(isTitle))
    );
  }

  /** Returns the apposition after a name: `, the minister of tides`. */
  private appositionAfter(end: number): string {
    return /^\s*,\s*([^,.;:()¤]{1,80})/u.exec(this.masked.slice(end, end + 90))?.[1] ?? "";
  }
}

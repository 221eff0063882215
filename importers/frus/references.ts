import { slugOf } from "../records.js";
import { countryThen, isCountryName } from "./countries-then.js";
import { isNearly, officeWordsOf } from "./names.js";
import { isAddress, isOfficeWord, type OfficeName, officeNamed } from "./office-words.js";
import type { Participant } from "./participant.js";

/** Who is meant: one of the participants, or why none. */
export type Referent = { one: Participant } | { why: "NOBODY" | "SEVERAL" };

const NOBODY: Referent = { why: "NOBODY" };
const SEVERAL: Referent = { why: "SEVERAL" };
const WOMAN = /^(?:mrs|miss|ms|mme|mlle|madame|madam)\b/i;
/** Offices that are never those of someone with another one of these: not `President Floe` of an assistant secretary Floe. */
const STRICT: ReadonlySet<OfficeName> = new Set([
  "PRESIDENT",
  "VICE_PRESIDENT",
  "PRIME_MINISTER",
  "SENATOR",
  "CONGRESSMAN",
  "MONARCH",
]);
/** Offices by which someone with another one of that kind may be called. */
const CALLED: Partial<Record<OfficeName, readonly OfficeName[]>> = {
  MINISTER: ["FOREIGN_MINISTER", "DEFENSE_MINISTER", "DEPUTY_FOREIGN_MINISTER"],
  SECRETARY: ["ACTING_SECRETARY"],
  FOREIGN_MINISTER: ["DEPUTY_FOREIGN_MINISTER"],
  DEPUTY_FOREIGN_MINISTER: ["FOREIGN_MINISTER"],
};

/** Finds whom a memorandum means by a name, a title or both, among those who took part. */
export class References {
  private readonly surnames: ReadonlySet<string>;

  constructor(
    private readonly participants: readonly Participant[],
    private readonly context: { date: string; china: string | null },
  ) {
    this.surnames = new Set(participants.flatMap(({ surname }) => surname));
  }

  /** Finds the only participant whom the words can mean; `person` is the id in the list of persons that they refer to. */
  find(text: string, person: string | null): Referent {
    const { names, title, country } = this.read(text);
    const linked =
      person === null ? [] : this.participants.filter(({ listed }) => listed?.id === person);
    if (
      linked.length === 1 &&
      !this.contradicts(linked[0]!, title) &&
      this.fits(linked[0]!, names, title)
    )
      return { one: linked[0]! };
    if (names.length > 0) return this.byName(names, title);
    return this.byOffice(title, country);
  }

  /** Returns whether a word is in the name of a participant. */
  isSurname(word: string): boolean {
    return slugOf(word)
      .split("-")
      .some((part) => this.surnames.has(part));
  }

  private read(text: string): { names: string[]; title: string; country: string | null } {
    const { date, china } = this.context;
    const names: string[] = [];
    const titles: string[] = [];
    let country: string | null = null;
    const words = text.split(/\s+/).filter(Boolean);
    for (const [i, word] of words.entries()) {
      const bare = word.replace(/[,:;]$/, "");
      const isName = this.isSurname(bare) && /^\p{Lu}/u.test(bare) && (words.length === 1 || i > 0);
      if (
        !isName &&
        (isAddress(bare, i) ||
          isOfficeWord(bare) ||
          bare === "Or." ||
          /^(?:PM|VM|VC|FM|VP|VFM)\.?$/.test(bare))
      )
        titles.push(bare);
      else if (!isName && isCountryName(bare)) country = countryThen(bare, date, china);
      else
        names.push(
          ...slugOf(bare.replace(/[’']s$/, ""))
            .split("-")
            .filter(Boolean),
        );
    }
    return { names, title: titles.join(" "), country };
  }

  private byName(names: readonly string[], title: string): Referent {
    const long = names.filter((name) => name.length > 1);
    if (long.length === 0) return NOBODY;
    const exact = this.participants.filter(({ words }) => names.every((name) => words.has(name)));
    const initials =
      /^[a-z]{2,3}$/.test(names.join("")) && exact.length === 0
        ? this.byInitials(names.join(""))
        : [];
    const near = exact.length > 0 ? exact : initials.length > 0 ? initials : this.nearly(long);
    const fitting = near.filter((one) => !this.contradicts(one, title));
    if (fitting.length === 0) return this.unnamed(title);
    const best = [
      (one: Participant) => WOMAN.test(title) || !WOMAN.test(one.title),
      (one: Participant) => one.surname.includes(long.at(-1)!),
      (one: Participant) => one.kinds.has(officeNamed(title) as OfficeName),
      (one: Participant) => slugOf(one.title) === slugOf(title) && title !== "",
      (one: Participant) => one.role === "PARTICIPANT",
    ].reduce(
      (left, test) => (left.length > 1 && left.some(test) ? left.filter(test) : left),
      fitting,
    );
    return best.length === 1 ? { one: best[0]! } : SEVERAL;
  }

  /** `Ambassador Drift` is the only participant who is in the list without a name, as `The Norwegian Ambassador`. */
  private unnamed(title: string): Referent {
    const kind = officeNamed(title);
    if (kind === null) return NOBODY;
    const found = this.participants.filter(({ kinds }) => kinds.has(kind));
    const isUnnamed = found.length === 1 && found[0]!.name === null && found[0]!.words.size === 0;
    return isUnnamed && found[0]!.side?.country !== "US" ? { one: found[0]! } : NOBODY;
  }

  /** `HK` for Henry Kissinger. */
  private byInitials(letters: string): Participant[] {
    return this.participants.filter(({ name }) => {
      const words = (name ?? "").split(" ").map((word) => slugOf(word)[0] ?? "");
      return (
        words.length > 1 && (words.join("") === letters || `${words[0]}${words.at(-1)}` === letters)
      );
    });
  }

  /** Names but for letters that were misread. */
  private nearly(names: readonly string[]): Participant[] {
    return this.participants.filter(({ surname, words }) =>
      names.every((name, i) =>
        (i === names.length - 1 ? surname : [...words]).some((word) => isNearly(name, word)),
      ),
    );
  }

  private fits({ words }: Participant, names: readonly string[], title: string): boolean {
    if (/\binterpreter\b/i.test(title) && names.length > 0) return false;
    return (
      names.length === 0 || names.some((name) => [...words].some((word) => isNearly(name, word)))
    );
  }

  private contradicts({ kinds, title: own }: Participant, title: string): boolean {
    if (WOMAN.test(title) && /^(?:mr|sir|lord|general|king)\b/i.test(own)) return true;
    if (/^(?:mrs|madame)\b/i.test(own) && /^mr\b/i.test(title)) return true;
    if (/\binterpreter\b/i.test(title) && !kinds.has("INTERPRETER")) return true;
    const kind = officeNamed(title);
    if (kind === null || !STRICT.has(kind) || kinds.has(kind)) return false;
    return [...kinds].some(
      (one) => one !== "GENERAL" && one !== "ADMIRAL" && one !== "CHAIRMAN" && one !== "DIRECTOR",
    );
  }

  private byOffice(title: string, country: string | null): Referent {
    const kind = officeNamed(title.replace(/^the /i, ""));
    if (kind === null) return NOBODY;
    const of = this.participants.filter(
      ({ side, role }) =>
        (country === null || side?.country === country) &&
        (role !== "INTERPRETER" || kind === "INTERPRETER"),
    );
    const own = of.filter(
      ({ kinds, role }) => kinds.has(kind) || (kind === "INTERPRETER" && role === "INTERPRETER"),
    );
    const found =
      own.length > 0 ? own : of.filter(({ kinds }) => CALLED[kind]?.some((one) => kinds.has(one)));
    if (found.length === 0) return NOBODY;
    const asked = slugOf(title.replace(/^the /i, ""));
    const exact = found.filter((one) =>
      [officeWordsOf(one.title), ...one.offices].some(
        (office) => slugOf(office.replace(/^the /i, "")) === asked,
      ),
    );
    const best = exact.length > 0 ? exact : found;
    if (best.length === 1) return { one: best[0]! };
    // American memoranda call their own president and secretary so.
    const american = best.filter(({ side }) => side?.country === "US");
    const isOwn =
      /^the (?:president|secretary)$/i.test(title.trim()) ||
      /^(?:president|secretary)$/i.test(title.trim());
    return isOwn && american.length === 1 ? { one: american[0]! } : SEVERAL;
  }
}

import type { Passage } from "../records/anchor/record.quote.js";
import { countryNames, countryOfAdjective } from "./countries.js";
import { slugOf } from "./draft.items.js";
import { isFamilyFirst, withoutMarshal } from "./name-order.js";
import { countryOfOffice } from "./name-words.js";
import { isTitle, PORTFOLIOS } from "./titles.js";
import { wordsOf } from "./words.js";

/** Someone in a list of participants: an item of the list, without the white space around it. */
export interface ListedParticipant extends Passage {
  /** Without titles; null where the item gives an office alone. */
  name: string | null;
  /** Folded words of the name, and those of the family name. */
  words: readonly string[];
  surname: string;
  /** Folded words of titles and offices. */
  offices: ReadonlySet<string>;
  role: "PARTICIPANT" | "INTERPRETER" | "NOTE_TAKER";
  /** By the heading of the group, STATED, or by the words of an office, INFERRED; null where neither says. */
  side: { country: string; certainty: "STATED" | "INFERRED" } | null;
}

/** The maximum length of an item of a list, and the maximum number of items read. */
const [LONGEST, MOST] = [400, 200];
const COUNTED =
  /^(?:two|three|four|five|six|several|various|other|one|\d+)\s.{0,40}\b(?:note-?takers?|interpreters?|officials?|aides?|others?)$/iu;
const AROUND =
  /\b(?:the|sides?|delegations?|participants?|representatives?|officials?|for|of|from)\b/giu;

/** Reads the heading of a group of participants: `Norway:`, `The Norwegian Side`; null if it names no country. */
export function countryOfHeading(line: string): string | null {
  const words = line.replace(/[:()]/g, " ").replace(AROUND, " ").replace(/\s+/g, " ").trim();
  return countryNames().get(words) ?? countryOfAdjective(words) ?? null;
}

/** Reads an item of a list of participants; null if it names nobody. */
function participantIn(
  line: string,
  passage: Passage,
  heading: string | null,
): ListedParticipant | null {
  if (line.length > LONGEST || COUNTED.test(line)) return null;
  const cut = /,(?! (?:Jr|Sr|III?|IV)\b)| [-–—] |—/u.exec(line);
  const before = withoutMarshal(line.slice(0, cut?.index ?? line.length).trim());
  const office = line.slice(cut?.index ?? line.length);
  const { title, name } = withoutTitles(before.replace(/\([^()]{0,200}\)/gu, ""));
  const about = `${title} ${office} ${/\([^()]{0,200}\)/u.exec(before)?.[0] ?? ""}`;
  const words = name === null ? [] : foldedWords(name);
  const country = countryOfOffice(about);
  return {
    ...passage,
    name,
    words,
    surname: words.length === 0 ? "" : familyNameOf(name!),
    offices: new Set(foldedWords(`${about} ${name === null ? before : ""}`)),
    role: /\binterpreter|\btranslator/iu.test(about)
      ? "INTERPRETER"
      : /\bnote-?taker|\bstenographer|\brecorder/iu.test(about)
        ? "NOTE_TAKER"
        : "PARTICIPANT",
    side:
      heading !== null
        ? { country: heading, certainty: "STATED" }
        : country === undefined
          ? null
          : { country, certainty: "INFERRED" },
  };
}

/** Splits off the titles before a name: `Dr. Henry Floe`, `VM Floe`. What is left of an office alone is no name. */
export function withoutTitles(words: string): { title: string; name: string | null } {
  const all = wordsOf(words);
  let at = 0;
  while (at < all.length && isTitleWord(all, at)) at++;
  const rest = all.slice(at);
  const isName =
    rest.length > 0 &&
    rest.length <= 6 &&
    rest.every((one) => /^[\p{Lu}'’]|^(?:de|van|von|al|bin)\b/u.test(one));
  return {
    title: all.slice(0, at).join(" "),
    name: isName ? rest.join(" ").replace(/[,.:]$/u, "") : null,
  };
}

function isTitleWord(all: readonly string[], at: number): boolean {
  const word = all[at]!;
  const plain = word.toLowerCase().replace(/\.$/, "");
  if (/^\p{Lu}\.$/u.test(word)) return false;
  if (/^(?:the|of|for|to)$/.test(plain)) return true;
  // `PM`, `VM`, before a name
  if (/^\p{Lu}{2,3}$/u.test(word) && at === 0 && all.length > 1) return true;
  return isTitle(word) || PORTFOLIOS.has(plain);
}

/** Returns the words of a name as they are compared: without accents, apostrophes and case. */
function foldedWords(words: string): string[] {
  return wordsOf(words.replace(/[,;:()—–]/gu, " ")).flatMap((word) => slugOf(word) || []);
}

function familyNameOf(name: string): string {
  const words = wordsOf(name.replace(/,? (?:Jr|Sr|III?|IV)\.?$/u, ""));
  return slugOf(isFamilyFirst(words) ? words[0]! : words.at(-1)!);
}

/** Whom a label means among the participants: one of them, or those whom it may mean. */
export function meantBy(
  label: string,
  all: readonly ListedParticipant[],
): readonly ListedParticipant[] {
  const { title, name } = withoutTitles(label);
  const words = foldedWords(name ?? "");
  if (words.length === 0) {
    const asked = foldedWords(title).filter((word) => !/^(?:the|of|for|to)$/.test(word));
    return all.filter(
      ({ offices }) => asked.length > 0 && asked.every((word) => offices.has(word)),
    );
  }
  const named = all.filter((one) => words.every((word) => one.words.includes(word)));
  const bySurname = named.filter(({ surname }) => words.includes(surname));
  return bySurname.length > 0 ? bySurname : named;
}

/** Reads the items of a list of participants, a line each; `unread` counts lines that name nobody. */
export function participantsIn(
  text: string,
  lines: readonly Passage[],
): { participants: ListedParticipant[]; unread: number } {
  const participants: ListedParticipant[] = [];
  let [heading, unread] = [null as string | null, 0];
  for (const passage of lines) {
    const line = text.slice(passage.start, passage.end);
    const country = countryOfHeading(line);
    if (country !== null || /^[^,]{2,40}:$/u.test(line)) {
      heading = country;
      continue;
    }
    const found = participants.length < MOST ? participantIn(line, passage, heading) : null;
    if (found === null) unread++;
    else participants.push(found);
  }
  return { participants, unread };
}

import type { Met } from "./acts-for.js";
import { adjectiveIn } from "./adjectives.js";
import { countriesCalled } from "./country-names.js";
import { isOffice, officeLength } from "./people/office-words.js";

/** Someone who was met, according to a remark. */
export interface PersonMet extends Met {
  /** The words of the remark about them. */
  description: string;
}

/**
 * Words before those who were met: `Met with`, `Summit meeting (May 1-2) with`, `Conferred informally with`, and over what was attended
 * or discussed, `Discussed the ice with`.
 */
const MET = new RegExp(
  [
    String.raw`\b(?:met|conferred|consulted|conversed|talked|spoke|dined)(?: (?:\w+ly|again|also|in turn|afterwards?|[A-Z][a-z]+ \d{1,2}(?:[-–]\d{1,2})?|\([^)]*\)))* with `,
    String.raw`\b(?:meetings?|summits?|conferences?|talks|conversations|consultations?|discussions?|negotiations|audiences?|dialogues?|visits?)(?: \([^)]*\))? with `,
    String.raw`\b(?:attended|participated|discussed|reviewed|discussions?|signed|(?:co-)?hosted)\b[^;]*? with `,
  ].join("|"),
  "gi",
);
const SENTENCES =
  /(?<=[^\s.]{2,}|[A-Z]{2,}|\d)(?<!\b(?:St|Gen|Dr|Mr|Mrs|Lt|Col|Jr|Sr|No))\.\s+(?=[A-Z["“])/;
/** After these words, the people named were not necessarily met. */
const ELSEWHERE = /\b(?:funeral|memorial|wife of|widow of|remains of|burial)\b/i;
const NOT_IN_OFFICE =
  /\b(?:former|late|-?elect|designate|nominee|candidate)\b|-(?:elect|designate)\b/i;
/** Before the next words like these, or a semicolon, the list is over; these may stand between. */
const BETWEEN = new Set("and also then later separately informal held had summit a an".split(" "));
/** The end of the list of people. `for` and `of` also occur in names of offices. */
const END =
  /[;([].*|,? (?:to|at|in|on|during|while|before|after|en|concerning|regarding|about|following|aboard|where|who|prior|upon|as|from|over|by|through|near|under|against|when|since|until|and then)\b.*|(?<!Minister|Secretary|Representative|Commissioner|Envoy|Chief) for\b.*/;

/** Of a territory or town rather than a country. */
const OF_A_PLACE = new Set(["Governor", "Mayor", "Duke", "Archbishop"]);
const PARTICLES = new Set(
  "al bin ibn bint abd de la del da do dos das di du el ul van von der den ter y e Al".split(" "),
);
const MONTHS =
  /^(?:January|February|March|April|May|June|July|August|September|October|November|December)$/;

/** Parses who was met from a remark; `unmapped` has the reasons why others were skipped. */
export function parsePeopleMet(
  remarks: string,
  date: string,
): { met: PersonMet[]; unmapped: string[] } {
  const met = new Map<string, PersonMet>();
  const unmapped: string[] = [];
  for (const sentence of remarks.replace(/\.$/, "").split(SENTENCES)) {
    for (const { before, whom } of listsIn(sentence)) {
      if (ELSEWHERE.test(before) || ELSEWHERE.test(whom)) {
        unmapped.push("a funeral, a memorial or a family");
        continue;
      }
      for (const item of itemsIn(whom.replace(END, ""))) {
        const one = item.verb ? null : metIn(item.text, date, item.the);
        if (item.verb) break;
        if (typeof one === "string") unmapped.push(one);
        else if (one) met.set(one.description, one);
      }
    }
  }
  return { met: [...met.values()], unmapped };
}

/** Returns the lists of people of a sentence, each with all that stands before it. */
function listsIn(sentence: string): { before: string; whom: string }[] {
  const found = [...sentence.matchAll(MET)];
  return found.map((match, i) => {
    const start = match.index + match[0].length;
    const next = found[i + 1]?.index;
    const list = sentence.slice(start, next).split(";")[0]!;
    const isCut = next !== undefined && start + list.length === next;
    return { before: sentence.slice(0, start), whom: isCut ? withoutBetween(list) : list };
  });
}

function withoutBetween(list: string): string {
  const words = list.trim().split(/\s+/);
  while (BETWEEN.has(words.at(-1)?.toLowerCase() ?? "")) words.pop();
  return words.join(" ").replace(/,$/, "");
}

/** Splits a list of people. After an item that begins with a verb, the rest is not about people met. */
function itemsIn(whom: string): { text: string; the: boolean; verb: boolean }[] {
  return whom
    .split(
      /, and |,|(?: together| along)? with | and (?!(?:Trade|Expatriates|International|Cooperation|Defen[cs]e|Development|Economic|Commonwealth|Security)\b(?! Minister))/,
    )
    .map((part) => {
      const item = part
        .trim()
        .replace(/^(?:and |also |met with |with |then |both |separately with )+/, "");
      const text = item.replace(/^the /i, "");
      return {
        text,
        the: text !== item,
        verb: /^(?:\w+ed|held|gave|took|made|saw|went|spoke|met|laid|led|paid)\b/.test(text),
      };
    });
}

function metIn(text: string, date: string, isTheOffice: boolean): PersonMet | string | null {
  const words = text.split(/\s+/).filter(Boolean);
  if (words.length === 0 || MONTHS.test(words[0]!)) return null;
  if (NOT_IN_OFFICE.test(text)) return "former, elect or designate";
  const adjective = adjectiveIn(words);
  const rest = words.slice(adjective?.words ?? 0);
  const length = officeLength(rest);
  const office = rest.slice(0, length);
  if (!isOffice(office)) return "no office, or a group";
  const name = nameIn(rest.slice(length));
  const after = rest[length + name.length];
  if (after !== undefined && after !== "of" && !isMonth(after, rest[length + name.length + 1]))
    return "not understood";
  // `Prime Minister and Defense Minister Surname` is one person, named in the second part.
  if (name.length === 0 && after === undefined && !isTheOffice)
    return "an office alone that may be the next one's";
  const given = adjective ?? countryAfter(office, rest.slice(length + name.length));
  return {
    office: office.join(" "),
    name: name.join(" "),
    isCountryGiven: given !== null,
    country: countryAt(given?.country ?? null, date),
    description: after !== undefined && after !== "of" ? [...office, ...name].join(" ") : text,
  };
}

/** Finds a country after `of`: `President Bo Drift of Norway`. Of another place, the country is not known. */
function countryAfter(office: string[], words: string[]): { country: string | null } | null {
  if (words[0] !== "of") return null;
  if (office.some((word) => OF_A_PLACE.has(word))) return { country: null };
  const codes = countriesCalled(words.slice(1).join(" "));
  return { country: codes.length === 1 ? codes[0]! : null };
}

/** Returns null for a country that did not exist, or was not represented, at that date: Russia before 1991-12-26, for one. */
function countryAt(country: string | null, date: string): string | null {
  if (country === "RU" && date < "1991-12-26") return null;
  if (country === "SUHH" && date > "1991-12-25") return null;
  if (country === "CN" && date < "1971") return null;
  return country;
}

/** Returns whether a word is a month, as in `May 7`, and not a name, as in `Theresa May`. */
function isMonth(word: string, next: string | undefined): boolean {
  return MONTHS.test(word) && (next === undefined ? word !== "May" : /^\d/.test(next));
}

function nameIn(words: string[]): string[] {
  const end = words.findIndex(
    (word, i) =>
      isMonth(word, words[i + 1]) ||
      !(/^\p{Lu}/u.test(word) || /^(?:al|el|ul|an|as|ar)[-–’‘]/i.test(word) || PARTICLES.has(word)),
  );
  const name = end < 0 ? words : words.slice(0, end);
  while (name.length > 0 && PARTICLES.has(name.at(-1)!)) name.pop();
  return name.map((word) => word.replace(/[,;:]$/, ""));
}

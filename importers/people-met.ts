import { adjectiveIn } from "./adjectives.js";
import { isForenameAndSurname, sortNameOf } from "./names.js";
import { type Person, slugOf } from "./records.js";

/** Someone who was met, according to a remark: a person, or only a description. */
export interface PersonMet {
  person: Person | null;
  /** From the adjective before the office. */
  country: string | null;
  description: string;
}

const MET = /\bmet(?: (?:\w+ly|again|in turn))? with (?<whom>.*)/gi;
const SENTENCES =
  /(?<=[^\s.]{2,}|[A-Z]{2,}|\d)(?<!\b(?:St|Gen|Dr|Mr|Mrs|Lt|Col|Jr|Sr|No))\.\s+(?=[A-Z["“])/;
/** After these words, the people named were not necessarily met. */
const ELSEWHERE = /\b(?:funeral|memorial|wife of|widow of|remains of|burial)\b/i;
const NOT_IN_OFFICE =
  /\b(?:former|late|-?elect|designate|nominee|candidate)\b|-(?:elect|designate)\b/i;
/** The end of the list of people. `for` and `of` also occur in names of offices. */
const END =
  /[;([].*|,? (?:to|at|in|on|during|while|before|after|en|concerning|regarding|about|following|aboard|where|who|prior|upon|as|from|over|by|through|near|under|against|when|since|until|and then)\b.*|(?<!Minister|Secretary|Representative|Commissioner|Envoy|Chief) for\b.*/;

const HEADS = new Set(
  "President Chancellor Premier Minister King Queen Prince Princess Sultan Amir Emir Emperor Empress Shah Pope Duke Chairman Chairwoman Secretary Secretary-General Councilor Councillor Representative Generalissimo General Marshal Governor Taoiseach Chairperson Director-General Speaker Commissioner Archbishop Envoy Adviser Advisor Ambassador Mayor Comandante Captain-Regent Chief Justice".split(
    " ",
  ),
);
const ROYAL = new Set(
  "King Queen Prince Princess Sultan Amir Emir Emperor Empress Shah Pope Duke Archbishop".split(
    " ",
  ),
);
const OFFICE_WORDS = new Set([
  ...HEADS,
  ..."Acting Deputy Vice First Second Third Interim Prime Foreign Defense Defence Crown Grand State External Affairs Finance Interior Economy Trade Security National Home Colonial High Special Joint Under Permanent General Chief Party Communist PLO UN NATO EU EC Council European Commission Parliament Union Nations United Quartet League Arab Federal Senior Transitional Caretaker Sheikh Shaikh Sheik Cardinal Colonel Major Admiral Field Lieutenant Brigadier Authority Economic Development International Cooperation Oil Petroleum Energy Investment Environment Supreme Leader Executive Field Expatriates Intelligence Director Policy Relations ASEAN OAS African Commonwealth".split(
    " ",
  ),
]);
const LINKS = new Set(["of", "for", "and"]);
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
    for (const { groups, index } of sentence.matchAll(MET)) {
      if (ELSEWHERE.test(sentence.slice(0, index)) || ELSEWHERE.test(groups!.whom!)) {
        unmapped.push("a funeral, a memorial or a family");
        continue;
      }
      for (const item of itemsIn(groups!.whom!.replace(END, ""))) {
        const one = item.verb ? null : metIn(item.text, date, item.the);
        if (item.verb) break;
        if (typeof one === "string") unmapped.push(one);
        else if (one) met.set(one.person?.slug ?? one.description, one);
      }
    }
  }
  return { met: [...met.values()], unmapped };
}

/** Splits a list of people. After an item that begins with a verb, the rest is not about people met. */
function itemsIn(whom: string): { text: string; the: boolean; verb: boolean }[] {
  return whom
    .split(
      /, and |,| and (?!(?:Trade|Expatriates|International|Cooperation|Defen[cs]e|Development|Economic|Commonwealth|Security)\b(?! Minister))/,
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
  if (!office.some((word) => HEADS.has(word))) return "no office, or a group";
  const name = nameIn(rest.slice(length));
  const after = rest[length + name.length];
  if (after !== undefined && after !== "of" && !MONTHS.test(after)) return "not understood";
  const country = countryAt(adjective?.country ?? null, date);
  const isRoyal = office.some((word) => ROYAL.has(word));
  // `Prime Minister and Defense Minister Surname` is one person, named in the second part.
  if (name.length === 0 && after === undefined && !isTheOffice)
    return "an office alone that may be the next one's";
  const full = name.join(" ");
  const person = isForenameAndSurname(name, isRoyal)
    ? { slug: slugOf(full), name: full, sortName: sortNameOf(name) }
    : null;
  return {
    person,
    country,
    description: MONTHS.test(after ?? "") ? [...office, ...name].join(" ") : text,
  };
}

/** Returns null for a country that did not exist, or was not represented, at that date: Russia before 1991-12-26, for one. */
function countryAt(country: string | null, date: string): string | null {
  if (country === "RU" && date < "1991-12-26") return null;
  if (country === "SUHH" && date > "1991-12-25") return null;
  if (country === "CN" && date < "1971") return null;
  return country;
}

/** Returns the number of words of the office, such as `Minister of Foreign Affairs`. */
function officeLength(words: string[]): number {
  let end = 0;
  for (let i = 0; i < words.length; i++) {
    if (OFFICE_WORDS.has(words[i]!)) end = i + 1;
    else if (!LINKS.has(words[i]!) || !OFFICE_WORDS.has(words[i + 1] ?? "")) break;
  }
  return end;
}

function nameIn(words: string[]): string[] {
  const end = words.findIndex(
    (word) =>
      MONTHS.test(word) ||
      !(/^\p{Lu}/u.test(word) || /^(?:al|el|ul|an|as|ar)[-–’‘]/i.test(word) || PARTICLES.has(word)),
  );
  const name = end < 0 ? words : words.slice(0, end);
  while (name.length > 0 && PARTICLES.has(name.at(-1)!)) name.pop();
  return name.map((word) => word.replace(/[,;:]$/, ""));
}

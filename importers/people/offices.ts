import { slugOf } from "../records.js";
import { editDistance } from "./person-name.js";

/** What an office is, whatever its title: what two sources call otherwise can be compared by it. */
export type OfficeKind =
  "MONARCH" | "HEAD_OF_STATE" | "HEAD_OF_GOVERNMENT" | "FOREIGN_MINISTER" | "MINISTER" | "ENVOY";

/** The kind of an office, or its title folded where it is of none: offices are the same if these are. */
export function officeKey(title: string | null): string | null {
  if (title === null || title === "") return null;
  return kindOfOffice(title) ?? slugOf(title);
}

/** Offices of organizations, parties, parliaments and parts of a country, whatever title they have. */
const NOT_OF_A_STATE =
  /\b(?:un|eu|ec|eec|nato|plo|asean|oas|oau|gcc|united nations|european|commission|parliament|assembly|senate|house|congress|party|league|quartet|union|bank|court|authority|council|board|committee|first minister|chief minister|minister president|territory|province|lieutenant governor)\b/;
const OF_A_GOVERNMENT = /\b(?:president|chairman) of (?:the )?council of ministers\b/;
const OF_A_STATE =
  /\bpresident of (?:the )?(?:council of state|state council|presidium|presidency)\b/;

const KINDS: readonly (readonly [OfficeKind | null, RegExp])[] = [
  ["HEAD_OF_GOVERNMENT", OF_A_GOVERNMENT],
  ["HEAD_OF_STATE", OF_A_STATE],
  [null, NOT_OF_A_STATE],
  [null, /\b(?:vice president|governor general|crown prince|lord chancellor)\b/],
  ["ENVOY", /\b(?:ambassador|representative|delegate|delegation|charge|envoy|observer)\b/],
  ["MINISTER", /\b(?:deputy|vice) (?:prime )?(?:premier|minister|chancellor)\b/],
  [
    "FOREIGN_MINISTER",
    /\b(?:foreign|external) (?:affairs |relations )?(?:minister|secretary)\b|\b(?:minister|secretary)(?: of state)?(?: in charge)? (?:of|for) (?:the )?(?:foreign|external)\b|\bsecretary of state$/,
  ],
  ["HEAD_OF_GOVERNMENT", /\b(?:prime minister|premier|taoiseach|head of government)\b/],
  ["MINISTER", /\bminister\b|\bchancellor of the exchequer\b|\bsecretary (?:of|for)\b/],
  ["HEAD_OF_GOVERNMENT", /\bchancellor\b/],
  ["HEAD_OF_STATE", /\b(?:president|captain regent|head of state)\b/],
  [
    "MONARCH",
    /\b(?:king|queen|emperor|empress|sultan|amir|emir|shah|pope|grand duke|grand duchess)\b/,
  ],
];

/** Words of titles of six letters or more, to recognize those that are misspelt. */
const WORDS =
  "president minister premier chancellor foreign secretary emperor sultan ambassador representative external affairs".split(
    " ",
  );

/** Returns what an office is by its title, misspelt or not; null for one of none of these kinds, or of no state. */
export function kindOfOffice(title: string): OfficeKind | null {
  const plain = slugOf(title.slice(0, 300)).split("-").map(correct).join(" ");
  return KINDS.find(([, pattern]) => pattern.test(plain))?.[0] ?? null;
}

/** Returns whether a word is one of an office but for a letter: `Presdent`. */
export function isMisspeltOffice(word: string): boolean {
  const plain = slugOf(word);
  return plain !== correct(plain);
}

function correct(word: string): string {
  // A plural is a group, and no mistake.
  if (word.length < 6 || word.endsWith("s")) return word;
  return WORDS.find((right) => editDistance(word, right) <= 1) ?? word;
}

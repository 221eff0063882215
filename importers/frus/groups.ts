import { countryThen } from "./countries-then.js";
import { strip } from "./strings.js";

/** The head of a group of participants, and the country whose side it is. */
export interface Group {
  text: string;
  /** Null where the head names no country. */
  country: string | null;
  /** Whether the head names an agency of the United States in place of the country. */
  isAgency: boolean;
}

const AROUND =
  /\b(?:sides?|delegations?|delegates?|officials?|participants?|representatives?|representing|part(?:y|ies)|groups?|members?|contingent|team|government|present|attendees|the|for|of|from|mission)\b/gi;
const AGENCY =
  /^(?:(?:us|u\.s\.) )?(?:(?:department of )?(?:state|defense|agriculture|commerce|labor|interior|justice|(?:the )?treasury|the (?:army|navy|air force))(?: department)?|department|dod|osd|jcs|joint chiefs of staff|cia|nsc(?: staff)?|national security council(?: staff)?|(?:the )?white house|acda|arms control and disarmament agency|usia|usis|aid|omb|bureau of the budget|vice president[’']s office|congress(?:ional)?|senators?|senate|house(?: of representatives)?|representatives|congressmen|(?:the )?(?:secretary|president|vice president)[’']?s? (?:party|group)?|army secretariat|united states marine corps|special emissary|treasury|energy|exim ?bank|ceq|cea|oep|usun|fbi|joint chiefs|atomic energy commission|aec|nasa|commerce|faa|peace corps|eximbank|cincpac|joint staff|dept defense|dept of defense)$/i;
const OFFICE = /^(?:(?:us|u\.s\.) )?office of the [\w ]+$/i;
/** Names of the United States that were misread: `LIS`. */
const MISREAD = /^(?:LIS|U[.,]? ?S[.,]?|U\. ?S|Us)$/;

function namesAgency(name: string): boolean {
  return AGENCY.test(name) || OFFICE.test(name);
}

/** Returns whether words are an agency of the United States. */
export function isAgency(text: string): boolean {
  return namesAgency(text.replace(/\./g, "").trim());
}

/** Leaves out a remark at the end of a head: `Department of Defense (after 4:30 p.m.)`. */
function withoutRemark(text: string): string {
  const at = text.lastIndexOf(" (");
  return at > 0 && /^ \([^()]*\):?$/.test(text.slice(at)) ? text.slice(0, at) : text;
}

/** Reads a line as the head of a group: a country, its people, or an agency of the United States; null if it is none. */
export function groupIn(text: string, date: string, china: string | null): Group | null {
  const given = strip(withoutRemark(text), " \n():*[]");
  if (given === "" || given.length > 80) return null;
  if (MISREAD.test(given)) return { text: given, country: "US", isAgency: false };
  const bare = strip(given.replace(AROUND, " ").replace(/\s+/g, " "), " ():.");
  for (const name of [given, bare, bare.replace(/ (?:embassy|legation)$/i, "")]) {
    const country = name === "" ? null : countryThen(name, date, china);
    if (country !== null) return { text: given, country, isAgency: false };
  }
  if (MISREAD.test(bare)) return { text: given, country: "US", isAgency: false };
  if (namesAgency(given) || namesAgency(given.replace(/ side$/i, "")))
    return { text: given, country: "US", isAgency: true };
  return null;
}

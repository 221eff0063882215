import { countriesIn, countryThen, type NamedCountry } from "./countries-then.js";
import { bodyOf } from "./bodies.js";
import { type Group, isAgency } from "./groups.js";
import { isBureau, isOfficeWord, officeNamed } from "./office-words.js";

/** For which country someone acts, and whether the memorandum says so or a premise is needed. */
export interface Side {
  country: string;
  certainty: "STATED" | "INFERRED";
}

/** When a memorandum was written, and which China it calls China. */
export interface Context {
  date: string;
  china: string | null;
}

/** Returns for which country someone acts by other lists of the volume, given a name and an id in the list of persons; null if none says. */
export type OtherLists = (name: string, listed: string | null) => string | null;

/** What is known of someone in a list of participants. */
export interface Described {
  /** The title and offices, each by itself. */
  offices: readonly string[];
  group: Group | null;
  /** What the list of persons says of them; empty if nothing. */
  about: string;
  /** The country for which other lists of the volume say that they act; null if none does. */
  elsewhere: string | null;
}

const OFFICE_OF_US =
  /\b(?:embassy|emb|ambassador|amb|minister|delegation|mission|representative|rep|negotiators?|charg[ée]|consul|consulate|interpreter|side|treaty|senator|congress|army|navy|air force|marine|permanent|liaison|government|political|economic|counselor|special|trade|information|interests|deputy|chief|coordinator)\b/i;
/** Before a country that is only where one is sent to. */
const SENT_TO =
  /\b(?:to|in|at|with)\s+(?:the\s+)?(?:(?:Republic|Kingdom|Government|Union) of\s+(?:the\s+)?)?$/i;
/** `Secretary to the` before a country and an office of it: whoever helps its ambassador acts for it. */
const HELPS =
  /\b(?:secretary|assistant|aide|deputy|advis[eo]r|interpreter)\s+(?:to|of|with)\s+(?:the\s+)?$/i;
const HELPED =
  /^(?:[’']s?)?\s*(?:ambassador|(?:(?:prime|foreign|deputy|vice)\s+)*(?:minister|premier|president)|chairman|delegation|embassy)\b/i;
/** Before a country that one deals with, and acts not for. */
const DEALS_WITH =
  /\b(?:(?:directors?|officer|desk|offices?|(?<!foreign |external |internal )affairs|bureau|nio|coordinator|adviser|specialist|in charge|negotiations?|work(?:ing)? group)\b[^,;]*\b(?:for|of|on|in)|staff(?: members?)?\s+for|(?:division|section|branch)\b[^,;]*\b(?:for|on))\s+(?:the\s+)?$/i;
const AFFAIRS =
  /^(?:affairs|country director|country officer|desk|section|division|countries|negotiations|treaty affairs|canal|economic commission)\b/i;
const OF_STATE =
  /\b(?:ambassador|embassy|emb|minister|charg[ée]|legation|delegation|mission|president|government|premier|chancellor|king|queen|shah|ministry|representatives?|secretary|chief|commissioner|affairs|chairman|governor|parliament|consul|council|head|leader|general|member|foreign office|party|emissary|envoy|senator|staff|director|counsell?or|prince|archbishop|speaker|forces|bank|brother|adviser)\b/i;
const AMERICAN =
  /\b(?:department of state|state department|white house|nsc|national security council|national security affairs|legal advis[eo]r|policy planning|joint chiefs|jcs|cia|central intelligence|treasury|senator|congress(?:wo)?man|representative \((?:d|r)\b|attorney general|usun|usro|usis|us mission|acda|usia|secdel|assistant to the president|special assistant to the (?:secretary|under secretary|president)|chief of protocol|ambassador[-\s]at[-\s]large|country director|country officer|desk officer|bureau of|officer in charge|executive secretar(?:y|ies|iat)\b|division of language services|language services|secretary of (?:state|defense|commerce|agriculture|the treasury|the army|the navy|the air force|the interior|labor)|special emissary|vice president|arms control and disarmament|american affairs|chief of naval operations|marine corps|dept\.? (?:of )?defense|deputy secretary of|staff assistant|congressional staff|military aide to the president|press secretary to the president|staff secretary|president[’']s (?:press secretary|staff secretary|special)|special consultant to the president|house of representatives|foreign service|american embassy|governor of (?:new york|georgia|california)|to the (?:acting |deputy |under |assistant )?secretary(?: of state)?$|usa\b|usaf|usn|usmc|u\.s\.)/i;
const OFFICE = /\boffice of [\p{L}\s,]+/giu;
const AMERICAN_OFFICES = new Set([
  "ASSISTANT_SECRETARY",
  "UNDER_SECRETARY",
  "DEPUTY_SECRETARY",
  "SECRETARY",
  "ACTING_SECRETARY",
  "SENATOR",
  "CONGRESSMAN",
  "ATTORNEY_GENERAL",
]);
/** Words of governments that are not the American one. */
const FOREIGN =
  /\b(?:foreign (?:office|ministry|minister|secretary|affairs)|ministry|ministries|prime minister|premier|external affairs|commonwealth|cabinet office|foreign and|fonsec\w*|fon\. ?min|exchequer|admiralty|permanent under|minister (?:of|for|without)|deputy minister|vice minister|mfa|presidency|president[’']s office|director general(?! of the foreign service)|revolutionary (?:council|command)|council of ministers|state committee|politburo|central committee|chef de cabinet|parliament)\b/i;

/**
 * Returns for which country someone acts by their own words, the head of the group, the list of persons or other lists of the volume;
 * null if none of these says. Only the memorandum itself can state it.
 */
export function sideOf(one: Described, context: Context): Side | null {
  const { group, offices, about, elsewhere } = one;
  if (group?.country && !group.isAgency) return { country: group.country, certainty: "STATED" };
  if (group?.country) return { country: group.country, certainty: "INFERRED" };
  // `of Norway`, after a name
  const of = offices.find((office) => /^(?:of|from) /.test(office));
  const own =
    (of === undefined ? null : ownSide(of, context)) ?? ownSide(offices.join("; "), context);
  if (own) return own;
  const listed = about === "" ? null : ownSide(about, context);
  if (listed) return { country: listed.country, certainty: "INFERRED" };
  if (bodyOf(offices, group?.text ?? null, about) !== null) return null;
  const american = [...offices, about].some((words) => words !== "" && isAmerican(words));
  if (!group && american && !isForeign(one)) return { country: "US", certainty: "INFERRED" };
  return elsewhere === null ? null : { country: elsewhere, certainty: "INFERRED" };
}

/** Returns whether the words are of a government that is not the American one. */
export function isForeign({ offices, about }: Pick<Described, "offices" | "about">): boolean {
  return [...offices, about].some(isOfForeign);
}

function isOfForeign(office: string): boolean {
  return FOREIGN.test(office.replace(/\b(?:House|Senate|Committee on) Foreign \w+/g, " "));
}

/** Returns what follows a country and those named with it: ` Affairs` in `Greek, Turkish and Iranian Affairs`. */
function afterCountries(text: string, end: number, found: readonly NamedCountry[]): string {
  let last = end;
  for (const { start, end: next } of found)
    if (start >= last && /^[,;]?\s*(?:(?:and|&|or)\s+)?$/.test(text.slice(last, start)))
      last = next;
  return text.slice(last);
}

/** Returns whether what follows a country says that one deals with it: `and Danish Affairs`. */
function isOfAffairs(after: string): boolean {
  const words = after.replace(/^(?:[’']s?)?,?\s*/, "").split(/\s+/, 9);
  const isOfMore = /^(?:and|&)$/i.test(words[0]!);
  return words
    .slice(0, isOfMore ? 8 : 3)
    .some((_, i) => AFFAIRS.test(words.slice(i, i + 2).join(" ")));
}

/** Returns whether an office before a country is of its state: `Minister of the Kingdom of the`. */
function isOfState(before: string): boolean {
  const of = /\b(?:of|from|for) (?:the )?$/i.exec(before);
  return of !== null && OF_STATE.test(before.slice(before.lastIndexOf(";") + 1, of.index));
}

/** Returns whether an office is an American one, as far as its words say. */
function isAmerican(office: string): boolean {
  if (isOfForeign(office)) return false;
  if (AMERICAN.test(office) || isAgency(office)) return true;
  const ofOffices = [...office.matchAll(OFFICE)].map(([words]) =>
    words.slice("office of x".length),
  );
  if (ofOffices.some((words) => / affairs/i.test(words))) return true;
  const sign = office.replace(/\./g, "").trim();
  if (isBureau(sign) && !/^(?:UN|UK|MFA|PM|FCO|GRC|PRC|MP)$/.test(sign)) return true;
  const kind = officeNamed(office);
  return kind !== null && AMERICAN_OFFICES.has(kind);
}

/** Returns the country whose office it is: `British Ambassador`, `Embassy of Israel`, `USSR`, `Ambassador to Norway` of the United States. */
function ownSide(office: string, { date, china }: Context): Side | null {
  const text = office
    .replace(/\bSov\.\s/g, "Soviet ")
    .replace(/\s+/g, " ")
    .trim();
  const whole = countryThen(text.replace(/^(?:of|from) (?:the )?/i, ""), date, china);
  if (whole !== null) return { country: whole, certainty: "STATED" };
  let sentTo: string | null = null;
  let passed = -1;
  const found = countriesIn(text, date, china);
  for (const { country, start, end } of found) {
    const [before, after] = [text.slice(0, start), text.slice(end)];
    // `to Norway, Denmark, and Sweden`
    if (passed >= 0 && /^,?\s*(?:and |or )?(?:the )?$/.test(text.slice(passed, start))) {
      passed = end;
      continue;
    }
    passed = end;
    if (isOfAffairs(afterCountries(text, end, found)) || DEALS_WITH.test(before)) continue;
    if (SENT_TO.test(before) && !(HELPS.test(before) && HELPED.test(after))) {
      sentTo ??= country;
      continue;
    }
    passed = -1;
    if (country === "US") {
      if (OFFICE_OF_US.test(after.slice(0, 40))) return { country, certainty: "STATED" };
      if (isOfState(before)) return { country, certainty: "STATED" };
      continue;
    }
    const next = /^(?:[’']s?)?\s*([\p{L}.’'-]+)/u.exec(after)?.[1] ?? "";
    if (isOfficeWord(next) && !/^(?:of|and|in|to|the|at|on)$/i.test(next))
      return { country, certainty: "STATED" };
    if (isOfState(before)) return { country, certainty: "STATED" };
    const isPart = /(?:^|[,;—(])\s*$/.test(before) && /^\s*(?:$|[,;)—])/.test(after);
    const isPlace = /\b(?:American|U\.?S\.?|director|officer)\b/i.test(before);
    if (isPart && !isPlace) return { country, certainty: "STATED" };
  }
  // `Ambassador to Norway`, without more, is an American one; `Ambassador to the United States` is not.
  const isEnvoy =
    /\b(?:ambassador|minister|charg[ée]|counsell?or|consul|deputy chief of mission|officer|secretary|attach[ée]|representative)\b/i.test(
      text,
    );
  if (
    sentTo !== null &&
    sentTo !== "US" &&
    isEnvoy &&
    !/\bto the (?:United States|US|U\.S\.)/.test(text)
  )
    return isOfForeign(text) ? null : { country: "US", certainty: "INFERRED" };
  return null;
}

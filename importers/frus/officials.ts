import type { KnownPeople, KnownPerson, KnownTenure } from "../people/known-people.js";
import { isSameState } from "../../src/country/country.former.js";
import { slugOf } from "../records.js";
import { countriesIn } from "./countries-then.js";
import { agreementOf, isNearly, partsOf } from "./names.js";
import { isBureau, type OfficeName, officeNamed } from "./office-words.js";
import { covers } from "./titles-held.js";

/** Someone printed in a memorandum, who may be an official, a president or an envoy of the United States on record. */
export interface Printed {
  /** The fullest name that the memorandum or the list of persons gives. */
  name: string;
  /** Titles and offices that the memorandum gives. */
  offices: readonly string[];
  /** What the list of persons says of them; empty if nothing. */
  about: string;
  date: string;
}

/** The person on record, and whether the name alone identifies them, or a surname or first letter with the office. */
export interface OnRecord {
  slug: string;
  certainty: "STATED" | "INFERRED";
}

/** Years around the date in which someone must have held an office that is on record. */
const YEARS = 25;

/**
 * Finds the one person on record with American offices whose name it surely is: by two forenames or first letters and the surname,
 * by one with an office in common, or by the surname alone with the same office on that day. Null if nobody is, or several are.
 */
export function officialOnRecord(printed: Printed, known: KnownPeople): OnRecord | null {
  const { forenames, surname } = partsOf(printed.name);
  if (surname.length === 0) return null;
  const all = [...known.withParts(surname)]
    .filter((person) => wasActive(person, printed.date))
    .map((person) => ({ person, agreement: bestAgreement(person, forenames, surname) }))
    .filter(({ agreement }) => agreement !== "AGAINST");
  const sure = all.filter(
    ({ person, agreement }) =>
      agreement === "STRONG" ||
      (agreement === "EXACT" && (isDiplomat(printed) || sharesOffice(person, printed))) ||
      (agreement === "WEAK" &&
        (sharesOffice(person, printed) || (isDiplomat(printed) && isOnDuty(person, printed)))),
  );
  if (sure.length === 1) return { slug: sure[0]!.person.slug, certainty: "STATED" };
  if (sure.length > 1) {
    const strong = sure.filter(({ agreement }) => agreement === "STRONG");
    const best = (strong.length > 0 ? strong : sure).filter(({ person }) =>
      sharesOffice(person, printed),
    );
    return best.length === 1 ? { slug: best[0]!.person.slug, certainty: "STATED" } : null;
  }
  const inOffice = all.filter(
    ({ person, agreement }) =>
      (agreement === "INITIAL" || agreement === "NONE") && isInOffice(person, printed),
  );
  return inOffice.length === 1 ? { slug: inOffice[0]!.person.slug, certainty: "INFERRED" } : null;
}

/** Signs of agencies other than the Department of State. */
const AGENCY = /^(?:CIA|JCS|OSD|NSC|AEC|ISA|DOD|USIA|UN|NATO|AID|ICA|MSA|USAF|USA|USN|USMC|.)$/;
const DIPLOMAT =
  /\b(?:department of state|state department|embassy|foreign service|bureau of|country director|country officer|ambassador|consul|political officer|deputy chief of mission|charg[ée]|assistant secretary of state|secretary of state|under secretary|policy planning)\b/i;
const OFFICE = /\boffice of \p{L}+ /iu;
/** Returns whether someone is of the service whose heads are on record, so that one rare name is one person. */
function isDiplomat({ offices, about }: Printed): boolean {
  const words = `${offices.join("; ")}; ${about}`;
  const ofOffice = words.slice(OFFICE.exec(words)?.index ?? words.length);
  return (
    DIPLOMAT.test(words) ||
    /affairs\b/i.test(ofOffice) ||
    offices.some((office) => isBureau(office) && !AGENCY.test(office))
  );
}

/** Returns whether someone held any office on record that day. */
function isOnDuty({ tenures }: KnownPerson, { date }: Printed): boolean {
  return tenures.some(
    (tenure) => tenure.country === "US" && tenure.to !== null && covers(tenure, date),
  );
}

function wasActive({ tenures, birthYear, deathYear }: KnownPerson, date: string): boolean {
  const year = Number(date.slice(0, 4));
  if (birthYear !== null && year < birthYear + 18) return false;
  if (deathYear !== null && year > deathYear) return false;
  return tenures.some(({ country, from, to }) => {
    const [first, last] = [from ?? to, to ?? from];
    if (country !== "US" || first === null || last === null) return false;
    return Number(first.slice(0, 4)) <= year + YEARS && Number(last.slice(0, 4)) >= year - YEARS;
  });
}

function bestAgreement({ names }: KnownPerson, forenames: string[], surname: string[]) {
  const agreements = names.map((name) => {
    const theirs = partsOf(name.text);
    const [own, other] = [
      surname.join(" "),
      (name.surname.length > 0 ? name.surname : theirs.surname).join(" "),
    ];
    return own === other ? agreementOf(forenames, theirs.forenames) : "AGAINST";
  });
  return (
    (["STRONG", "EXACT", "WEAK", "INITIAL", "NONE"] as const).find((one) =>
      agreements.includes(one),
    ) ?? "AGAINST"
  );
}

/** Returns whether an office on record is one of those given, or held about that time as the list of persons says. */
function sharesOffice(person: KnownPerson, printed: Printed): boolean {
  if (isInOffice(person, printed)) return true;
  const year = Number(printed.date.slice(0, 4));
  return person.tenures.some((tenure) => {
    const from = tenure.from ?? tenure.to;
    if (from === null || Math.abs(Number(from.slice(0, 4)) - year) > 12) return false;
    return isSaid(tenure, printed.about);
  });
}

/** Returns whether someone held an office on that day that the memorandum or the list of persons gives. */
function isInOffice({ tenures }: KnownPerson, { offices, about, date }: Printed): boolean {
  const held = tenures.filter((tenure) => covers(tenure, date, 45));
  return held.some((tenure) => {
    const kind = officeNamed(tenure.title);
    if (kind === null || tenure.country !== "US")
      return offices.some((office) => isSaid(tenure, office));
    return (
      offices.some(
        (office) => SURE.has(kind) && officeNamed(office) === kind && !ELSEWHERE.test(office),
      ) || isSaid(tenure, about)
    );
  });
}

/** Offices that few hold at one time, and other departments that have them, too. */
const SURE: ReadonlySet<OfficeName> = new Set([
  "PRESIDENT",
  "SECRETARY",
  "DEPUTY_SECRETARY",
  "UNDER_SECRETARY",
  "ASSISTANT_SECRETARY",
  "AMBASSADOR",
  "COUNSELOR",
]);
const ELSEWHERE =
  /\b(?:defense|treasury|commerce|agriculture|interior|labor|army|navy|air force|health|of embassy)\b|\bfor [a-z]{1,20} affairs, [a-z]{1,20} embassy\b/i;

const EMPTY = new Set(
  "of the for to and in state extraordinary plenipotentiary u s a us united states department affairs".split(
    " ",
  ),
);

/** Returns whether a text gives the office of a tenure: all of its words but the commonest, and the country of an envoy. */
function isSaid(tenure: KnownTenure, text: string): boolean {
  if (text === "") return false;
  const said = slugOf(text.slice(0, 1000)).split("-");
  const words = slugOf(tenure.title)
    .split("-")
    .filter((word) => !EMPTY.has(word));
  if (words.length === 0) return false;
  if (!words.every((word) => said.some((other) => isNearly(word, other)))) return false;
  if (words.length > 1 || words[0] === "counselor") return true;
  if (words[0] === "secretary") return /\bsecretary of state\b(?! for)/i.test(text);
  // Envoys are distinguished by where they were sent to.
  const { accreditedTo, from, to } = tenure;
  const countries = countriesIn(text, from ?? to ?? "1950", "CN").map(({ country }) => country);
  return accreditedTo !== null && countries.some((country) => isSameState(country, accreditedTo));
}

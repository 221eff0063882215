import type { Evidence } from "./likelihood.js";
import type { FirstName, GivenMatch } from "./given-names.js";
import type { FamilyName, NameMatch } from "./name-comparison.js";
import type { Office } from "./duplicates.store.js";

const FAMILY: Record<FamilyName, string> = {
  same: "same family name",
  spelled: "family name spelled otherwise",
  letter: "family names one letter apart",
  part: "one of two family names the same",
  romanized: "same Chinese name in another romanization",
  other: "names unlike",
};
const FIRST: Record<FirstName, string> = {
  same: "same first name",
  spelled: "first name spelled otherwise",
  letter: "first names one letter apart",
  form: "first names that are forms of one",
  initial: "one first name an initial of the other",
  middle: "one goes by a middle name of the other",
  otherInitial: "same middle name after another initial",
  missing: "no first name of one",
};

/** The minimum gap between two careers that is reported, in years. */
const LONG_GAP = 15;

/** Returns in words the evidence for and against two people being one. */
export function reasonsFor(names: NameMatch, evidence: Evidence): string[] {
  const { identifier, office, country, bornIn, diedIn, gap } = evidence;
  const reasons = [...nameReasons(names)];
  if (identifier) reasons.push(`same ${identifier.scheme} ${identifier.value}`);
  if (office) reasons.push(`both ${describeOffice(office.office)}${atOneTime(office.isAtOneTime)}`);
  else if (country) reasons.push(`both ${country.isActedFor ? "for" : "in"} ${country.name}`);
  if (bornIn !== null) reasons.push(`both born in ${bornIn}`);
  if (diedIn !== null) reasons.push(`both died in ${diedIn}`);
  if (gap !== null && gap >= LONG_GAP) reasons.push(`but ${gap} years apart`);
  if (evidence.areOfOtherCountries) reasons.push("but for other countries");
  else if (gap !== null) reasons.push("no office at one time that excludes it");
  return reasons;
}

function* nameReasons({ family, given }: NameMatch): Generator<string> {
  if (family === "other" || family === "romanized") {
    yield FAMILY[family];
    return;
  }
  if (family === "same" && isSameGiven(given)) {
    yield "same name";
    return;
  }
  yield FAMILY[family];
  yield given.first === "form" && given.firsts
    ? `${FIRST.form} (${given.firsts.map(capitalized).join(", ")})`
    : FIRST[given.first];
  if (given.inFull.length > 0) yield `same ${capitalized(given.inFull.join(" "))}`;
  if (given.initials.length > 0)
    yield `same middle initial ${given.initials.join(" ").toUpperCase()}`;
  if (given.differ || given.isBetween) yield "but other middle names";
  else if (given.isShorter && given.first !== "missing") yield "middle names of one alone";
}

function isSameGiven({ first, initials, isShorter, differ }: GivenMatch): boolean {
  return first === "same" && initials.length === 0 && !isShorter && !differ;
}

function describeOffice({ title, countryName, accreditedName }: Office): string {
  const isNamed = (name: string) => title.includes(name);
  const of = countryName && !isNamed(countryName) ? ` of ${countryName}` : "";
  const to = accreditedName && !isNamed(accreditedName) ? ` to ${accreditedName}` : "";
  return `${title}${of}${to}`;
}

function atOneTime(isAtOneTime: boolean | null): string {
  return isAtOneTime === null ? "" : isAtOneTime ? " in the same years" : " in other years";
}

function capitalized(text: string): string {
  return text.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
}

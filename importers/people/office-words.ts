import { isMisspeltOffice } from "./offices.js";
import { isHonorific } from "./person-name.js";

const HEADS = new Set(
  "President Chancellor Premier Minister King Queen Prince Princess Sultan Amir Emir Emperor Empress Shah Pope Duke Chairman Chairwoman Secretary Secretary-General Councilor Councillor Representative Generalissimo General Marshal Governor Taoiseach Chairperson Director-General Speaker Commissioner Archbishop Envoy Adviser Advisor Ambassador Mayor Comandante Captain-Regent Chief Justice".split(
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

/** Returns whether words are an office: one of them is its head, such as `Minister`. */
export function isOffice(words: string[]): boolean {
  return words.some((word) => HEADS.has(word) || isMisspeltOffice(word));
}

/** Returns the number of words of the office, such as `Minister of Foreign Affairs`. */
export function officeLength(words: string[]): number {
  let end = 0;
  for (let i = 0; i < words.length; i++) {
    if (OFFICE_WORDS.has(words[i]!) || isMisspeltOffice(words[i]!)) end = i + 1;
    else if (!LINKS.has(words[i]!) || !OFFICE_WORDS.has(words[i + 1] ?? "")) break;
  }
  return end;
}

/** Splits the office off a name that begins with it, misspelt or not: `Presdent Bo Drift`. */
export function splitOffice(text: string): { title: string | null; name: string } {
  const words = text.split(/\s+/).filter(Boolean);
  const address = words.findIndex((word) => !isHonorific(word));
  const rest = words.slice(Math.max(address, 0));
  const length = officeLength(rest);
  const office = rest.slice(0, length);
  return isOffice(office) && length < rest.length
    ? { title: office.join(" "), name: rest.slice(length).join(" ") }
    : { title: null, name: text };
}

import type { Passage } from "../records/anchor/record.quote.js";
import { countriesIn, countryOfAdjective } from "./countries.js";
import { countryOfOffice, isOfficeOfState } from "./name-words.js";

/** An office that a text gives to a person, directly before the name. */
export interface OfficeNamed extends Passage {
  /** Without the country before it: `Defence Minister`. */
  title: string;
  /** The country that the words name; undefined if they name none, or several. */
  country: string | undefined;
}

/** Of the past, of the future, or of nobody yet. */
const NOT_IN_OFFICE = /\b(?:former|ex|late|then|elect|designate|nominee|candidate)\b/iu;

/**
 * Returns the office in the words before a name; undefined if they give none, or one that the person does not hold yet, or no longer holds.
 */
export function officeIn(titles: string, passage: Passage): OfficeNamed | undefined {
  const words = titles.trim().replace(/\s+/g, " ");
  if (!isOfficeOfState(words) || NOT_IN_OFFICE.test(words)) return undefined;
  const title = withoutCountry(words);
  // `Minister Ada Floe` says less than an office, and so does `the president Ada Floe`.
  const isWhole =
    title.includes(" ") || /^(?:President|Premier|Chancellor|King|Queen)$/.test(title);
  if (!isOfficeOfState(title) || !isWhole) return undefined;
  return { ...passage, title, country: countryOfOffice(words) };
}

/** Returns the words of an office without the article and the country before it. */
function withoutCountry(words: string): string {
  const rest = words.replace(/^the /iu, "");
  const country = countriesIn(rest)[0];
  if (country?.start === 0)
    return withoutCountry(
      rest
        .slice(country.end)
        .replace(/^['’]s?/u, "")
        .trim(),
    );
  for (const length of [2, 1]) {
    const first = rest.split(" ").slice(0, length).join(" ");
    if (countryOfAdjective(first) !== undefined) return rest.slice(first.length).trim();
  }
  return rest;
}

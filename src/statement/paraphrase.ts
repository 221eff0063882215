import { textOfName } from "../records/record.naming.js";
import type { SourceRecord } from "../records/record.format.js";
import { countriesOf } from "../country/country.codes.js";

/** The maximum number of consecutive words that a report may share with its passage. */
export const LONGEST_RUN = 7;

/**
 * Returns the first run of words, longer than allowed, that a text shares with a passage; ignores punctuation and case.
 * Names and titles do not count, since a report cannot avoid them.
 */
export function sharedRun(text: string, passages: string[], names: string[][]): string[] | null {
  const runs = new Set(passages.flatMap((passage) => runsOf(passage, names)).map(keyOf));
  return runsOf(text, names).find((run) => runs.has(keyOf(run))) ?? null;
}

function runsOf(text: string, names: string[][]): string[][] {
  const words = withoutNames(wordsOf(text), names);
  return words
    .map((_, start) => words.slice(start, start + LONGEST_RUN + 1))
    .filter((run) => run.length > LONGEST_RUN);
}

function withoutNames(words: string[], names: string[][]): string[] {
  const kept: string[] = [];
  for (let at = 0; at < words.length;) {
    const name = names.find((parts) => parts.every((part, offset) => words[at + offset] === part));
    if (name) at += name.length;
    else kept.push(words[at++]!);
  }
  return kept;
}

type Named = Pick<SourceRecord["people"][number], "name" | "otherNames">;

/** Returns the names and titles in a record as words; longest first, so that a longer name matches first. */
export function namesOf(record: SourceRecord): string[][] {
  const spellings = ({ name, otherNames }: Named) => [name, ...otherNames.map(textOfName)];
  const people = record.people.flatMap(spellings);
  const others = [record.places, record.organizations].flat().flatMap(spellings);
  const titles = record.tenures.map(({ title }) => title);
  const countries = countriesOf(record).map(({ code }) => countryNameOf(code));
  return [...people.flatMap((name) => [name, ...wordsOf(name)]), ...others, ...titles, ...countries]
    .map(wordsOf)
    .filter((name) => name.length > 0)
    .sort((a, b) => b.length - a.length);
}

const countryNames = new Intl.DisplayNames("en", { type: "region" });

function countryNameOf(code: string): string {
  // Intl does not know codes of former countries; their names count as ordinary words.
  return code.length === 2 ? (countryNames.of(code) ?? "") : "";
}

// No locale: word boundaries hardly depend on it, and text and passage must be split alike.
const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });

function wordsOf(text: string): string[] {
  return [...segmenter.segment(text.toLowerCase())]
    .filter(({ isWordLike }) => isWordLike)
    .map(({ segment }) => segment);
}

function keyOf(run: string[]): string {
  return run.join(" ");
}

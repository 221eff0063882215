import { bodyOf } from "./bodies.js";
import { officeWordsOf, wordsOf } from "./names.js";
import type { Participant } from "./participant.js";
import { isForeign } from "./sides.js";

/** Guesses the sides of participants by those of the others, where their own words do not say. All are INFERRED. */
export function guessSides(participants: Participant[]): void {
  guessAmong(participants);
  guessByName(participants);
  guessForeign(participants);
  guessByNeighbours(participants);
}

/** Returns whether the side of someone who acts for a country is unknown. */
function isOpen({ side, group, title, offices, listed }: Participant): boolean {
  if (side !== null || (group !== null && !group.isAgency)) return false;
  return (
    bodyOf([officeWordsOf(title), ...offices], group?.text ?? null, listed?.about ?? "") === null
  );
}

/**
 * Who is taken for an American by the words of an office alone, has two of one other country before and two of it after, and is not in the
 * list of persons, acts for that country: `CNAC` looks like the sign of a bureau of the Department of State.
 */
function guessAmong(participants: Participant[]): void {
  for (const [i, one] of participants.entries()) {
    if (one.side?.country !== "US" || one.side.certainty === "STATED") continue;
    if (one.listed !== null || one.group !== null) continue;
    const around = [i - 2, i - 1, i + 1, i + 2].map((at) => participants[at]?.side?.country);
    const [country] = around;
    if (country !== undefined && country !== "US" && around.every((other) => other === country))
      one.side = { country, certainty: "INFERRED" };
  }
}

/** `Aide to Floe` acts for the country of Floe. */
function guessByName(participants: Participant[]): void {
  for (const one of participants.filter(isOpen)) {
    const words = new Set(one.offices.filter((office) => /\bto\b/i.test(office)).flatMap(wordsOf));
    const others = participants.filter(
      ({ surname, side }) => side !== null && surname.some((word) => words.has(word)),
    );
    const countries = new Set(others.map(({ side }) => side!.country));
    if (countries.size === 1) one.side = { country: [...countries][0]!, certainty: "INFERRED" };
  }
}

/** Someone of a foreign government acts for the only foreign country that others act for. */
function guessForeign(participants: Participant[]): void {
  const countries = new Set(participants.flatMap(({ side }) => side?.country ?? []));
  countries.delete("US");
  if (countries.size !== 1) return;
  const country = [...countries][0]!;
  for (const one of participants.filter(isOpen)) {
    const offices = [officeWordsOf(one.title), ...one.offices];
    if (isForeign({ offices, about: one.listed?.about ?? "" }))
      one.side = { country, certainty: "INFERRED" };
  }
}

/**
 * Where a list has no heads, but first all of one country and then all of another: who stands between two of one country acts for it, and
 * so does who stands before or after all of them, if they are several. A note-taker at the end is American, as the memorandum is. Among
 * Americans alone, so are helpers and colleagues by surname.
 */
function guessByNeighbours(participants: Participant[]): void {
  const known = participants.flatMap(({ side }) => side?.country ?? []);
  const runs = known.filter((country, i) => country !== known[i - 1]);
  if (runs.length === 0 || runs.length > 2 || new Set(runs).size !== runs.length) return;
  const sides = participants.map(({ side }) => side?.country ?? null);
  const count = (country: string) => known.filter((other) => other === country).length;
  for (const [i, one] of participants.entries()) {
    // An office alone is resolved by who held it.
    if (!isOpen(one) || (one.name === null && one.role === "PARTICIPANT")) continue;
    const before = sides.slice(0, i).findLast((country) => country !== null) ?? null;
    const after = sides.slice(i + 1).find((country) => country !== null) ?? null;
    const isHelper = one.role !== "PARTICIPANT";
    const side =
      runs.length === 2 ? ofTwo(before, after, one) : ofOne(one, runs[0]!, known.length, isHelper);
    const isAlone =
      side !== null && runs.length === 2 && (before === null || after === null) && count(side) < 2;
    if (side !== null && !isAlone) one.side = { country: side, certainty: "INFERRED" };
    else if (isAlone && one.role === "NOTE_TAKER" && after === null)
      one.side = { country: "US", certainty: "INFERRED" };
  }
}

function ofTwo(before: string | null, after: string | null, one: Participant): string | null {
  const isHelper = one.role !== "PARTICIPANT";
  if (before !== null && before === after) return before;
  // Interpreters and note-takers stand after those of their side.
  if (before !== null && after !== null) return isHelper ? before : null;
  return isHelper || one.offices.length > 0 ? (before ?? after) : null;
}

function ofOne(one: Participant, country: string, known: number, isHelper: boolean): string | null {
  const isColleague =
    known > 3 && one.offices.length === 0 && one.name !== null && !one.name.includes(" ");
  return country === "US" && (isHelper || isColleague) ? country : null;
}

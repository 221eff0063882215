import { officeWordsOf } from "./names.js";
import type { Participant } from "./participant.js";
import { isForeign } from "./sides.js";

/**
 * Where a list has no heads, but first all of one country and then all of another, who stands between two of one country acts for it, and
 * so does an interpreter or a note-taker at the end of one. Among Americans alone, so do these and colleagues by surname. INFERRED.
 */
export function guessByNeighbours(participants: Participant[]): void {
  const known = participants.flatMap(({ side }) => side?.country ?? []);
  const runs = known.filter((country, i) => country !== known[i - 1]);
  if (runs.length === 0 || runs.length > 2 || new Set(runs).size !== runs.length) return;
  const sides = participants.map(({ side }) => side?.country ?? null);
  for (const [i, one] of participants.entries()) {
    if (one.side !== null || (one.group !== null && !one.group.isAgency)) continue;
    const before = sides.slice(0, i).findLast((country) => country !== null) ?? null;
    const after = sides.slice(i + 1).find((country) => country !== null) ?? null;
    const isBetween = before !== null && before === after && runs.length === 2;
    const isHelper = one.role !== "PARTICIPANT";
    const isColleague =
      runs.length === 1 &&
      runs[0] === "US" &&
      known.length > 3 &&
      one.offices.length === 0 &&
      one.name !== null &&
      !one.name.includes(" ");
    if (isBetween || isHelper || isColleague)
      one.side = { country: (before ?? after)!, certainty: "INFERRED" };
  }
}

/** Someone of a foreign government acts for the only foreign country that others act for: INFERRED. */
export function guessForeign(participants: Participant[]): void {
  const countries = new Set(
    participants
      .map(({ side }) => side?.country)
      .filter((one) => one !== undefined && one !== "US"),
  );
  if (countries.size !== 1) return;
  const country = [...countries][0]!;
  for (const one of participants) {
    const offices = [officeWordsOf(one.title), ...one.offices];
    if (
      one.side === null &&
      (one.group === null || one.group.isAgency) &&
      isForeign({ offices, about: one.listed?.about ?? "" })
    )
      one.side = { country, certainty: "INFERRED" };
  }
}

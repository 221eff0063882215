import type { Participation } from "../records.js";
import { officeWordsOf } from "./names.js";
import type { Participant, Speaker } from "./participant.js";
import { isForeign, type Side } from "./sides.js";
import type { Statement } from "./statements.js";
import type { Where } from "./towns.js";

/** A participant, and the side of a record: who it is, and for which country. */
export interface Sided {
  participant: Participant;
  side: Speaker;
}

/** Returns a side as a record has it. */
export function sideFields(side: Side | null): Pick<Participation, "country" | "countryCertainty"> {
  if (side === null) return {};
  const { country, certainty } = side;
  return certainty === "INFERRED" ? { country, countryCertainty: certainty } : { country };
}

/**
 * Guesses for whom someone acts whose words do not say: an American official on record for the United States; a head of state or
 * government or a minister, who is in no list of persons, for the foreign country of the place. Both are INFERRED.
 */
export function guessed(one: Participant, isOfficial: boolean, where: Where | null): Side | null {
  if (one.group !== null && !one.group.isAgency) return null;
  if (isOfficial) return { country: "US", certainty: "INFERRED" };
  const offices = [officeWordsOf(one.title), ...one.offices];
  const isMinister = isForeign({ offices, about: "" });
  const isHead =
    isMinister ||
    (["PRESIDENT", "PRIME_MINISTER", "FOREIGN_MINISTER", "MONARCH"] as const).some((kind) =>
      one.kinds.has(kind),
    );
  if (!isHead || one.name === null || one.listed !== null || !where?.then || where.then === "US")
    return null;
  return { country: where.then, certainty: "INFERRED" };
}

/** Returns whom a participant speaks to, INFERRED: the only other one who takes part, or else the only other country. */
export function hearersOf(
  speaker: Speaker,
  sides: readonly Sided[],
): NonNullable<Statement["addressees"]> {
  const others = sides.filter(
    ({ side, participant }) => side !== speaker && participant.role === "PARTICIPANT",
  );
  if (others.length === 1 && others[0]!.side.person)
    return [{ person: others[0]!.side.person, certainty: "INFERRED" }];
  if (!speaker.country) return [];
  const countries = new Set(others.map(({ side }) => side.country));
  countries.delete(speaker.country);
  // Someone whose side is not known may be of another one.
  if (countries.size !== 1 || countries.has(undefined) || countries.has(null)) return [];
  return [{ country: [...countries][0]!, certainty: "INFERRED" }];
}

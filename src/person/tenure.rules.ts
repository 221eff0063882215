import { assumedSize, longList } from "../records/check/record.length.rules.js";
import type { CheckContext, WarningRule } from "../records/check/record.rule.js";
import { countsOf } from "../records/record.counted.js";
import { type Warning, warning } from "../records/record.faults.js";
import { isBefore } from "../scalars/partial-date.compare.js";
import { CollectedPeople, type CollectedTenure } from "./person.collected.js";

/** A participant with known tenures holds one of them at the time. An unknown date or country counts as a match. */
function* outsideTenures({ record, names, firstKey }: CheckContext): Generator<Warning> {
  for (const [i, { startDate, endDate, participations }] of record.meetings.entries()) {
    for (const [j, { person, country }] of participations.entries()) {
      // Someone who acts for no country, such as a president-elect, does not act in office.
      if (!person || !country) continue;
      const tenures = names
        .collected(CollectedPeople)
        .tenuresOf(person, firstKey)
        .filter((tenure) => !tenure.country || tenure.country === country);
      const isOutside = (tenure: CollectedTenure) =>
        isBefore(tenure.endDate, startDate) || isBefore(endDate ?? startDate, tenure.startDate);
      if (tenures.length > 0 && tenures.every(isOutside))
        yield warning(
          "outside-tenure",
          ["meetings", i, "participations", j, "person"],
          `takes part on ${startDate ?? endDate}, outside every known tenure (${tenures.map(spanOf).join(", ")})`,
        );
    }
  }
}

function spanOf({ startDate, endDate }: CollectedTenure): string {
  return `${startDate ?? "?"} to ${endDate ?? "?"}`;
}

/** A person has no more tenures than the schema assumes. Reported at the first one over the limit. */
function* manyTenures({ record: { tenures } }: CheckContext): Generator<Warning> {
  const held = countsOf(tenures.map(({ person }) => person));
  const soFar = new Map<string, number>();
  const assumed = assumedSize("Person", "tenures");
  for (const [i, { person }] of tenures.entries()) {
    const count = (soFar.get(person) ?? 0) + 1;
    soFar.set(person, count);
    if (count - 1 === assumed)
      yield* longList(["tenures", i], "Person", "tenures", held.get(person)!);
  }
}

/** Rules about tenures. */
export const tenureWarnings: WarningRule[] = [outsideTenures, manyTenures];

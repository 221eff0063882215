import type { CheckContext, WarningRule } from "../records/check/record.rule.js";
import { type RecordPath, type Warning, warning } from "../records/record.faults.js";
import type { SourceRecord } from "../records/record.format.js";
import { bySlug } from "../records/record.items.js";

/** A place is in the given country. A place has today's country, so former countries are not compared. */
function* placesElsewhere({ record }: CheckContext): Generator<Warning> {
  const known = bySlug(record.places);
  for (const [path, country, places] of placedIn(record)) {
    const found = places.flatMap((place) => {
      const where = known.get(place)?.country;
      return where ? [{ place, where }] : [];
    });
    if (!isTodays(country) || found.length === 0) continue;
    if (found.every(({ where }) => isTodays(where) && where !== country)) {
      const named = found.map(({ place }) => `"${place}"`).join(", ");
      const countries = [...new Set(found.map(({ where }) => where))].join(", ");
      const are = found.length === 1 ? "is" : "are";
      yield warning("place-elsewhere", path, `${country}, but ${named} ${are} in ${countries}`);
    }
  }
}

type PlacedIn = [path: RecordPath, country: string | null | undefined, places: string[]];

function* placedIn({ meetings, statements }: SourceRecord): Generator<PlacedIn> {
  for (const [i, { placeCountry, places }] of meetings.entries())
    yield [["meetings", i, "placeCountry"], placeCountry, places];
  for (const [i, { placeCountry, place }] of statements.entries())
    yield [["statements", i, "placeCountry"], placeCountry, place ? [place] : []];
}

/** Codes of former countries have four letters. */
function isTodays(country: string | null | undefined): boolean {
  return country?.length === 2;
}

/** Rules about places. */
export const placeWarnings: WarningRule[] = [placesElsewhere];

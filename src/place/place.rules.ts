import type { CheckContext, WarningRule } from "../records/check/record.rule.js";
import { type RecordPath, type Warning, warning } from "../records/record.faults.js";
import type { SourceRecord } from "../records/record.format.js";
import { bySlug } from "../records/record.items.js";

/** A place is in the given country. A place has today's country, so former countries are not compared. */
function* placesElsewhere({ record }: CheckContext): Generator<Warning> {
  const known = bySlug(record.places);
  for (const [path, country, places] of placedIn(record)) {
    const found = places.map((place) => known.get(place)?.country).filter((one) => one != null);
    if (!isTodays(country) || found.length === 0) continue;
    if (found.every((one) => isTodays(one) && one !== country))
      yield warning(
        "place-elsewhere",
        path,
        `${country}, but ${places.map((place) => `"${place}"`).join(", ")} is in ${[...new Set(found)].join(", ")}`,
      );
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

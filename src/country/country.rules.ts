import type { CheckContext, FaultRule, WarningRule } from "../records/check/record.rule.js";
import { fault, type Fault, suggesting, type Warning, warning } from "../records/record.faults.js";
import type { LISTS } from "../records/record.format.js";
import { bySlug } from "../records/record.items.js";
import { isBefore } from "../scalars/partial-date.compare.js";
import { countriesOf } from "./country.codes.js";
import { countryMeantBy, isAssignedCountry, referenceCountries } from "./country.reference.js";

/** Country codes are assigned by ISO. */
function* unknownCountries({ record }: CheckContext): Generator<Fault> {
  for (const { path, code } of countriesOf(record)) {
    if (isAssignedCountry(code)) continue;
    const unknown = fault(
      "unknown-country",
      path,
      `"${code}" is no country's code; expected two letters of ISO 3166-1, or four of ISO 3166-3 for a former country`,
    );
    yield suggesting(unknown, countryMeantBy(code));
  }
}

const WITHDRAWN = new Map(referenceCountries().map(({ code, withdrawn }) => [code, withdrawn]));

/** A country code is not used for dates after it was withdrawn. */
function* withdrawnCountries({ record }: CheckContext): Generator<Warning> {
  const meetings = bySlug(record.meetings);
  for (const { path, code } of countriesOf(record)) {
    const withdrawn = WITHDRAWN.get(code);
    if (!withdrawn) continue;
    const [list, i] = path as [keyof typeof LISTS, number];
    const { startDate, date, meeting, signedAt } = record[list][i] as Dated;
    const at = startDate ?? date ?? meetings.get(meeting ?? signedAt ?? "")?.startDate;
    const was = `${code} was withdrawn (${withdrawn})`;
    // Of what is settled, whose date is not given with it, only a place has today's country.
    const isPlace = list === "places" || (list === "settles" && record[list][i]!.kind === "place");
    if (isPlace) yield warning("withdrawn-country", path, `${was}; a place's country is today's`);
    else if (isBefore(withdrawn, at))
      yield warning("withdrawn-country", path, `${was} before that date (${at})`);
  }
}

/** What dates an item: its own date, or that of its meeting. */
interface Dated {
  startDate?: string | null;
  date?: string | null;
  meeting?: string | null;
  signedAt?: string | null;
}

/** Rules about country codes. */
export const countryRules: FaultRule[] = [unknownCountries];
export const countryWarnings: WarningRule[] = [withdrawnCountries];

import type { RecordPath } from "../records/record.faults.js";
import type { SourceRecord } from "../records/record.format.js";
import { valuesOf } from "../records/record.walk.js";

const countryFieldsOf = valuesOf(({ codeOf }) => codeOf === "country");

/** Returns every country code of a record. */
export function countriesOf(record: SourceRecord): { path: RecordPath; code: string }[] {
  return countryFieldsOf(record).map(({ path, value }) => ({ path, code: value as string }));
}

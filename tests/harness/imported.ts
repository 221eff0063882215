import { type Importer, recordLines } from "../../importers/importer.js";
import { People } from "../../importers/people/people.js";
import type { Facts } from "../../importers/records.js";
import type { Row } from "../../importers/rows.js";
import { Tally } from "../../importers/tally.js";

async function* from(rows: readonly Row[]): AsyncGenerator<Row> {
  yield* rows;
}

/** What an importer makes of rows, where these people are known. */
export async function importedWith(people: People, importer: Importer, ...rows: Row[]) {
  const tally = new Tally();
  const lines: string[] = [];
  const run = { tally, people, territories: new Map<string, string>() };
  for await (const line of recordLines(importer, from(rows), run)) lines.push(line);
  const records = lines.slice(1).map((line) => JSON.parse(line) as Facts);
  return {
    tally,
    text: lines.join(""),
    meetings: records.flatMap(({ meetings = [] }) => meetings),
    tenures: records.flatMap(({ tenures = [] }) => tenures),
    people: records.flatMap(({ people: some = [] }) => some),
    organizations: records.flatMap(({ organizations = [] }) => organizations),
    places: records.flatMap(({ places = [] }) => places),
  };
}

/** What an importer makes of rows, where nobody is known. */
export function imported(importer: Importer, ...rows: Row[]) {
  return importedWith(new People(), importer, ...rows);
}

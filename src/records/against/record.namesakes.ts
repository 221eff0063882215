import type { Sql } from "../../db/sql.js";
import { areDistinct } from "../check/record.known-people.js";
import type { Namesake } from "../check/record.on-record.js";
import type { SourceRecord } from "../record.format.js";
import { textOfName } from "../record.naming.js";
import { readNamesakes } from "./record.against.store.js";

/** The maximum number of names looked up at once. */
const MAX_NAMES = 1_000;

/** Finds people on record who share a name with a new person of these records, by the first slug of the new one. */
export async function namesakesOf(
  sql: Sql,
  records: SourceRecord[],
  isStored: (noun: string, key: string) => boolean,
): Promise<Map<string, Namesake>> {
  const sought = records.flatMap(({ people }) =>
    people.flatMap(({ slug, formerSlugs, name, otherNames, identifiers }) => {
      const first = formerSlugs[0] ?? slug;
      if (isStored("person", first)) return [];
      const names = [name, ...otherNames.map(textOfName)];
      return names.map((one, i) => ({ first, identifiers, name: one, isFull: i === 0 }));
    }),
  );
  const found = new Map<string, Namesake>();
  for (let from = 0; from < sought.length; from += MAX_NAMES) {
    const some = sought.slice(from, from + MAX_NAMES);
    for (const { at, name, slug, identifiers } of await readNamesakes(sql, some)) {
      const { first, identifiers: own } = some[at]!;
      if (!found.has(first) && !areDistinct(own, identifiers)) found.set(first, { slug, name });
    }
  }
  return found;
}

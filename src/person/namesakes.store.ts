import type { Sql } from "../db/sql.js";
import { generic, raw, SQL, unnestSql } from "../db/sql-text.js";
import { type Finding, warning } from "../records/record.faults.js";
import type { SourceRecord } from "../records/record.format.js";
import { textOfName } from "../records/record.naming.js";
import { areDistinct } from "./person.collected.js";

/** The maximum number of names looked up at once. */
const MAX_NAMES = 1_000;

/** Another person on record who has the name of a new one. */
interface Namesake {
  slug: string;
  /** The name that both have, as the record gives it. */
  name: string;
}

/** Finds people of these records who are new, but have the name of one on record: the same, perhaps, under another slug. */
export async function findNamesakes(
  sql: Sql,
  records: SourceRecord[],
  isStored: (noun: string, key: string) => boolean,
): Promise<(record: SourceRecord) => Finding[]> {
  const namesakes = await namesakesOf(sql, records, isStored);
  return ({ people }) =>
    people.flatMap(({ slug, formerSlugs }, i) => {
      const namesake = namesakes.get(formerSlugs[0] ?? slug);
      if (!namesake) return [];
      const message = `"${namesake.name}" is on record as "${namesake.slug}"; use that slug if this is the same person, else tell them apart by identifiers`;
      return [warning("name-on-record", ["people", i, "slug"], message)];
    });
}

/** Returns people on record who share a name with a new person of these records, by the first slug of the new one. */
async function namesakesOf(
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

/** A name to look for. */
interface SoughtName {
  name: string;
  /** Whether it is the full name. A single word is too common to compare unless both are. */
  isFull: boolean;
}

/** A person with one of the names sought. */
interface FoundPerson extends Namesake {
  /** The index of the name. */
  at: number;
  identifiers: { scheme: string; value: string }[];
}

/** The maximum number of people read per name. There may be several, since identifiers can rule out the first ones. */
const MAX_NAMESAKES = 20;

/** The words of a name, in order, compared as the search compares them. */
const wordsOf = (folded: string) =>
  SQL`(SELECT array_agg(word ORDER BY word COLLATE "C")
     FROM regexp_split_to_table(${raw(folded)}, '[^[:alnum:]]+' COLLATE "und-x-icu") AS word WHERE word <> '')`;

/** Finds the people on record who have one of these names: accents, case and the order of its words do not matter. */
function readNamesakes(sql: Sql, names: SoughtName[]): Promise<FoundPerson[]> {
  return sql.query(
    "namesakesOnRecord",
    SQL`SELECT sought.at::int - 1 AS at, sought.name, found.slug, found.identifiers
     FROM (SELECT x.*, ${wordsOf("folded(x.name)")} AS words
           FROM ${unnestSql(names, { name: "text", isFull: "bool" })} WITH ORDINALITY AS x (name, is_full, at)) AS sought
     CROSS JOIN LATERAL (
       SELECT DISTINCT p.slug, p.identifiers FROM record_name n JOIN person p ON p.id = n.item_id::uuid
       WHERE n.kind = 'PERSON' AND n.words @@ plainto_tsquery('simple', array_to_string(sought.words, ' '))
         AND ${wordsOf("n.folded")} = sought.words
         AND (cardinality(sought.words) > 1 OR sought.is_full AND n.position = 1)
       ORDER BY p.slug LIMIT ${generic(MAX_NAMESAKES, "int")}
     ) AS found
     ORDER BY 1, 3`,
  );
}

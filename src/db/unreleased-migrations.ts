import type { DataSource } from "typeorm";
import { DatabaseError } from "./db.errors.js";

/** The migrations of before the first release, in order. Two were numbered with more digits. */
const UNRELEASED = [
  ...["CountriesAndSources", "PeoplePlacesOrganizations", "MeetingsAndAgreements"],
  ...["StatementsAndCitations", "Rules", "Words", "StatementRelations", "Extensions"],
  ...["Statistics", "SparseIndexes", "StatementsOfAPlace", "RulesOfTwo", "FlatLists"],
  ...["SetBasedRules", "PeopleOfCountries", "Lifetimes", "PlacesInOrder", "Claims000"],
  ...["Names000", "FindingAnything", "SourceOrder", "KindsAndTimes", "Judgements", "Forms"],
  ...["Texts", "Revisions", "FollowingChanges", "ClaimedReferences", "PeopleOfDeletedFacts"],
  "FieldsWhenAdded",
].map((name, i) => name + String(i + 1).padStart(13, "0"));

/** So many of the first migrations make the same schema since 0.1.0. */
const FOLDED = 14;

/**
 * Takes a database with all migrations of before the first release for one with those of 0.1.0, which make the same schema, in one SQL
 * statement. Throws `DatabaseError` if it has others of them, and does nothing if it has none.
 */
export async function adoptUnreleased(
  dataSource: DataSource,
  say: (line: string) => void,
): Promise<void> {
  const [table] = await dataSource.query<{ found: string | null }[]>(
    "SELECT to_regclass('migration') AS found",
  );
  if (table!.found === null) return;
  const rows = await dataSource.query<{ name: string }[]>("SELECT name FROM migration");
  const applied = new Set(rows.map(({ name }) => name));
  const found = UNRELEASED.filter((name) => applied.has(name)).length;
  if (found === 0) return;
  if (found < UNRELEASED.length || rows.length > found) {
    throw new DatabaseError(
      `The database has ${found} of the ${UNRELEASED.length} migrations of before 0.1.0${rows.length > found ? ", and others" : ""}. ` +
        "Only one with all of them, and no others, can be migrated.\n" +
        "In a clone of the repository, run the last commit that has them: " +
        'git checkout "$(git rev-list -1 HEAD -- migrations/0030-fields-when-added.ts)^" && npm ci && npm run communique migrate\n' +
        "Then run this version again.",
    );
  }
  const names = dataSource.migrations.map(({ name }) => name!);
  const folded = names.filter((name) => Number(name.slice(-13)) <= FOLDED);
  await dataSource.query(
    `WITH before AS (DELETE FROM migration)
     INSERT INTO migration (timestamp, name) SELECT * FROM unnest($1::bigint[], $2::text[])`,
    [folded.map((name) => Number(name.slice(-13))), folded],
  );
  say(
    `The database has all ${found} migrations of before 0.1.0, which make the same schema as the first ${FOLDED} of this version: they are recorded instead.`,
  );
}

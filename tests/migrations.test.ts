import { createHash } from "node:crypto";
import type { DataSource, MigrationInterface, QueryRunner } from "typeorm";
import { createDataSource } from "../src/db/data-source.js";
import { migrate } from "../src/db/migrate.js";
import { appliedMigrations } from "../src/db/open-database.js";
import { loadAll } from "../src/records/load/record.load.js";
import { freshDatabase } from "./harness/database.js";
import { SHIPPED_RECORD } from "./harness/service.js";

/** The migrations in order, each with the SHA-256 of its SQL (`sqlOf`). */
const MIGRATIONS: Record<string, string> = {
  TypesAndFunctions0000000000001:
    "d664513acf2d09d27660e580146d3a44f2d4238159e9ecfc62cb376a7870befd",
  Revisions0000000000002: "d3d8c92d2c912b789b392eb1220a378830dafcf2564a2849d2e82a41f88a22a1",
  CountriesAndSources0000000000003:
    "a9ed2aa6dd45bbbbf7ccd795fa38535be66c8641ecac6b5beaa1ffa1fa6484a8",
  PeoplePlacesOrganizations0000000000004:
    "9e73d7f1e91aa9dc6a3816ccb898dbc41911eefa9de7e4ed2393121200dbf8d3",
  MeetingsAndAgreements0000000000005:
    "a3319a12607963df29e6219085160f576a84a0a2be9b9b43b64dc940aea56b29",
  ClaimsAndJudgements0000000000006:
    "fdd7bbf4af7f908c659de2bdd1407a63615bd4bf1e5fd9e3dee2ce67948e6c9e",
  StatementsAndCitations0000000000007:
    "6e7d86d8165ce71e0f8e8606575de10e27db6e87794274528da3fb0975fd1fcf",
  DerivedValues0000000000008: "c7070aabd3cfa3b32e7ac68c9193b576f7190ef00b06f3e87fb6f6f99fba0e02",
  Rules0000000000009: "d39ff0878f3d2ecd755a83af540bba2407de1b7decb0d7bc69f014df43640576",
  NamesAndTitles0000000000010: "e5e88573f2886ce9156f297014fe73cf2139ed958999c72e2ca0682c10e9333a",
  ListTables0000000000011: "fadd31d18a1537511d491f3a0ef82489407a86582b5ffbefc6dbcd009d10abdb",
  ListsFollow0000000000012: "e1bb41ed5b1d2e47babc1fbe820f807efeadc39fd9ceeabede8da8ff786315f3",
  ListsOfPeople0000000000013: "7c00888197081f3f789b3c874585169a75747bddc4b78d203a0e6cf9ea23cbf1",
  PeopleOfDocuments0000000000014:
    "91825b0d06694071780b1fb9524fbac14672d8d87fa7cd9d68a0f3b157cd1adf",
  PeopleOfDocumentsByLookup0000000000015:
    "40bda24ffb1c187d2a7d3012c5b6f426a02628609fffb3ddc8ef82a3d40406ba",
  WordsOfParticipants0000000000016:
    "90b19bd6c81fa06334ac8e4f9edffd8e5a6a1426a218be2e560bd3210ee66375",
  KeptCounts0000000000017: "6b13c45c70e1bfe7cb54a485daf5cdeac7b5bf155dc9afb16ad46308b7b719a6",
  KeptCountsByYear0000000000018: "fb2a4b6f5089ec6119cdf207035ced9a5dd75a213550cab03ccb44e67c428380",
  LoadPositions0000000000019: "f64fe7cc3ff5397a8236c4e7073856bec0f968f9d133c6f10edb6a3b5d15c32b",
};

/** The number of migrations that replace those from before 0.1.0. */
const FOLDED = 14;

/** The migrations of the last commit before 0.1.0. */
const OF_BEFORE = [
  ...["CountriesAndSources0000000000001", "PeoplePlacesOrganizations0000000000002"],
  ...["MeetingsAndAgreements0000000000003", "StatementsAndCitations0000000000004"],
  ...["Rules0000000000005", "Words0000000000006", "StatementRelations0000000000007"],
  ...["Extensions0000000000008", "Statistics0000000000009", "SparseIndexes0000000000010"],
  ...["StatementsOfAPlace0000000000011", "RulesOfTwo0000000000012", "FlatLists0000000000013"],
  ...["SetBasedRules0000000000014", "PeopleOfCountries0000000000015", "Lifetimes0000000000016"],
  ...["PlacesInOrder0000000000017", "Claims0000000000000018", "Names0000000000000019"],
  ...["FindingAnything0000000000020", "SourceOrder0000000000021", "KindsAndTimes0000000000022"],
  ...["Judgements0000000000023", "Forms0000000000024", "Texts0000000000025"],
  ...["Revisions0000000000026", "FollowingChanges0000000000027"],
  ...["ClaimedReferences0000000000028", "PeopleOfDeletedFacts0000000000029"],
  "FieldsWhenAdded0000000000030",
];

type Migration = new () => MigrationInterface;

function migrationsOf(dataSource: DataSource): Migration[] {
  return dataSource.options.migrations as Migration[];
}

/**
 * The SQL that a migration runs, up and down, without lines that are a comment alone and with one space for any white space: a comment
 * may become clearer, and the formatter may change its mind.
 */
async function sqlOf(migration: MigrationInterface): Promise<string> {
  const statements: string[] = [];
  const runner = { query: async (sql: string) => void statements.push(sql) };
  await migration.up(runner as unknown as QueryRunner);
  await migration.down(runner as unknown as QueryRunner);
  return statements
    .join(";\n")
    .replace(/^\s*--.*$/gm, "")
    .replace(/\s+/g, " ");
}

describe("Migrations", () => {
  it("No migration has changed since its release, and each has its checksum here", async () => {
    const faults: string[] = [];
    const missing = new Set(Object.keys(MIGRATIONS));
    for (const Migration of migrationsOf(createDataSource("postgres://localhost"))) {
      const migration = new Migration();
      const name = migration.name!;
      const sha256 = createHash("sha256")
        .update(await sqlOf(migration))
        .digest("hex");
      missing.delete(name);
      const line = `${name}: "${sha256}",`;
      if (MIGRATIONS[name] === undefined)
        faults.push(`${name} is new. Add this line to MIGRATIONS in this test: ${line}`);
      else if (MIGRATIONS[name] !== sha256)
        faults.push(
          `${name} has changed. If a release has it, take the change back and add a new migration instead: see CONTRIBUTING.md. ` +
            `If no release has it yet, its line in this test is now ${line}`,
        );
    }
    for (const name of missing)
      faults.push(`${name} is gone. Bring it back: databases have it, and others will run it.`);
    expect(faults).toEqual([]);
  });

  it("The numbers of migrations ascend in the order of the list, from 1", () => {
    const numbers = migrationsOf(createDataSource("postgres://localhost")).map((Migration) =>
      Number(new Migration().name!.slice(-13)),
    );
    expect(numbers).toEqual(numbers.map((_, i) => i + 1));
  });
});

describe("A database with the migrations of before the first release", () => {
  let dataSource: DataSource;
  let released: string[];
  beforeEach(async () => {
    dataSource = await createDataSource(await freshDatabase()).initialize();
    released = await names();
    await loadAll(dataSource, [SHIPPED_RECORD]);
    // What came after them is not in it yet.
    for (let i = released.length; i > FOLDED; i--) await dataSource.undoLastMigration();
    await dataSource.query("DELETE FROM migration");
    await dataSource.query(
      "INSERT INTO migration (timestamp, name) SELECT right(name, 13)::bigint, name FROM unnest($1::text[]) AS x (name)",
      [OF_BEFORE],
    );
  });
  afterEach(() => dataSource.destroy());

  const names = async () => {
    const rows = await dataSource.query<{ name: string }[]>(
      "SELECT name FROM migration ORDER BY id",
    );
    return rows.map(({ name }) => name);
  };

  it("A database from before the first release is taken over with its history, says so once, and gets what later versions add", async () => {
    const history = "SELECT number, operation, recorded_at FROM record_revision ORDER BY number";
    const before = await dataSource.query(history);
    expect(before).not.toEqual([]);
    class Later {
      name = "Later0000000009999";
      async up(runner: QueryRunner) {
        await runner.query("ALTER TABLE person ADD COLUMN of_a_later_version text");
      }
      async down() {}
    }
    dataSource.migrations.unshift(new Later());

    const said: string[] = [];
    for (let i = 0; i < 2; i++) await migrate(dataSource, (line) => said.push(line));
    expect(said).toEqual([expect.stringMatching(/all 30 migrations of before 0\.1\.0/)]);
    expect(await names()).toEqual([...released, "Later0000000009999"]);
    expect(await dataSource.query(history)).toEqual(before);
    expect(await dataSource.query("SELECT of_a_later_version FROM person LIMIT 1")).toHaveLength(1);
  });

  it("A database with only some migrations from before the first release, or with others too, is refused unchanged, with what to do", async () => {
    for (const change of [
      "INSERT INTO migration (timestamp, name) VALUES (31, 'OfSomebody0000000000031')",
      "DELETE FROM migration WHERE timestamp > 18",
    ]) {
      await dataSource.query(change);
      const before = await names();
      await expect(migrate(dataSource)).rejects.toThrow(
        /has (18|30) of the 30 migrations of before 0\.1\.0.*\n.*0030-fields-when-added\.ts.* npm run communique migrate\n/,
      );
      expect(await names()).toEqual(before);
    }
  });

  it("A database from before the first release counts as one without the migrations of this version", async () => {
    expect(await appliedMigrations(dataSource)).toBe(0);
    await migrate(dataSource);
    expect(await appliedMigrations(dataSource)).toBe(released.length);
  });
});

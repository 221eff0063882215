import type { DataSource, QueryRunner } from "typeorm";
import { createDataSource } from "../src/db/data-source.js";
import { LOAD_LOCK } from "../src/db/locks.js";
import { migrate } from "../src/db/migrate.js";
import { sqlOf } from "../src/db/sql.js";
import { freshDatabase } from "./harness/database.js";
import { until } from "./harness/until.js";
import { serviceWith, SHIPPED_RECORD, type TestService } from "./harness/service.js";

it("A statement gives the rows that it returns, whether it reads, adds, updates or deletes", async () => {
  const database = await createDataSource(await freshDatabase()).initialize();
  const sql = sqlOf(database);
  const rowsOf = (text: string) => sql.query("any", text);
  await rowsOf("CREATE TABLE shell (n int)");
  expect(await rowsOf("INSERT INTO shell VALUES (1), (2) RETURNING n")).toEqual([
    { n: 1 },
    { n: 2 },
  ]);
  expect(await rowsOf("UPDATE shell SET n = 3 WHERE n = 2 RETURNING n")).toEqual([{ n: 3 }]);
  expect(await rowsOf("UPDATE shell SET n = 3 WHERE n = 2 RETURNING n")).toEqual([]);
  expect(await rowsOf("UPDATE shell SET n = n")).toEqual([]);
  expect(await rowsOf("DELETE FROM shell WHERE n = 3 RETURNING n")).toEqual([{ n: 3 }]);
  expect(await rowsOf("SELECT n FROM shell")).toEqual([{ n: 1 }]);
  await database.destroy();
});

it("A migration waits for the load that is under way, and does not make its second connection wait", async () => {
  const url = await freshDatabase();
  const [load, second, next] = await Promise.all(
    [0, 1, 2].map(() => createDataSource(url).initialize()),
  );
  class Next {
    name = "Next0000000009999";
    async up(runner: QueryRunner) {
      await runner.query("ALTER TABLE person ADD COLUMN of_the_next_version text");
    }
    async down() {}
  }
  next!.setOptions({ migrations: [...(next!.options.migrations as []), Next] });
  await next!.destroy();
  await next!.initialize();

  const runner = load!.createQueryRunner();
  await runner.startTransaction();
  await runner.query("SELECT pg_advisory_xact_lock($1)", [LOAD_LOCK]);
  await runner.query("UPDATE person SET name = name");
  const migrating = migrate(next!);
  await until(async () => {
    const waiting = await second!.query(
      `SELECT FROM pg_locks WHERE NOT granted AND database =
         (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    return waiting.length > 0;
  });
  await second!.query("SET statement_timeout = '2s'");
  expect(await second!.query("SELECT FROM person")).toEqual([]);
  await runner.commitTransaction();
  await migrating;
  expect(await second!.query("SELECT of_the_next_version FROM person")).toEqual([]);
  await runner.release();
  await Promise.all([load, second, next].map((each) => each!.destroy()));
});

describe("The database schema", () => {
  let test: TestService;
  let database: DataSource;
  beforeAll(async () => {
    test = await serviceWith(SHIPPED_RECORD);
    database = test.dataSource;
  });
  afterAll(() => test.close());

  /** Runs statements in one transaction. */
  const inTransaction = (...statements: string[]) =>
    database.transaction(async (manager) => {
      for (const statement of statements) await manager.query(statement);
    });

  const ANY_DOCUMENT = "(SELECT id FROM source_document LIMIT 1)";
  const newMeeting = (id: number, parent: string) => `
    INSERT INTO meeting (id, slug, title, kind, coverage, owner_id, parent_id, parent_relation)
    VALUES (${uuid(id)}, 'made-up-${id}', 'Made up', 'OTHER', 'REPORTED', ${ANY_DOCUMENT}, ${parent},
      CASE WHEN ${parent} IS NOT NULL THEN 'PART_OF'::parent_relation END)`;
  const citationOf = (fact: string, id: string) => `
    INSERT INTO citation (id, start_offset, end_offset, document_id, owner_id, ${fact}_id)
    VALUES (gen_random_uuid(), 0, 1, ${ANY_DOCUMENT}, ${ANY_DOCUMENT}, ${id})`;
  const newStatement = (joint: boolean) => `
    INSERT INTO statement (id, key, text, form, language, date_inherited, place_inherited, joint, told_in_id,
      position, owner_id)
    VALUES (${uuid(9)}, 'made/up', 'Made up', 'REPORTED', 'en', true, true, ${joint}, ${ANY_DOCUMENT}, 0,
      ${ANY_DOCUMENT})`;
  const speakerAt = (position: number) => `
    INSERT INTO speaker (id, statement_id, position, country_code, country_certainty)
    VALUES (gen_random_uuid(), ${uuid(9)}, ${position}, 'FR', 'STATED')`;

  it("The migrations make the schema that the entities describe", async () => {
    // Indexes on expressions and GIN indexes are beyond it: the entities name them with `synchronize: false`.
    const { upQueries } = await database.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it("Every migration can be reverted", async () => {
    const other = await createDataSource(await freshDatabase()).initialize();
    while ((await other.query("SELECT FROM migration")).length > 0) await other.undoLastMigration();
    const left = await other.query<{ name: string }[]>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
       UNION SELECT proname FROM pg_proc p WHERE pronamespace = 'public'::regnamespace
         AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = p.oid AND deptype = 'e')
       UNION SELECT typname FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype = 'e'`,
    );
    expect(left).toEqual([{ name: "migration" }]);
    await migrate(other);
    await other.destroy();
  });

  it("Two services that start at once migrate the database once", async () => {
    const url = await freshDatabase();
    const both = await Promise.all([1, 2].map(() => createDataSource(url).initialize()));
    while ((await both[0]!.query("SELECT FROM migration")).length > 0) {
      await both[0]!.undoLastMigration();
    }
    await Promise.all(both.map((each) => migrate(each)));
    const rows = await both[0]!.query("SELECT DISTINCT name FROM migration");
    expect(rows).toHaveLength(both[0]!.migrations.length);
    await Promise.all(both.map((dataSource) => dataSource.destroy()));
  });

  it("A failed migration leaves the database as it was", async () => {
    const other = await createDataSource(await freshDatabase()).initialize();
    const before = await other.query("SELECT * FROM migration");
    other.migrations.push({
      name: "Fails0000000009999",
      up: async (runner) => {
        await runner.query("CREATE TABLE half_made ()");
        await runner.query("SELECT 1 / 0");
      },
      down: async () => {},
    });
    await expect(migrate(other)).rejects.toThrow("division by zero");
    expect(await other.query("SELECT * FROM migration")).toEqual(before);
    expect(await other.query("SELECT to_regclass('half_made') AS made")).toEqual([{ made: null }]);
    await other.destroy();
  });

  it("A fact without a citation is refused at commit", async () => {
    await expect(inTransaction(newMeeting(1, "NULL"))).rejects.toThrow("has no citation");
    await inTransaction(citationOf("meeting", uuid(1)), "DELETE FROM citation WHERE false").catch(
      (error: Error) => expect(error.message).toContain("foreign key"),
    );
    await inTransaction(newMeeting(1, "NULL"), citationOf("meeting", uuid(1)));
  });

  it.each(["meeting", "participation", "tenure", "agreement", "statement"])(
    "Deleting the last citation of a %s is refused at commit",
    async (fact) => {
      const deletion = `DELETE FROM citation WHERE ${fact}_id = (SELECT id FROM ${fact} LIMIT 1)`;
      await expect(inTransaction(deletion)).rejects.toThrow("is the last of its fact");
    },
  );

  it("Deleting a fact deletes its citations", async () => {
    await inTransaction(newMeeting(2, "NULL"), citationOf("meeting", uuid(2)));
    await inTransaction(`DELETE FROM meeting WHERE id = ${uuid(2)}`);
    const left = await database.query(`SELECT FROM citation WHERE meeting_id = ${uuid(2)}`);
    expect(left).toEqual([]);
  });

  it("A relation needs no citation, and deleting it deletes those it has", async () => {
    const two = "ARRAY(SELECT id FROM statement ORDER BY id LIMIT 2)";
    const relation = `INSERT INTO statement_relation (id, statement_id, kind, other_id, owner_id)
      VALUES (${uuid(1)}, (${two})[1], 'REPEATS', (${two})[2], ${ANY_DOCUMENT})`;
    await inTransaction(relation);
    await inTransaction(citationOf("relation", uuid(1)));
    await inTransaction("DELETE FROM citation WHERE relation_id IS NOT NULL");
    await inTransaction(citationOf("relation", uuid(1)));
    await inTransaction("DELETE FROM statement_relation");
    expect(await database.query("SELECT FROM citation WHERE relation_id IS NOT NULL")).toEqual([]);
  });

  it("A statement without a speaker or with a wrong joint flag is refused at commit", async () => {
    const cited = citationOf("statement", uuid(9));
    await expect(inTransaction(newStatement(false), cited)).rejects.toThrow("has no speaker");
    await expect(inTransaction(newStatement(true), cited, speakerAt(0))).rejects.toThrow(
      "joint does not say that it has 1 sides",
    );
    await expect(
      inTransaction(newStatement(false), cited, speakerAt(0), speakerAt(1)),
    ).rejects.toThrow("joint does not say that it has 2 sides");
    await expect(inTransaction("DELETE FROM speaker")).rejects.toThrow("has no speaker");
  });

  it("A meeting above itself is refused, also over several steps", async () => {
    await inTransaction(
      newMeeting(3, "NULL"),
      newMeeting(4, uuid(3)),
      newMeeting(5, uuid(4)),
      ...[3, 4, 5].map((id) => citationOf("meeting", uuid(id))),
    );
    for (const parent of [3, 4, 5]) {
      const move = `UPDATE meeting SET parent_id = ${uuid(parent)}, parent_relation = 'PART_OF' WHERE id = ${uuid(3)}`;
      await expect(inTransaction(move)).rejects.toThrow("would be above itself");
    }
  });

  it("A meeting's lineage is updated when a meeting above it moves", async () => {
    await inTransaction(
      ...[6, 7].map((id) => newMeeting(id, "NULL")),
      newMeeting(8, uuid(7)),
      ...[6, 7, 8].map((id) => citationOf("meeting", uuid(id))),
    );
    await inTransaction(
      `UPDATE meeting SET parent_id = ${uuid(6)}, parent_relation = 'PART_OF' WHERE id = ${uuid(7)}`,
    );
    const [row] = await database.query<{ lineage: string[] }[]>(
      `SELECT lineage FROM meeting WHERE id = ${uuid(8)}`,
    );
    expect(row!.lineage).toEqual([8, 7, 6].map((id) => uuid(id).slice(1, -1)));
  });

  it("A statement's inherited date and place change with its meeting's", async () => {
    const change = (set: string) =>
      inTransaction(`UPDATE meeting SET ${set} WHERE slug = 'singh-khaled-vientiane-2024'`);
    await inTransaction(
      `UPDATE statement SET meeting_id = (SELECT id FROM meeting WHERE slug = 'singh-khaled-vientiane-2024')
       WHERE key LIKE '%/%' AND meeting_id = (SELECT id FROM meeting WHERE slug = 'indian-community-vientiane-2024')`,
    );
    const ask = async () => {
      const { data } = await test.ask(
        `{ statements(filter: { meetings: ["singh-khaled-vientiane-2024"] }, first: 1) {
             nodes { date dateCertainty place { slug } placeCertainty } } }`,
      );
      return data.statements.nodes[0];
    };
    const vientiane = { place: { slug: "vientiane" }, placeCertainty: "INFERRED" };
    expect(await ask()).toEqual({ date: "2024-11-20", dateCertainty: "STATED", ...vientiane });

    // At a meeting of several days an inherited date is the first day, and a guess.
    await change("end_from = '2024-11-22', end_to = '2024-11-22'");
    expect(await ask()).toEqual({ date: "2024-11-20", dateCertainty: "INFERRED", ...vientiane });

    await change("place_id = NULL, place_country_code = NULL, place_certainty = NULL");
    expect(await ask()).toMatchObject({ place: null, placeCertainty: null });

    await change(
      "start_from = NULL, start_to = NULL, end_from = NULL, end_to = NULL, date_certainty = NULL",
    );
    expect(await ask()).toMatchObject({ date: null, dateCertainty: null });
  });

  it.each([
    [
      "a citation of two facts",
      "UPDATE citation SET meeting_id = (SELECT id FROM meeting LIMIT 1) WHERE statement_id IS NOT NULL",
      "citation_of_one_fact",
    ],
    [
      "a citation with offsets and a locator",
      "UPDATE citation SET locator = 'row 1'",
      "citation_passage",
    ],
    [
      "a citation that ends before it starts",
      "UPDATE citation SET end_offset = start_offset",
      "citation_passage",
    ],
    [
      "a relation of a statement to itself",
      `INSERT INTO statement_relation (id, statement_id, kind, other_id, owner_id)
       SELECT gen_random_uuid(), id, 'CORRECTS', id, owner_id FROM statement`,
      "statement_relation_of_two",
    ],
    [
      "the same relation twice",
      `INSERT INTO statement_relation (id, statement_id, kind, other_id, owner_id)
       SELECT gen_random_uuid(), one.id, 'CORRECTS', other.id, one.owner_id
       FROM statement one JOIN statement other ON other.id > one.id CROSS JOIN generate_series(1, 2)`,
      "statement_relation_once",
    ],
    [
      "a document that is a copy of itself",
      "UPDATE source_document SET syndicated_from_id = id",
      "would be a copy of itself",
    ],
    [
      "a participation of nobody",
      "UPDATE participation SET person_id = NULL, person_certainty = NULL, country_code = NULL, country_certainty = NULL",
      "side_named",
    ],
    [
      "a person in a speaker without a certainty",
      "UPDATE speaker SET person_certainty = NULL",
      "side_person_certainty",
    ],
    ["a date without a certainty", "UPDATE meeting SET date_certainty = NULL", "meeting_date"],
    [
      "a meeting that ends before it starts",
      "UPDATE meeting SET end_from = '1999-01-01', end_to = '1999-01-01' WHERE start_from IS NOT NULL",
      "meeting_dates",
    ],
    ["a country that was never assigned", "UPDATE place SET country_code = 'XX'", "place_country"],
    ["one slug for two people", "UPDATE person SET slug = 'the-same'", "person_slug"],
    ["an unknown kind of meeting", "UPDATE meeting SET kind = 'PICNIC'", "meeting_kind"],
  ])("The database refuses %s", async (_what, statement, rule) => {
    await expect(inTransaction(statement)).rejects.toThrow(rule);
  });
});

function uuid(number: number): string {
  return `'00000000-0000-4000-8000-${String(number).padStart(12, "0")}'`;
}

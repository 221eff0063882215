import fc from "fast-check";
import pg from "pg";
import { worldOf } from "./fixtures/world.js";
import { wrongInLists } from "./harness/list-tables.js";
import { serviceWith, SHIPPED_RECORD, type TestService } from "./harness/service.js";

jest.setTimeout(180_000);

const RUNS = Number(process.env.TEST_RUNS ?? 60);

/** A row of a table, whichever the number leads to. */
const some = (table: string, n: number, column = "id") =>
  `(SELECT ${column} FROM ${table} ORDER BY 1 OFFSET ${n} % greatest((SELECT count(*) FROM ${table}), 1) LIMIT 1)`;

/** What may happen to a record, as SQL; some of it the rules refuse. */
const CHANGES: ((a: number, b: number) => string)[] = [
  (
    a,
    b,
  ) => `UPDATE meeting SET start_from = date '2024-01-01' + ${b}, start_to = date '2024-01-01' + ${b},
    end_from = NULL, end_to = NULL, date_certainty = 'STATED' WHERE id = ${some("meeting", a)}`,
  (
    a,
  ) => `UPDATE meeting SET start_from = NULL, start_to = NULL, end_from = NULL, end_to = NULL, date_certainty = NULL
    WHERE id = ${some("meeting", a)}`,
  (a, b) => `UPDATE meeting SET place_id = ${some("place", b)}, place_certainty = 'STATED'
    WHERE id = ${some("meeting", a)}`,
  (a, b) =>
    `UPDATE meeting SET convener_id = ${some("organization", b)} WHERE id = ${some("meeting", a)}`,
  (a) => `UPDATE meeting SET convener_id = NULL WHERE id = ${some("meeting", a)}`,
  (a) => `UPDATE statement SET standing = 'RETRACTED' WHERE id = ${some("statement", a)}`,
  () => "UPDATE statement SET standing = 'CURRENT'",
  (a, b) => `UPDATE statement SET position = ${b} WHERE id = ${some("statement", a)}`,
  (a, b) =>
    `UPDATE statement SET meeting_id = ${some("meeting", b)} WHERE id = ${some("statement", a)}`,
  (a) => `DELETE FROM statement WHERE id = ${some("statement", a)}`,
  (a) => `DELETE FROM meeting WHERE id = ${some("meeting", a)}`,
  (a) => `DELETE FROM speaker WHERE id = ${some("speaker", a)}`,
  (a, b) => `UPDATE speaker SET person_id = ${some("person", b)}, person_certainty = 'INFERRED'
    WHERE id = ${some("speaker", a)}`,
  () => "UPDATE speaker SET country_certainty = 'STATED' WHERE country_code IS NOT NULL",
  (a, b) => `INSERT INTO speaker (id, statement_id, position, person_id, person_certainty)
    VALUES (gen_random_uuid(), ${some("statement", a)}, 99, ${some("person", b)}, 'STATED')`,
  (a, b) => `INSERT INTO addressee (statement_id, position, person_id, country_code, certainty)
    VALUES (${some("statement", a)}, ${b}, ${some("person", b)}, ${some("country", b, "code")}, 'INFERRED')`,
  (a) => `DELETE FROM addressee WHERE statement_id = ${some("addressee", a, "statement_id")}`,
  () => "UPDATE addressee SET certainty = 'STATED'",
  (
    a,
    b,
  ) => `INSERT INTO topic_of_statement VALUES (${some("statement", a)}, ${some("statement_topic", b)})
    ON CONFLICT DO NOTHING`,
  (a) =>
    `DELETE FROM topic_of_statement WHERE statement_id = ${some("topic_of_statement", a, "statement_id")}`,
  (
    a,
    b,
  ) => `INSERT INTO citation (id, start_offset, end_offset, document_id, statement_id, owner_id)
    SELECT gen_random_uuid(), 1, 2, d, ${some("statement", a)}, d FROM ${some("source_document", b)} AS d`,
  (a) => `DELETE FROM citation WHERE id = ${some("citation", a)}`,
  (a, b) => `INSERT INTO meeting_place VALUES (${some("meeting", a)}, ${b}, ${some("place", b)})
    ON CONFLICT DO NOTHING`,
  (a) => `DELETE FROM meeting_place WHERE meeting_id = ${some("meeting_place", a, "meeting_id")}`,
  (a) => `DELETE FROM participation WHERE id = ${some("participation", a)}`,
  (
    a,
    b,
  ) => `UPDATE participation SET organization_id = ${some("organization", b)}, organization_certainty = 'INFERRED'
    WHERE id = ${some("participation", a)}`,
];

describe("A table made for lists", () => {
  let test: TestService;
  const ask = (text: string) => test.dataSource.query<unknown[]>(text);
  beforeAll(async () => {
    test = await serviceWith(
      SHIPPED_RECORD,
      ...worldOf({ seed: 8, people: 20, places: 6, meetings: 30, statements: 80 }),
    );
  });
  afterAll(() => test.close());

  it("has what the links say, after a load", async () => {
    expect(await wrongInLists(ask)).toEqual([]);
    const [{ rows }] = (await ask("SELECT count(*)::int AS rows FROM statement_of_person")) as [
      { rows: number },
    ];
    expect(rows).toBeGreaterThan(60);
  });

  it("has what the links say, whatever changes", async () => {
    const client = new pg.Client(test.dataSource.options.url as string);
    await client.connect();
    const change = fc.tuple(fc.nat(CHANGES.length - 1), fc.nat(200), fc.nat(200));
    const transactions = fc.array(fc.array(change, { minLength: 1, maxLength: 4 }), {
      minLength: 1,
      maxLength: 4,
    });
    let made = 0;
    const property = fc.asyncProperty(transactions, async (all) => {
      // What one run changes, the next does not find.
      await client.query("BEGIN");
      for (const changes of all) {
        await client.query("SAVEPOINT one");
        try {
          for (const [which, a, b] of changes) await client.query(CHANGES[which]!(a, b));
          await client.query("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED");
          made++;
        } catch {
          await client.query("ROLLBACK TO one; SET CONSTRAINTS ALL DEFERRED");
        }
      }
      const wrong = await wrongInLists(async (text) => (await client.query(text)).rows);
      await client.query("ROLLBACK");
      expect(wrong).toEqual([]);
    });
    await fc.assert(property, { numRuns: RUNS });
    await client.end();
    expect(made).toBeGreaterThan(RUNS / 2);
  });

  it("is empty when everything goes at once", async () => {
    const client = new pg.Client(test.dataSource.options.url as string);
    await client.connect();
    await client.query("BEGIN; TRUNCATE source_document CASCADE");
    const { rows } = await client.query("SELECT FROM statement_of_person");
    const wrong = await wrongInLists(async (text) => (await client.query(text)).rows);
    await client.query("ROLLBACK");
    await client.end();
    expect([rows, wrong]).toEqual([[], []]);
  });
});

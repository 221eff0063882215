import fc from "fast-check";
import pg from "pg";
import { worldOf } from "./fixtures/world.js";
import { type ReadForQuestion, watchStatements } from "./harness/buffers.js";
import { wrongInLists } from "./harness/list-tables.js";
import { serviceWith, SHIPPED_RECORD, type TestService } from "./harness/service.js";
import { until } from "./harness/until.js";

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
  ) => `UPDATE meeting SET start_from = date '2022-01-01' + 9 * ${b}, start_to = date '2022-01-01' + 9 * ${b},
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
  (
    a,
    b,
  ) => `UPDATE statement SET place_id = ${some("place", b)}, place_inherited = false, place_certainty = 'STATED'
    WHERE id = ${some("statement", a)}`,
  (a) =>
    `UPDATE source_document SET standing = 'RETRACTED', standing_note = 'So they say.' WHERE id = ${some("source_document", a)}`,
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
  (a, b) =>
    `UPDATE citation SET document_id = ${some("source_document", b)} WHERE id = ${some("citation", a)}`,
  (a, b) => `UPDATE tenure SET person_id = ${some("person", b)} WHERE id = ${some("tenure", a)}`,
  (a, b) => `INSERT INTO meeting_place VALUES (${some("meeting", a)}, ${b}, ${some("place", b)})
    ON CONFLICT DO NOTHING`,
  (a) => `DELETE FROM meeting_place WHERE meeting_id = ${some("meeting_place", a, "meeting_id")}`,
  (a) => `DELETE FROM tenure WHERE id = ${some("tenure", a)}`,
  (a, b) =>
    `UPDATE tenure SET country_code = ${some("country", b, "code")} WHERE id = ${some("tenure", a)}`,
  (a, b) => `UPDATE person SET sort_name = 'Renamed ${b}' WHERE id = ${some("person", a)}`,
  (a) => `DELETE FROM participation WHERE id = ${some("participation", a)}`,
  (a) => `INSERT INTO person (id, slug, name, sort_name, owner_id)
    VALUES (gen_random_uuid(), 'new-' || gen_random_uuid(), 'New ${a}', 'New ${a}', ${some("source_document", a)})`,
  () => "DELETE FROM person WHERE slug LIKE 'new-%'",
  () => "SELECT remake_lists()",
  (
    a,
    b,
  ) => `UPDATE participation SET organization_id = ${some("organization", b)}, organization_certainty = 'INFERRED'
    WHERE id = ${some("participation", a)}`,
];

describe("The list tables", () => {
  let test: TestService;
  const ask = (text: string) => test.dataSource.query<unknown[]>(text);
  beforeAll(async () => {
    test = await serviceWith(
      SHIPPED_RECORD,
      ...worldOf({ seed: 8, people: 20, places: 6, meetings: 30, statements: 80 }),
    );
  });
  afterAll(() => test.close());

  it("The list tables are correct after a load", async () => {
    expect(await wrongInLists(ask)).toEqual([]);
    const [{ rows }] = (await ask("SELECT count(*)::int AS rows FROM statement_of_person")) as [
      { rows: number },
    ];
    expect(rows).toBeGreaterThan(60);
  });

  it("The list tables stay correct after random changes", async () => {
    const client = new pg.Client((test.dataSource.options as { url: string }).url);
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

  it("The list tables are empty after a TRUNCATE of all documents", async () => {
    const client = new pg.Client((test.dataSource.options as { url: string }).url);
    await client.connect();
    await client.query("BEGIN; TRUNCATE source_document CASCADE");
    const { rows } = await client.query("SELECT FROM statement_of_person");
    const wrong = await wrongInLists(async (text) => (await client.query(text)).rows);
    await client.query("ROLLBACK");
    await client.end();
    expect([rows, wrong]).toEqual([[], []]);
  });
});

describe("The cost of the first page of a list", () => {
  const SAID = 4_000;
  const ROWS = 20;
  let test: TestService;
  let measure: ReturnType<typeof watchStatements>;

  beforeAll(async () => {
    test = await serviceWith(SHIPPED_RECORD);
    await test.dataSource.query(prolific(SAID));
    await test.dataSource.query("ANALYZE");
    measure = watchStatements(test);
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await test.close();
  });

  /** How many pages and rows the statements read that a query takes, and how many rows it gives. */
  async function buffersOf(query: string): Promise<ReadForQuestion & { rows: number }> {
    const { data, ...measured } = await measure(query);
    const [list] = Object.values(data.of ?? data) as [{ nodes: unknown[] }];
    return { ...measured, rows: list.nodes.length };
  }

  const of: [string, string][] = [
    ["a person", `of: person(slug: "rajnath-singh")`],
    ["a country", `of: country(code: "IN")`],
    ["a place", `of: place(slug: "vientiane")`],
    ["a meeting", `of: meeting(slug: "singh-dong-vientiane-2024")`],
  ];
  const by: [string, string][] = [
    ["a speaker", `speakers: ["rajnath-singh"]`],
    ["a country", `speakerCountries: ["IN"]`],
    ["an addressee", `addressees: ["dong-jun"]`],
    ["a country spoken to", `addresseeCountries: ["CN"]`],
    ["a place", `places: ["vientiane"]`],
    ["a country where", `placeCountries: ["LA"]`],
    ["a meeting", `meetings: ["singh-dong-vientiane-2024"]`],
    ["a topic", `topics: ["border-peace"]`],
    ["a speaker in a place", `speakers: ["rajnath-singh"], places: ["vientiane"]`],
    ["a speaker in a country", `speakers: ["rajnath-singh"], placeCountries: ["LA"]`],
    ["a speaker for a country", `speakers: ["rajnath-singh"], speakerCountries: ["IN"]`],
  ];
  const ORDERS = ["DATE_DESC", "DATE_ASC", "POSITION"];
  const page = "nodes { id text date }";

  it.each(ORDERS)(
    "The first page reads a bounded number of database pages, whatever the parent: %s",
    async (order) => {
      const read: Record<string, { buffers: number; rows: number }> = {};
      for (const [name, parent] of of) {
        const list = `statements(first: ${ROWS}, orderBy: ${order}) { ${page} }`;
        read[name] = await buffersOf(`{ ${parent} { ${list} } }`);
      }
      for (const [name, filter] of by) {
        const list = `statements(first: ${ROWS}, orderBy: ${order}, filter: { ${filter} }) { ${page} }`;
        read[name] = await buffersOf(`{ ${list} }`);
        read[`${name}, STATED`] = await buffersOf(
          `{ ${list.replace("filter: {", "filter: { statedOnly: true,")} }`,
        );
      }
      expect(Object.entries(read).filter(([, { rows }]) => rows < ROWS)).toEqual([]);
      expect(Object.entries(read).filter(([, { buffers }]) => buffers > 60 + 25 * ROWS)).toEqual(
        [],
      );
    },
  );

  it("The first page of what was recorded last reads a bounded number of database pages", async () => {
    const { data } = await test.ask("{ statements(first: 1) { nodes { recordedAt } } }");
    const since = data.statements.nodes[0].recordedAt as string;
    for (const filter of [
      "{}",
      `{ recordedAt: { from: "${since}" } }`,
      `{ changedAt: { from: "${since}" } }`,
    ]) {
      const list = `statements(first: ${ROWS}, orderBy: RECORDED_DESC, filter: ${filter}) { ${page} }`;
      const { buffers, rows } = await buffersOf(`{ ${list} }`);
      expect(rows).toBe(ROWS);
      expect(buffers).toBeLessThan(60 + 5 * ROWS);
    }
    // In the list of a parent all that match are sorted, and not all that were recorded are looked through.
    const { buffers } = await buffersOf(
      `{ of: person(slug: "dong-jun") { statements(orderBy: RECORDED_DESC) { ${page} } } }`,
    );
    expect(buffers).toBeLessThan(60 + 25 * ROWS);
  });

  it.each([
    ["everyone by statements", "", "STATEMENTS_DESC"],
    ["everyone by meetings", "", "MEETINGS_DESC"],
    ["a country's by name", `of: country(code: "IN")`, "NAME_ASC"],
  ])("The first page of people reads a bounded number of rows: %s", async (_, parent, order) => {
    const people = `people(first: ${ROWS}, orderBy: ${order}) { nodes { slug name } }`;
    const { read, rows } = await buffersOf(
      parent ? `{ ${parent} { ${people} } }` : `{ ${people} }`,
    );
    expect(rows).toBe(ROWS);
    expect(read).toBeLessThan(20 * ROWS);
  });

  it("Counting a whole list reads the same whatever is in it, and gives what counting row by row gives", async () => {
    const statements = "(filter: { forms: [VERBATIM, REPORTED, RECORDED] })";
    const meetings = "(filter: { coverages: [REPORTED, REFERRED_TO] })";
    const parents = [
      ...[`person(slug: "rajnath-singh")`, `country(code: "IN")`, `place(slug: "vientiane")`],
      ...[`organization(slug: "asean")`, ""],
    ];
    const years = "facets(by: YEAR, first: 100) { value label count }";
    for (const counts of ["totalCount", years, `totalCount ${years}`]) {
      for (const parent of parents) {
        const listsOf = (ofStatements: string, ofMeetings: string) => {
          const lists = `statements${ofStatements} { ${counts} } meetings${ofMeetings} { ${counts} }`;
          return parent ? `{ of: ${parent} { ${lists} } }` : `{ ${lists} }`;
        };
        const kept = await measure(listsOf("", ""));
        const counted = await measure(listsOf(statements, meetings));
        expect([parent, kept.data]).toEqual([parent, counted.data]);
        expect([parent, kept.buffers < 40]).toEqual([parent, true]);
      }
    }
    for (const counts of ["totalCount", years]) {
      const topic = async (more: string) =>
        (await measure(`{ topics { slug statements${more} { ${counts} } } }`)).data;
      expect(await topic("")).toEqual(await topic(statements));
    }
  });

  it.each(of)(
    "The first page reads no more when most statements are retracted: %s",
    async (_name, parent) => {
      await test.dataSource.query(
        `UPDATE statement SET standing = 'RETRACTED' WHERE key LIKE 'prolific/%' AND position % 100 <> 0`,
      );
      // As long as a transaction that began before can see the old rows, entries of the index that lead to them are followed: that of an ANALYZE
      // here, or any that writes on the same server, such as a load of another test.
      const [updated] = await test.dataSource.query<{ xid: string }[]>(
        "SELECT pg_current_xact_id()::text AS xid",
      );
      await until(async () => {
        const [row] = await test.dataSource.query<{ isOver: boolean }[]>(
          `SELECT pg_snapshot_xmin(pg_current_snapshot()) > $1::xid8 AND NOT EXISTS (SELECT FROM pg_stat_activity
             WHERE datname = current_database() AND backend_type = 'autovacuum worker') AS "isOver"`,
          [updated!.xid],
        );
        return row!.isOver;
      });
      for (const order of ORDERS) {
        const { buffers, rows } = await buffersOf(
          `{ ${parent} { statements(first: ${ROWS}, orderBy: ${order}) { ${page} } } }`,
        );
        expect(rows).toBe(ROWS);
        expect(buffers).toBeLessThan(60 + 25 * ROWS);
      }
      await test.dataSource.query(
        "UPDATE statement SET standing = 'CURRENT' WHERE standing = 'RETRACTED'",
      );
    },
  );
});

describe("The cost of whom a person met", () => {
  const MEETINGS = 8_000;
  const LATEST = 200;
  let test: TestService;
  let measure: ReturnType<typeof watchStatements>;

  beforeAll(async () => {
    test = await serviceWith(SHIPPED_RECORD);
    await test.dataSource.query(sociable(MEETINGS));
    await test.dataSource.query("ANALYZE");
    measure = watchStatements(test);
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await test.close();
  });

  it("Whom a person met in the latest meetings, and for which countries, reads a bounded number of rows a meeting", async () => {
    const { data, read } = await measure(`{ person(slug: "made-up-0") {
      counterparts(first: 2, latest: ${LATEST}) { edges { node { slug } meetingCount countries { code } } } } }`);
    const [first, second] = data.person.counterparts.edges;
    const countries = [{ code: "CN" }];
    expect(first).toEqual({ node: { slug: "made-up-1" }, meetingCount: 150, countries });
    expect(second).toMatchObject({ meetingCount: 1, countries });
    expect(read).toBeLessThan(140 * LATEST);
  });
});

/** A person meets one other at three of four meetings, and at the rest somebody else each time. */
function sociable(count: number): string {
  const document = "(SELECT id FROM source_document LIMIT 1)";
  const takePart = (person: string, country: string, position: number) => `
    INSERT INTO participation (id, meeting_id, position, person_id, person_certainty, country_code, country_certainty, role, owner_id)
    SELECT gen_random_uuid(), met.id, ${position}, p.id, 'STATED', '${country}', 'STATED', 'PARTICIPANT', ${document}
    FROM met JOIN person p ON p.slug = 'made-up-' || ${person};`;
  const cite = (column: string, of: string) => `
    INSERT INTO citation (id, start_offset, end_offset, document_id, ${column}, owner_id)
    SELECT gen_random_uuid(), 0, 1, ${document}, id, ${document} FROM ${of};`;
  return `
    BEGIN;
    CREATE TEMPORARY TABLE met AS SELECT gen_random_uuid() AS id, n FROM generate_series(1, ${count}) AS n;
    INSERT INTO person (id, slug, name, sort_name, owner_id)
    SELECT gen_random_uuid(), 'made-up-' || n, 'Made Up ' || n, 'Up ' || n, ${document} FROM generate_series(0, ${count}) AS n;
    INSERT INTO meeting (id, slug, title, kind, status, coverage, start_from, start_to, date_certainty, owner_id)
    SELECT id, 'made-up-' || n, 'Made up ' || n, 'BILATERAL', 'HELD', 'REPORTED', day, day, 'STATED', ${document}
    FROM met, LATERAL (SELECT date '2000-01-01' + n AS day) AS of;
    ${cite("meeting_id", "met")}
    ${takePart("0", "IN", 0)}
    ${takePart("CASE WHEN met.n % 4 > 0 THEN 1 ELSE met.n END", "CN", 1)}
    ${cite("participation_id", "participation WHERE meeting_id IN (SELECT id FROM met)")}
    DROP TABLE met;
    COMMIT`;
}

/** A person says very much: at one meeting, to one other, about one topic; on different days, some unknown. */
function prolific(count: number): string {
  const id = (table: string, slug: string) => `(SELECT id FROM ${table} WHERE slug = '${slug}')`;
  const document = "(SELECT id FROM source_document LIMIT 1)";
  return `
    BEGIN;
    CREATE TEMPORARY TABLE said AS SELECT gen_random_uuid() AS id, n FROM generate_series(1, ${count}) AS n;
    INSERT INTO statement (id, key, text, form, language, date_inherited, date_from, date_to, date_certainty, meeting_id,
      place_inherited, joint, told_in_id, position, owner_id)
    SELECT id, 'prolific/' || n, 'Said for the ' || n || '. time', 'REPORTED', 'en', false, day, day,
      CASE WHEN day IS NOT NULL THEN 'STATED'::fact_certainty END, ${id("meeting", "singh-dong-vientiane-2024")},
      true, false, ${document}, n, ${document}
    FROM said, LATERAL (SELECT CASE WHEN n % 40 > 0 THEN date '2000-01-01' + n / 3 END AS day) AS of;
    INSERT INTO speaker (id, statement_id, position, person_id, person_certainty, country_code, country_certainty)
    SELECT gen_random_uuid(), id, 0, ${id("person", "rajnath-singh")}, 'STATED', 'IN', 'STATED' FROM said;
    INSERT INTO addressee (statement_id, position, person_id, country_code, certainty)
    SELECT id, 0, ${id("person", "dong-jun")}, 'CN', 'STATED' FROM said;
    INSERT INTO topic_of_statement SELECT id, ${id("statement_topic", "border-peace")} FROM said;
    INSERT INTO citation (id, start_offset, end_offset, document_id, statement_id, owner_id)
    SELECT gen_random_uuid(), 0, 1, ${document}, id, ${document} FROM said;
    INSERT INTO person (id, slug, name, sort_name, owner_id)
    SELECT id, 'made-up-' || n, 'Made Up ' || n, 'Up ' || n, ${document} FROM said;
    INSERT INTO tenure (id, key, title, certainty, person_id, country_code, owner_id)
    SELECT id, 'made-up-' || n, 'Minister of Nothing', 'STATED', id, 'IN', ${document} FROM said;
    INSERT INTO citation (id, start_offset, end_offset, document_id, tenure_id, owner_id)
    SELECT gen_random_uuid(), 0, 1, ${document}, id, ${document} FROM said;
    DROP TABLE said;
    COMMIT`;
}

import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { createDataSource } from "../src/db/data-source.js";
import type { SourceRecordInput } from "../src/records/record.format.js";
import { loadAll } from "../src/records/load/record.load.js";
import { fableWith } from "./fixtures/fable.js";
import { wrongInLists } from "./harness/list-tables.js";
import { SHIPPED_RECORD, serviceWith } from "./harness/service.js";
import { recordedDatabase } from "./harness/serving.js";

const FACTS = ["statement", "meeting", "participation", "tenure", "agreement"];
const DOCUMENT = "(SELECT id FROM source_document ORDER BY key LIMIT 1)";
const MEETING = idOfMeeting("singh-khaled-vientiane-2024");
const OTHER_MEETING = idOfMeeting("singh-chansamone-vientiane-2024");

const MADE_UP = "(SELECT id FROM statement WHERE key = 'made/up')";

let one: Client;
let other: Client;
/** Sees what is committed. */
let witness: Client;

beforeEach(async () => {
  const url = await recordedDatabase();
  [one, other, witness] = [new Client(url), new Client(url), new Client(url)];
  await Promise.all([one, other, witness].map((client) => client.connect()));
});
afterEach(() => Promise.all([one, other, witness].map((client) => client.end())));

/**
 * Two transactions at once: the second one does its part, or waits for the first one, before that commits. The rules are
 * checked before the commit, as a load has it. Gives why each failed; null where it did not.
 */
async function atOnce(first: string[], second: string[]): Promise<(string | null)[]> {
  const run = async (client: Client, statements: string[]) => {
    try {
      const part = ["BEGIN", ...statements, "SET CONSTRAINTS ALL IMMEDIATE"];
      for (const text of part) await client.query(text);
      return null;
    } catch (error) {
      return (error as Error).message;
    }
  };
  const firstFailure = await run(one, first);
  const rest = run(other, second);
  const isSettled = () => Promise.race([rest.then(() => true), sleep(10).then(() => false)]);
  while (!(await isSettled()) && !(await isWaiting(other)));
  await one.query("COMMIT");
  const secondFailure = await rest;
  await other.query("COMMIT");
  return [firstFailure, secondFailure];
}

async function isWaiting(client: Client): Promise<boolean> {
  const { processID } = client as unknown as { processID: number };
  const [row] = await rowsOf(
    `SELECT wait_event_type = 'Lock' AS waits FROM pg_stat_activity WHERE pid = ${processID}`,
  );
  return row!.waits === true;
}

async function rowsOf(text: string): Promise<Record<string, unknown>[]> {
  return (await witness.query<Record<string, unknown>>(text)).rows;
}

/** Statements whose effective date or place is not that of the meeting which they have it of. */
const strayed = () =>
  rowsOf(
    `SELECT s.key FROM statement s JOIN meeting m ON m.id = s.meeting_id
     WHERE s.date_inherited AND s.date_from IS DISTINCT FROM m.start_from
        OR s.place_inherited AND s.place_id IS DISTINCT FROM m.place_id`,
  );
const uncited = (fact: string) =>
  rowsOf(
    `SELECT id FROM ${fact} f WHERE NOT EXISTS (SELECT FROM citation WHERE ${fact}_id = f.id)`,
  );
const wronglyCounted = () =>
  rowsOf(
    `SELECT key FROM statement s
     WHERE joint <> ((SELECT count(*) FROM speaker WHERE statement_id = s.id) > 1)`,
  );
/** Meetings whose lineage is not their own id and their parent's lineage. */
const misled = () =>
  rowsOf(
    `SELECT m.slug FROM meeting m LEFT JOIN meeting p ON p.id = m.parent_id
     WHERE m.lineage IS DISTINCT FROM m.id || coalesce(p.lineage, '{}')`,
  );

type Id = { id: string };

describe("Concurrent deletions of citations", () => {
  it.each(FACTS)(
    "Two transactions can't delete the last two citations of a fact: %s",
    async (fact) => {
      await witness.query(
        `DELETE FROM citation c WHERE EXISTS (
         SELECT FROM citation WHERE ${fact}_id = c.${fact}_id AND id < c.id)`,
      );
      const [{ id }] = (await rowsOf(`SELECT id FROM ${fact} ORDER BY id LIMIT 1`)) as [Id];
      await witness.query(newCitation(fact, `'${id}'`));
      const cited = await rowsOf(`SELECT id FROM citation WHERE ${fact}_id = '${id}'`);
      const [first, second] = (cited as [Id, Id]).map(
        (row) => `DELETE FROM citation WHERE id = '${row.id}'`,
      );

      const failures = await atOnce([first!], [second!]);
      expect(failures).toEqual([null, expect.stringContaining("is the last of its fact")]);
      expect(await uncited(fact)).toEqual([]);
    },
  );

  it("One transaction can't move a citation away while another deletes the last one left", async () => {
    await witness.query(newCitation("meeting", MEETING));
    const ids = `SELECT id FROM citation WHERE meeting_id = ${MEETING} ORDER BY id`;
    const failures = await atOnce(
      [`UPDATE citation SET meeting_id = ${OTHER_MEETING} WHERE id = (${ids} LIMIT 1)`],
      [`DELETE FROM citation WHERE id = (${ids} OFFSET 1 LIMIT 1)`],
    );
    expect(failures).toEqual([null, expect.stringContaining("is the last of its fact")]);
    expect(await uncited("meeting")).toEqual([]);
  });

  it("A fact can get a new citation while another transaction deletes one", async () => {
    await witness.query(newCitation("meeting", MEETING));
    const ids = `SELECT id FROM citation WHERE meeting_id = ${MEETING} ORDER BY id LIMIT 1`;
    await one.query(`BEGIN; DELETE FROM citation WHERE id = (${ids})`);
    await other.query(`SET lock_timeout = '5s'; ${newCitation("meeting", MEETING)}`);
    await one.query("COMMIT");
    expect(await uncited("meeting")).toEqual([]);
  });
});

describe("Concurrent changes of speakers", () => {
  const JOINT = "(SELECT id FROM statement WHERE joint ORDER BY key LIMIT 1)";
  const withoutSpeaker = (at: number) =>
    `DELETE FROM speaker WHERE statement_id = ${JOINT} AND position = ${at}`;
  const newSpeaker = (at: number) =>
    `INSERT INTO speaker (id, statement_id, position, country_code, country_certainty)
     VALUES (gen_random_uuid(), ${JOINT}, ${at}, 'FR', 'STATED')`;

  it("Two transactions can't each delete a speaker so that a joint statement has only one", async () => {
    await witness.query(newSpeaker(2));
    const failures = await atOnce([withoutSpeaker(0)], [withoutSpeaker(1)]);
    expect(failures).toEqual([null, expect.stringContaining("joint does not say")]);
    expect(await wronglyCounted()).toEqual([]);
  });

  it("A speaker can't be added while another transaction makes the statement not joint", async () => {
    const [{ id }] = (await rowsOf(`SELECT ${JOINT} AS id`)) as [Id];
    const failures = await atOnce(
      [withoutSpeaker(0), `UPDATE statement SET joint = false WHERE id = '${id}'`],
      [newSpeaker(2).replace(JOINT, `'${id}'`)],
    );
    expect(failures).toEqual([null, expect.stringContaining("joint does not say")]);
    expect(await wronglyCounted()).toEqual([]);
  });
});

describe("Concurrent copies of documents", () => {
  const copies = (copy: string, original: string) =>
    `UPDATE source_document SET syndicated_from_id = ${idOfDocument(original)} WHERE key = '${copy}'`;
  beforeEach(() =>
    witness.query(
      `INSERT INTO source_document (id, key, kind, language)
       SELECT gen_random_uuid(), 'wire-' || i, 'NEWS', 'en' FROM generate_series(1, 3) i`,
    ),
  );

  it.each([
    ["of each other", "wire-1"],
    ["of each other by way of a third", "wire-3"],
  ])("Two transactions can't make documents copies %s", async (_what, last) => {
    if (last !== "wire-1") await witness.query(copies("wire-2", last));
    const failures = await atOnce(
      [copies("wire-1", "wire-2")],
      [copies(last === "wire-1" ? "wire-2" : last, "wire-1")],
    );
    expect(failures).toEqual([null, expect.stringContaining("would be a copy of itself")]);
  });
});

describe("Inherited dates and places", () => {
  const newStatement = (meeting: string) => `
    INSERT INTO statement (id, key, text, form, language, date_inherited, place_inherited, joint, told_in_id,
      position, owner_id, meeting_id)
    VALUES (gen_random_uuid(), 'made/up', 'Made up', 'REPORTED', 'en', true, true, false, ${DOCUMENT}, 0, ${DOCUMENT}, ${meeting});
    ${newCitation("statement", MADE_UP)};
    INSERT INTO speaker (id, statement_id, position, country_code, country_certainty)
    VALUES (gen_random_uuid(), ${MADE_UP}, 0, 'FR', 'STATED')`;
  const meetingMoves = `UPDATE meeting SET start_from = '2024-11-25', start_to = '2024-11-25', place_id = NULL
    WHERE id = ${MEETING}`;

  it.each([
    ["comes while its meeting moves", "", newStatement(MEETING)],
    [
      "changes to a meeting that moves",
      newStatement(OTHER_MEETING),
      `UPDATE statement SET meeting_id = ${MEETING} WHERE id = ${MADE_UP}`,
    ],
    [
      "gives up a date and place of its own while its meeting moves",
      `${newStatement(MEETING)};
       UPDATE statement SET date_inherited = false, place_inherited = false WHERE id = ${MADE_UP}`,
      `UPDATE statement SET date_inherited = true, place_inherited = true WHERE id = ${MADE_UP}`,
    ],
    [
      "is changed while its meeting moves",
      newStatement(MEETING),
      `UPDATE statement SET text = 'Made up anew' WHERE id = ${MADE_UP}`,
    ],
  ])(
    "A statement that %s gets the new date and place, whichever commits first",
    async (_what, before, change) => {
      for (const isFirst of [true, false]) {
        await witness.query(`BEGIN; ${before}; COMMIT`);
        const parts = [[change], [meetingMoves]];
        const [first, second] = isFirst ? parts : parts.toReversed();
        expect(await atOnce(first!, second!)).toEqual([null, null]);
        expect(await strayed()).toEqual([]);
        await witness.query(`DELETE FROM statement WHERE id = ${MADE_UP};
        UPDATE meeting SET start_from = '2024-11-20', start_to = '2024-11-20',
          place_id = (SELECT id FROM place LIMIT 1) WHERE id = ${MEETING}`);
      }
    },
  );

  it("Two new statements of one meeting don't wait for each other", async () => {
    const again = (text: string) => text.replaceAll("made/up", "made/up-too");
    await one.query(`BEGIN; ${newStatement(MEETING)}`);
    await other.query(`SET lock_timeout = '5s'; BEGIN; ${again(newStatement(MEETING))}`);
    await one.query("COMMIT");
    await other.query("COMMIT");
    expect(await strayed()).toEqual([]);
  });
});

describe("Concurrent moves of meetings", () => {
  const under = (child: string, parent: string) =>
    `UPDATE meeting SET parent_id = ${idOfMeeting(parent)}, parent_relation = 'PART_OF' WHERE slug = '${child}'`;
  beforeEach(async () => {
    await witness.query("BEGIN");
    for (const slug of ["a", "b", "c"]) {
      await witness.query(
        `INSERT INTO meeting (id, slug, title, kind, coverage, owner_id)
         VALUES (gen_random_uuid(), '${slug}', 'Made up', 'OTHER', 'REPORTED', ${DOCUMENT});
         ${newCitation("meeting", idOfMeeting(slug))}`,
      );
    }
    await witness.query("COMMIT");
  });

  it("Two transactions can't put two meetings above each other", async () => {
    const failures = await atOnce([under("a", "b")], [under("b", "a")]);
    expect(failures).toEqual([null, expect.stringContaining("would be above itself")]);
  });

  it.each([
    ["its parent", [under("a", "b")], [under("b", "c")]],
    ["its child", [under("b", "c")], [under("a", "b")]],
  ])(
    "The lineage is complete when a meeting moves at the same time as %s",
    async (_what, first, second) => {
      expect(await atOnce(first, second)).toEqual([null, null]);
      expect(await misled()).toEqual([]);
      const [row] = await rowsOf(
        "SELECT cardinality(lineage) AS levels FROM meeting WHERE slug = 'a'",
      );
      expect(row).toEqual({ levels: 3 });
    },
  );
});

describe("Concurrent changes of the list tables", () => {
  const statement = "(SELECT id FROM statement WHERE meeting_id IS NULL ORDER BY id LIMIT 1)";
  const move = `UPDATE statement SET date_inherited = false, date_from = '2001-02-03', date_to = '2001-02-03',
    date_certainty = 'STATED' WHERE id = ${statement}`;
  const moveMeeting = `UPDATE meeting SET start_from = '2001-02-03', start_to = '2001-02-03', end_from = NULL, end_to = NULL,
    date_certainty = 'STATED' WHERE id = ${MEETING}`;
  const person = "(SELECT id FROM person WHERE slug = 'xi-jinping')";
  const byAnother = (text: string) =>
    text.replaceAll(DOCUMENT, "(SELECT id FROM source_document WHERE key = 'another')");
  const links: [string, string, string][] = [
    ["a citation of a statement", byAnother(newCitation("statement", statement)), move],
    [
      "an addressee",
      `INSERT INTO addressee (statement_id, position, person_id, certainty)
       VALUES (${statement}, 99, ${person}, 'STATED')`,
      move,
    ],
    [
      "a topic",
      `INSERT INTO topic_of_statement SELECT ${statement}, id FROM statement_topic
       WHERE id NOT IN (SELECT topic_id FROM topic_of_statement WHERE statement_id = ${statement}) LIMIT 1`,
      move,
    ],
    [
      "a speaker",
      `UPDATE statement SET joint = true WHERE id = ${statement};
       INSERT INTO speaker (id, statement_id, position, person_id, person_certainty)
       VALUES (gen_random_uuid(), ${statement}, 99, ${person}, 'STATED')`,
      move,
    ],
    [
      "a participation",
      `WITH added AS (INSERT INTO participation (id, meeting_id, position, person_id, person_certainty, role, owner_id)
         VALUES (gen_random_uuid(), ${MEETING}, 99, ${person}, 'STATED', 'PARTICIPANT', ${DOCUMENT}) RETURNING id)
       INSERT INTO citation (id, start_offset, end_offset, document_id, participation_id, owner_id)
       SELECT gen_random_uuid(), 0, 1, ${DOCUMENT}, id, ${DOCUMENT} FROM added`,
      moveMeeting,
    ],
    ["a citation of a meeting", byAnother(newCitation("meeting", MEETING)), moveMeeting],
  ];

  beforeEach(() =>
    witness.query(
      `UPDATE statement SET meeting_id = NULL, date_inherited = false, place_inherited = false
       WHERE id = (SELECT id FROM statement ORDER BY id LIMIT 1);
       INSERT INTO source_document SELECT another.* FROM source_document d, jsonb_populate_record(
         d, jsonb_build_object('id', gen_random_uuid(), 'key', 'another')) AS another LIMIT 1`,
    ),
  );

  it.each(links)(
    "The list tables are right when %s is added before the other transaction's move",
    async (_what, link, moved) => {
      expect(await atOnce([link], [moved])).toEqual([null, null]);
      expect(await wrongInLists(rowsOf)).toEqual([]);
    },
  );

  it.each(links)(
    "The list tables are right when %s is added after the other transaction's move",
    async (_what, link, moved) => {
      expect(await atOnce([moved], [link])).toEqual([null, null]);
      expect(await wrongInLists(rowsOf)).toEqual([]);
    },
  );

  const another = "(SELECT id FROM source_document WHERE key = 'another')";
  const takenAway: [string, string, string, string][] = [
    [
      "a citation",
      byAnother(newCitation("statement", statement)),
      `DELETE FROM citation WHERE id = (
         SELECT id FROM citation WHERE statement_id = ${statement} AND document_id = ${another} ORDER BY id LIMIT 1)`,
      byAnother(newCitation("statement", statement)),
    ],
    [
      "what states an addressee",
      `INSERT INTO addressee (statement_id, position, person_id, certainty)
       VALUES (${statement}, 97, ${person}, 'INFERRED'), (${statement}, 98, ${person}, 'STATED')`,
      `DELETE FROM addressee WHERE statement_id = ${statement} AND position = 98`,
      `INSERT INTO addressee (statement_id, position, person_id, certainty)
       VALUES (${statement}, 99, ${person}, 'STATED')`,
    ],
  ];

  it.each(takenAway)(
    "The list tables are right when one transaction deletes a link and then another adds it: %s",
    async (...[, there, take, add]) => {
      await witness.query(there);
      expect(await atOnce([take], [add])).toEqual([null, null]);
      expect(await wrongInLists(rowsOf)).toEqual([]);
    },
  );

  const singh = "(SELECT id FROM person WHERE slug = 'rajnath-singh')";
  const ofSingh: Record<string, string> = {
    "an office for another country": `WITH added AS (
         INSERT INTO tenure (id, key, title, certainty, person_id, country_code, owner_id)
         VALUES (gen_random_uuid(), gen_random_uuid(), 'Envoy', 'STATED', ${singh}, 'AQ', ${DOCUMENT}) RETURNING id)
       INSERT INTO citation (id, start_offset, end_offset, document_id, tenure_id, owner_id)
       SELECT gen_random_uuid(), 0, 1, ${DOCUMENT}, id, ${DOCUMENT} FROM added`,
    "a retraction": `UPDATE statement SET standing = 'RETRACTED' WHERE id IN (
         SELECT statement_id FROM speaker WHERE person_id = ${singh} ORDER BY statement_id LIMIT 3)`,
    "a participation": `WITH added AS (
         INSERT INTO participation (id, meeting_id, position, person_id, person_certainty, role, owner_id)
         SELECT gen_random_uuid(), id, 99, ${singh}, 'STATED', 'PARTICIPANT', ${DOCUMENT} FROM meeting
         WHERE slug IN ('brics-summit-2024', 'admm-plus-2024') RETURNING id)
       INSERT INTO citation (id, start_offset, end_offset, document_id, participation_id, owner_id)
       SELECT gen_random_uuid(), 0, 1, ${DOCUMENT}, id, ${DOCUMENT} FROM added`,
    "a deletion": `DELETE FROM statement WHERE id IN (
         SELECT statement_id FROM speaker WHERE person_id = ${singh} ORDER BY statement_id DESC LIMIT 3)`,
  };
  const pairs = Object.keys(ofSingh).flatMap((first) =>
    Object.keys(ofSingh).map((second) => [first, second] as const),
  );

  it.each(pairs.filter(([first, second]) => first !== second))(
    "What a person did is counted right after two transactions at once: %s and %s",
    async (first, second) => {
      expect(await atOnce([ofSingh[first]!], [ofSingh[second]!])).toEqual([null, null]);
      expect(await wrongInLists(rowsOf)).toEqual([]);
    },
  );

  it.each(takenAway)(
    "The list tables are right when one transaction adds a link and then another deletes it: %s",
    async (...[, there, take, add]) => {
      await witness.query(there);
      expect(await atOnce([add], [take])).toEqual([null, null]);
      expect(await wrongInLists(rowsOf)).toEqual([]);
    },
  );
});

describe("The database's rules about facts", () => {
  it.each(["citation", "speaker"])(
    "TRUNCATE of every %s is refused while facts remain",
    async (table) => {
      await expect(witness.query(`TRUNCATE ${table}`)).rejects.toThrow("facts would be left bare");
      await expect(witness.query(`TRUNCATE tenure, ${table} CASCADE`)).rejects.toThrow("left bare");
    },
  );

  it("TRUNCATE can delete all documents, facts and citations together", async () => {
    await witness.query("TRUNCATE source_document CASCADE");
    expect(await rowsOf("SELECT FROM citation")).toEqual([]);
  });

  it.each(["REPEATABLE READ", "SERIALIZABLE"])(
    "Changes of facts are refused in a %s transaction",
    async (level) => {
      for (const change of [
        "DELETE FROM citation",
        "DELETE FROM speaker",
        "UPDATE meeting SET start_from = NULL",
        "UPDATE source_document SET syndicated_from_id = NULL",
      ]) {
        await witness.query(`BEGIN ISOLATION LEVEL ${level}`);
        await expect(witness.query(change)).rejects.toThrow("hold in READ COMMITTED only");
        await witness.query("ROLLBACK");
      }
    },
  );

  it("Triggers get the kind of a fact as an argument, so that a shard's table name does not matter", async () => {
    await witness.query(
      `CREATE TABLE tenure_102008 (LIKE tenure);
       CREATE TRIGGER tenure_is_noted AFTER INSERT ON tenure_102008 REFERENCING NEW TABLE AS new_rows
         FOR EACH STATEMENT EXECUTE FUNCTION facts_are_noted('tenure')`,
    );
    await witness.query("INSERT INTO tenure_102008 SELECT * FROM tenure");
    const kinds = await rowsOf(
      `SELECT encode(tgargs, 'escape') AS kind FROM pg_trigger
       WHERE tgfoid = 'facts_are_noted'::regproc AND tgrelid <> 'tenure_102008'::regclass ORDER BY 1`,
    );
    expect(kinds).toEqual(FACTS.toSorted().map((kind) => ({ kind: `${kind}\\000` })));
  });
});

describe("Loads in several transactions", () => {
  it("Records load when the server's default isolation level is SERIALIZABLE", async () => {
    const test = await serviceWith();
    const { database } = test.dataSource.driver;
    await test.dataSource.query(
      `ALTER DATABASE "${database}" SET default_transaction_isolation = 'serializable'`,
    );
    const url = new URL(process.env.TEST_SERVER!);
    url.pathname = database!;
    const dataSource = await createDataSource(url.href).initialize();
    await loadAll(dataSource, [SHIPPED_RECORD]);
    await dataSource.destroy();
    const { data } = await test.ask("{ statements { totalCount } }");
    expect(data.statements.totalCount).toBe(14);
    await test.close();
  });

  it("Two loads that change the same meetings at once meet no deadlock", async () => {
    const told = fableWith() as SourceRecordInput;
    const retold = fableWith({
      "/meetings/0/title": "Told anew",
      "/meetings/1/title": "Told anew",
    }) as SourceRecordInput;
    const test = await serviceWith(told);
    for (let i = 0; i < 3; i++) await Promise.all([test.load(retold), test.load(told)]);
    const [row] = await test.dataSource.query<{ deadlocks: string }[]>(
      "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()",
    );
    expect(row).toEqual({ deadlocks: "0" });
    await test.close();
  });
});

function idOfMeeting(slug: string): string {
  return `(SELECT id FROM meeting WHERE slug = '${slug}')`;
}

function idOfDocument(key: string): string {
  return `(SELECT id FROM source_document WHERE key = '${key}')`;
}

function newCitation(fact: string, id: string): string {
  return `INSERT INTO citation (id, start_offset, end_offset, document_id, owner_id, ${fact}_id)
    VALUES (gen_random_uuid(), 0, 1, ${DOCUMENT}, ${DOCUMENT}, ${id})`;
}

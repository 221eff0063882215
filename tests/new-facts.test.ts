import { Client } from "pg";
import { recordedDatabase } from "./harness/serving.js";

const DOCUMENT = "(SELECT id FROM source_document ORDER BY key LIMIT 1)";
const OWN = "00000000-0000-4000-8000-00000000000";

let client: Client;
let other: Client;

beforeEach(async () => {
  const url = await recordedDatabase();
  [client, other] = [new Client(url), new Client(url)];
  await Promise.all([client.connect(), other.connect()]);
});
afterEach(() => Promise.all([client.end(), other.end()]));

/** Runs these in one transaction. */
async function inTransaction(...statements: string[]): Promise<void> {
  try {
    for (const text of ["BEGIN", ...statements, "COMMIT"]) await client.query(text);
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}

const newStatements = (...numbers: number[]) => `
  INSERT INTO statement (id, key, text, form, language, date_inherited, place_inherited, joint, told_in_id, position, owner_id)
  SELECT ('${OWN}' || n)::uuid, 'made/' || n, 'Made up', 'REPORTED', 'en', true, true, false, ${DOCUMENT}, 0, ${DOCUMENT}
  FROM unnest('{${numbers.join(",")}}'::int[]) n`;
const citations = (...numbers: number[]) => `
  INSERT INTO citation (id, start_offset, end_offset, document_id, owner_id, statement_id)
  SELECT gen_random_uuid(), 0, 1, ${DOCUMENT}, ${DOCUMENT}, ('${OWN}' || n)::uuid
  FROM unnest('{${numbers.join(",")}}'::int[]) n`;
const speakers = (position: number, ...numbers: number[]) => `
  INSERT INTO speaker (id, statement_id, position, country_code, country_certainty)
  SELECT gen_random_uuid(), ('${OWN}' || n)::uuid, ${position}, 'FR', 'STATED'
  FROM unnest('{${numbers.join(",")}}'::int[]) n`;
const CHECK = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED";

describe("New facts in one transaction", () => {
  it("Facts are refused when one of them has no citation, and it is named", async () => {
    await expect(
      inTransaction(newStatements(1, 2, 3), speakers(0, 1, 2, 3), citations(1, 3)),
    ).rejects.toThrow(`statement ${OWN}2 has no citation`);
  });

  it("Statements are refused when one of them has no speaker, or more sides than its joint flag allows", async () => {
    await expect(
      inTransaction(newStatements(1, 2), citations(1, 2), speakers(0, 1)),
    ).rejects.toThrow(`statement ${OWN}2 has no speaker`);
    await expect(
      inTransaction(newStatements(1, 2), citations(1, 2), speakers(0, 1, 2), speakers(1, 2)),
    ).rejects.toThrow(`statement ${OWN}2: joint does not say that it has 2 sides`);
  });

  it("Facts are stored with citations that come in any order, or in the same SQL statement", async () => {
    await inTransaction(
      newStatements(1, 2),
      speakers(0, 2),
      citations(1),
      speakers(0, 1),
      citations(2),
    );
    await inTransaction(
      `WITH made AS (${newStatements(3)} RETURNING id), cited AS (${citations(3)} RETURNING id)
       ${speakers(0, 3)}`,
    );
    await inTransaction(`DELETE FROM statement WHERE key LIKE 'made/%'`);
  });

  it("A fact that is deleted or rolled back before the commit needs no citation", async () => {
    await inTransaction(newStatements(1), `DELETE FROM statement WHERE key = 'made/1'`);
    await inTransaction(
      "SAVEPOINT part",
      newStatements(1),
      speakers(0, 1),
      "ROLLBACK TO SAVEPOINT part",
      newStatements(2),
      speakers(0, 2),
      citations(2),
    );
  });

  it("What comes after a check is checked again", async () => {
    const whole = [newStatements(1), speakers(0, 1), citations(1), CHECK];
    await expect(inTransaction(...whole, speakers(1, 1))).rejects.toThrow("has 2 sides");
    await expect(inTransaction(...whole, newStatements(2))).rejects.toThrow(
      `statement ${OWN}2 has no citation`,
    );
    await expect(
      inTransaction(...whole, "SAVEPOINT part", speakers(1, 1), "RELEASE SAVEPOINT part"),
    ).rejects.toThrow("has 2 sides");
  });

  it("With immediate constraints, a fact without a citation is refused at once", async () => {
    await expect(inTransaction("SET CONSTRAINTS ALL IMMEDIATE", newStatements(1))).rejects.toThrow(
      "has no citation",
    );
  });

  it("The check leaves no rows in fact_to_check", async () => {
    await inTransaction(newStatements(1, 2), speakers(0, 1, 2), citations(1, 2));
    const { rows } = await client.query("SELECT FROM fact_to_check");
    expect(rows).toEqual([]);
  });
});

describe("Locks for new speakers", () => {
  const isLocked = async () => {
    const { rows } = await other.query(
      `SELECT FROM statement WHERE key = 'made/1' FOR NO KEY UPDATE SKIP LOCKED`,
    );
    return rows.length === 0;
  };

  it("A new speaker locks its existing statement, also within a savepoint", async () => {
    await inTransaction(newStatements(1), speakers(0, 1), citations(1));
    for (const savepoint of ["SELECT", "SAVEPOINT part"]) {
      expect(await isLocked()).toBe(false);
      await client.query(`BEGIN; ${savepoint}; ${newStatements(2)}; ${speakers(1, 1, 2)}`);
      expect(await isLocked()).toBe(true);
      await client.query("ROLLBACK");
    }
  });
});

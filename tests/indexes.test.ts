import type { DataSource } from "typeorm";
import { createDataSource } from "../src/db/data-source.js";
import { assertIndexed } from "../src/db/indexes.js";
import { freshDatabase } from "./harness/database.js";

describe("The check of the database's indexes", () => {
  let database: DataSource;
  beforeAll(async () => {
    database = await createDataSource(await freshDatabase()).initialize();
  });
  afterAll(() => database.destroy());

  it("All indexes are there after the migrations", async () => {
    await assertIndexed(database);
  });

  it.each(["speaker_person", "statement_of_person_newest", "person_of_country_name"])(
    "A missing index is reported: %s",
    async (index) => {
      await database.query(`ALTER INDEX ${index} RENAME TO set_aside`);
      await expect(assertIndexed(database)).rejects.toThrow(`Indexes are missing: ${index}.`);
      await database.query(`ALTER INDEX set_aside RENAME TO ${index}`);
    },
  );

  it("Every index of the list tables is reported when it is missing", async () => {
    const rows = await database.query<{ name: string }[]>(
      `SELECT indexrelname AS name FROM pg_stat_user_indexes
       WHERE relname ~ '^(?:statement|meeting|person)_(?:of|to|on|in|at)_' ORDER BY 1`,
    );
    for (const { name } of rows) {
      await database.query(`ALTER INDEX ${name} RENAME TO set_aside`);
      await expect(assertIndexed(database)).rejects.toThrow(`Indexes are missing: ${name}.`);
      await database.query(`ALTER INDEX set_aside RENAME TO ${name}`);
    }
    expect(rows.length).toBeGreaterThan(30);
  });

  it("An invalid index is reported", async () => {
    await database.query(
      "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'speaker_person'::regclass",
    );
    await expect(assertIndexed(database)).rejects.toThrow("Indexes are invalid: speaker_person.");
    await database.query("REINDEX INDEX speaker_person");
    await assertIndexed(database);
  });
});

import type { DataSource } from "typeorm";
import { createDataSource } from "../src/db/data-source.js";
import { assertIndexed } from "../src/db/indexes.js";
import { freshDatabase } from "./harness/database.js";

describe("The service's indexes", () => {
  let database: DataSource;
  beforeAll(async () => {
    database = await createDataSource(await freshDatabase()).initialize();
  });
  afterAll(() => database.destroy());

  it("are all there after the migrations", async () => {
    await assertIndexed(database);
  });

  it("are missed where somebody has dropped one", async () => {
    await database.query("ALTER INDEX speaker_person RENAME TO speaker_person_before");
    await expect(assertIndexed(database)).rejects.toThrow("lacks indexes: speaker_person.");
    await database.query("ALTER INDEX speaker_person_before RENAME TO speaker_person");
  });

  it("are missed where building one was broken off", async () => {
    await database.query(
      "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'speaker_person'::regclass",
    );
    await expect(assertIndexed(database)).rejects.toThrow("not valid: speaker_person.");
    await database.query("REINDEX INDEX speaker_person");
    await assertIndexed(database);
  });
});

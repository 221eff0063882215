import { Client } from "pg";
import { createDataSource } from "../src/db/data-source.js";
import { createExtensions } from "../src/db/extensions.js";
import { openDatabase } from "../src/db/open-database.js";
import { sqlOf } from "../src/db/sql.js";
import { freshDatabase } from "./harness/database.js";

describe("Databases that the service can't use", () => {
  it("A missing extension that the user may not create is reported with what to do", async () => {
    const dataSource = await createDataSource(await freshDatabase()).initialize();
    const visitor = dataSource.createQueryRunner();
    try {
      await createExtensions(sqlOf(visitor)); // there already: no right is needed
      await visitor.query("DROP EXTENSION unaccent CASCADE");
      await visitor.query("SET ROLE pg_monitor");
      await expect(createExtensions(sqlOf(visitor))).rejects.toThrow(
        /PostgreSQL extension unaccent is missing .* permission denied[^]*CREATE EXTENSION unaccent .* as its owner/,
      );
    } finally {
      await visitor.query("RESET ROLE");
      await visitor.release();
      await dataSource.destroy();
    }
  });

  it("A database with another encoding than UTF8 is refused", async () => {
    const url = new URL(process.env.TEST_SERVER!);
    const name = `${process.env.TEST_RUN}_ascii`;
    const client = new Client(url.href);
    await client.connect();
    try {
      await client.query(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'SQL_ASCII'
        LOCALE_PROVIDER libc LOCALE 'C'`);
      url.pathname = name;
      const config = { databaseUrl: url.href, dataDirectory: "unused" };
      await expect(openDatabase(config, () => {})).rejects.toThrow(
        "The database has the encoding SQL_ASCII. Create one with the encoding UTF8",
      );
    } finally {
      await client.query(`DROP DATABASE IF EXISTS ${name}`);
      await client.end();
    }
  });
});

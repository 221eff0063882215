import "reflect-metadata";
import pg from "pg";
import { DataSource } from "typeorm";
import { CountriesAndSources } from "../../migrations/0001-countries-sources.js";
import { PeoplePlacesOrganizations } from "../../migrations/0002-people-places-organizations.js";
import { MeetingsAndAgreements } from "../../migrations/0003-meetings-agreements.js";
import { StatementsAndCitations } from "../../migrations/0004-statements-citations.js";
import { Rules } from "../../migrations/0005-rules.js";
import { entities } from "./entities.js";

// A date stays the text that PostgreSQL sends: pg would read it as local midnight, which in UTC is another day.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

/** The database at this URL, not yet connected. It never changes a schema by itself: migrate.ts does. */
export function createDataSource(url: string): DataSource {
  return new DataSource({
    type: "postgres",
    url,
    entities,
    migrations: [
      CountriesAndSources,
      PeoplePlacesOrganizations,
      MeetingsAndAgreements,
      StatementsAndCitations,
      Rules,
    ],
    migrationsTableName: "migration",
    synchronize: false,
    applicationName: "communique",
    installExtensions: false,
    poolSize: 10,
    extra: { connectionTimeoutMillis: 5_000 },
  });
}

import "reflect-metadata";
import pg from "pg";
import { DataSource } from "typeorm";
import { CountriesAndSources } from "../../migrations/0001-countries-sources.js";
import { PeoplePlacesOrganizations } from "../../migrations/0002-people-places-organizations.js";
import { MeetingsAndAgreements } from "../../migrations/0003-meetings-agreements.js";
import { StatementsAndCitations } from "../../migrations/0004-statements-citations.js";
import { Rules } from "../../migrations/0005-rules.js";
import { Words } from "../../migrations/0006-words.js";
import { StatementRelations } from "../../migrations/0007-relations.js";
import { Extensions } from "../../migrations/0008-extensions.js";
import { Statistics } from "../../migrations/0009-statistics.js";
import { SparseIndexes } from "../../migrations/0010-sparse-indexes.js";
import { StatementsOfAPlace } from "../../migrations/0011-statements-of-a-place.js";
import { RulesOfTwo } from "../../migrations/0012-rules-of-two.js";
import { FlatLists } from "../../migrations/0013-flat-lists.js";
import { SetBasedRules } from "../../migrations/0014-set-based-rules.js";
import { PeopleOfCountries } from "../../migrations/0015-people-of-countries.js";
import { entities } from "./entities.js";
import { startupOptions, withoutOptions } from "./session.js";

// A date stays the text that PostgreSQL sends: pg would read it as local midnight, which in UTC is another day.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

/** How a service that answers requests uses the database; commands take their time and have no bounds. */
export interface ServingBounds {
  poolSize: number;
  statementTimeoutMs: number;
}

/** As what its connections are known to the server. */
export const APPLICATION = "communique";

const MIGRATIONS = "migration";

/** How many migrations a database has had, as `applied`. */
export const APPLIED_MIGRATIONS = `SELECT count(*)::int AS applied FROM ${MIGRATIONS}`;

/**
 * How long a connection to the database may take to be made. That is a matter of five messages, each of which may have to wait
 * while the process writes answers of megabytes. One that refuses connections, or is gone, is told at once.
 */
const CONNECT_TIMEOUT_MS = 5_000;

/** The same where another server can be asked instead. */
export const REPLICA_TIMEOUT_MS = 1_500;

/** The database at this URL, not yet connected. It never changes a schema by itself: migrate.ts does. */
export function createDataSource(url: string, serving?: ServingBounds): DataSource {
  return new DataSource({
    type: "postgres",
    url: withoutOptions(url),
    entities,
    migrations: [
      CountriesAndSources,
      PeoplePlacesOrganizations,
      MeetingsAndAgreements,
      StatementsAndCitations,
      Rules,
      Words,
      StatementRelations,
      Extensions,
      Statistics,
      SparseIndexes,
      StatementsOfAPlace,
      RulesOfTwo,
      FlatLists,
      SetBasedRules,
      PeopleOfCountries,
    ],
    migrationsTableName: MIGRATIONS,
    synchronize: false,
    applicationName: APPLICATION,
    installExtensions: false,
    poolSize: serving?.poolSize ?? 3,
    extra: serving
      ? connectionOptions(url, serving)
      : {
          connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
          onConnect: outliveErrors,
          options: startupOptions(url),
        },
  });
}

/** Connections to a replica of the database, as a service has them to the database itself. */
export function createPool(url: string, serving: ServingBounds): pg.Pool {
  const options = connectionOptions(url, serving);
  const pool = new pg.Pool({
    connectionString: withoutOptions(url),
    application_name: APPLICATION,
    max: serving.poolSize,
    ...options,
    connectionTimeoutMillis: REPLICA_TIMEOUT_MS,
  });
  // An idle connection that breaks is taken out of the pool, which is all there is to do about it.
  return pool.on("error", () => {});
}

function connectionOptions(url: string, { statementTimeoutMs }: ServingBounds): pg.PoolConfig {
  return {
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    options: startupOptions(url, statementTimeoutMs),
    keepAlive: true,
    onConnect: outliveErrors,
  };
}

/** A connection that breaks tells its statement and also itself; unheard, that would end the process. */
function outliveErrors(client: pg.ClientBase): void {
  client.on("error", () => {});
}

/** The pool of a connected database, for statements that need no entity manager. */
export function poolOf(dataSource: DataSource): pg.Pool {
  return (dataSource.driver as unknown as { master: pg.Pool }).master;
}

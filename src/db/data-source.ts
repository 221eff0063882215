import "reflect-metadata";
import pg from "pg";
import { DataSource } from "typeorm";
import { TypesAndFunctions } from "../../migrations/0001-types-and-functions.js";
import { Revisions } from "../../migrations/0002-revisions.js";
import { CountriesAndSources } from "../../migrations/0003-countries-sources.js";
import { PeoplePlacesOrganizations } from "../../migrations/0004-people-places-organizations.js";
import { MeetingsAndAgreements } from "../../migrations/0005-meetings-agreements.js";
import { ClaimsAndJudgements } from "../../migrations/0006-claims-judgements.js";
import { StatementsAndCitations } from "../../migrations/0007-statements-citations.js";
import { DerivedValues } from "../../migrations/0008-derived-values.js";
import { Rules } from "../../migrations/0009-rules.js";
import { NamesAndTitles } from "../../migrations/0010-names-titles.js";
import { ListTables } from "../../migrations/0011-list-tables.js";
import { ListsFollow } from "../../migrations/0012-lists-follow.js";
import { ListsOfPeople } from "../../migrations/0013-lists-of-people.js";
import { PeopleOfDocuments } from "../../migrations/0014-people-of-documents.js";
import { PeopleOfDocumentsByLookup } from "../../migrations/0015-people-of-documents-by-lookup.js";
import { WordsOfParticipants } from "../../migrations/0016-words-of-participants.js";
import { KeptCounts } from "../../migrations/0017-kept-counts.js";
import { KeptCountsByYear } from "../../migrations/0018-kept-counts-by-year.js";
import { LoadPositions } from "../../migrations/0019-load-positions.js";
import { entities } from "./entities.js";
import { hostClient, hostUrls } from "./hosts.js";
import { startupOptions, withoutOptions } from "./session-settings.js";

// A date stays the text that PostgreSQL sends: pg would read it as local midnight, which in UTC is another day.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

/** Limits on connections of a service; those of commands have none. */
export interface ServingLimits {
  poolSize: number;
  statementTimeoutMs: number;
}

/** The `application_name` of our connections. */
export const APPLICATION = "communique";

const MIGRATIONS = "migration";

/**
 * Selects the number of migrations applied to a database, as `applied`. Those of before the first release do not count: a replica may
 * have some of them, which would be as many as this version has.
 */
export const APPLIED_MIGRATIONS = `SELECT count(*)::int AS applied FROM ${MIGRATIONS}
  WHERE EXISTS (SELECT FROM ${MIGRATIONS} WHERE name = '${new TypesAndFunctions().name}')`;

/**
 * Timeout for connecting to the database. Connecting takes five messages, each of which may be delayed while this process
 * serializes large responses. A server that is down or refuses connections fails immediately.
 */
const CONNECT_TIMEOUT_MS = 5_000;

/** The same if another server can be used instead. */
export const REPLICA_TIMEOUT_MS = 1_500;

/** A data source for this URL, not yet connected. It never changes the schema; migrate.ts does. */
export function createDataSource(urlOfHosts: string, serving?: ServingLimits): DataSource {
  const url = hostUrls(urlOfHosts)[0]!;
  const Client = hostClient(urlOfHosts);
  return new DataSource({
    type: "postgres",
    url: withoutOptions(url),
    entities,
    migrations: [
      TypesAndFunctions,
      Revisions,
      CountriesAndSources,
      PeoplePlacesOrganizations,
      MeetingsAndAgreements,
      ClaimsAndJudgements,
      StatementsAndCitations,
      DerivedValues,
      Rules,
      NamesAndTitles,
      ListTables,
      ListsFollow,
      ListsOfPeople,
      PeopleOfDocuments,
      PeopleOfDocumentsByLookup,
      WordsOfParticipants,
      KeptCounts,
      KeptCountsByYear,
      LoadPositions,
    ],
    migrationsTableName: MIGRATIONS,
    synchronize: false,
    applicationName: APPLICATION,
    installExtensions: false,
    poolSize: serving?.poolSize ?? 3,
    extra: {
      ...(Client && { Client }),
      ...(serving
        ? connectionOptions(url, serving)
        : {
            connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
            onConnect: ignoreErrors,
            options: startupOptions(url),
            // Statements that a load does not wait for are sent one behind the other: the database has the next one when it is
            // done with one, whatever this process is doing.
            pipeline: true,
          }),
    },
  });
}

/** A connection pool for a replica, with the same options as the pool of the database. */
export function createPool(url: string, serving: ServingLimits): pg.Pool {
  const options = connectionOptions(url, serving);
  const pool = new pg.Pool({
    connectionString: withoutOptions(url),
    application_name: APPLICATION,
    max: serving.poolSize,
    ...options,
    connectionTimeoutMillis: REPLICA_TIMEOUT_MS,
  });
  // The pool removes an idle connection that breaks; nothing else needs to be done.
  return pool.on("error", () => {});
}

function connectionOptions(url: string, { statementTimeoutMs }: ServingLimits): pg.PoolConfig {
  return {
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    options: startupOptions(url, statementTimeoutMs),
    keepAlive: true,
    onConnect: ignoreErrors,
  };
}

/** A broken connection fails its statement and also emits an error event, which would end the process if unhandled. */
function ignoreErrors(client: pg.ClientBase): void {
  client.on("error", () => {});
}

/** The connection pool of a connected data source. */
export function poolOf(dataSource: DataSource): pg.Pool {
  return (dataSource.driver as unknown as { master: pg.Pool }).master;
}

/** Whether a pool connects to one of several hosts. */
export function hasHosts(pool: pg.Pool): boolean {
  return pool.options.Client !== undefined;
}

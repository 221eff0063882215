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
import { Lifetimes } from "../../migrations/0016-lifetimes.js";
import { PlacesInOrder } from "../../migrations/0017-places-in-order.js";
import { Claims } from "../../migrations/0018-claims.js";
import { Names } from "../../migrations/0019-names.js";
import { FindingAnything } from "../../migrations/0020-finding-anything.js";
import { SourceOrder } from "../../migrations/0021-source-order.js";
import { KindsAndTimes } from "../../migrations/0022-kinds-and-times.js";
import { Judgements } from "../../migrations/0023-judgements.js";
import { Forms } from "../../migrations/0024-forms.js";
import { Texts } from "../../migrations/0025-texts.js";
import { Revisions } from "../../migrations/0026-revisions.js";
import { FollowingChanges } from "../../migrations/0027-following-changes.js";
import { ClaimedReferences } from "../../migrations/0028-claimed-references.js";
import { PeopleOfDeletedFacts } from "../../migrations/0029-people-of-deleted-facts.js";
import { FieldsWhenAdded } from "../../migrations/0030-fields-when-added.js";
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

/** Selects the number of migrations applied to a database, as `applied`. */
export const APPLIED_MIGRATIONS = `SELECT count(*)::int AS applied FROM ${MIGRATIONS}`;

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
      Lifetimes,
      PlacesInOrder,
      Claims,
      Names,
      FindingAnything,
      SourceOrder,
      KindsAndTimes,
      Judgements,
      Forms,
      Texts,
      Revisions,
      FollowingChanges,
      ClaimedReferences,
      PeopleOfDeletedFacts,
      FieldsWhenAdded,
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

import pg from "pg";
import { databaseError, DatabaseUnavailable } from "./db.errors.js";
import { nameStatement, type Planned, type Sql, type StatementObserver } from "./sql.js";

/** What bounds the statements of one request. */
export interface RequestBounds {
  /** Aborted with a DatabaseTimeout when the request has had its time. */
  signal: AbortSignal;
  /** How many statements may wait for a connection, those of all requests together. */
  poolQueue: number;
  observe?: StatementObserver;
}

/** Each connection keeps what is prepared for ever, so that there is a bound: more than all examples need. */
const MOST_PREPARED = 300;
const prepared = new Map<string, string>();

/** By which name the connections know a statement that is planned once; none where there are too many already. */
function preparedName(name: string, text: string): string | undefined {
  const known = prepared.get(text);
  if (known !== undefined || prepared.size >= MOST_PREPARED) return known;
  const own = `${name} ${prepared.size}`;
  prepared.set(text, own);
  return own;
}

/** Statements for one request, each on a free connection of the pool. */
export function requestSql(pool: pg.Pool, { signal, poolQueue, observe }: RequestBounds): Sql {
  return {
    async query<Row>(
      name: string,
      text: string,
      values: readonly unknown[] = [],
      planned: Planned = "once",
    ) {
      const ended = observe?.(name);
      try {
        const client = await connect(pool, poolQueue, signal);
        const rows = await run(pool, client, signal, {
          name: planned === "once" ? preparedName(name, text) : undefined,
          text: nameStatement(name, text),
          values: [...values],
        });
        ended?.();
        return rows as Row[];
      } catch (error) {
        const told = databaseError(error);
        ended?.(told);
        throw told;
      }
    },
  };
}

async function connect(
  pool: pg.Pool,
  poolQueue: number,
  signal: AbortSignal,
): Promise<pg.PoolClient> {
  signal.throwIfAborted();
  if (
    pool.waitingCount >= poolQueue &&
    pool.idleCount === 0 &&
    pool.totalCount >= pool.options.max
  ) {
    throw new DatabaseUnavailable("too many statements are waiting for a connection");
  }
  let client: pg.PoolClient;
  try {
    client = await pool.connect();
  } catch (error) {
    throw new DatabaseUnavailable("no connection to the database", { cause: error });
  }
  // The wait may have been longer than the request's time.
  if (signal.aborted) client.release();
  signal.throwIfAborted();
  return client;
}

async function run(
  pool: pg.Pool,
  client: pg.PoolClient,
  signal: AbortSignal,
  query: pg.QueryConfig,
): Promise<unknown[]> {
  // A connection that breaks tells its statement and also itself; unheard, that would end the process.
  let broken: Error | undefined;
  const onError = (error: Error) => (broken = error);
  client.on("error", onError);
  let cancelling: Promise<void> | undefined;
  const onAbort = () => {
    cancelling = cancel(pool, client);
  };
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return (await client.query(query)).rows as unknown[];
  } finally {
    signal.removeEventListener("abort", onAbort);
    // Until the cancellation has reached the server it might hit the next statement of this connection.
    await cancelling;
    client.removeListener("error", onError);
    client.release(broken);
  }
}

/** Cancels what a connection is doing, by another connection. */
async function cancel(pool: pg.Pool, client: pg.PoolClient): Promise<void> {
  const messenger = new pg.Client({ ...pool.options, statement_timeout: 1_000 });
  messenger.on("error", () => {});
  try {
    await messenger.connect();
    await messenger.query("SELECT pg_cancel_backend($1)", [
      (client as unknown as { processID: number }).processID,
    ]);
  } catch {
    // The database is lost, or gives the statement up by itself when its time is over.
  } finally {
    await messenger.end().catch(() => {});
  }
}

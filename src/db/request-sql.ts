import pg from "pg";
import { databaseError, DatabaseUnavailable } from "./db.errors.js";
import type { Deadline } from "./deadline.js";
import { withValues } from "./literals.js";
import type { Servers } from "./replicas.js";
import { nameStatement, type Planned, type Sql, type StatementObserver } from "./sql.js";
import type { Server } from "./watched-server.js";

/** What bounds the statements of one request. */
export interface RequestBounds {
  deadline: Deadline;
  /** How many statements may wait for a connection to a server, those of all requests together. */
  poolQueue: number;
  observe?: StatementObserver;
}

/** There is a server, but no connection to spare. */
class DatabaseBusy extends DatabaseUnavailable {}

/**
 * Each connection keeps what is prepared for ever, so that there is a bound: more than all examples need. Every selection
 * of fields makes a statement of its own, so that only those that are asked again are prepared.
 */
const MOST_PREPARED = 300;
const ASKED_BEFORE = 2;
const prepared = new Map<string, Statement>();
const timesAsked = new Map<string, number>();
/** Those asked once would fill the memory. */
const MOST_REMEMBERED = 1_000;

/** A statement as the server gets it. Those with a name are planned once a connection. */
interface Statement {
  name?: string;
  text: string;
  values?: readonly unknown[];
}

function statementOf(
  name: string,
  text: string,
  values: readonly unknown[],
  planned: Planned,
): Statement {
  if (planned === "with its values") return { text: nameStatement(name, withValues(text, values)) };
  const known = prepared.get(text);
  if (known) return { ...known, values };
  const statement: Statement = { text: nameStatement(name, text) };
  if (prepared.size < MOST_PREPARED && isAskedAgain(text)) {
    statement.name = `${name} ${prepared.size}`;
    prepared.set(text, statement);
    timesAsked.delete(text);
  }
  return { ...statement, values };
}

function isAskedAgain(text: string): boolean {
  const times = timesAsked.get(text) ?? 0;
  if (times >= ASKED_BEFORE) return true;
  if (timesAsked.size >= MOST_REMEMBERED) timesAsked.clear();
  timesAsked.set(text, times + 1);
  return false;
}

/** A statement that is being asked. */
interface Running {
  server: Server;
  client: pg.PoolClient;
  cancelling?: Promise<void>;
}

/**
 * Statements for one request, each on a free connection. All are asked of one server as long as that is up: what one
 * replica has, another may not have yet. They only read, so that one that fails with its server is asked of another.
 */
export function requestSql(servers: Servers, { deadline, poolQueue, observe }: RequestBounds): Sql {
  const running = new Set<Running>();
  deadline.whenPassed(() => {
    for (const statement of running) statement.cancelling = cancel(statement);
  });
  let current: Server | undefined;

  /** The rows of one statement. By callbacks, since every promise would be felt: this is done for each. */
  function rowsOf(server: Server, statement: Statement) {
    const { pool } = server;
    return new Promise<unknown[]>((done, fail) => {
      if (deadline.reason) return fail(deadline.reason);
      const hasToWait = pool.totalCount >= pool.options.max && pool.idleCount <= pool.waitingCount;
      if (hasToWait && pool.waitingCount >= poolQueue) {
        return fail(new DatabaseBusy("too many statements are waiting for a connection"));
      }
      pool.connect((cause, client) => {
        if (!client) {
          const Unavailable = hasToWait ? DatabaseBusy : DatabaseUnavailable;
          return fail(new Unavailable("no connection to the database", { cause }));
        }
        // The wait may have been longer than the request's time.
        if (deadline.reason) {
          client.release();
          return fail(deadline.reason);
        }
        const asked: Running = { server, client };
        running.add(asked);
        client.query(statement as pg.QueryConfig, (error: Error | null, result) => {
          running.delete(asked);
          const end = () => {
            client.release();
            if (error) fail(error);
            else done(result.rows);
          };
          // Until the cancellation has reached the server it might hit the next statement of this connection.
          if (asked.cancelling) void asked.cancelling.then(end);
          else end();
        });
      });
    });
  }

  return {
    async query<Row>(
      name: string,
      text: string,
      values: readonly unknown[] = [],
      planned: Planned = "once",
    ) {
      const ended = observe?.(name);
      const statement = statementOf(name, text, values, planned);
      const failed: Server[] = [];
      if (!current?.isUp) current = servers.pick();
      for (let server = current; ;) {
        try {
          const rows = await rowsOf(server, statement);
          ended?.();
          return rows as Row[];
        } catch (error) {
          const told = deadline.reason ?? databaseError(error);
          failed.push(server);
          const other =
            told instanceof DatabaseUnavailable
              ? await servers.insteadOf(failed, told instanceof DatabaseBusy ? "busy" : "lost")
              : undefined;
          if (!other) {
            ended?.(told);
            throw told;
          }
          // Another statement of the request may have gone ahead already.
          if (failed.includes(current)) current = other;
          server = current;
        }
      }
    },
  };
}

/** Cancels what a connection is doing, by another connection. */
async function cancel({ server, client }: Running): Promise<void> {
  const messenger = new pg.Client({ ...server.pool.options, query_timeout: 1_000 });
  messenger.on("error", () => {});
  try {
    await messenger.connect();
    await messenger.query("SELECT pg_cancel_backend($1)", [
      (client as unknown as { processID: number }).processID,
    ]);
  } catch {
    // The database is lost or hangs, so that nobody knows when it would answer.
    void (client as unknown as pg.Client).end();
  } finally {
    await messenger.end().catch(() => {});
  }
}

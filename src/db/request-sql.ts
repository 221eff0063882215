import type pg from "pg";
import { cancelStatement } from "./cancel.js";
import {
  databaseError,
  DatabaseBusy,
  DatabaseUnavailable,
  DatabaseUnreachable,
  isConnectionLost,
  RowsTooLarge,
} from "./db.errors.js";
import type { Servers } from "./servers.js";
import type { Sql, StatementObserver } from "./sql.js";
import { compileSql, type SqlText } from "./sql-text.js";
import {
  isStalePreparedStatement,
  prepareAgain,
  type Statement,
  statementOf,
} from "./prepared-statements.js";
import { connectionOf, newRequestQueue, type RequestQueue } from "./connection-queue.js";
import type { Server } from "./watched-server.js";

/**
 * The deadline of a request. Does what an AbortController does, but creating and listening to one takes a twelfth of the CPU
 * of the smallest request.
 */
export class Deadline {
  /** Why no more statements may run, once the deadline has passed. */
  reason: Error | undefined;
  private readonly listeners: ((reason: Error) => void)[] = [];

  /** Calls the listener when the deadline passes. */
  whenPassed(listener: (reason: Error) => void): void {
    this.listeners.push(listener);
  }

  /** Ends the request for this reason. */
  pass(reason: Error): void {
    this.reason = reason;
    for (const listener of this.listeners) listener(reason);
  }
}

/** The deadline and observer of one request. */
export interface RequestOptions {
  deadline: Deadline;
  observe?: StatementObserver;
  /** The maximum of bytes that all its statements may return together; unlimited if absent. */
  maxBytes?: number;
}

/** How long a cancelled statement may keep running before its connection is closed. */
const CANCEL_GRACE_MS = 2_000;

/** Connections that have executed a statement before. */
const used = new WeakSet<pg.PoolClient>();

/** How long a statement has waited for a connection. */
interface Wait {
  ms: number;
}

/** A statement that is connecting or executing. */
interface Running {
  fail(error: Error): void;
  client?: pg.PoolClient;
  cancelling?: Promise<void>;
  overdue?: NodeJS.Timeout;
}

/**
 * Executes the SQL statements of one request, each on a free connection. All go to the same server while it is up, since
 * replicas can be at different states. They are read-only, so a statement that fails with its connection or server is
 * retried on another.
 */
export function requestSql(
  servers: Servers,
  { deadline, observe, maxBytes = Infinity }: RequestOptions,
): Sql {
  const running = new Set<Running>();
  const queues = new Map<Server, RequestQueue>();
  deadline.whenPassed((reason) => {
    for (const [server, own] of queues) server.queue.leave(own, reason);
    for (const statement of running) abort(statement, reason);
  });
  let current: Server | undefined;
  let bytes = 0;

  /** Executes one statement. With callbacks, since this is a hot path and each promise would cost measurably. */
  function rowsOf(server: Server, statement: Statement, wait: Wait, isRetry: boolean) {
    return new Promise<unknown[]>((done, fail) => {
      if (deadline.reason) return fail(deadline.reason);
      let own = queues.get(server);
      if (!own) queues.set(server, (own = newRequestQueue()));
      const execution: Running = { fail };
      const end = (hasResponded: boolean) => {
        running.delete(execution);
        server.queue.release(own, hasResponded);
      };
      const connect = () => {
        server.pool.connect((cause, client) => {
          if (!client) {
            end(false);
            return fail(new DatabaseUnreachable("no connection to the database", { cause }));
          }
          // The deadline may have passed while connecting.
          if (deadline.reason) {
            client.release();
            return end(true);
          }
          // If one connection was lost, the other idle ones may be too: retry only on a new one.
          if (isRetry && used.has(client)) {
            client.release(true);
            return connect();
          }
          used.add(client);
          execution.client = client;
          const connection = connectionOf(client);
          connection.onReceived = (count) => {
            bytes += count;
            if (bytes <= maxBytes || deadline.reason) return;
            deadline.pass(new RowsTooLarge(maxBytes));
            // To cancel it takes a while, in which the rest could fill the memory.
            connection.close();
          };
          client.query(statement as pg.QueryConfig, (error: Error | null, result) => {
            clearTimeout(execution.overdue);
            connection.onReceived = undefined;
            const release = () => {
              client.release(error !== null && isUnusable(statement, error));
              end(!error || !isConnectionLost(error));
            };
            // Until the server has processed the cancel request, it could hit the next statement on this connection.
            if (execution.cancelling) void execution.cancelling.then(release);
            else release();
            if (error) fail(error);
            else done(result.rows);
          });
        });
      };
      const began = performance.now();
      server.queue.acquire(own, {
        start() {
          wait.ms += performance.now() - began;
          running.add(execution);
          connect();
        },
        reject: fail,
      });
    });
  }

  return {
    async query<Row>(name: string, sql: SqlText | string) {
      const { text, values, plan } = compileSql(sql);
      const ended = observe?.(name);
      let statement = statementOf(name, text, values, plan);
      let isPreparedAgain = false;
      const failed: Server[] = [];
      const wait: Wait = { ms: 0 };
      if (!current?.isUp) current = servers.pick();
      for (let server = current; ;) {
        try {
          const rows = await rowsOf(server, statement, wait, failed.includes(server));
          servers.availability.succeeded();
          ended?.(undefined, wait.ms);
          return rows as Row[];
        } catch (error) {
          if (!isPreparedAgain && !deadline.reason && isStalePreparedStatement(statement, error)) {
            isPreparedAgain = true;
            statement = prepareAgain(statement, error, name, text, values);
            continue;
          }
          const failure = deadline.reason ?? databaseError(error);
          failed.push(server);
          const other =
            failure instanceof DatabaseUnavailable
              ? await servers.failover(failed, kindOf(failure))
              : undefined;
          if (!other) {
            if (failure instanceof DatabaseUnavailable) servers.availability.failed(failure);
            ended?.(failure, wait.ms);
            throw failure;
          }
          // Another statement of the request may have switched servers already.
          if (failed.includes(current)) current = other;
          server = current;
        }
      }
    },
  };
}

/** Fails a statement whose deadline has passed, and cancels it. Its connection is reused once the statement has ended. */
function abort(statement: Running, reason: Error): void {
  statement.fail(reason);
  const { client } = statement;
  if (!client) return;
  statement.cancelling = cancelStatement(client);
  // Closing the connection fails its statement.
  statement.overdue = setTimeout(() => void client.end(), CANCEL_GRACE_MS).unref();
}

/** Whether to discard a connection: it is lost, or its prepared statement is stale. */
function isUnusable(statement: Statement, error: Error): boolean {
  return isConnectionLost(error) || isStalePreparedStatement(statement, error);
}

function kindOf(error: DatabaseUnavailable) {
  if (error instanceof DatabaseBusy) return "busy";
  return error instanceof DatabaseUnreachable ? "unreachable" : "lost";
}

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
import {
  connectionOf,
  type CountedConnection,
  newRequestQueue,
  type RequestQueue,
} from "./connection-queue.js";
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
  /** The maximum number of bytes that all its statements may return together; unlimited if absent. */
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

/**
 * Executes the SQL statements of one request, each on a free connection. All go to the same server while it is up, since
 * replicas can be at different states. They are read-only, so a statement that fails with its connection or server is
 * retried on another.
 */
export function requestSql(servers: Servers, options: RequestOptions): Sql {
  return new RequestSql(servers, options);
}

class RequestSql implements Sql {
  readonly deadline: Deadline;
  /** Statements that are connecting or executing. */
  readonly running = new Set<Execution>();
  private readonly queues = new Map<Server, RequestQueue>();
  private current: Server | undefined;
  private bytes = 0;

  constructor(
    private readonly servers: Servers,
    private readonly options: RequestOptions,
  ) {
    this.deadline = options.deadline;
    this.deadline.whenPassed((reason) => {
      for (const [server, own] of this.queues) server.queue.leave(own, reason);
      for (const execution of this.running) execution.abort(reason);
    });
  }

  async query<Row>(name: string, sql: SqlText | string): Promise<Row[]> {
    const { servers, deadline } = this;
    const { text, values, plan } = compileSql(sql);
    const ended = this.options.observe?.(name);
    let statement = statementOf(name, text, values, plan);
    let isPreparedAgain = false;
    const failed: Server[] = [];
    const wait: Wait = { ms: 0 };
    if (!this.current?.isUp) this.current = servers.pick();
    for (let server = this.current; ;) {
      try {
        const rows = await this.rowsOf(server, statement, wait, failed.includes(server));
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
        if (failed.includes(this.current)) this.current = other;
        server = this.current;
      }
    }
  }

  private rowsOf(server: Server, statement: Statement, wait: Wait, isRetry: boolean) {
    return new Promise<unknown[]>((done, fail) => {
      if (this.deadline.reason) return fail(this.deadline.reason);
      let own = this.queues.get(server);
      if (!own) this.queues.set(server, (own = newRequestQueue()));
      const execution = new Execution(this, server, own, statement, isRetry, done, fail);
      const began = performance.now();
      server.queue.acquire(own, {
        start: () => {
          wait.ms += performance.now() - began;
          this.running.add(execution);
          execution.connect();
        },
        reject: fail,
      });
    });
  }

  /** Counts what a connection received; too much ends the request. */
  received(count: number, connection: CountedConnection): void {
    const { maxBytes = Infinity } = this.options;
    this.bytes += count;
    if (this.bytes <= maxBytes || this.deadline.reason) return;
    this.deadline.pass(new RowsTooLarge(maxBytes));
    // Cancelling takes a while, during which the rest could fill the memory.
    connection.close();
  }
}

/** One statement on one connection. With callbacks, since this is a hot path and each promise would cost measurably. */
class Execution {
  private client: pg.PoolClient | undefined;
  private cancelling: Promise<void> | undefined;
  private overdue: NodeJS.Timeout | undefined;

  constructor(
    private readonly request: RequestSql,
    private readonly server: Server,
    private readonly own: RequestQueue,
    private readonly statement: Statement,
    private readonly isRetry: boolean,
    private readonly done: (rows: unknown[]) => void,
    private readonly fail: (error: Error) => void,
  ) {}

  /** Takes a free connection of the pool, and executes the statement on it. */
  connect(): void {
    this.server.pool.connect((cause, client) => {
      if (!client) {
        this.end(false);
        return this.fail(new DatabaseUnreachable("no connection to the database", { cause }));
      }
      // The deadline may have passed while connecting.
      if (this.request.deadline.reason) {
        client.release();
        return this.end(true);
      }
      // If one connection was lost, the other idle ones may be too: retry only on a new one.
      if (this.isRetry && used.has(client)) {
        client.release(true);
        return this.connect();
      }
      used.add(client);
      this.client = client;
      this.execute(client);
    });
  }

  private execute(client: pg.PoolClient): void {
    const connection = connectionOf(client);
    connection.onReceived = (count) => this.request.received(count, connection);
    client.query(this.statement as pg.QueryConfig, (error: Error | null, result) => {
      clearTimeout(this.overdue);
      connection.onReceived = undefined;
      const release = () => {
        client.release(error !== null && isUnusable(this.statement, error));
        this.end(!error || !isConnectionLost(error));
      };
      // Until the server has processed the cancel request, it could hit the next statement on this connection.
      if (this.cancelling) void this.cancelling.then(release);
      else release();
      if (error) this.fail(error);
      else this.done(result.rows);
    });
  }

  private end(hasResponded: boolean): void {
    this.request.running.delete(this);
    this.server.queue.release(this.own, hasResponded);
  }

  /** Fails the statement, since its deadline has passed, and cancels it. Its connection is reused once the statement has ended. */
  abort(reason: Error): void {
    this.fail(reason);
    const { client } = this;
    if (!client) return;
    this.cancelling = cancelStatement(client);
    // Closing the connection fails its statement.
    this.overdue = setTimeout(() => void client.end(), CANCEL_GRACE_MS).unref();
  }
}

/** Whether to discard a connection: it is lost, or its prepared statement is stale. */
function isUnusable(statement: Statement, error: Error): boolean {
  return isConnectionLost(error) || isStalePreparedStatement(statement, error);
}

function kindOf(error: DatabaseUnavailable) {
  if (error instanceof DatabaseBusy) return "busy";
  return error instanceof DatabaseUnreachable ? "unreachable" : "lost";
}

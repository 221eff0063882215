import type pg from "pg";
import { cancelStatement } from "./cancel.js";
import {
  databaseError,
  DatabaseBusy,
  DatabaseUnavailable,
  DatabaseUnreachable,
  isConnectionLost,
} from "./db.errors.js";
import type { Deadline } from "./deadline.js";
import { failedAsPrepared, prepareAnew, type Statement, statementOf } from "./prepared.js";
import type { Servers } from "./replicas.js";
import type { Planned, Sql, StatementObserver } from "./sql.js";
import { type Line, newLine } from "./turns.js";
import type { Server } from "./watched-server.js";

/** What bounds the statements of one request. */
export interface RequestBounds {
  deadline: Deadline;
  observe?: StatementObserver;
}

/** How long a statement that was cancelled may go on until its connection is closed. */
const CANCELLED_WITHIN_MS = 2_000;

/** Connections that a statement has been asked on. */
const used = new WeakSet<pg.PoolClient>();

/** For how long a statement has waited for its turn. */
interface Wait {
  ms: number;
}

/** A statement that has a turn, and a connection as soon as there is one. */
interface Running {
  fail(error: Error): void;
  client?: pg.PoolClient;
  cancelling?: Promise<void>;
  overdue?: NodeJS.Timeout;
}

/**
 * Statements for one request, each on a free connection. All are asked of one server as long as that is up: what one
 * replica has, another may not have yet. They only read, so that one that fails with its server or with its connection is
 * asked of another.
 */
export function requestSql(servers: Servers, { deadline, observe }: RequestBounds): Sql {
  const running = new Set<Running>();
  const lines = new Map<Server, Line>();
  deadline.whenPassed((reason) => {
    for (const [{ turns }, line] of lines) turns.leave(line, reason);
    for (const statement of running) giveUp(statement, reason);
  });
  let current: Server | undefined;

  /** The rows of one statement. By callbacks, since every promise would be felt: this is done for each. */
  function rowsOf(server: Server, statement: Statement, wait: Wait, isAskedAgain: boolean) {
    return new Promise<unknown[]>((done, fail) => {
      if (deadline.reason) return fail(deadline.reason);
      let line = lines.get(server);
      if (!line) lines.set(server, (line = newLine()));
      const asked: Running = { fail };
      const end = (isAnswered: boolean) => {
        running.delete(asked);
        server.turns.giveBack(line, isAnswered);
      };
      const connect = () => {
        server.pool.connect((cause, client) => {
          if (!client) {
            end(false);
            return fail(new DatabaseUnreachable("no connection to the database", { cause }));
          }
          // The wait may have been longer than the request's time.
          if (deadline.reason) {
            client.release();
            return end(true);
          }
          // Where one connection has turned out to be broken, those that were idle beside it may be too.
          if (isAskedAgain && used.has(client)) {
            client.release(true);
            return connect();
          }
          used.add(client);
          asked.client = client;
          client.query(statement as pg.QueryConfig, (error: Error | null, result) => {
            clearTimeout(asked.overdue);
            const release = () => {
              client.release(error !== null && isUnfit(statement, error));
              end(!error || !isConnectionLost(error));
            };
            // Until the cancellation has reached the server it might hit the next statement of this connection.
            if (asked.cancelling) void asked.cancelling.then(release);
            else release();
            if (error) fail(error);
            else done(result.rows);
          });
        });
      };
      const began = performance.now();
      server.turns.take(line, {
        start() {
          wait.ms += performance.now() - began;
          running.add(asked);
          connect();
        },
        refuse: fail,
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
      let statement = statementOf(name, text, values, planned);
      let isPreparedAnew = false;
      const failed: Server[] = [];
      const wait: Wait = { ms: 0 };
      if (!current?.isUp) current = servers.pick();
      for (let server = current; ;) {
        try {
          const rows = await rowsOf(server, statement, wait, failed.includes(server));
          servers.availability.isAnswering();
          ended?.(undefined, wait.ms);
          return rows as Row[];
        } catch (error) {
          if (!isPreparedAnew && !deadline.reason && failedAsPrepared(statement, error)) {
            isPreparedAnew = true;
            statement = prepareAnew(statement, error, name, text, values);
            continue;
          }
          const told = deadline.reason ?? databaseError(error);
          failed.push(server);
          const other =
            told instanceof DatabaseUnavailable
              ? await servers.insteadOf(failed, failureOf(told))
              : undefined;
          if (!other) {
            if (told instanceof DatabaseUnavailable) servers.availability.isFailing(told);
            ended?.(told, wait.ms);
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

/** Answers for a statement that has no more time. Its connection serves others again once the statement has ended. */
function giveUp(statement: Running, reason: Error): void {
  statement.fail(reason);
  const { client } = statement;
  if (!client) return;
  statement.cancelling = cancelStatement(client);
  // Its statement then fails with the connection.
  statement.overdue = setTimeout(() => void client.end(), CANCELLED_WITHIN_MS).unref();
}

/** Whether a connection is of no more use: it is broken, or what is prepared on it is out of date. */
function isUnfit(statement: Statement, error: Error): boolean {
  return isConnectionLost(error) || failedAsPrepared(statement, error);
}

function failureOf(error: DatabaseUnavailable) {
  if (error instanceof DatabaseBusy) return "busy";
  return error instanceof DatabaseUnreachable ? "unreachable" : "lost";
}

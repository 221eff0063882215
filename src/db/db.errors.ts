/** The database can't be used; the message says what to do. */
export class DatabaseError extends Error {}

/** The database can't be reached or has no free connection. Trying again later may help. */
export class DatabaseUnavailable extends Error {}

/** The database can be reached, but no connection is free. */
export class DatabaseBusy extends DatabaseUnavailable {}

/** Connecting to the server failed; the cause says why. */
export class DatabaseUnreachable extends DatabaseUnavailable {}

/** A statement or its request timed out and was cancelled. */
export class DatabaseTimeout extends Error {}

/** The rows of a request have more bytes than a request may read. */
export class RowsTooLarge extends Error {
  constructor(readonly limit: number) {
    super(`the rows have more than ${limit} bytes`);
  }
}

/** The client disconnected before the response was ready. */
export class ClientLeft extends Error {}

/**
 * Lost connections, and a server that is shutting down, starting or out of resources: SQLSTATE classes 08, 53 and 57P.
 * 25006: a primary has become a standby, which a pooler hides from who writes. Read-only statements get 40001 and 40P01 only on a replica, when they conflict with its replay.
 * TypeORM releases a connection that is lost between two statements, and fails the second one with that message.
 */
const UNAVAILABLE = /^(?:53|40001|40P01|25006)/;
const CONNECTION_LOST = /^(?:08|57P)|^E(?:CONN|PIPE|TIMEDOUT|HOST|AI_AGAIN|NOTFOUND)/;
/** Messages of the driver, without a code, about a lost connection. */
const DRIVER_LOST =
  /^(?:Connection terminated|Client (?:has encountered|was closed)|Query runner already released)/;

/** Whether the connection failed, rather than the statement. */
export function isConnectionLost(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return typeof code === "string" ? CONNECTION_LOST.test(code) : DRIVER_LOST.test(String(message));
}

/** Converts an error of the driver to one of the classes above, if any applies. */
export function databaseError(error: unknown): unknown {
  const { code } = error as { code?: unknown };
  if (code === "57014") return new DatabaseTimeout("the statement timed out", { cause: error });
  return isConnectionLost(error) || UNAVAILABLE.test(String(code))
    ? new DatabaseUnavailable("the database aborted the statement", { cause: error })
    : error;
}

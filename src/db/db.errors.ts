/** Thrown where the database can't be used; the message says what to do. */
export class DatabaseError extends Error {}

/** The database can't be reached or has no connection to spare. Asking again later may help. */
export class DatabaseUnavailable extends Error {}

/** There is a server, but no connection to spare. */
export class DatabaseBusy extends DatabaseUnavailable {}

/** No connection to the server can be made; the cause says why. */
export class DatabaseUnreachable extends DatabaseUnavailable {}

/** A statement, or the request it was for, took too long and was cancelled. */
export class DatabaseTimeout extends Error {}

/** Whom it was asked for has hung up, so that nobody waits for the answer. */
export class ClientLeft extends Error {}

/**
 * Lost connections and a server that is going down, starting or full: SQLSTATE classes 08, 53 and 57P. What only
 * reads meets the conflicts 40001 and 40P01 on a replica alone, which gives it up to keep pace with the database.
 * TypeORM lets go of a connection that is lost between two statements, and tells the second one that.
 */
const UNAVAILABLE = /^(?:53|40001|40P01)/;
const CONNECTION_LOST = /^(?:08|57P)|^E(?:CONN|PIPE|TIMEDOUT|HOST|AI_AGAIN|NOTFOUND)/;
/** What the driver says, without a code, of a connection that is gone. */
const DRIVER_LOST =
  /^(?:Connection terminated|Client (?:has encountered|was closed)|Query runner already released)/;

/** Whether it is an error of the connection, and not of what was asked on it. */
export function isConnectionLost(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return typeof code === "string" ? CONNECTION_LOST.test(code) : DRIVER_LOST.test(String(message));
}

/** What a driver's error means to whoever asks. */
export function databaseError(error: unknown): unknown {
  const { code } = error as { code?: unknown };
  if (code === "57014") return new DatabaseTimeout("the statement took too long", { cause: error });
  return isConnectionLost(error) || UNAVAILABLE.test(String(code))
    ? new DatabaseUnavailable("the database gave the statement up", { cause: error })
    : error;
}

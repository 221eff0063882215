/** How the service writes its log. */
export interface LogSettings {
  level: "debug" | "info" | "warn" | "error" | "silent";
  /** Whether the values of variables are logged with each operation. */
  variables: boolean;
  /** A statement that takes longer is logged by its name. */
  slowSqlMs: number;
}

/** What protects the service and its database from too much at once. */
export interface Limits {
  /** Connections to the database. */
  poolSize: number;
  /** Statements that may wait for one; past it they are refused. */
  poolQueue: number;
  /** The database gives up a statement after it. */
  statementTimeoutMs: number;
  /** What is not answered by then is answered TIMEOUT, and its SQL is cancelled. */
  requestTimeoutMs: number;
  /** The largest request body, in bytes. */
  bodyLimit: number;
}

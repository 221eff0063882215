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
  /** The largest answer, in bytes before it is compressed. */
  answerLimit: number;
  /** What an operation may cost, by `@cost` and `@listSize` of the schema. */
  maxCost: number;
  /** Levels of fields inside fields. */
  maxDepth: number;
  /** Aliases in an operation, and tokens in a document. */
  maxAliases: number;
  maxTokens: number;
}

/** What the service lets in over HTTP, and what it tells. */
export interface HttpSettings {
  /** How long a client may take to send a request, and as long again to take its answer. */
  clientTimeoutMs: number;
  /** How long requests are still taken, while `/ready` refuses, when the service is told to stop. */
  drainMs: number;
  /** What a router has to send with each question; null: anybody may ask. */
  routerSecret: string | null;
  /** Whether the schema may be asked for, and errors suggest its names. */
  introspection: boolean;
  /** Whether there are pages for people. */
  pages: boolean;
  /** The origins whose pages may ask; `*` alone: all, and as a port: any. */
  corsOrigins: string[];
  /** The `Cache-Control` of an answer without errors that was asked for by GET. */
  cacheControl: string;
  /** Documents that are known beforehand, and whether no other is answered; null: there are none. */
  trustedDocuments: { folder: string; only: boolean } | null;
}

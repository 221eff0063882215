/** Log settings. */
export interface LogSettings {
  level: "debug" | "info" | "warn" | "error" | "silent";
  /** Whether the values of variables are logged with each operation. */
  variables: boolean;
  /** SQL statements slower than this are logged by name. */
  slowSqlMs: number;
}

/** Limits that protect the service and its database from overload. */
export interface Limits {
  /** Size of the connection pool, for each database server. */
  poolSize: number;
  /** How many SQL statements may wait for a connection; more are rejected. */
  poolQueue: number;
  /** How old the answers of a replica may be, in ms, for it to be used; 0: any age. */
  replicaLagMs: number;
  /** Timeout of a SQL statement, enforced by the database. */
  statementTimeoutMs: number;
  /** Timeout of a request: unfinished fields fail with TIMEOUT and their SQL is cancelled. */
  requestTimeoutMs: number;
  /** Maximum size of a request body, in bytes after decompression. */
  bodyLimit: number;
  /** Maximum size of a response, in bytes before compression. */
  answerLimit: number;
  /** Maximum cost of an operation, by the schema's `@cost` and `@listSize`. */
  maxCost: number;
  /** Maximum nesting depth of fields. */
  maxDepth: number;
  /** Maximum number of aliases in an operation, and of tokens in a document. */
  maxAliases: number;
  maxTokens: number;
}

/** HTTP settings: timeouts, access, and what is exposed. */
export interface HttpSettings {
  /** Timeout for receiving a request, and again for sending its response. */
  clientTimeoutMs: number;
  /** On shutdown, how long requests are still accepted while `/ready` already fails. */
  drainMs: number;
  /** One or two secrets, one of which a router must send with each request; null: requests need no secret. */
  routerSecrets: string[] | null;
  /** Whether introspection is enabled and errors suggest names from the schema. */
  introspection: boolean;
  /** Whether the HTML pages are served. */
  pages: boolean;
  /** Whether the explorer is served: pages about what is on record, for people who write no GraphQL. */
  explorer: boolean;
  /** The folder of the questions that are Atom feeds, served with the explorer; null: those that come with the service. */
  feeds: string | null;
  /** Whether tools for agents are served at `/mcp`. */
  mcp: boolean;
  /** Allowed CORS origins; `*` alone allows all, `:*` any port. */
  corsOrigins: string[];
  /** The `Cache-Control` of successful responses to GET. */
  cacheControl: string;
  /** The folder of trusted documents (persisted queries), and whether all others are rejected; null: none. */
  trustedDocuments: { folder: string; only: boolean } | null;
}

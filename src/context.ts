import { randomUUID } from "node:crypto";
import { DatabaseTimeout } from "./db/db.errors.js";
import { Deadline, requestSql } from "./db/request-sql.js";
import type { Servers } from "./db/servers.js";
import { createLoaders, type Loaders } from "./loaders.js";
import type { Languages } from "./search/languages.js";
import {
  instrumentStatements,
  type RequestState,
  type Telemetry,
} from "./telemetry/instrumentation.js";

/** The context of one request. */
export interface Context {
  loaders: Loaders;
  /** Identifies the request in responses and logs. */
  requestId: string;
  /** Whether clients are told who made a revision. */
  showsAuthors: boolean;
  /** Statistics for logs and metrics, and the slot to release at the end. */
  state: RequestState;
  /** Passes when the request times out or is cancelled. */
  deadline: Deadline;
  /** Called when the response is ready; stops the timeout. */
  finish: () => void;
  /** Cancels running SQL statements, and rejects new ones. Does nothing after `finish`. */
  cancel: (reason: () => Error) => void;
}

/** What the contexts of all requests share. */
interface ContextOptions {
  servers: Servers;
  languages: Languages;
  telemetry: Telemetry;
  showsAuthors: boolean;
  requestTimeoutMs: number;
  /** The maximum of bytes in the rows of a request. */
  maxRowBytes: number;
}

/** Returns a function that creates the context of a request: its timeout, its SQL, and loaders of its own. */
export function contextFactory({
  servers,
  languages,
  telemetry,
  showsAuthors,
  requestTimeoutMs,
  maxRowBytes,
}: ContextOptions): (requestId?: string) => Context {
  return (requestId = randomUUID()) => {
    const state: RequestState = { requestId, statements: 0 };
    const deadline = new Deadline();
    const timer = setTimeout(() => {
      deadline.pass(new DatabaseTimeout("the request timed out"));
    }, requestTimeoutMs).unref();
    const observe = instrumentStatements(telemetry, state);
    const sql = requestSql(servers, { deadline, observe, maxBytes: maxRowBytes });
    let isFinished = false;
    const finish = () => {
      isFinished = true;
      clearTimeout(timer);
      state.release?.();
      state.release = undefined;
    };
    const cancel = (reason: () => Error) => {
      if (isFinished) return;
      finish();
      deadline.pass(reason());
    };
    const loaders = createLoaders(sql, languages);
    return { loaders, requestId, showsAuthors, state, deadline, finish, cancel };
  };
}

import type { Span } from "@opentelemetry/api";
import type { Languages } from "./search/languages.js";
import type { Deadline } from "./db/deadline.js";
import type { Sql } from "./db/sql.js";
import { createLoaders, type Loaders } from "./loaders.js";

/** The context of one request. */
export interface Context {
  loaders: Loaders;
  /** Identifies the request in responses and logs. */
  requestId: string;
  /** Statistics for logs and metrics, and the slot to release at the end. */
  state: RequestState;
  /** Passes when the request times out or is cancelled. */
  deadline: Deadline;
  /** Called when the response is ready; stops the timeout. */
  finish: () => void;
  /** Cancels running SQL statements, and rejects new ones. Does nothing after `finish`. */
  cancel: (reason: () => Error) => void;
}

/** The state of a request while it runs. */
export interface RequestState {
  requestId: string;
  /** The number of SQL statements so far. */
  statements: number;
  /** The estimated cost of its operation, once it is known. */
  cost?: number;
  /** Releases its slot among the large operations; called when it is finished or cancelled. */
  release?: () => void;
  /** The trace span of its operation, if tracing is on. */
  span?: Span;
}

/** Creates the context of a request, with loaders of its own. */
export function createContext(
  sql: Sql,
  languages: Languages,
  state: RequestState,
  { deadline, finish, cancel }: Pick<Context, "deadline" | "finish" | "cancel">,
): Context {
  const { requestId } = state;
  return { loaders: createLoaders(sql, languages), requestId, state, deadline, finish, cancel };
}

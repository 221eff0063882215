import type { Span } from "@opentelemetry/api";
import type { Languages } from "./search/languages.js";
import type { Deadline } from "./db/deadline.js";
import type { Sql } from "./db/sql.js";
import { createLoaders, type Loaders } from "./loaders.js";

/** What one request owns. */
export interface Context {
  loaders: Loaders;
  /** Names the request in answers and logs. */
  requestId: string;
  /** What is noted of it while it runs. */
  notes: RequestNotes;
  /** When it has had its time. */
  deadline: Deadline;
  /** Called when it is answered: its time no longer runs. */
  answered: () => void;
  /** Cancels what is being asked for it, and lets nothing more be asked; once it is answered, does nothing. */
  giveUp: (why: () => Error) => void;
}

/** What is noted of a request while it runs. */
export interface RequestNotes {
  requestId: string;
  /** How many SQL statements it has asked. */
  statements: number;
  /** What its operation may cost, once that is known. */
  cost?: number;
  /** Called when it is answered or given up, where others wait for that. */
  ended?: () => void;
  /** The span of its operation, when traces are sent. */
  span?: Span;
}

export function createContext(
  sql: Sql,
  languages: Languages,
  notes: RequestNotes,
  { deadline, answered, giveUp }: Pick<Context, "deadline" | "answered" | "giveUp">,
): Context {
  const { requestId } = notes;
  return { loaders: createLoaders(sql, languages), requestId, notes, deadline, answered, giveUp };
}

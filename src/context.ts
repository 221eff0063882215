import { createLoaders, type Loaders } from "./loaders.js";
import type { Sql } from "./db/sql.js";

/** What one request owns. */
export interface Context {
  loaders: Loaders;
  /** Names the request in answers and logs. */
  requestId: string;
}

export function createContext(sql: Sql, requestId: string): Context {
  return { loaders: createLoaders(sql), requestId };
}

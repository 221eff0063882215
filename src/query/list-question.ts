import type { Where } from "./where.js";

/** A list to read: of everything, or of each of several parents. */
export interface ListQuestion {
  /** Opens the SQL of its page; that of its count ends in `Count`. */
  name: string;
  /** The select list of a row (query/rows.ts). */
  columns: string;
  /** Table and alias: `statement s`. */
  from: string;
  /** Where the keys of its orders are read, by the names that these have for them; else they are SQL. */
  keys?: Readonly<Record<string, string>>;
  /** Whether its conditions leave out what has no date. */
  isDated?: boolean;
  /** Its conditions. With parents, $1 holds their ids and `parent.id` is one of them. */
  where: Where;
  parents?: Parents;
}

/** The parents whose lists are read together. */
export interface Parents {
  ids: readonly string[];
  type: "uuid" | "text";
}

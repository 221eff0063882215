import type { Sql } from "../../db/sql.js";
import type { RecordPath } from "../record.path.js";
import type { Changes } from "./record.changes.js";

/** Thrown if a batch breaks a rule together with what is on record. Bisection then finds the record that does. */
export class RuleViolation extends Error {
  constructor(
    readonly fault: string,
    readonly path: RecordPath,
    message: string,
  ) {
    super(message);
  }
}

/** Checks what a batch stored, before it is committed; throws `RuleViolation`. Asks the database only if something may be broken. */
export type BatchRule = (sql: Sql, changes: Changes) => Promise<void>;

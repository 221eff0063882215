import type { DataSource, QueryRunner } from "typeorm";
import { compileSql, nameStatement, type SqlText } from "./sql-text.js";

/** Executes SQL for stores. Returns raw rows, with the column names of the statement. */
export interface Sql {
  /**
   * Executes one statement: pieces of SQL with their values ({@link SQL}), or a string for one without values. Its name is prepended as
   * a comment, which identifies it in tests, the slow-query log and pg_stat_activity.
   */
  query<Row>(name: string, sql: SqlText | string): Promise<Row[]>;
}

/**
 * Called with the name of each statement before it runs. The returned function is called when it ends, with its error and the
 * milliseconds that it waited for a connection.
 */
export type StatementObserver = (
  name: string,
) => ((error: unknown, waitedMs: number) => void) | undefined;

/** The log for the state of the database. */
export interface DatabaseLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
}

/** Executes statements outside any request, for commands: on a free connection or that of a transaction. */
export function sqlOf(database: DataSource | QueryRunner): Sql {
  return {
    async query<Row>(name: string, sql: SqlText | string) {
      const { text, values } = compileSql(sql);
      const found = (await database.query(nameStatement(name, text), values)) as
        Row[] | [Row[], number] | undefined;
      // Of UPDATE and DELETE, TypeORM gives the rows that they return beside their number; of several statements at once, nothing.
      return (Array.isArray(found?.[0]) ? found[0] : (found ?? [])) as Row[];
    },
  };
}

import type { DataSource, QueryRunner } from "typeorm";

/** What a store asks its questions through. Rows come back raw, with the names that the statement gives them. */
export interface Sql {
  /**
   * Runs one statement. The name opens it as a comment, so that tests, the slow-query log and
   * pg_stat_activity can tell which question it answers.
   */
  query<Row>(name: string, text: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** Told the name of each statement before it runs. */
export type StatementObserver = (name: string) => void;

/** Statements on any free connection of the pool, or on the one connection of a transaction. */
export function sqlOf(database: DataSource | QueryRunner, observe?: StatementObserver): Sql {
  return {
    async query<Row>(name: string, text: string, values: readonly unknown[] = []) {
      observe?.(name);
      return (await database.query(`/* ${name} */ ${text}`, [...values])) as Row[];
    },
  };
}

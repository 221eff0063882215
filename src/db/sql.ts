import type { DataSource, QueryRunner } from "typeorm";

/** What a store asks its questions through. Rows come back raw, with the names that the statement gives them. */
export interface Sql {
  /**
   * Runs one statement. The name opens it as a comment, so that tests, the slow-query log and
   * pg_stat_activity can tell which question it answers.
   */
  query<Row>(
    name: string,
    text: string,
    values?: readonly unknown[],
    planned?: Planned,
  ): Promise<Row[]>;
}

/**
 * When PostgreSQL plans a statement: once for a connection and for all values, which saves most of what a small one
 * costs; or each time with its values, which are then written into its text, where the best way depends on them, as
 * with how rare the words are that a filter asks for.
 */
export type Planned = "once" | "with its values";

/**
 * Told the name of each statement before it runs; what it returns is told how the statement ended, and for how many ms of
 * its time it has only waited for its turn.
 */
export type StatementObserver = (
  name: string,
) => ((error: unknown, waitedMs: number) => void) | undefined;

/** The text of a statement with its name. */
export function nameStatement(name: string, text: string): string {
  return `/* ${name} */ ${text}`;
}

/** Statements outside any request: of commands, on any free connection or on that of a transaction. */
export function sqlOf(database: DataSource | QueryRunner): Sql {
  return {
    async query<Row>(name: string, text: string, values: readonly unknown[] = []) {
      return (await database.query(nameStatement(name, text), [...values])) as Row[];
    },
  };
}

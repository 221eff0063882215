import pg from "pg";
import type { TestService } from "./service.js";

interface PlanNode {
  "Shared Hit Blocks": number;
  "Shared Read Blocks": number;
  "Actual Rows": number;
  "Actual Loops": number;
  Plans?: PlanNode[];
}

/** What the statements of a query read. */
export interface ReadForQuestion {
  /** Pages of the database. */
  buffers: number;
  /** Rows that all nodes of all plans gave. */
  read: number;
}

/** Notes every statement of a service with its values, until `jest.restoreAllMocks()`; returns what measures a query. */
export function watchStatements(test: TestService) {
  const sent: { text: string; values?: unknown[] }[] = [];
  const { query } = pg.Client.prototype as { query: (...args: unknown[]) => unknown };
  jest.spyOn(pg.Client.prototype, "query").mockImplementation(function (
    this: pg.Client,
    ...args: unknown[]
  ) {
    const [config] = args as [Partial<(typeof sent)[number]>];
    if (config.text?.startsWith("/* ")) sent.push(config as (typeof sent)[number]);
    return query.apply(this, args);
  });

  /** Asks, and runs the statements that it took once more to see what they read. */
  return async function measure(question: string) {
    sent.length = 0;
    const { data } = await test.ask(question);
    const measured: ReadForQuestion = { buffers: 0, read: 0 };
    for (const { text, values } of [...sent]) {
      const [row] = await test.dataSource.query<{ "QUERY PLAN": { Plan: PlanNode }[] }[]>(
        `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`,
        values as unknown[],
      );
      const { Plan } = row!["QUERY PLAN"][0]!;
      measured.buffers += Plan["Shared Hit Blocks"] + Plan["Shared Read Blocks"];
      measured.read += rowsOf(Plan);
    }
    return { ...measured, data };
  };
}

function rowsOf(node: PlanNode): number {
  const below = (node.Plans ?? []).reduce((sum, one) => sum + rowsOf(one), 0);
  return node["Actual Rows"] * node["Actual Loops"] + below;
}

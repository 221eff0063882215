import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { GraphQLFormattedError } from "graphql";
import type { DataSource } from "typeorm";
import { parseConfig } from "../../src/config.js";
import { createDataSource } from "../../src/db/data-source.js";
import type { SourceRecordInput } from "../../src/records/record.format.js";
import type { RecordFault } from "../../src/records/record.faults.js";
import {
  loadFiles,
  type LoadOptions,
  type LoadReport,
} from "../../src/records/load/record.load.js";
import { LoadRefused } from "../../src/records/load/record.load.refusal.js";
import { createService, type Service } from "../../src/server.js";
import { freshDatabase } from "./database.js";
import type { Whatever } from "./whatever.js";

/** The record that ships with the project. */
export const SHIPPED_RECORD = resolve(__dirname, "../../records/vientiane-2024-11-20.json");

type Data = Record<string, Whatever>;

interface Answer {
  data: Data;
  errors: readonly GraphQLFormattedError[];
  /** The names of the SQL statements that it cost, in order. */
  sql: string[];
}

/** What a load did, and reported on the way. */
interface Loaded {
  report: LoadReport;
  faults: RecordFault[];
  lines: string[];
}

/** The whole service on a database of its own. */
export interface TestService {
  dataSource: DataSource;
  service: Service;
  /** Sends a query as a client does, but without a port. Fails with the query if the response has errors. */
  ask(query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** The same, for a query that is to fail. */
  askExpectingErrors(query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** Loads records, a file path or its content. */
  load(...records: (string | SourceRecordInput)[]): Promise<LoadReport>;
  /** The same as the command does it: a refused record is left out, and reported. */
  loadWith(options: LoadOptions, ...records: (string | SourceRecordInput)[]): Promise<Loaded>;
  close(): Promise<void>;
}

/** Starts the service on a fresh database that holds these records. */
export function serviceWith(...records: (string | SourceRecordInput)[]): Promise<TestService> {
  return configuredService({}, ...records);
}

/** The same with settings of its own. */
export async function configuredService(
  environment: Record<string, string>,
  ...records: (string | SourceRecordInput)[]
): Promise<TestService> {
  const names: string[] = [];
  const dataSource = await createDataSource(await freshDatabase()).initialize();
  const service = await createService(dataSource, {
    ...parseConfig({
      COMMUNIQUE_LOG_LEVEL: "error",
      ...environment,
    }),
    // What one test loads, the next asks for.
    languagesCacheMs: 0,
    observe(name) {
      names.push(name);
      return undefined;
    },
  });

  async function askExpectingErrors(query: string, variables: Record<string, unknown> = {}) {
    names.length = 0;
    const { body } = await service.apollo.executeOperation(
      { query, variables },
      { contextValue: service.createContext() },
    );
    if (body.kind !== "single") throw new Error("the answer came in parts");
    const { data, errors = [] } = body.singleResult;
    // The answer as a client reads it: without prototypes, without undefined.
    return JSON.parse(JSON.stringify({ data: data ?? null, errors, sql: names })) as Answer;
  }

  async function loadWith(options: LoadOptions, ...given: (string | SourceRecordInput)[]) {
    const directory = await mkdtemp(join(tmpdir(), "communique-records-"));
    try {
      const paths = await Promise.all(
        given.map(async (record, i) => {
          if (typeof record === "string") return record;
          const path = join(directory, `${i}.json`);
          await writeFile(path, JSON.stringify(record));
          return path;
        }),
      );
      const [faults, lines]: [RecordFault[], string[]] = [[], []];
      const onFault = (fault: RecordFault) => void faults.push(fault);
      const onChange = (line: string) => void lines.push(line);
      const report = await loadFiles(dataSource, paths, { onFault, onChange, ...options });
      return { report, faults, lines };
    } finally {
      await rm(directory, { recursive: true });
    }
  }

  async function load(...given: (string | SourceRecordInput)[]) {
    const { report, faults } = await loadWith({}, ...given);
    if (faults.length > 0) throw new LoadRefused(faults);
    return report;
  }

  if (records.length > 0) await load(...records);
  return {
    dataSource,
    service,
    askExpectingErrors,
    load,
    loadWith,
    async ask(query, variables) {
      const answer = await askExpectingErrors(query, variables);
      if (answer.errors.length > 0) {
        throw new Error(
          `${query}\n${JSON.stringify({ variables, errors: answer.errors }, null, 2)}`,
        );
      }
      return answer;
    },
    async close() {
      await service.stop();
      await dataSource.destroy();
    },
  };
}

import type { DataSource } from "typeorm";
import { type Config, parseConfig } from "../../src/config.js";
import { createDataSource } from "../../src/db/data-source.js";
import { loadAll } from "../../src/records/load/record.load.js";
import { createService, type ServiceSettings } from "../../src/server.js";
import { freshDatabase } from "./database.js";
import { SHIPPED_RECORD } from "./service.js";
import type { Whatever } from "./whatever.js";

/** The URL of a database that holds the record that ships with the project, and what else is loaded. */
export async function recordedDatabase(
  ...loadMore: ((dataSource: DataSource) => Promise<void>)[]
): Promise<string> {
  const url = await freshDatabase();
  const dataSource = await createDataSource(url).initialize();
  await loadAll(dataSource, [SHIPPED_RECORD]);
  for (const load of loadMore) await load(dataSource);
  await dataSource.destroy();
  return url;
}

export type ServingService = Awaited<ReturnType<typeof servingService>>;

/** A service on a port, with the bounds and the log of one that people use. */
export async function servingService(
  databaseUrl: string,
  limits: Partial<Config["limits"]> = {},
  settings: Partial<ServiceSettings> = {},
  environment: Record<string, string> = {},
) {
  const config = parseConfig(environment);
  Object.assign(config.limits, limits);
  const dataSource = await createDataSource(databaseUrl, config.limits).initialize();
  const lines: string[] = [];
  const service = await createService(dataSource, {
    ...config,
    logTo: { write: (line) => void lines.push(line) },
    ...settings,
  });
  const address = await service.listen({ host: "127.0.0.1", port: 0 });

  return {
    address,
    service,
    /** What it has logged. */
    log: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>),
    ask: (query: string, variables?: object) => ask(address, query, variables),
    async get(path: string) {
      const response = await fetch(address + path);
      return { status: response.status, text: await response.text() };
    },
    async close() {
      await service.stop();
      await dataSource.destroy();
    },
  };
}

/** Asks the service at an address as a client does. */
export async function ask(address: string, query: string, variables?: object) {
  const response = await fetch(`${address}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as { data: Whatever; errors?: { extensions: { code: string } }[] };
}

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { type Config, ConfigError } from "./config.js";
import { createDataSource } from "./db/data-source.js";
import { assertIndexed } from "./db/indexes.js";
import { type OpenDatabase, openDatabase } from "./db/open-database.js";
import { sqlOf } from "./db/sql.js";
import { freePortAfter } from "./http/free-port.js";
import { PROJECT } from "./pages/project.js";
import { loadAll } from "./records/load/record.load.js";
import { isEmpty } from "./records/load/record.store.js";
import { createService, type Service } from "./server.js";
import { startTracing } from "./telemetry/tracing.js";

/** The records that ship with the project. */
const RECORDS = join(PROJECT, "records");

/** Starts the service and runs it until a signal stops it. */
export async function start(config: Config): Promise<void> {
  // Nothing needs to read the output: `npm start | head` must still shut down cleanly.
  process.stdout.on("error", () => {});
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const running = open(config, say);
  stopOnSignal(async () => {
    const stop = await running;
    say("Shutting down…");
    await stop();
    say("Stopped.");
  });
  await running;
}

/** Opens everything and returns the function that closes it. */
async function open(config: Config, say: (line: string) => void): Promise<() => Promise<void>> {
  const { service, close } = await openService(config, say);
  try {
    const address = await listen(service, config);
    say(config.production ? `communique is running at ${address}` : welcome(address, config.http));
    return close;
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Serves tools for agents over standard input and output, until the client closes it or a signal comes: on the database, or with a URL
 * by asking the service there.
 */
export async function serveAgents(config: Config, url: string | undefined): Promise<void> {
  process.stdout.on("error", () => {});
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const { serveStdio } = await import("./mcp/stdio.js");
  const { localTools, remoteTools } = await import("./mcp/local.js");
  const opened =
    url === undefined ? await openService(withoutHttp(config), say, { write: say }) : null;
  const close = async () => void (await opened?.close());
  stopOnSignal(close);
  try {
    const { settings, ask } = opened
      ? await localTools(opened.service, opened.database.dataSource)
      : await remoteTools(
          url!,
          config.limits.requestTimeoutMs,
          config.http.routerSecrets?.[0] ?? null,
          say,
        );
    await serveStdio(settings, ask, say);
  } finally {
    await close();
  }
}

/** Whoever runs the process may ask anything, as with the database itself. */
function withoutHttp(config: Config): Config {
  const http = { ...config.http, introspection: true, routerSecrets: null };
  return { ...config, http: { ...http, pages: false, explorer: false, mcp: false } };
}

/** A service on its database. */
interface OpenService {
  service: Service;
  database: OpenDatabase;
  close: () => Promise<void>;
}

/** Opens the database and the service on it. If anything fails, it closes what was opened. */
async function openService(
  config: Config,
  say: (line: string) => void,
  logTo?: { write(line: string): void },
): Promise<OpenService> {
  const closers: (() => Promise<void>)[] = [];
  let closed: Promise<void> | undefined;
  const close = () => (closed ??= closeAll(closers));
  try {
    const database = await openDatabase(config, say);
    closers.push(database.close);
    await assertIndexed(database.dataSource);
    await loadShippedRecords(database, say);
    const serving = createDataSource(database.url, config.limits);
    await serving.initialize();
    closers.push(() => serving.destroy());
    const tracing = config.tracing ? await startTracing() : undefined;
    if (tracing) closers.push(tracing.stop);
    const service = await createService(serving, { ...config, tracer: tracing?.tracer, logTo });
    closers.push(service.stop);
    database.supervise({
      restarted: (line) => service.app.log.warn(line),
      failed: (error) => {
        process.stderr.write(`${error.message}\n`);
        const end = () => process.exit(1);
        close().then(end, end);
      },
    });
    return { service, database, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function closeAll(closers: (() => Promise<void>)[]): Promise<void> {
  for (const closer of closers.toReversed()) await closer();
}

function welcome(address: string, { pages, explorer, routerSecrets, mcp }: Config["http"]): string {
  // GraphiQL does not send it automatically.
  const secret =
    routerSecrets === null ? "" : ", with COMMUNIQUE_ROUTER_SECRET in Router-Authorization";
  return `
communique is running.

  Pages     ${pages || explorer ? `${address}/` : "(COMMUNIQUE_PAGES is false)"}
  GraphQL   POST ${address}/graphql${secret}${mcp ? `\n  Agents    ${address}/mcp` : ""}
  Docs      ${join(PROJECT, "README.md")}

Press Ctrl-C to stop.`;
}

async function listen(service: Service, config: Config): Promise<string> {
  try {
    return await service.listen(config);
  } catch (error) {
    const said = `Cannot listen on HOST and PORT: ${(error as Error).message}`;
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw new ConfigError(said);
    const free = await freePortAfter(config);
    throw new ConfigError(
      `${said}\nStop the process that uses port ${config.port}, or choose another one${free ? `: PORT=${free} npm start` : " with PORT"}.`,
    );
  }
}

/** Ctrl-C in `npm start` sends two signals, from the terminal and from npm; only a later one forces an exit. */
function stopOnSignal(stop: () => Promise<void>): void {
  let stoppingSince: number | undefined;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (stoppingSince === undefined) {
        stoppingSince = Date.now();
        stop().then(
          () => process.exit(0),
          () => process.exit(1),
        );
      } else if (Date.now() - stoppingSince > 1_000) process.exit(1);
    });
  }
}

/** Loads the records that ship with the project, if the database has never held any. */
async function loadShippedRecords(
  { dataSource, isReadOnly }: OpenDatabase,
  say: (line: string) => void,
) {
  if (!(await isEmpty(sqlOf(dataSource)))) return;
  if (isReadOnly) return say("The database is read-only and has no records yet.");
  const files = (await readdir(RECORDS)).filter((name) => name.endsWith(".json"));
  const { records } = await loadAll(
    dataSource,
    files.map((name) => join(RECORDS, name)),
  );
  say(`Loaded ${records === 1 ? "the record" : `${records} records`} in records/.`);
}

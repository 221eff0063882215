import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { type Config, ConfigError } from "./config.js";
import { createDataSource } from "./db/data-source.js";
import { assertIndexed } from "./db/indexes.js";
import { type OpenDatabase, openDatabase } from "./db/open.js";
import { sqlOf } from "./db/sql.js";
import { PROJECT } from "./pages/project.js";
import { loadAll } from "./records/load/record.load.js";
import { isEmpty } from "./records/load/record.store.js";
import { createService, type Service } from "./server.js";
import { startTracing } from "./telemetry/tracing.js";

/** The records that ship with the project. */
const RECORDS = join(PROJECT, "records");

/** Starts the service and keeps it up until it is told to stop. */
export async function start(config: Config): Promise<void> {
  // Nobody has to be listening: `npm start | head` must not keep it from stopping in good order.
  process.stdout.on("error", () => {});
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const running = open(config, say);
  stopOnSignal(async () => {
    const stop = await running;
    say("Stopping…");
    await stop();
    say("Stopped.");
  });
  await running;
}

/** Opens everything, and gives what closes it. What fails on the way leaves nothing open. */
async function open(config: Config, say: (line: string) => void): Promise<() => Promise<void>> {
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
    const service = await createService(serving, { ...config, tracer: tracing?.tracer });
    closers.push(service.stop);
    database.keepUp({
      restarted: (line) => service.app.log.warn(line),
      gaveUp: (error) => {
        process.stderr.write(`${error.message}\n`);
        const end = () => process.exit(1);
        close().then(end, end);
      },
    });
    const address = await listen(service, config);
    say(config.production ? `communique is up at ${address}` : welcome(address, config.http));
    return close;
  } catch (error) {
    await close();
    throw error;
  }
}

async function closeAll(closers: (() => Promise<void>)[]): Promise<void> {
  for (const closer of closers.toReversed()) await closer();
}

function welcome(address: string, { pages, routerSecret }: Config["http"]): string {
  // GraphiQL does not send it by itself.
  const secret =
    routerSecret === null ? "" : ", with COMMUNIQUE_ROUTER_SECRET in Router-Authorization";
  return `
communique is up.

  Look      ${pages ? `${address}/` : "(COMMUNIQUE_PAGES is false)"}
  Ask       POST ${address}/graphql${secret}
  Read      ${join(PROJECT, "README.md")}

Stop it with Ctrl-C.`;
}

async function listen(service: Service, config: Config): Promise<string> {
  try {
    return await service.listen(config);
  } catch (error) {
    throw new ConfigError(
      `Can't listen where PORT and HOST say: ${(error as Error).message}\n` +
        "Stop what listens there, or choose another PORT.",
    );
  }
}

/** Ctrl-C in `npm start` comes twice at once, from the terminal and from npm; only a later one is impatience. */
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

/** A database that has never held a record gets those that ship with the project. */
async function loadShippedRecords(
  { dataSource, isReadOnly }: OpenDatabase,
  say: (line: string) => void,
) {
  if (!(await isEmpty(sqlOf(dataSource)))) return;
  if (isReadOnly) return say("The database is read-only and holds no record yet.");
  const files = (await readdir(RECORDS)).filter((name) => name.endsWith(".json"));
  const { records } = await loadAll(
    dataSource,
    files.map((name) => join(RECORDS, name)),
  );
  say(`Loaded ${records === 1 ? "the record" : `${records} records`} in records/.`);
}

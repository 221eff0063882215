import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { DataSource } from "typeorm";
import { type Config, ConfigError } from "./config.js";
import { openDatabase } from "./db/open.js";
import { sqlOf } from "./db/sql.js";
import { loadFiles } from "./records/record.load.js";
import { isEmpty } from "./records/record.store.js";
import { createService, type Service } from "./server.js";

/** The records that ship with the project. */
const RECORDS = resolve(__dirname, "../../records");

/** Starts the service and keeps it up until it is told to stop. */
export async function start(config: Config): Promise<void> {
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
  const database = await openDatabase(config, say);
  try {
    await loadShippedRecords(database.dataSource, say);
    const service = await createService(database.dataSource);
    const address = await listen(service, config);
    say(`
communique is up.

  Explore   ${address}/graphql   (Apollo Sandbox, with the first question filled in)
  Ask       POST ${address}/graphql
  Read      ${resolve(__dirname, "../../README.md")}

Stop it with Ctrl-C.`);
    return async () => {
      await service.stop();
      await database.close();
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function listen(service: Service, config: Config): Promise<string> {
  try {
    return await service.listen(config);
  } catch (error) {
    await service.stop();
    throw new ConfigError(
      `Can't listen where PORT and HOST say: ${(error as Error).message}\n` +
        "Stop what listens there, or choose another PORT.",
    );
  }
}

/** Ctrl-C in `npm start` comes twice at once, from the terminal and from npm; only a later one is impatience. */
function stopOnSignal(stop: () => Promise<void>): void {
  let stoppingSince: number | undefined;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
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
async function loadShippedRecords(dataSource: DataSource, say: (line: string) => void) {
  if (!(await isEmpty(sqlOf(dataSource)))) return;
  const files = (await readdir(RECORDS)).filter((name) => name.endsWith(".json"));
  const { records } = await loadFiles(
    dataSource,
    files.map((name) => join(RECORDS, name)),
  );
  say(`Loaded ${records === 1 ? "the record" : `${records} records`} in records/.`);
}

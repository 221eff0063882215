import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Command, CommanderError } from "commander";
import { DATASETS } from "../datasets.js";
import { describeRecord, readRecord } from "./on-record.js";

/** The commands that are run, compiled. */
const COMMUNIQUE = resolve(__dirname, "../../src/cli.js");
const IMPORT = resolve(__dirname, "../import.js");

/** The line in which the service says its address. */
const LISTENING = /POST (http:\S+)\/graphql/;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

const program = new Command("npm run -s showcase --")
  .description(
    "Build a database from the open datasets and volumes in a directory, print what is on record, and start the service. docs/showcase.md says where to get them.",
  )
  .argument("<directory>", "where <dataset>.ndjson and frus*.xml are, itself or in its folder frus")
  .option("--out <directory>", "where the record files and the database go", ".showcase")
  .showHelpAfterError("docs/showcase.md says how to use it.")
  .exitOverride()
  .action(build);

async function build(directory: string, { out }: { out: string }): Promise<void> {
  const { datasets, volumes } = await findSources(directory);
  if (datasets.length + volumes.length === 0)
    throw new Error(
      `${directory} has neither <dataset>.ndjson nor frus*.xml; docs/showcase.md says where to get them`,
    );
  const records = join(out, "records");
  await mkdir(records, { recursive: true });

  say(`Importing ${[...datasets, ...volumes.map(() => "frus")].length} files…`);
  const frus = volumes.length > 0 ? ["frus", ...volumes] : [];
  await run(IMPORT, [...datasets, ...frus, "--from", directory, "--out", records]);

  say("Loading…");
  const own = process.env.DATABASE_URL ? {} : { COMMUNIQUE_DATA_DIR: join(out, "database") };
  const environment = { ...process.env, ...own };
  const texts = volumes.length > 0 ? ["--text", join(records, "texts")] : [];
  await run(COMMUNIQUE, ["load", records, ...texts], environment);
  await serve(environment);
}

/** Finds the datasets and volumes that are there. */
async function findSources(directory: string) {
  const names = await readdir(directory);
  const datasets = DATASETS.map(({ document }) => document.key).filter((key) =>
    names.includes(`${key}.ndjson`),
  );
  const folder = names.includes("frus") ? join(directory, "frus") : directory;
  const volumes = (await readdir(folder)).filter((name) => /^frus.*\.xml$/.test(name)).sort();
  return { datasets, volumes: volumes.map((name) => join(folder, name)) };
}

/** Runs a command to its end; rejects if it fails. Its output is ours. */
async function run(script: string, args: string[], env = process.env): Promise<void> {
  const child = spawn(process.execPath, [script, ...args], { stdio: "inherit", env });
  const stop = forwardSignals(child);
  const [code] = (await once(child, "close")) as [number | null];
  stop();
  if (code !== 0) throw new Error("The showcase is not complete: the step above failed.");
}

/** Starts the service, prints what is on record once it listens, and waits for its end. */
async function serve(env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(process.execPath, [COMMUNIQUE, "start"], {
    stdio: ["ignore", "pipe", "inherit"],
    env,
  });
  forwardSignals(child);
  const ended = once(child, "close");
  let address: string | undefined;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    process.stdout.write(text);
    const url = LISTENING.exec(text)?.[1];
    if (address !== undefined || url === undefined) return;
    address = url;
    readRecord(address, env.COMMUNIQUE_ROUTER_SECRET?.split(",")[0]).then(
      (record) => process.stdout.write(describeRecord(record)),
      (error: unknown) => say(`What is on record could not be read: ${(error as Error).message}`),
    );
  });
  const [code] = (await ended) as [number | null];
  process.exitCode = code ?? 1;
}

/** Passes on what a terminal or a supervisor sends to this process alone; returns the function that ends it. */
function forwardSignals(child: ChildProcess): () => void {
  const signals = ["SIGTERM", "SIGHUP", "SIGINT"] as const;
  const listeners = signals.map((signal) => [signal, () => void child.kill(signal)] as const);
  for (const [signal, listener] of listeners) process.on(signal, listener);
  return () => listeners.forEach(([signal, listener]) => process.off(signal, listener));
}

program.parseAsync().catch((error: unknown) => {
  // Commander has printed the reason. Exits with 2 for wrong usage, and 0 for --help.
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode && 2;
    return;
  }
  say((error as Error).message);
  process.exitCode = 2;
});

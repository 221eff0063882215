import { access, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Argument, Command, CommanderError, InvalidArgumentError } from "commander";
import { startProgress } from "../src/records/record.progress.js";
import { FRUS } from "./frus/frus.js";
import { knownFrom } from "./people/known-files.js";
import { popoloCommand } from "./popolo/popolo.command.js";
import { importAll } from "./run.js";
import { DATASETS, type Dataset } from "./datasets.js";

interface Options {
  from: string;
  out: string;
  known?: string[];
  candidates?: string;
  texts?: string;
  edition?: string;
}

const NAMES = [...DATASETS.map(({ document }) => document.key), FRUS];

const program = new Command("npm run -s import --")
  .description(
    "Turn open datasets into record files, a JSON Lines file each. What was skipped, and who could not be identified for sure, is counted by reason on standard error.",
  )
  .addArgument(
    new Argument(
      "[dataset...]",
      `which ones; all whose file is there if none is named: ${NAMES.join(", ")}. ${FRUS} needs the TEI files of its volumes: ${FRUS} VOLUME.xml…`,
    ).argParser((value: string, before: string[] = []) => {
      if (!NAMES.includes(value) && !isVolume(value))
        throw new InvalidArgumentError(`Allowed choices are ${NAMES.join(", ")}, and files .xml.`);
      return [...before, value];
    }),
  )
  .option("--from <directory>", "where the rows are: <dataset>.ndjson, and territories.ndjson", ".")
  .option("--out <directory>", "where the record files go: <dataset>.jsonl", ".")
  .option("--known <file...>", "record files, or an export, whose people the rows may name")
  .option(
    "--texts <directory>",
    `where the texts of ${FRUS} go: <document key>.txt (default: texts/ beside its records)`,
  )
  .option(
    "--edition <label>",
    `added to the keys of documents of ${FRUS}: another edition of a text is another document`,
  )
  .option("--candidates <file>", "where to write who may be one person, for a reader to judge")
  .showHelpAfterError(
    "--help says how to use it, and importers/README.md where the rows come from.",
  )
  .exitOverride()
  // `--out` of popolo is its own.
  .enablePositionalOptions()
  .action(importDatasets);

program.addCommand(popoloCommand().copyInheritedSettings(program));

async function importDatasets(given: string[], options: Options): Promise<void> {
  const volumes = await volumesIn(given);
  const named = given.filter((name) => name !== FRUS && !isVolume(name));
  const datasets =
    volumes.length > 0 && named.length === 0 ? [] : await datasetsIn(named, options.from);
  const progress = startProgress("Importing");
  try {
    // Who is known is read first: nothing is written before all input is there.
    const people = await knownFrom(options.known ?? [], progress);
    const texts = options.texts ?? join(options.out, "texts");
    await mkdir(options.out, { recursive: true });
    if (volumes.length > 0) await mkdir(texts, { recursive: true });
    const edition = options.edition ?? "";
    await importAll(datasets, { ...options, volumes, texts, edition, people, progress });
  } finally {
    progress.stop();
  }
}

function isVolume(name: string): boolean {
  return /\.xml$/i.test(name);
}

/** Returns the volumes, which go with the name of their corpus. */
async function volumesIn(given: string[]): Promise<string[]> {
  const volumes = given.filter(isVolume);
  if (given.includes(FRUS) !== volumes.length > 0)
    throw new Error(`${FRUS} and its volumes are named together: ${FRUS} VOLUME.xml…`);
  for (const volume of volumes)
    if (!(await isThere(volume))) throw new Error(`there is no such file: ${volume}`);
  return volumes;
}

/** Returns the datasets in the order in which each can use most of those before it, whatever the order of their names. */
async function datasetsIn(named: string[], from: string): Promise<Dataset[]> {
  const chosen = DATASETS.filter(
    ({ document }) => named.length === 0 || named.includes(document.key),
  );
  const missing = new Set<string>();
  for (const { document } of chosen) {
    const file = join(from, `${document.key}.ndjson`);
    if (!(await isThere(file))) missing.add(document.key);
  }
  const files = [...missing].map((name) => join(from, `${name}.ndjson`)).join(", ");
  if (missing.size > 0 && (named.length > 0 || missing.size === chosen.length))
    throw new Error(
      `there is no such file: ${files}; importers/README.md says where the rows come from`,
    );
  if (missing.size > 0) process.stderr.write(`Left out, as there is no such file: ${files}\n`);
  return chosen.filter(({ document }) => !missing.has(document.key));
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

program.parseAsync().catch((error: unknown) => {
  // Commander has printed the reason. Exits with 2 for wrong usage, and 0 for --help.
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode && 2;
    return;
  }
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 2;
});

import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { access } from "node:fs/promises";
import { finished } from "node:stream/promises";
import { Argument, Command, CommanderError } from "commander";
import { type Importer, recordLines, rowsOf, Tally } from "./records.js";
import { describeTally } from "./tally-table.js";
import { usAppointments } from "./us-appointments.js";
import { usOfficials } from "./us-officials.js";
import { usPresidents } from "./us-presidents.js";
import { usTravels } from "./us-travels.js";

const IMPORTERS: Readonly<Record<string, Importer>> = {
  "us-officials": usOfficials,
  "us-presidents": usPresidents,
  "us-appointments": usAppointments,
  "us-travels": usTravels,
};

const program = new Command("npm run -s import --")
  .description(
    "Turn the rows of an open dataset into record files, as JSON Lines. What was skipped is counted by reason on standard error.",
  )
  .addArgument(new Argument("<dataset>", "what the rows are of").choices(Object.keys(IMPORTERS)))
  .argument("<file...>", "its rows: one JSON object a line; importers/README.md lists the fields")
  .option("--territories <file>", "rows of territories, for countries that only their id names")
  .option("--out <file>", "write to a file and not to standard output")
  .showHelpAfterError(
    "--help tells how to use it, and importers/README.md where the rows come from.",
  )
  .exitOverride()
  .action(importRows);

async function importRows(
  name: string,
  files: string[],
  { territories, out: path }: { territories?: string; out?: string },
): Promise<void> {
  // Checks all inputs first, so that no half-finished file is written.
  for (const file of files) await access(file);
  const tally = new Tally();
  const countries = await countriesOf(territories);
  const out = path === undefined ? process.stdout : createWriteStream(path);
  for await (const line of recordLines(IMPORTERS[name]!, rowsOf(files), tally, countries))
    if (!out.write(line)) await once(out, "drain");
  if (out !== process.stdout) await finished(out.end());
  process.stderr.write(describeTally(name, tally));
}

/** Reads country codes by territory id. */
async function countriesOf(file: string | undefined): Promise<Map<string, string>> {
  const countries = new Map<string, string>();
  if (file === undefined) return countries;
  for await (const { id, country_code: code } of rowsOf([file]))
    if (typeof code === "string") countries.set(id, code);
  return countries;
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

import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { parseArgs } from "node:util";
import { type Importer, recordLines, rowsOf, Tally } from "./records.js";
import { describeTally } from "./tally-table.js";
import { usAppointments } from "./us-appointments.js";
import { usOfficials } from "./us-officials.js";
import { usPresidents } from "./us-presidents.js";
import { usTravels } from "./us-travels.js";

const IMPORTERS: Readonly<Record<string, Importer>> = {
  "us-travels": usTravels,
  "us-presidents": usPresidents,
  "us-officials": usOfficials,
  "us-appointments": usAppointments,
};

const USAGE = `usage: npm run -s import -- DATASET FILE… [--territories FILE] [--out FILE]
DATASET: ${Object.keys(IMPORTERS).join(", ")}
Writes JSON Lines to standard output or to --out, and what was skipped, by reason, to standard error.`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { out: { type: "string" }, territories: { type: "string" } },
  });
  const [name = "", ...files] = positionals;
  const importer = IMPORTERS[name];
  if (!importer || files.length === 0) throw new Error(USAGE);
  const territories = new Map<string, string>();
  if (values.territories !== undefined) {
    for await (const { id, country_code: code } of rowsOf([values.territories]))
      if (typeof code === "string") territories.set(id, code);
  }
  const tally = new Tally();
  const out = values.out === undefined ? process.stdout : createWriteStream(values.out);
  for await (const line of recordLines(importer, rowsOf(files), tally, territories))
    if (!out.write(line)) await once(out, "drain");
  if (out !== process.stdout) await finished(out.end());
  process.stderr.write(describeTally(name, tally));
}

main().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 2;
});

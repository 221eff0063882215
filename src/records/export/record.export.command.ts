import { Command, Option } from "commander";
import type { DataSource } from "typeorm";
import { POINT } from "../history/record.history.command.js";
import { startProgress } from "../record.progress.js";
import { counted } from "../record.counted.js";
import type { WithDatabase } from "../record.options.js";

interface ExportFlags {
  as: "records" | "csv" | "json-ld";
  document?: string[];
  asOf?: string;
  out?: string;
  spreadsheet?: boolean;
}

/** The command `communique export`. */
export function exportCommand(withDatabase: WithDatabase, say: (line: string) => void): Command {
  const command = new Command("export")
    .description(
      "export all records as JSON Lines that can be loaded into an empty database, or what they show as CSV or JSON-LD",
    )
    .addOption(
      new Option(
        "--as <format>",
        "records; csv, a file for each noun with a data dictionary; or json-ld, a line for each item",
      )
        .choices(["records", "csv", "json-ld"])
        .default("records"),
    )
    .option(
      "--document <key...>",
      "only the records of these documents, a single one as formatted JSON; of json-ld, what they prove",
    )
    .option("--as-of <point>", `the records as they were: ${POINT}`)
    .option(
      "--out <path>",
      "write to a file instead of standard output, .gz compresses it; of csv the directory, whose files are replaced",
    )
    .option(
      "--spreadsheet",
      "of csv: an apostrophe before text that a spreadsheet would run as a formula, and a byte order mark",
    );
  return command.action(async (flags: ExportFlags) => {
    const wrong = misusedIn(flags);
    if (wrong !== null) command.error(`error: ${wrong}`);
    await withDatabase((dataSource) => EXPORTS[flags.as](dataSource, flags, say));
  });
}

/** Returns why these options can't be combined; null if they can. */
function misusedIn({ as, document, asOf, out, spreadsheet }: ExportFlags): string | null {
  if (spreadsheet && as !== "csv") return "option '--spreadsheet' is one of --as csv";
  if (as === "records") return null;
  if (asOf !== undefined)
    return `option '--as-of' exports records as they were, and --as ${as} what is shown now; leave out one of the two`;
  if (as === "json-ld") return null;
  if (document !== undefined) return "option '--document' cannot be used with --as csv";
  return out === undefined ? "option '--out <directory>' is needed by --as csv" : null;
}

type Export = (
  dataSource: DataSource,
  flags: ExportFlags,
  say: (line: string) => void,
) => Promise<void>;

const EXPORTS: Record<ExportFlags["as"], Export> = {
  async records(dataSource, { document: keys, asOf, out }) {
    const { exportRecords } = await import("./record.export.js");
    const { writeText } = await import("./record.export.file.js");
    const { revisionOf } = await import("../history/record.points.js");
    const revision = await revisionOf(dataSource, asOf);
    await writeText(exportRecords(dataSource, { keys, revision }), out);
  },
  async csv(dataSource, { out, spreadsheet: isForSpreadsheets = false }, say) {
    const { exportTables } = await import("../tables/record.tables.export.js");
    const { createSchema } = await import("../../schema.js");
    const progress = startProgress("Exporting", "row", "rows");
    const files = await exportTables(dataSource, {
      out: out!,
      schema: createSchema(),
      isForSpreadsheets,
      onProgress: progress.update,
    }).finally(progress.stop);
    const total = files.reduce((sum, { rows }) => sum + rows, 0);
    for (const { table, rows } of files)
      say(`  ${`${table.name}.csv`.padEnd(24)}${rows.toLocaleString("en").padStart(12)}`);
    say(`${out}: ${counted(total, "row")} in ${files.length} files, and datapackage.json.`);
  },
  async "json-ld"(dataSource, { document: keys, out }, say) {
    const { exportLinked } = await import("../linked/record.linked.export.js");
    const { writeText } = await import("./record.export.file.js");
    const progress = startProgress("Exporting", "item", "items");
    let items = 0;
    const onProgress = (step: Parameters<typeof progress.update>[0]) => {
      items = step.records;
      progress.update(step);
    };
    await writeText(exportLinked(dataSource, { keys, onProgress }), out).finally(progress.stop);
    say(`${out === undefined ? "" : `${out}: `}${counted(items, "item")} exported.`);
  },
};

import { Command, Option } from "commander";
import type { DataSource } from "typeorm";
import { describeFault } from "../check/record.report.js";
import { assertReadable } from "../files/record.files.js";
import { startProgress, stopped } from "../record.progress.js";
import { authorOption, noteOption, RECORD_FILES, TEXTS, textOption } from "../record.options.js";
import { readSourceOrderFile } from "../record.source-order.js";
import type { LoadOptions } from "./record.load.js";
import { describeLoad, describeResumed } from "./record.load.report.js";

interface LoadFlags extends Pick<
  LoadOptions,
  "dryRun" | "prune" | "resume" | "text" | "author" | "note"
> {
  sources?: string;
}

/** The command `communique load`; modules are imported when it runs. `open`: opens the database to write, or for a dry run. */
export function loadCommand(
  open: (isDryRun: boolean) => Promise<{ dataSource: DataSource; close: () => Promise<void> }>,
  say: (line: string) => void,
): Command {
  return new Command("load")
    .description("load record files (idempotent); exit 1 if a record is rejected")
    .argument("<file...>", RECORD_FILES)
    .option("--dry-run", "report what would change, without changing anything")
    .option("--prune", "delete what these records defined before and no longer mention")
    .addOption(
      new Option(
        "--resume",
        "skip the records at the beginning that were loaded before, if nothing on record has changed since",
      ).conflicts(["prune", "text"]),
    )
    .option(
      "--restore",
      "load what was redacted, too: its key may be used again, and texts with its words are kept again",
    )
    .addOption(textOption(`${TEXTS}; checks offsets and quotations against it, and keeps it`))
    .option(
      "--sources <file>",
      "which documents are preferred where values differ, from now on: a JSON list of keys, * at the end for all that begin so",
    )
    .addOption(authorOption())
    .addOption(noteOption())
    .action(async (files: string[], { sources, ...options }: LoadFlags) => {
      // Checks the files before creating or starting a database.
      await assertReadable(files);
      if (options.text !== undefined) await assertReadable([options.text]);
      const order = sources === undefined ? undefined : await readSourceOrderFile(sources);
      const { loadFiles } = await import("./record.load.js");
      const database = await open(options.dryRun ?? false);
      const progress = startProgress("Loading");
      const report = await loadFiles(database.dataSource, files, {
        ...options,
        sources: order,
        signal: stopped(say),
        onFault: (fault) => progress.log(describeFault(fault)),
        onChange: progress.print,
        onResume: (records) => progress.log(describeResumed(records)),
        onWarning: (line) => progress.log(`warning: ${line}`),
        onProgress: progress.update,
      }).finally(() => {
        progress.stop();
        return database.close();
      });
      process.stdout.write(`${describeLoad(report, options)}\n`);
      if (report.refused + report.waiting > 0) process.exitCode = 1;
      if (report.isStopped) process.exitCode = 130;
    });
}

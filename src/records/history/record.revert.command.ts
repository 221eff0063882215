import { closeSync, createReadStream, openSync, writeSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import type { DataSource } from "typeorm";
import { describeFault } from "../check/record.report.js";
import { counted } from "../record.counted.js";
import { authorOption, noteOption, type WithDatabase } from "../record.options.js";
import { startProgress } from "../record.progress.js";
import type { RevertReport } from "./record.revert.js";

interface RevertFlags {
  dryRun?: boolean;
  author?: string;
  note?: string;
}

/** The command `communique revert`; modules are imported when it runs. */
export function revertCommand(withDatabase: WithDatabase, say: (line: string) => void): Command {
  return new Command("revert")
    .description(
      "take back what revisions changed, as an operation of its own; exit 1 if later ones depend on it",
    )
    .argument("<revision>", "the id of an operation, a range of revisions (12..90), or one (12)")
    .option("--dry-run", "report what would change, without changing anything")
    .addOption(authorOption())
    .addOption(noteOption())
    .action(async (what: string, flags: RevertFlags) => {
      const { OperationRefused } = await import("../load/record.load.refusal.js");
      try {
        await withDatabase((dataSource) => run(dataSource, what, flags));
      } catch (error) {
        if (!(error instanceof OperationRefused)) throw error;
        say(error.message);
        process.exitCode = 1;
      }
    });
}

async function run(dataSource: DataSource, what: string, flags: RevertFlags): Promise<void> {
  const { revert } = await import("./record.revert.js");
  const { describeTables } = await import("../load/record.load.report.js");
  const { writeText } = await import("../export/record.export.file.js");
  // Changes are printed once they are committed; there may be too many to keep in memory.
  const folder = await mkdtemp(join(tmpdir(), "communique-reverted-"));
  const file = join(folder, "lines.txt");
  const lines = openSync(file, "w", 0o600);
  const progress = startProgress("Reverting");
  try {
    const report = await revert(dataSource, what, {
      ...flags,
      onFault: (fault) => progress.log(describeFault(fault)),
      onChange: (line) => void writeSync(lines, `${line}\n`),
      onProgress: progress.update,
    }).finally(() => progress.stop());
    await writeText(textOf(createReadStream(file, "utf8")));
    const tables = describeTables(report.load);
    process.stdout.write(`${[describe(report, flags), ...tables].join("\n")}\n`);
  } finally {
    closeSync(lines);
    await rm(folder, { recursive: true });
  }
}

async function* textOf(stream: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const chunk of stream) yield chunk as string;
}

function describe({ numbers, restored, withdrawn }: RevertReport, { dryRun }: RevertFlags): string {
  const [first, last] = [numbers[0]!, numbers.at(-1)!];
  const what = first === last ? `Revision ${first}` : `Revisions ${first} to ${last}`;
  const parts = [
    ...(restored > 0 ? [`${counted(restored, "document")} as before`] : []),
    ...(withdrawn > 0 ? [`${counted(withdrawn, "document")} withdrawn`] : []),
  ];
  return `${what} ${dryRun ? "would be" : numbers.length === 1 ? "is" : "are"} reverted, ${parts.join(", ")}:`;
}

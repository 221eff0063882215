import { Command } from "commander";
import { formatOption, type WithDatabase, wholeNumber } from "../record.options.js";
import { revertCommand } from "./record.revert.command.js";

interface HistoryFlags {
  format: "text" | "json";
  limit: number;
}

const LIMIT = 100;
const MAX_LIMIT = 1_000_000;

/** What `diff` and `export --as-of` take. */
export const POINT = "a day (2031-05-30: its end, in UTC) or the number of a revision";

/** The commands `communique log`, `show`, `diff` and `revert`; modules are imported when they run. */
export function historyCommands(
  withDatabase: WithDatabase,
  say: (line: string) => void,
): Command[] {
  return [
    log(withDatabase, say),
    show(withDatabase, say),
    diff(withDatabase),
    revertCommand(withDatabase, say),
  ];
}

function log(withDatabase: WithDatabase, say: (line: string) => void): Command {
  return new Command("log")
    .description("list the revisions of the record, newest first; or those that changed an item")
    .argument("[key]", "the slug or key of an item, current or former; it may be gone")
    .addOption(formatOption("for people, or a JSON object per line"))
    .option(
      "--limit <number>",
      "the maximum number of revisions or changes to list",
      wholeNumber(MAX_LIMIT),
      LIMIT,
    )
    .action(async (key: string | undefined, flags: HistoryFlags) => {
      const { printHistory, printLog } = await import("./record.history.print.js");
      await withDatabase((dataSource) =>
        key === undefined ? printLog(dataSource, flags, say) : printHistory(dataSource, key, flags),
      );
    });
}

function show(withDatabase: WithDatabase, say: (line: string) => void): Command {
  return new Command("show")
    .description("show what a revision, or all of an operation, changed")
    .argument("<revision>", "its number, a range of them (12..90), or the id of an operation")
    .addOption(formatOption("for people, or a JSON object per change and line"))
    .option(
      "--limit <number>",
      "the maximum number of changes to show",
      wholeNumber(MAX_LIMIT),
      LIMIT,
    )
    .action(async (what: string, flags: HistoryFlags) => {
      const { printRevisions } = await import("./record.history.print.js");
      await withDatabase((dataSource) => printRevisions(dataSource, what, flags, say));
    });
}

function diff(withDatabase: WithDatabase): Command {
  return new Command("diff")
    .description("show what changed between two revisions or days, in all, for each item")
    .argument("<from>", POINT)
    .argument("[to]", `${POINT}; now unless given`)
    .addOption(formatOption("for people, or a JSON object per item and line"))
    .action(async (from: string, to: string | undefined, flags: HistoryFlags) => {
      const { printDiff } = await import("./record.history.print.js");
      await withDatabase((dataSource) => printDiff(dataSource, from, to, flags));
    });
}

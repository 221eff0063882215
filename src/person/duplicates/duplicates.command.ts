import { Command, InvalidArgumentError } from "commander";
import { startProgress } from "../../records/record.progress.js";
import { formatOption, type WithDatabase, wholeNumber } from "../../records/record.options.js";

interface DuplicatesFlags {
  format: "text" | "json";
  limit: number;
  minScore: number;
  write?: string;
  overwrite: boolean;
}

/** The score from which nearly all measured pairs are one person (`npm run bench:duplicates`). */
const MIN_SCORE = 0.7;
const LIMIT = 1_000;
const MAX_LIMIT = 100_000;

/** The command `communique duplicates`; modules are imported when it runs. */
export function duplicatesCommand(
  withDatabase: WithDatabase,
  say: (line: string) => void,
): Command {
  return new Command("duplicates")
    .description("propose people who may be one person under two slugs, the most likely first")
    .addOption(formatOption("for people, or a JSON object per line"))
    .option(
      "--limit <pairs>",
      `the maximum number of pairs to show, up to ${MAX_LIMIT}`,
      wholeNumber(MAX_LIMIT),
      LIMIT,
    )
    .option("--min-score <score>", "leave out pairs below it, from 0 to 1", share, MIN_SCORE)
    .option("--write <file>", "write a record of judgements to accept or to turn into `different`")
    .option("--overwrite", "let --write replace a file", false)
    .action(async ({ format, limit, minScore, write, overwrite }: DuplicatesFlags) => {
      const { findDuplicates } = await import("./duplicates.js");
      const print = await import("./duplicates.print.js");
      const { assertWritable, writeJudgements } = await import("./judgements.file.js");
      // Before the work, which may take minutes.
      if (write !== undefined) assertWritable(write, overwrite);
      await withDatabase(async (dataSource) => {
        const { sqlOf } = await import("../../db/sql.js");
        const sql = sqlOf(dataSource);
        const progress = startProgress("Comparing", "person", "people");
        const found = await findDuplicates(sql, {
          limit,
          minScore,
          onProgress: ({ people, ...step }) => progress.update({ ...step, records: people }),
        }).finally(progress.stop);
        const describe = format === "json" ? print.duplicateAsJson : print.describeDuplicate;
        for (const pair of found.pairs) process.stdout.write(`${describe(pair)}\n`);
        if (write !== undefined) {
          const today = new Date().toISOString().slice(0, 10);
          const count = await writeJudgements(sql, found.pairs, write, { overwrite, today });
          say(`${write}: ${count} to judge. Move those that are not one to "different".`);
        }
        say(print.summarizeDuplicates(found));
      });
    });
}

function share(text: string): number {
  const number = Number(text);
  if (text.trim() !== "" && number >= 0 && number <= 1) return number;
  throw new InvalidArgumentError("expected a number from 0 to 1.");
}

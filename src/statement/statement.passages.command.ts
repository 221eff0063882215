import { Command } from "commander";
import type { WithDatabase } from "../records/record.options.js";

/** The command `communique passage`, for those who run the service: whatever the licence. */
export function passageCommand(withDatabase: WithDatabase): Command {
  return new Command("passage")
    .description("print a statement with the passages that prove it, from the texts that are kept")
    .argument("<key>", "the key of the statement")
    .action(async (key: string) => {
      const { describePassages } = await import("./statement.passages.js");
      const { sqlOf } = await import("../db/sql.js");
      await withDatabase(async (dataSource) => {
        process.stdout.write(`${await describePassages(sqlOf(dataSource), key)}\n`);
      });
    });
}

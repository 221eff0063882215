import { Command } from "commander";
import { counted } from "../record.counted.js";
import type { WithDatabase } from "../record.options.js";

/** The command `communique text export`, for those who run the service: whatever the licence. */
export function textCommand(withDatabase: WithDatabase, say: (line: string) => void): Command {
  const command = new Command("text").description("work with the texts that are kept");
  command
    .command("export")
    .description(
      "write the kept texts to a directory that `load --text` reads: <document key>.txt, earlier editions <key>@<sha256>.txt",
    )
    .requiredOption("--out <directory>", "where to; files there are replaced")
    .option("--document <key...>", "only the texts of these documents")
    .action(async ({ out, document }: { out: string; document?: string[] }) => {
      const { exportTexts } = await import("./record.texts.export.js");
      const { sqlOf } = await import("../../db/sql.js");
      await withDatabase(async (dataSource) => {
        const count = await exportTexts(sqlOf(dataSource), out, document);
        say(`${out}: ${counted(count, "text")} written.`);
      });
    });
  return command;
}

import { Command, Option } from "commander";
import { describeFault } from "../check/record.report.js";
import { counted } from "../record.counted.js";
import { authorOption, type WithDatabase } from "../record.options.js";
import { FEED } from "../revisions/record.types.js";

/** Opens a terminal to ask on; null if there is none. */
type Terminal = () => Promise<((question: string) => Promise<string>) | null>;

interface RedactFlags {
  because: string;
  type?: string;
  cascade?: boolean;
  dryRun?: boolean;
  author?: string;
  yes?: boolean;
}

/** The command `communique redact`. */
export function redactCommand(
  withDatabase: WithDatabase,
  say: (line: string) => void,
  terminal: Terminal,
): Command {
  return new Command("redact")
    .description(
      "take items out of the record, of its history, and of kept texts, for ever; their keys stay, with the reason",
    )
    .argument("<key...>", "slugs or keys of the items; of a document, its record goes whole")
    .requiredOption("--because <text>", "why: kept, and shown to whoever loads them again")
    .addOption(
      new Option("--type <type>", "what they are, where a key is of several").choices(
        FEED.map(({ noun }) => noun),
      ),
    )
    .option("--cascade", "also redact what can't be on record without them")
    .option("--dry-run", "report what would go, without changing anything")
    .addOption(authorOption())
    .option("--yes", "skip confirmation")
    .action(async (keys: string[], flags: RedactFlags) => {
      const { redact } = await import("./record.redact.js");
      const { OperationRefused } = await import("../load/record.load.refusal.js");
      const options = {
        ...flags,
        noun: flags.type,
        onFault: (fault: Parameters<typeof describeFault>[0]) => say(describeFault(fault)),
      };
      await withDatabase(async (dataSource) => {
        try {
          const planned = await redact(dataSource, keys, { ...options, dryRun: true });
          const { items, texts } = planned;
          for (const item of items) process.stdout.write(`${item}\n`);
          const what = `${counted(items.length, "item")}, and ${counted(texts, "text")} that mention ${items.length === 1 ? "it" : "them"},`;
          if (flags.dryRun) return say(`${what} would go.`);
          const question = `${what} would go for ever. Type yes to redact: `;
          if (!flags.yes && !(await isConfirmed(question, terminal, say))) return;
          const done = await redact(dataSource, keys, options);
          say(
            `Redacted: ${counted(done.items.length, "item")}, and ${counted(done.texts, "text")}. Backups and replication logs still have them.`,
          );
        } catch (error) {
          if (!(error instanceof OperationRefused)) throw error;
          say(error.message);
          process.exitCode = 1;
        }
      });
    });
}

async function isConfirmed(
  question: string,
  terminal: Terminal,
  say: (line: string) => void,
): Promise<boolean> {
  const ask = await terminal();
  if (ask && (await ask(question)).trim().toLowerCase() === "yes") return true;
  say(
    ask
      ? "Nothing was changed."
      : "Nothing was changed: there is no terminal for confirmation. To redact without it, add --yes.",
  );
  if (!ask) process.exitCode = 2;
  return false;
}

import { readFileSync, writeFileSync } from "node:fs";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import {
  againstOption,
  formatOption,
  RECORD_FILES,
  TEXTS,
  textOption,
} from "./records/record.options.js";
import type { DataSource } from "typeorm";
import { ConfigError, parseConfig } from "./config.js";
import { databaseError, DatabaseError, DatabaseUnavailable } from "./db/db.errors.js";
import { EmbeddedServerError } from "./embedded/embedded.js";
import { SavedQuestionError } from "./pages/saved-questions.js";
import { TrustedDocumentsError } from "./http/trusted-documents.js";
import { duplicatesCommand } from "./person/duplicates/duplicates.command.js";
import { redactCommand } from "./records/redaction/record.redact.command.js";
import { passageCommand } from "./statement/statement.passages.command.js";
import { textCommand } from "./records/texts/record.texts.command.js";
import { VERSION } from "./pages/project.js";
import { anchorCommands } from "./records/anchor/record.anchor.command.js";
import { check, type CheckSources } from "./records/against/record.check-against.js";
import { describeFault, describeReport, reportAsJson } from "./records/check/record.check.files.js";
import { draftCommand } from "./draft/draft.command.js";
import { exportCommand } from "./records/export/record.export.command.js";
import { UnknownDocument } from "./records/export/record.export.unknown.js";
import { UnreadableFile } from "./records/files/record.files.js";
import { printRecordSchema } from "./records/record.json-schema.js";
import { loadCommand } from "./records/load/record.load.command.js";
import { historyCommands } from "./records/history/record.history.command.js";
import { UnknownInHistory } from "./records/history/record.points.js";
import { LoadRefused } from "./records/load/record.load.refusal.js";

// Commands import their modules lazily: importing the service takes half a second.
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const config = () => parseConfig(process.env);
const dataDirectory = () => config().dataDirectory;

/** Opens the database, migrated to the current schema, for some work. */
async function withDatabase(work: (dataSource: DataSource) => Promise<void>): Promise<void> {
  const { openDatabase } = await import("./db/open-database.js");
  const database = await openDatabase(config(), say);
  try {
    await work(database.dataSource);
  } finally {
    await database.close();
  }
}

async function openToLoad(isDryRun: boolean) {
  if (isDryRun) return (await import("./db/dry-run.js")).openForDryRun(config(), say);
  return (await import("./db/open-database.js")).openDatabase(config(), say, { toWrite: true });
}

function graphqlAddress(text: string): string {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text;
  throw new InvalidArgumentError("Give an address such as http://127.0.0.1:4000/graphql.");
}

interface CheckFlags extends CheckSources {
  format: string;
}

interface SchemaOptions {
  api?: boolean;
  record?: boolean;
  out?: string;
  check?: string;
}

const program = new Command("communique")
  .description(
    "The diplomatic record as a GraphQL subgraph: who met whom, where, and what was said.",
  )
  .version(VERSION, "-V, --version", "print the version")
  // Wrong usage exits with 2 like other errors; commander's 1 means faults in records.
  .exitOverride();

program
  .command("start")
  .description("start the service (what `npm start` does)")
  .action(async () => {
    const { start } = await import("./main.js");
    await start(config());
  });

program
  .command("mcp")
  .description("serve tools for agents over standard input and output (Model Context Protocol)")
  .option(
    "--url <url>",
    "ask the service at this address, http://…/graphql, instead of opening the database",
    graphqlAddress,
  )
  .action(async ({ url }: { url?: string }) => {
    const { serveAgents } = await import("./main.js");
    await serveAgents(config(), url);
  });

program
  .command("migrate")
  .description("migrate the database to the current schema")
  .action(async () => {
    await withDatabase(async () => say("The database has the current schema."));
  });

program
  .command("check")
  .description("report every fault in record files; exit 1 if there is any")
  .argument("<file...>", RECORD_FILES)
  .addOption(textOption(`${TEXTS}; also checks offsets and quotations against it`))
  .addOption(againstOption("also check against what is on record"))
  .addOption(formatOption("output format: text for people, or one JSON document"))
  .action(async (files: string[], flags: CheckFlags) => {
    const report = await check(files, flags, dataDirectory, say);
    const describe = flags.format === "json" ? reportAsJson : describeReport;
    process.stdout.write(`${describe(report)}\n`);
    if (report.faults.some(({ severity }) => severity === "fault")) process.exitCode = 1;
  });

for (const command of anchorCommands(() => config().dataDirectory, say))
  program.addCommand(command.copyInheritedSettings(program));

program.addCommand(draftCommand(() => config().dataDirectory, say).copyInheritedSettings(program));

program.addCommand(loadCommand(openToLoad, say).copyInheritedSettings(program));

program
  .command("conflicts")
  .description("list the fields for which documents give different values, and which one is shown")
  .addOption(formatOption("for people, or a JSON object per line"))
  .action(async ({ format }: { format: "text" | "json" }) => {
    const { sqlOf } = await import("./db/sql.js");
    const { printConflicts } = await import("./records/claims/record.conflicts.js");
    const print = (line: string) => process.stdout.write(`${line}\n`);
    await withDatabase((dataSource) => printConflicts(sqlOf(dataSource), format, print, say));
  });

const terminal = async () => {
  const { askOnTerminal } = await import("./embedded/reset.js");
  return process.stdin.isTTY && process.stderr.isTTY ? askOnTerminal : null;
};
for (const command of [
  exportCommand(withDatabase, say),
  duplicatesCommand(withDatabase, say),
  textCommand(withDatabase, say),
  passageCommand(withDatabase),
  redactCommand(withDatabase, say, terminal),
  ...historyCommands(withDatabase, say),
])
  program.addCommand(command.copyInheritedSettings(program));

program
  .command("reset")
  .description("delete the embedded database, after confirmation")
  .option("--yes", "skip confirmation")
  .action(async ({ yes = false }: { yes?: boolean }) => {
    const { resetDatabase } = await import("./embedded/reset.js");
    const ask = await terminal();
    if (!(await resetDatabase(config(), { say, ask, yes }))) process.exitCode = 1;
  });

program
  .command("schema")
  .description(
    "print the subgraph schema, the API schema for clients, or the JSON Schema of record files",
  )
  .option("--api", "the schema without federation directives, for client tools")
  .addOption(new Option("--record", "the JSON Schema of record files").conflicts("api"))
  .option("--out <file>", "write it to a file instead of standard output")
  .option("--check <file>", "exit 1 if this file differs from it")
  .action(async ({ api, record, out, check }: SchemaOptions) => {
    const { createSchema, printApiSchema, printSchema } = await import("./schema.js");
    const text = record
      ? printRecordSchema()
      : api
        ? printApiSchema()
        : printSchema(createSchema());
    if (check) {
      if (readFileSync(check, "utf8") === text) return;
      say(
        record
          ? `${check} is out of date. Update it: npm run -s communique -- schema --record --out ${check}`
          : `${check} is out of date. Update it: npm run schema`,
      );
      process.exitCode = 1;
    } else if (out) writeFileSync(out, text);
    else process.stdout.write(text);
  });

program.parseAsync().catch((error: unknown) => {
  // Commander has printed the reason.
  if (error instanceof CommanderError) process.exit(error.exitCode && 2);
  if (error instanceof LoadRefused) {
    for (const fault of error.faults) say(describeFault(fault));
    process.exit(1);
  }
  const userErrors = [
    ConfigError,
    DatabaseError,
    EmbeddedServerError,
    TrustedDocumentsError,
    SavedQuestionError,
    UnknownDocument,
    UnknownInHistory,
    UnreadableFile,
  ];
  if (databaseError(error) instanceof DatabaseUnavailable) {
    say(
      `The database became unavailable: ${(error as Error).message}\n` +
        "What has been stored is kept. Run the command again once the database is up.",
    );
    process.exit(2);
  }
  const isUserError = userErrors.some((known) => error instanceof known) || isFileError(error);
  say(isUserError ? (error as Error).message : String((error as Error).stack ?? error));
  process.exit(2);
});

function isFileError(error: unknown): boolean {
  return ["ENOENT", "EACCES", "EISDIR"].includes(String((error as { code?: unknown }).code));
}

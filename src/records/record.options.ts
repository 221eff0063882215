import { InvalidArgumentError, Option } from "commander";
import type { DataSource } from "typeorm";

/** Runs the work of a command on the database, and closes it. */
export type WithDatabase = (work: (dataSource: DataSource) => Promise<void>) => Promise<void>;

/** Describes the argument of commands that read record files. */
export const RECORD_FILES =
  "record files: .json, or .jsonl with one record per line, also .gz; directories of them; - for standard input";

/** Describes what `--text` takes. */
export const TEXTS = "the source text, or a directory with a <document key>.txt for each";

/** The option of a source text. Given twice, only the last one would count. */
export function textOption(description: string): Option {
  const option = new Option("--text <path>", description);
  return option.argParser((file: string, previous: string | undefined) => {
    if (previous === undefined) return file;
    throw new InvalidArgumentError(
      "--text may be given once: it is the text of one document, or a directory of texts.",
    );
  });
}

/** The option of a database that is only read, and what for. */
export function againstOption(what: string): Option {
  return new Option(
    "--against <database>",
    `${what}: \`embedded\`, or a PostgreSQL URL; it is only read`,
  );
}

/** The option of the output format: `text` or `json`. */
export function formatOption(description: string): Option {
  return new Option("--format <format>", description).choices(["text", "json"]).default("text");
}

/** The option of commands that change the record: who does so. */
export function authorOption(): Option {
  return new Option(
    "--author <name>",
    "who changes the record, for its history; at most 200 characters",
  )
    .env("COMMUNIQUE_AUTHOR")
    .argParser(shortText(200));
}

/** The option of commands that change the record: why. */
export function noteOption(): Option {
  return new Option(
    "--note <text>",
    "why it is changed, for its history; at most 2,000 characters",
  ).argParser(shortText(2_000));
}

/** Returns a parser of option values: whole numbers from 1 to `most`. */
export function wholeNumber(most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (Number.isInteger(number) && number >= 1 && number <= most) return number;
    throw new InvalidArgumentError(`expected a whole number from 1 to ${most}.`);
  };
}

function shortText(most: number): (text: string) => string {
  return (text) => {
    if (text.trim() === "") throw new InvalidArgumentError("It is empty.");
    if (text.length > most)
      throw new InvalidArgumentError(`It has ${text.length} characters; at most ${most} are kept.`);
    if (text.includes("\0") || /\p{Surrogate}/u.test(text))
      throw new InvalidArgumentError("It is not valid Unicode text.");
    return text;
  };
}

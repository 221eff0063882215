import { InvalidArgumentError, Option } from "commander";

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

import { readFile, stat, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { isOpenLicence } from "../source/open-licence.js";
import { boundsOfPartialDate } from "../scalars/partial-date.js";
import { sourceTextOf, type SourceText, WrongEncoding } from "../records/check/record.text.js";
import { assertReadable, UnreadableFile } from "../records/files/record.files.js";
import { key as keySchema, language as languageSchema } from "../records/record.values.js";
import type { NameLookUp } from "./names-in-text.js";

interface DraftFlags {
  against?: string;
  out?: string;
  overwrite: boolean;
  key?: string;
  language?: string;
  licence?: string;
  date?: string;
}

/** The maximum size of a text in bytes. */
const MAX_BYTES = 1024 * 1024;

/** The command `communique draft`; modules are imported when it runs. */
export function draftCommand(directory: () => string, say: (line: string) => void): Command {
  return new Command("draft")
    .description("draft a record of a text, with todos for what only a person can decide")
    .argument("<text>", "the source text, UTF-8, of at most 1 MB")
    .option(
      "--against <database>",
      "find names on record: `embedded`, or a PostgreSQL URL; it is only read",
    )
    .option("--out <file>", "write to a file instead of standard output")
    .option("--overwrite", "let --out replace a file", false)
    .option("--key <key>", "the document's key; by default made of the file's name", keyOf)
    .option("--language <tag>", "of the text, BCP 47; by default English is recognized", languageOf)
    .option(
      "--licence <id>",
      "of the text: an open one (an SPDX id, or public-domain) lifts the limits on quotations",
    )
    .option(
      "--date <day>",
      "when it was published, YYYY-MM-DD, from which weekdays are reckoned",
      dayOf,
    )
    .action((file: string, flags: DraftFlags) => draft(file, flags, directory, say));
}

async function draft(
  file: string,
  { against, out, overwrite, key, ...options }: DraftFlags,
  directory: () => string,
  say: (line: string) => void,
): Promise<void> {
  const { assertWritable } = await import("../person/duplicates/judgements.file.js");
  const source = await readText(file);
  if (out !== undefined) assertWritable(out, overwrite);
  const { draftRecord } = await import("./draft.js");
  const { summarizeDraft } = await import("./draft.summary.js");
  if (options.licence !== undefined && !isOpenLicence(options.licence))
    say(`${options.licence} is not the id of an open licence: the limits on quotations hold.`);
  const { slugOf } = await import("./draft.items.js");
  const drafted = await withNames(against, directory, say, (lookUp) =>
    draftRecord(source, {
      ...options,
      key: key ?? (slugOf(basename(file).replace(/\.[^.]*$/, "")) || "document"),
      isKeyChosen: key !== undefined,
      lookUp,
    }),
  );
  const json = `${JSON.stringify(drafted.record, null, 2)}\n`;
  if (out === undefined) process.stdout.write(json);
  else await writeFile(out, json);
  say(summarizeDraft(file, drafted));
}

/** Reads the text; throws `UnreadableFile` if it is missing, too large, not UTF-8, or has no words. */
async function readText(file: string): Promise<SourceText> {
  await assertReadable([file]);
  const found = await stat(file);
  if (found.isDirectory()) throw new UnreadableFile(`${file} is a directory; name the text's file`);
  if (found.size > MAX_BYTES)
    throw new UnreadableFile(
      `${file} has more than ${MAX_BYTES / 2 ** 20} MB: a draft is of the text of one document`,
    );
  let source: SourceText;
  try {
    source = sourceTextOf(await readFile(file));
  } catch (error) {
    if (error instanceof WrongEncoding) throw new UnreadableFile(`${file}: ${error.message}`);
    throw error;
  }
  if (!/[\p{L}\p{N}]/u.test(source.words))
    throw new UnreadableFile(`${file} has no words to draft from`);
  return source;
}

/** Runs work with a lookup of names on record; without a database, nothing is on record. */
async function withNames<T>(
  against: string | undefined,
  directory: () => string,
  say: (line: string) => void,
  work: (lookUp: NameLookUp) => Promise<T>,
): Promise<T> {
  if (against === undefined) return work(() => Promise.resolve([]));
  const { openToRead } = await import("../db/open-to-read.js");
  const { sqlOf } = await import("../db/sql.js");
  const { readNamedItems } = await import("./names-on-record.store.js");
  const database = await openToRead(against, directory(), say);
  try {
    const sql = sqlOf(database.dataSource);
    return await work((words) => readNamedItems(sql, words));
  } finally {
    await database.close();
  }
}

function keyOf(text: string): string {
  if (keySchema().safeParse(text).success) return text;
  throw new InvalidArgumentError(
    "expected lower-case letters and digits, parted by single hyphens, dots or slashes.",
  );
}

function languageOf(text: string): string {
  if (languageSchema().safeParse(text).success) return text;
  throw new InvalidArgumentError("expected a BCP 47 language tag, such as en or pt-BR.");
}

function dayOf(text: string): string {
  if (/^\d{4}-\d\d-\d\d$/.test(text) && boundsOfPartialDate(text)) return text;
  throw new InvalidArgumentError("expected a day, YYYY-MM-DD.");
}

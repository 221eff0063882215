import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { isCountryCode } from "../../src/scalars/country-code.js";
import { isOpenLicence } from "../../src/source/open-licence.js";
import { writeLines } from "../lines.js";
import type { Document } from "../records.js";
import { describeTally, Tally } from "../tally.js";
import { readPopolo } from "./popolo.file.js";
import { popoloLines } from "./popolo.js";

interface Options {
  key: string;
  out: string;
  title?: string;
  publisher?: string;
  url?: string;
  licence?: string;
  edition?: string;
  language: string;
  country?: string;
}

/** The command `npm run import -- popolo`. */
export function popoloCommand(): Command {
  return new Command("popolo")
    .description(
      "Turn a Popolo file into a record file: people, organizations, areas, memberships, events and speeches. What was left out is counted by reason on standard error.",
    )
    .argument("<file>", "a JSON object with lists of Popolo, such as persons and memberships")
    .requiredOption(
      "--key <key>",
      "the key of the dataset's document, with which all slugs begin",
      keyOf,
    )
    .requiredOption("--out <file>", "where the records go: .jsonl")
    .option("--title <text>", "the dataset's name")
    .option("--publisher <text>", "who published it")
    .option("--url <url>", "where it can be read")
    .option(
      "--licence <id>",
      "its SPDX id, or public-domain; speeches are only kept under an open one",
    )
    .option("--edition <text>", "its release or commit: the version of the dataset")
    .option("--language <tag>", "the language of names and speeches, BCP 47", languageOf, "und")
    .option("--country <code>", "whose offices, bodies and places it lists, ISO 3166", countryOf)
    .action(importPopolo);
}

async function importPopolo(path: string, options: Options): Promise<void> {
  const { key, out, language, country = null, licence } = options;
  const file = await readPopolo(path);
  const document: Document = {
    key,
    kind: "DATASET",
    language,
    ...(options.title !== undefined && { title: options.title }),
    ...(options.publisher !== undefined && { publisher: options.publisher }),
    ...(options.url !== undefined && { url: options.url }),
    ...(licence !== undefined && { licence }),
    ...(options.edition !== undefined && { version: options.edition }),
  };
  const tally = new Tally();
  await mkdir(dirname(out), { recursive: true });
  const facts = { key, country, language, isOpen: isOpenLicence(licence) };
  await writeLines(out, popoloLines(file, document, facts, tally));
  process.stderr.write(`${describeTally(key, tally)}\n`);
}

function keyOf(text: string): string {
  if (/^[a-z0-9]+(?:[-/.][a-z0-9]+)*$/.test(text) && text.length <= 100) return text;
  throw new InvalidArgumentError(
    "Expected lower-case letters and digits, parted by single hyphens, dots or slashes; at most 100.",
  );
}

function languageOf(text: string): string {
  try {
    return Intl.getCanonicalLocales(text)[0]!;
  } catch {
    throw new InvalidArgumentError("Expected a language tag of BCP 47, such as en or pt-BR.");
  }
}

function countryOf(text: string): string {
  if (isCountryCode(text)) return text;
  throw new InvalidArgumentError("Expected a code of ISO 3166, such as AQ.");
}

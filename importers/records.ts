import { createReadStream } from "node:fs";
import type { SourceRecordInput } from "../src/records/record.format.js";

/** A record type with strings instead of enums, so that importers run without importing the service. */
type Plain<T> = T extends string
  ? `${T}`
  : T extends (infer Item)[]
    ? Plain<Item>[]
    : T extends object
      ? { [Key in keyof T]: Plain<T[Key]> }
      : T;

type RecordLine = Plain<SourceRecordInput>;
type Item<List extends keyof RecordLine> =
  NonNullable<RecordLine[List]> extends (infer One)[] ? One : never;

export type Document = Exclude<RecordLine["document"], string>;
export type Facts = Omit<RecordLine, "format" | "document" | "$schema">;
export type Person = Item<"people">;
export type Place = Item<"places">;
export type Meeting = Item<"meetings">;
export type Participation = NonNullable<Meeting["participations"]>[number];

/** A line of a data file: every key is present; a missing value is null. */
export type Row = Record<string, unknown> & { id: string };

/** An importer: the document of a dataset, and the facts from its rows. */
export interface Importer {
  document: Document;
  facts: (rows: AsyncIterable<Row>, tally: Tally, territories: Territories) => AsyncIterable<Facts>;
}

/** Country codes by territory id, from the source's table; used as a fallback. */
export type Territories = ReadonlyMap<string, string>;

/** Counts of rows, records and facts, and ids of what could not be mapped, by reason. */
export class Tally {
  rows = 0;
  records = 0;
  readonly facts = new Map<string, number>();
  readonly skipped = new Map<string, string[]>();
  readonly noted = new Map<string, string[]>();

  /** Counts a row that gives no fact. */
  skip(reason: string, id: string): void {
    push(this.skipped, reason, id);
  }

  /** Counts a row whose fact is incomplete. */
  note(reason: string, id: string): void {
    push(this.noted, reason, id);
  }

  count(facts: Facts): void {
    this.records++;
    const add = (list: string, by: number) => {
      if (by > 0) this.facts.set(list, (this.facts.get(list) ?? 0) + by);
    };
    for (const [list, items] of Object.entries(facts)) add(list, (items as unknown[]).length);
    for (const { participations = [] } of facts.meetings ?? [])
      add("participations", participations.length);
  }
}

function push(lists: Map<string, string[]>, reason: string, id: string): void {
  const ids = lists.get(reason) ?? [];
  ids.push(id);
  lists.set(reason, ids);
}

const OFFICE_OF_THE_HISTORIAN = {
  slug: "us-office-of-the-historian",
  name: "Office of the Historian, US Department of State",
};

/** Builds the document of a dataset of the Office of the Historian; the version is the commit of its repository. */
export function dataset(key: string, title: string, repository: string, version: string): Document {
  return {
    key,
    kind: "DATASET",
    title,
    publisher: OFFICE_OF_THE_HISTORIAN.name,
    issuer: OFFICE_OF_THE_HISTORIAN.slug,
    url: `https://github.com/HistoryAtState/${repository}`,
    language: "en",
    licence: "CC0-1.0",
    version,
  };
}

/** Yields the lines of a record file: first the document, then facts that cite its rows. */
export async function* recordLines(
  { document, facts }: Importer,
  rows: AsyncIterable<Row>,
  tally: Tally,
  territories: Territories = new Map(),
): AsyncGenerator<string> {
  const line = (of: RecordLine["document"], rest: Facts) => {
    tally.count(rest);
    return `${JSON.stringify({ format: "communique-record/1", document: of, ...rest })}\n`;
  };
  yield line(document, { organizations: [OFFICE_OF_THE_HISTORIAN] });
  for await (const some of facts(countRows(rows, tally), tally, territories))
    yield line(document.key, some);
}

async function* countRows(rows: AsyncIterable<Row>, tally: Tally): AsyncGenerator<Row> {
  for await (const row of rows) {
    tally.rows++;
    yield row;
  }
}

/** Reads the rows of NDJSON files. Splits at LF only, since JSON strings may contain other line separators. */
export async function* rowsOf(paths: string[]): AsyncGenerator<Row> {
  for (const path of paths) {
    let [rest, line] = ["", 0];
    const row = (text: string) => rowIn(text, `${path}:${++line}`);
    for await (const chunk of createReadStream(path, "utf8") as AsyncIterable<string>) {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop()!;
      for (const text of lines) yield* row(text);
    }
    yield* row(rest);
  }
}

/** Parses the row of a line; none if it is blank. */
function rowIn(text: string, place: string): Row[] {
  if (text.trim() === "") return [];
  try {
    return [JSON.parse(text) as Row];
  } catch (error) {
    throw new Error(`${place}: not a JSON object: ${(error as Error).message}`);
  }
}

/** Returns a text field of a row; null if missing or empty. */
export function textIn(row: Row, field: string): string | null {
  const value = row[field];
  return typeof value === "string" && value !== "" ? value : null;
}

/** Returns a text field that every row must have. */
export function required(row: Row, field: string): string {
  const value = textIn(row, field);
  if (value === null) throw new Error(`row ${row.id} has no ${field}`);
  return value;
}

/** Converts text to a slug: lower-case letters, digits and single hyphens. */
export function slugOf(text: string): string {
  return text
    .replace(/ß/g, "ss")
    .replace(/[øØ]/g, "o")
    .replace(/[łŁ]/g, "l")
    .replace(/[đĐ]/g, "d")
    .replace(/ı/g, "i")
    .normalize("NFKD")
    .replace(/[\p{M}'’‘ʻʼ]/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

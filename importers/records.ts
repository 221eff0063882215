import { createReadStream } from "node:fs";
import type { SourceRecordInput } from "../src/records/record.format.js";

/** A record's type with strings in place of the enums, so that an importer runs without the service. */
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

/** A line of a data file: every key is present, `null` where the source has nothing. */
export type Row = Record<string, unknown> & { id: string };

/** What one importer makes of one dataset. */
export interface Importer {
  document: Document;
  facts: (rows: AsyncIterable<Row>, tally: Tally, territories: Territories) => AsyncIterable<Facts>;
}

/** Country codes by territory id, of the source's own table; the last resort. */
export type Territories = ReadonlyMap<string, string>;

/** What went in, what came out, and what could not be mapped, by reason. */
export class Tally {
  rows = 0;
  records = 0;
  readonly facts = new Map<string, number>();
  readonly skipped = new Map<string, string[]>();
  readonly noted = new Map<string, string[]>();

  /** A row that makes no fact. */
  skip(reason: string, id: string): void {
    push(this.skipped, reason, id);
  }

  /** A row that makes a fact without something that it has. */
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

/** A dataset of the Office of the Historian; the version is the commit that its rows were made from. */
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

/** The lines of a record file: first the document, then facts that cite its rows. */
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

/** The rows of NDJSON files, one at a time. A line ends at LF alone, as JSON may hold the other separators. */
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

/** The row of a line; none where it is blank. */
function rowIn(text: string, place: string): Row[] {
  if (text.trim() === "") return [];
  try {
    return [JSON.parse(text) as Row];
  } catch (error) {
    throw new Error(`${place}: not a JSON object: ${(error as Error).message}`);
  }
}

/** A text of the row; null where it has none. */
export function textIn(row: Row, field: string): string | null {
  const value = row[field];
  return typeof value === "string" && value !== "" ? value : null;
}

/** A field that every row has. */
export function required(row: Row, field: string): string {
  const value = textIn(row, field);
  if (value === null) throw new Error(`row ${row.id} has no ${field}`);
  return value;
}

/** Lower-case letters, digits and single hyphens. */
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

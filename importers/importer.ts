import type { People } from "./people/people.js";
import {
  type Document,
  type Facts,
  OFFICE_OF_THE_HISTORIAN,
  type Organization,
} from "./records.js";
import type { Row } from "./rows.js";
import type { Tally } from "./tally.js";

/** An importer: the document of a dataset, and the facts from its rows. */
export interface Importer {
  document: Document;
  /** Organizations that its facts name. */
  organizations?: Organization[];
  facts: (rows: AsyncIterable<Row>, run: Run) => AsyncIterable<Facts>;
}

/** What an importer is given besides its rows. */
export interface Run {
  tally: Tally;
  /** Everyone known so far, to whom an importer adds those it finds. */
  people: People;
  territories: Territories;
}

/** Country codes by territory id, from the source's table; used as a fallback. */
export type Territories = ReadonlyMap<string, string>;

/** Yields the lines of a record file: first the document, then facts that cite its rows. */
export async function* recordLines(
  { document, organizations = [], facts }: Importer,
  rows: AsyncIterable<Row>,
  run: Run,
): AsyncGenerator<string> {
  const line = (of: Document | string, rest: Facts) => {
    run.tally.count(rest);
    run.people.learn(rest);
    return `${JSON.stringify({ format: "communique-record/1", document: of, ...rest })}\n`;
  };
  const issuers = document.issuer === OFFICE_OF_THE_HISTORIAN.slug ? [OFFICE_OF_THE_HISTORIAN] : [];
  yield line(document, { organizations: [...issuers, ...organizations] });
  for await (const some of facts(countRows(rows, run.tally), run)) yield line(document.key, some);
}

async function* countRows(rows: AsyncIterable<Row>, tally: Tally): AsyncGenerator<Row> {
  for await (const row of rows) {
    tally.rows++;
    yield row;
  }
}

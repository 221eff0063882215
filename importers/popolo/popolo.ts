import type { Document, Facts } from "../records.js";
import type { Tally } from "../tally.js";
import { meetingsOf, type FactOptions, statementsOf, tenuresOf } from "./popolo.facts.js";
import type { PopoloFile } from "./popolo.file.js";
import { nounsOf } from "./popolo.nouns.js";

/** The number of items in a line. */
const ITEMS_PER_LINE = 500;

/** Yields the lines of a record file: the document of the dataset, and the facts of a Popolo file, each after what it refers to. */
export function* popoloLines(
  file: PopoloFile,
  document: Document,
  options: FactOptions,
  tally: Tally,
): Generator<string> {
  for (const name of file.unread) tally.note("a list that is not read", name);
  const { slugs, ...nouns } = nounsOf(file, options, tally);
  const all = { slugs, ...nouns };
  const tenures = tenuresOf(file, all, options, tally);
  const { meetings, slugsOfMeetings } = meetingsOf(file, all, options, tally);
  const statements = statementsOf(file, all, slugsOfMeetings, options, tally);
  const line = (of: Document | string, facts: Facts) => {
    tally.count(facts);
    return `${JSON.stringify({ format: "communique-record/1", document: of, ...facts })}\n`;
  };
  yield line(document, {});
  for (const [list, items] of Object.entries({ ...nouns, tenures, meetings, statements })) {
    for (let at = 0; at < items.length; at += ITEMS_PER_LINE)
      yield line(document.key, { [list]: items.slice(at, at + ITEMS_PER_LINE) });
  }
}

import type { Tally } from "./records.js";

const EXAMPLES = 3;

/** Formats a tally as a table, including everything that was skipped. */
export function describeTally(name: string, tally: Tally): string {
  const lines = (lists: Map<string, string[]>) =>
    [...lists]
      .sort(([, a], [, b]) => b.length - a.length)
      .map(([reason, ids]) => line(ids.length, reason, examples(ids)));
  const facts = [...tally.facts].map(([list, count]) => line(count, list));
  const part = (title: string, body: string[]) => (body.length > 0 ? [title, ...body] : []);
  return [
    name,
    line(tally.rows, "rows in"),
    line(tally.records, "records out"),
    ...part("facts", facts),
    ...part("rows skipped", lines(tally.skipped)),
    ...part("kept, but", lines(tally.noted)),
    "",
  ].join("\n");
}

function line(count: number, ...rest: string[]): string {
  return `${String(count).padStart(8)}  ${rest.join("  ").trimEnd()}`;
}

function examples(ids: string[]): string {
  return `(${ids.slice(0, EXAMPLES).join(", ")}${ids.length > EXAMPLES ? ", …" : ""})`;
}

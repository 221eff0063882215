import type { Facts } from "./records.js";

/** How many rows something holds for, and the first of them. */
export interface Count {
  total: number;
  examples: string[];
}

const EXAMPLES = 3;

/** Headings and reasons that the totals of a run count. */
export const PEOPLE = "people";
export const KNOWN = "known before, by the full name";
export const UNSURE = "perhaps known before: own slug, and a candidate";
export const ACTS_FOR_NOBODY = "met abroad, acts for nobody known";

/** Counts of rows, records and facts, and of what could not be mapped, by reason. */
export class Tally {
  rows = 0;
  records = 0;
  readonly facts = new Map<string, number>();
  /** Counts by heading and reason. */
  readonly parts = new Map<string, Map<string, Count>>();

  /** Counts a row that gives no fact. */
  skip(reason: string, id: string): void {
    this.add("rows skipped", reason, id);
  }

  /** Counts a row whose fact is incomplete. */
  note(reason: string, id: string): void {
    this.add("kept, but", reason, id);
  }

  /** Counts a row under a heading. */
  add(heading: string, reason: string, id: string): void {
    const part = this.parts.get(heading) ?? new Map<string, Count>();
    const count = part.get(reason) ?? { total: 0, examples: [] };
    count.total++;
    if (count.examples.length < EXAMPLES) count.examples.push(id);
    this.parts.set(heading, part.set(reason, count));
  }

  /** Returns how many rows were counted for a reason under a heading, or for all of its reasons. */
  total(heading: string, reason?: string): number {
    const part = this.parts.get(heading) ?? new Map<string, Count>();
    const counts = reason === undefined ? [...part.values()] : [part.get(reason)];
    return counts.reduce((sum, count) => sum + (count?.total ?? 0), 0);
  }

  /** Counts the facts of a record. */
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

/** Formats a tally as a table, with everything that was skipped or is incomplete. */
export function describeTally(name: string, tally: Tally): string {
  const parts = [...tally.parts].flatMap(([heading, counts]) => [
    heading,
    ...[...counts]
      .sort(([, a], [, b]) => b.total - a.total)
      .map(([reason, { total, examples }]) => {
        const more = total > examples.length ? ", …" : "";
        return line(total, reason, `(${examples.join(", ")}${more})`);
      }),
  ]);
  return [
    name,
    line(tally.rows, "rows in"),
    line(tally.records, "records out"),
    "facts",
    ...[...tally.facts].map(([list, count]) => line(count, list)),
    ...parts,
    "",
  ].join("\n");
}

/** Formats the totals of a run, a line a dataset. */
export function describeTotals(
  tallies: readonly (readonly [string, Tally])[],
  pairs: number,
): string {
  const heads = [
    "rows",
    "records",
    "people",
    "meetings",
    "same as before",
    "unsure",
    "acts for nobody known",
  ];
  const rows = tallies.map(([name, tally]) => [
    name,
    tally.rows,
    tally.records,
    tally.facts.get("people") ?? 0,
    tally.facts.get("meetings") ?? 0,
    tally.total(PEOPLE, KNOWN),
    tally.total(PEOPLE, UNSURE),
    tally.total(ACTS_FOR_NOBODY),
  ]);
  const width = Math.max(...tallies.map(([name]) => name.length));
  return [
    [" ".repeat(width), ...heads].join("  "),
    ...rows.map(([name, ...counts]) =>
      [
        String(name).padEnd(width),
        ...counts.map((count, i) => String(count).padStart(heads[i]!.length)),
      ].join("  "),
    ),
    `${pairs} ${pairs === 1 ? "pair of people is" : "pairs of people are"} for a reader to judge`,
  ].join("\n");
}

function line(count: number, ...rest: string[]): string {
  return `${String(count).padStart(8)}  ${rest.join("  ").trimEnd()}`;
}

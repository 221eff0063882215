import type { Run } from "./importer.js";
import type { Facts } from "./records.js";
import { type Row, textIn } from "./rows.js";
import { travellerOf } from "./us-people.js";

type Tenure = NonNullable<Facts["tenures"]>[number];

const AS_ELECT = /\bas President-elect\b/i;

/** The offices by `role`, with the titles that us-presidents and us-appointments give them. */
const TITLES: Readonly<Record<string, string>> = {
  president: "President of the United States",
  secretary: "Secretary of State",
};

/** Returns whether a row is of a president-elect, who is not in office yet, whatever its role says. */
export function isElect(row: Row): boolean {
  return AS_ELECT.test(textIn(row, "remarks") ?? "");
}

/**
 * Returns the offices in which the rows name their travellers, by the first row that does: without first and last day, which no row
 * says. None where the same office is known already, with its days, as where us-presidents is imported before.
 */
export function officesOf(rows: readonly Row[], { people }: Run): Map<Row, Tenure> {
  const offices = new Map<string, { row: Row; tenure: Tenure }>();
  for (const row of rows) {
    const role = textIn(row, "role") ?? "";
    const title = TITLES[role];
    if (title === undefined || isElect(row)) continue;
    const { slug: person } = travellerOf(row);
    const key = `${person}/us-travels-${role}`;
    if (offices.has(key) || people.known.hasOffice(person, title, "US")) continue;
    const citations = [{ locator: row.id }];
    offices.set(key, { row, tenure: { key, person, title, country: "US", citations } });
  }
  return new Map([...offices.values()].map(({ row, tenure }) => [row, tenure]));
}

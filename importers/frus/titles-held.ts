import { firstDay, lastDay } from "../people/known-people.js";
import type { KnownPeople, KnownPerson } from "../people/known-people.js";

/** Offices that memoranda give without a name, and the titles of those who held them, for the United States. */
const HELD: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(?:the )?president(?: of the united states)?$/i, ["President of the United States"]],
  [/^(?:the )?secretary(?: of state)?$/i, ["Secretary of State"]],
  [/^(?:the )?under ?-?secretary(?: of state)?$/i, ["Under Secretary of State"]],
  [/^(?:the )?deputy secretary(?: of state)?$/i, ["Deputy Secretary of State"]],
  [
    /^(?:the )?under ?-?secretary(?: of state)? for political affairs$/i,
    ["Under Secretary of State for Political Affairs"],
  ],
  [/^(?:the )?legal advis[eo]r$/i, ["Legal Adviser"]],
  [/^(?:the )?counselor(?: of the department)?$/i, ["Counselor"]],
];

/** Returns who alone held an American office on a day that is given without a name; null if nobody is known, or several are. */
export function holderOf(office: string, day: string, known: KnownPeople): KnownPerson | null {
  const titles = HELD.find(([pattern]) => pattern.test(office.trim()))?.[1] ?? [];
  const holders = new Set(titles.flatMap((title) => known.holders(title, "US", day)));
  return holders.size === 1 ? [...holders][0]! : null;
}

/** Returns whether a tenure with at least one known day covers a date, give or take some days. */
export function covers(
  { from, to }: { from: string | null; to: string | null },
  date: string,
  days = 0,
): boolean {
  if (from === null) return false;
  const [first, last] = [shifted(firstDay(date), days), shifted(lastDay(date), -days)];
  return from <= first && (to === null ? shifted(from, 365 * 5) >= last : to >= last);
}

function shifted(day: string, days: number): string {
  const [year, month, date] = day.split("-").map(Number);
  return new Date(Date.UTC(year!, month! - 1, date! + days)).toISOString().slice(0, 10);
}

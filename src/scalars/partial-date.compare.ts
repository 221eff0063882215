import { boundsOfPartialDate } from "./partial-date.js";

/** A partial date; unknown if it is empty. */
export type MaybeDate = string | null | undefined;

/** Returns whether one date certainly ends before the other begins; false if either is unknown. */
export function isBefore(one: MaybeDate, other: MaybeDate): boolean {
  const before = one ? boundsOfPartialDate(one) : null;
  const after = other ? boundsOfPartialDate(other) : null;
  return before !== null && after !== null && before.to < after.from;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Returns today's date in the time zone furthest ahead, UTC+14. */
export function today(): string {
  return dayOf(Date.now() + 14 * HOUR);
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** Returns whether one date certainly ends more than a day before the other begins: in another time zone it may be the next day. */
export function isDaysBefore(one: MaybeDate, other: MaybeDate): boolean {
  const last = one ? boundsOfPartialDate(one)?.to : undefined;
  // The day after may be in the year 10000, which has no date of this form.
  return last !== undefined && last < "9999" && isBefore(dayOf(Date.parse(last) + DAY), other);
}

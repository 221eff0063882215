/** Identifies an office, to find two entries of the same one. */
export interface Office {
  title: string;
  startDate: string | null;
  endDate: string | null;
  ongoing: boolean;
  country: { code: string } | null;
  accreditedTo: { code: string } | null;
  organization: { slug: string } | null;
}

/**
 * The entries that say something of their own. Left out is one that another says too and better: its title is the other's or the
 * beginning of it (`Secretary` of `Secretary of State`), for the same country and organization, and its dates, if any, are
 * within the other's. So is one of several offices (`Secretary of State and Assistant to the President`) each of which has an entry.
 */
export function distinctOffices<Held extends Office>(held: readonly Held[]): Held[] {
  return held.filter((one, i) => {
    const others = held.filter((other, j) => i !== j && !(j > i && says(one, other.title, other)));
    const isSaid = (title: string) => others.some((other) => says(other, title, one));
    const parts = one.title.split(/ and (?=\p{Lu})/u);
    return !isSaid(one.title) && !(parts.length > 1 && parts.every(isSaid));
  });
}

/** The titles that are neither repeated nor the beginning of another. */
export function distinctTitles(titles: readonly string[]): string[] {
  return [...new Set(titles)].filter(
    (title, _, all) => !all.some((other) => other !== title && isLonger(other, title)),
  );
}

/** Whether an entry says of this title what another entry says of it. */
function says(entry: Office, title: string, other: Office): boolean {
  return (
    (entry.title.toLowerCase() === title.toLowerCase() || isLonger(entry.title, title)) &&
    entry.country?.code === other.country?.code &&
    entry.organization?.slug === other.organization?.slug &&
    (other.accreditedTo === null || entry.accreditedTo?.code === other.accreditedTo.code) &&
    (entry.ongoing || !other.ongoing) &&
    isWithin(other, entry)
  );
}

/** Whether a title goes on from another by saying of, to or for what. A deputy secretary is no secretary, a secretary general neither. */
function isLonger(title: string, beginning: string): boolean {
  const [start, rest] = [title.slice(0, beginning.length), title.slice(beginning.length)];
  return (
    start.toLowerCase() === beginning.toLowerCase() &&
    /^(,| (of|to|for|at|in|on|extraordinary)\b)/i.test(rest)
  );
}

type Dates = Pick<Office, "startDate" | "endDate" | "ongoing">;

/** Whether these dates, as far as they are known, are within what is known of the others. */
function isWithin(dates: Dates, others: Dates): boolean {
  const { startDate: start, endDate: end } = dates;
  return (start === null || hasDate(others, start)) && (end === null || hasDate(others, end));
}

/** Whether a date is known to be in a time: of one that has a start alone, the start. */
function hasDate({ startDate, endDate, ongoing }: Dates, date: string): boolean {
  const afterStart = startDate === null ? null : order(startDate, date);
  const beforeEnd = endDate === null ? null : order(date, endDate);
  if (afterStart === null) return beforeEnd === 0;
  if (beforeEnd === null) return ongoing ? afterStart <= 0 : afterStart === 0;
  return afterStart <= 0 && beforeEnd <= 0;
}

/** Compares partial dates as far as both are known: 1973 and 1973-09-22 are the same. */
function order(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  const [a, b] = [one.slice(0, length), other.slice(0, length)];
  return a === b ? 0 : a < b ? -1 : 1;
}

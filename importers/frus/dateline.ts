/** When a conversation was, as its dateline prints it. */
export interface When {
  /** First and last day; the last only where it is another one. Null where no day, month or year is printed. */
  startDate: string | null;
  endDate: string | null;
  /** Times of day as `hh:mm`. */
  startTime: string | null;
  endTime: string | null;
}

const MONTHS =
  "January February March April May June July August September October November December".split(
    " ",
  );
const MONTH = `(?<month>${MONTHS.join("|")})`;
const DAY = "(?<day>\\d{1,2})";
const TO = "\\s*(?:[-–—,/]|and|to|through)\\s*";
/** `June 22`, `June 22–23`, `September 30–October 1`, each with a year, which the first day may have for itself. */
const DAYS = new RegExp(
  `${MONTH}\\s+${DAY}(?:,?\\s+(?<first>1[89]\\d\\d|20\\d\\d))?(?:${TO}(?:(?<month2>${MONTHS.join("|")})\\s+)?(?<day2>\\d{1,2})(?!\\d|:))?,?\\s+(?<year>1[89]\\d\\d|20\\d\\d)`,
);
const ONE_DAY = new RegExp(`${MONTH}\\s+${DAY},?\\s+(?<year>1[89]\\d\\d|20\\d\\d)`);
const ONE_MONTH = new RegExp(`${MONTH},?\\s+(?<year>1[89]\\d\\d|20\\d\\d)`);

/** Reads the day and the times that a dateline prints. */
export function whenIn(dateline: string): When {
  const none = { startDate: null, endDate: null, startTime: null, endTime: null };
  const day = daysIn(dateline);
  if (day === null) return none;
  const { startDate, endDate, rest } = day;
  const times = startDate.length === 10 ? timesIn(rest) : null;
  const [startTime, endTime] = [times?.start ?? null, times?.end ?? null];
  // Past midnight: it ended at an earlier time than it began.
  const isOvernight = endDate === null && startTime !== null && endTime !== null;
  return {
    startDate,
    endDate: isOvernight && endTime < startTime ? dayAfter(startDate) : endDate,
    startTime,
    endTime,
  };
}

function daysIn(text: string): { startDate: string; endDate: string | null; rest: string } | null {
  const match = DAYS.exec(text) ?? ONE_DAY.exec(text) ?? ONE_MONTH.exec(text);
  if (!match) return null;
  const { month, day, first, month2, day2, year } = match.groups as Record<string, string>;
  const rest = text.slice(match.index + match[0].length);
  if (!day) return { startDate: `${year}-${monthOf(month!)}`, endDate: null, rest };
  const startDate = dateOf(first ?? year!, month!, day);
  const endDate = day2 ? dateOf(year!, month2 ?? month!, day2) : null;
  if (startDate === null) return null;
  return { startDate, endDate: endDate !== null && endDate > startDate ? endDate : null, rest };
}

function monthOf(name: string): string {
  return String(MONTHS.indexOf(name) + 1).padStart(2, "0");
}

/** Returns a day of the calendar; null if it has none such. */
function dateOf(year: string, month: string, day: string): string | null {
  const date = `${year}-${monthOf(month)}-${day.padStart(2, "0")}`;
  const time = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date) ? date : null;
}

function dayAfter(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

const CLOCK =
  /(?<hour>\d{1,2})(?:[:.](?<minute>\d\d))?\s*(?<half>[ap]\.?\s?m\b\.?)?|(?<word>noon|midnight)/giy;
const BETWEEN = /\s*(?:[-–—]+|to|and|until)\s*/y;

interface Clock {
  /** Minutes of the clock face, or of the day where its half is known. */
  minutes: number;
  half: "a" | "p" | null;
}

/** Returns the first and last time in what follows a date: `11 a.m.–12:10 p.m.`, `noon`, `1530 hours`. */
function timesIn(text: string): { start: string; end: string | null } | null {
  const hours = /\b(\d\d)(\d\d)(?:\s*[-–]\s*(\d\d)(\d\d))? hours\b/.exec(text);
  if (hours && Number(hours[1]) < 24 && Number(hours[2]) < 60) {
    const end = hours[3] && Number(hours[3]) < 24 && Number(hours[4]) < 60;
    return { start: `${hours[1]}:${hours[2]}`, end: end ? `${hours[3]}:${hours[4]}` : null };
  }
  const ranges = rangesIn(text);
  if (ranges.length === 0) return null;
  const [start] = ranges[0]!;
  const end = ranges.at(-1)!.at(1) ?? null;
  return { start: start!, end: end === start ? null : end };
}

/** Returns all times and ranges of times that say which half of the day they are in. */
function rangesIn(text: string): string[][] {
  const found: string[][] = [];
  for (let at = 0; at < text.length;) {
    if (at > 0 && /[\p{L}\d]/u.test(text[at - 1]!)) {
      at++;
      continue;
    }
    const first = clockAt(text, at);
    if (!first) {
      at++;
      continue;
    }
    const gap = at + first.length;
    BETWEEN.lastIndex = gap;
    const joint = BETWEEN.exec(text);
    const second = joint ? clockAt(text, gap + joint[0].length) : null;
    const range = rangeOf(first.clock, second?.clock ?? null);
    if (range) found.push(range);
    at = second ? gap + joint![0].length + second.length : gap;
  }
  return found;
}

function clockAt(text: string, at: number): { clock: Clock; length: number } | null {
  CLOCK.lastIndex = at;
  const match = CLOCK.exec(text);
  if (!match) return null;
  const { hour, minute, half, word } = match.groups as Record<string, string | undefined>;
  const { length } = match[0];
  if (word)
    return {
      clock: { minutes: /noon/i.test(word) ? 720 : 0, half: /noon/i.test(word) ? "p" : "a" },
      length,
    };
  const [h, m] = [Number(hour), Number(minute ?? 0)];
  if (h < 1 || h > 12 || m > 59) return null;
  const which = half ? (half[0]!.toLowerCase() as "a" | "p") : null;
  return { clock: { minutes: (h % 12) * 60 + m + (which === "p" ? 720 : 0), half: which }, length };
}

/** A first time without its half has that of the second, or the other one where it would be later. */
function rangeOf(first: Clock, second: Clock | null): string[] | null {
  if (first.half !== null)
    return second?.half ? [time(first.minutes), time(second.minutes)] : [time(first.minutes)];
  if (second?.half == null) return null;
  const same = first.minutes + (second.half === "p" ? 720 : 0);
  return [time(same <= second.minutes ? same : (same + 720) % 1440), time(second.minutes)];
}

function time(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((n) => String(n).padStart(2, "0")).join(":");
}

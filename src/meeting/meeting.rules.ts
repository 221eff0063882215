import { longList } from "../records/check/record.length.rules.js";
import type { CheckContext, FaultRule, WarningRule } from "../records/check/record.rule.js";
import { countsOf } from "../records/record.counted.js";
import {
  fault,
  type Fault,
  type RecordPath,
  type Warning,
  warning,
} from "../records/record.faults.js";
import type { SourceRecord } from "../records/record.format.js";
import { bySlug } from "../records/record.items.js";
import { documentKeyOf } from "../records/record.walk.js";
import { isBefore, isDaysBefore, type MaybeDate, today } from "../scalars/partial-date.compare.js";
import { boundsOfPartialDate } from "../scalars/partial-date.js";
import { MeetingStatus } from "./meeting.enums.js";

type Meeting = SourceRecord["meetings"][number];
type Statement = SourceRecord["statements"][number];

/** A statement, its path, and its meeting. */
type AtMeeting = [path: RecordPath, statement: Statement, meeting: Meeting];

/** Returns the statements at meetings of this record; other records' meetings are not visible here. */
function statementsAtMeetings({ meetings, statements }: SourceRecord): AtMeeting[] {
  const known = bySlug(meetings);
  return statements.flatMap((statement, i): AtMeeting[] => {
    const meeting = statement.meeting && known.get(statement.meeting);
    return meeting ? [[["statements", i], statement, meeting]] : [];
  });
}

/** A statement was made during its meeting. A meeting without a last day takes one day. */
function* outsideMeetings({ record }: CheckContext): Generator<Warning> {
  for (const [path, { date }, { slug, startDate, endDate }] of statementsAtMeetings(record)) {
    if (isBefore(date, startDate) || isBefore(endDate ?? startDate, date))
      yield warning(
        "outside-meeting",
        [...path, "date"],
        `${date} is outside the dates of "${slug}" (${[startDate ?? "?", endDate].filter(Boolean).join(" to ")})`,
      );
  }
}

/** Statements are made at meetings that took place. */
function* atMeetingsNotHeld({ record }: CheckContext): Generator<Warning> {
  for (const [path, , { slug, status }] of statementsAtMeetings(record)) {
    if (status === MeetingStatus.PLANNED || status === MeetingStatus.CANCELLED)
      yield warning(
        "meeting-not-held",
        [...path, "meeting"],
        `said at "${slug}", whose status is ${status}`,
      );
  }
}

/** A person speaks for the country for which they take part in the meeting. */
function* speakersForOthers({ record, firstKey }: CheckContext): Generator<Warning> {
  for (const [path, { speakers }, { slug, participations }] of statementsAtMeetings(record)) {
    for (const [i, { person, country }] of speakers.entries()) {
      if (!person || !country) continue;
      const first = firstKey("person", person);
      const other = participations.find(
        (one) => one.person && one.country && firstKey("person", one.person) === first,
      )?.country;
      if (other && other !== country)
        yield warning(
          "speaks-for-another",
          [...path, "speakers", i, "country"],
          `speaks for ${country}, but takes part in "${slug}" for ${other}`,
        );
    }
  }
}

/**
 * Events and statements are not later than the publication of their document, or than today if its date is not stated. A meeting of unknown
 * status may be planned; it took place if its document reports what was said there.
 */
function* datedTooLate({ record, names }: CheckContext): Generator<Warning> {
  const published = names.documents.get(documentKeyOf(record))?.statedDate ?? null;
  const reported = new Set(published ? record.statements.map(({ meeting }) => meeting) : []);
  const late = (path: RecordPath, what: string, date: MaybeDate) =>
    isDaysBefore(published ?? today(), date)
      ? [warning("dated-too-late", path, `${what} on ${date}, ${latestOf(published)}`)]
      : [];
  for (const [i, { status, startDate, slug, formerSlugs }] of record.meetings.entries()) {
    const isReported = !status && [slug, ...formerSlugs].some((key) => reported.has(key));
    if (status === MeetingStatus.HELD || isReported)
      yield* late(["meetings", i, "startDate"], "held", startDate);
  }
  for (const [i, { date }] of record.statements.entries())
    yield* late(["statements", i, "date"], "said", date);
}

function latestOf(published: string | null): string {
  return published === null
    ? "which is in the future"
    : `after the document that reports it came out (${published})`;
}

/** A meeting on a single day does not end before it starts. Without a last day, it takes one day. */
function* reversedTimes({ record }: CheckContext): Generator<Fault> {
  for (const [i, meeting] of record.meetings.entries()) {
    const { startDate, endDate, startTime, endTime } = meeting;
    if (!startTime || !endTime || startTime <= endTime) continue;
    if (!endDate || (endDate === startDate && isOneDay(endDate)))
      yield fault(
        "reversed-times",
        ["meetings", i, "endTime"],
        `${endTime} is before ${startTime}; if it went on past midnight, give the day on which it ended as endDate`,
      );
  }
}

function isOneDay(date: string): boolean {
  const { from, to } = boundsOfPartialDate(date)!;
  return from === to;
}

/** A meeting has both `parent` and `parentRelation`, or neither. */
function* parentRelations({ record }: CheckContext): Generator<Fault> {
  for (const [i, { parent, parentRelation }] of record.meetings.entries()) {
    if (Boolean(parent) === Boolean(parentRelation)) continue;
    yield parent
      ? fault("parent-relation", ["meetings", i, "parent"], "a parent without parentRelation")
      : fault(
          "parent-relation",
          ["meetings", i, "parentRelation"],
          "a parentRelation without parent",
        );
  }
}

/** A meeting has no more countries and agreements than the schema assumes. */
function* longLists({ record: { meetings, agreements } }: CheckContext): Generator<Warning> {
  const agreed = countsOf(agreements.flatMap((it) => [...new Set([it.signedAt, it.exchangedAt])]));
  for (const [i, { slug, participations }] of meetings.entries()) {
    const countries = new Set(participations.map(({ country }) => country).filter(Boolean)).size;
    yield* longList(["meetings", i, "participations"], "Meeting", "countries", countries);
    yield* longList(["meetings", i], "Meeting", "agreements", agreed.get(slug) ?? 0);
  }
}

/** Rules about meetings and what was said at them. */
export const meetingRules: FaultRule[] = [parentRelations, reversedTimes];
export const meetingWarnings: WarningRule[] = [
  datedTooLate,
  outsideMeetings,
  atMeetingsNotHeld,
  speakersForOthers,
  longLists,
];

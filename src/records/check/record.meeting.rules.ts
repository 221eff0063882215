import { MeetingStatus } from "../../meeting/meeting.enums.js";
import { isBefore } from "./record.date.rules.js";
import { type RecordPath, type Warning, warning } from "../record.faults.js";
import type { SourceRecord } from "../record.format.js";
import type { CheckContext, WarningRule } from "./record.rule.js";

type Meeting = SourceRecord["meetings"][number];
type Statement = SourceRecord["statements"][number];

/** A statement, its path, and its meeting. */
type AtMeeting = [path: RecordPath, statement: Statement, meeting: Meeting];

/** Returns the statements at meetings of this record; other records' meetings are not visible here. */
function statementsAtMeetings({ meetings, statements }: SourceRecord): AtMeeting[] {
  const bySlug = new Map(
    meetings.flatMap((meeting) =>
      [meeting.slug, ...meeting.formerSlugs].map((slug) => [slug, meeting] as const),
    ),
  );
  return statements.flatMap((statement, i): AtMeeting[] => {
    const meeting = statement.meeting && bySlug.get(statement.meeting);
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

/** A place is in the given country. A place has today's country, so former countries are not compared. */
function* placesElsewhere({ record }: CheckContext): Generator<Warning> {
  const countries = new Map(
    record.places.flatMap(({ slug, formerSlugs, country }) =>
      [slug, ...formerSlugs].map((key) => [key, country] as const),
    ),
  );
  for (const [path, country, places] of placedIn(record)) {
    const found = places.map((place) => countries.get(place)).filter((one) => one != null);
    if (!isTodays(country) || found.length === 0) continue;
    if (found.every((one) => isTodays(one) && one !== country))
      yield warning(
        "place-elsewhere",
        path,
        `${country}, but ${places.map((place) => `"${place}"`).join(", ")} is in ${[...new Set(found)].join(", ")}`,
      );
  }
}

type PlacedIn = [path: RecordPath, country: string | null | undefined, places: string[]];

function* placedIn({ meetings, statements }: SourceRecord): Generator<PlacedIn> {
  for (const [i, { placeCountry, places }] of meetings.entries())
    yield [["meetings", i, "placeCountry"], placeCountry, places];
  for (const [i, { placeCountry, place }] of statements.entries())
    yield [["statements", i, "placeCountry"], placeCountry, place ? [place] : []];
}

/** Codes of former countries have four letters. */
function isTodays(country: string | null | undefined): boolean {
  return country?.length === 2;
}

/** Rules about meetings and what was said at them. */
export const meetingRules: WarningRule[] = [
  outsideMeetings,
  atMeetingsNotHeld,
  speakersForOthers,
  placesElsewhere,
];

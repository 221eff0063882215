import { referenceCountries } from "../../country/country.reference.js";
import { MeetingStatus } from "../../meeting/meeting.enums.js";
import { boundsOfPartialDate } from "../../scalars/partial-date.js";
import { type RecordPath, type Warning, warning } from "../record.faults.js";
import type { SourceRecord } from "../record.format.js";
import type { KnownTenure } from "./record.names.js";
import type { CheckContext, WarningRule } from "./record.rule.js";
import { documentKeyOf } from "../record.walk.js";

const WITHDRAWN = new Map(referenceCountries().map(({ code, withdrawn }) => [code, withdrawn]));

type PartialDate = string | null | undefined;

/** A country code is not used for dates after it was withdrawn. */
function* withdrawnCountries({ record }: CheckContext): Generator<Warning> {
  for (const [i, { country }] of record.places.entries()) {
    const withdrawn = country && WITHDRAWN.get(country);
    if (withdrawn)
      yield warning(
        "withdrawn-country",
        ["places", i, "country"],
        `${country} was withdrawn (${withdrawn}); a place's country is today's`,
      );
  }
  for (const [path, country, date] of datedCountriesOf(record)) {
    const withdrawn = country && WITHDRAWN.get(country);
    if (withdrawn && isBefore(withdrawn, date))
      yield warning(
        "withdrawn-country",
        path,
        `${country} was withdrawn (${withdrawn}) before that date (${date})`,
      );
  }
}

type DatedCountry = [path: RecordPath, country: string | null | undefined, date: PartialDate];

function* datedCountriesOf(record: SourceRecord): Generator<DatedCountry> {
  const dates = new Map(
    record.meetings.flatMap(({ slug, formerSlugs, startDate }) =>
      [slug, ...formerSlugs].map((key) => [key, startDate]),
    ),
  );
  const at = (slug: string | null | undefined) => (slug ? dates.get(slug) : null);
  for (const [i, { country, accreditedTo, startDate }] of record.tenures.entries()) {
    yield [["tenures", i, "country"], country, startDate];
    yield [["tenures", i, "accreditedTo"], accreditedTo, startDate];
  }
  for (const [i, { placeCountry, participations, startDate }] of record.meetings.entries()) {
    yield [["meetings", i, "placeCountry"], placeCountry, startDate];
    yield* ofParties(participations, ["meetings", i, "participations"], startDate);
  }
  for (const [i, { parties, date, signedAt }] of record.agreements.entries())
    yield* ofParties(parties, ["agreements", i, "parties"], date ?? at(signedAt));
  for (const [i, statement] of record.statements.entries()) {
    const date = statement.date ?? at(statement.meeting);
    yield [["statements", i, "placeCountry"], statement.placeCountry, date];
    yield* ofParties(statement.speakers, ["statements", i, "speakers"], date);
    yield* ofParties(statement.addressees, ["statements", i, "addressees"], date);
  }
}

function* ofParties(
  parties: { country?: string | null }[],
  path: RecordPath,
  date: PartialDate,
): Generator<DatedCountry> {
  for (const [i, { country }] of parties.entries()) yield [[...path, i, "country"], country, date];
}

/** A participant with known tenures holds one of them at the time. An unknown date or country counts as a match. */
function* outsideTenures({ record, names, firstKey }: CheckContext): Generator<Warning> {
  for (const [i, { startDate, endDate, participations }] of record.meetings.entries()) {
    for (const [j, { person, country }] of participations.entries()) {
      // Someone who acts for no country, such as a president-elect, does not act in office.
      if (!person || !country) continue;
      const tenures = tenuresOf(person, { names, firstKey }).filter(
        (tenure) => !tenure.country || tenure.country === country,
      );
      const isOutside = (tenure: KnownTenure) =>
        isBefore(tenure.endDate, startDate) || isBefore(endDate ?? startDate, tenure.startDate);
      if (tenures.length > 0 && tenures.every(isOutside))
        yield warning(
          "outside-tenure",
          ["meetings", i, "participations", j, "person"],
          `takes part on ${startDate ?? endDate}, outside every known tenure (${tenures.map(spanOf).join(", ")})`,
        );
    }
  }
}

function tenuresOf(
  person: string,
  { names, firstKey }: Pick<CheckContext, "names" | "firstKey">,
): KnownTenure[] {
  const slugs = names.people.slugsOf(firstKey("person", person));
  return [...new Set([person, ...slugs])].flatMap((slug) => names.tenures.get(slug) ?? []);
}

function spanOf({ startDate, endDate }: KnownTenure): string {
  return `${startDate ?? "?"} to ${endDate ?? "?"}`;
}

/** Returns whether one date certainly ends before the other begins; false if either is unknown. */
export function isBefore(one: PartialDate, other: PartialDate): boolean {
  const before = one ? boundsOfPartialDate(one) : null;
  const after = other ? boundsOfPartialDate(other) : null;
  return before !== null && after !== null && before.to < after.from;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Returns today's date in the time zone furthest ahead, UTC+14. */
function today(): string {
  return dayOf(Date.now() + 14 * HOUR);
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** A document is not published in the future, whatever the time zone. */
function* publishedInFuture({ record: { document } }: CheckContext): Generator<Warning> {
  if (typeof document === "string") return;
  if (isBefore(today(), document.datePublished))
    yield warning(
      "published-in-future",
      ["document", "datePublished"],
      `${document.datePublished} is in the future`,
    );
}

/**
 * Events and statements are not later than the publication of their document, or than today if its date is not stated. A meeting of unknown
 * status may be planned; it took place if its document reports what was said there.
 */
function* datedTooLate({ record, names }: CheckContext): Generator<Warning> {
  const published = names.documents.get(documentKeyOf(record))?.statedDate ?? null;
  const reported = new Set(published ? record.statements.map(({ meeting }) => meeting) : []);
  const late = (path: RecordPath, what: string, date: PartialDate) =>
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

/** Nobody takes part or speaks after their death. */
function* afterDeath(context: CheckContext): Generator<Warning> {
  const { record } = context;
  for (const [i, { status, startDate, participations }] of record.meetings.entries()) {
    // The death of a participant may be why it was cancelled.
    if (status === MeetingStatus.PLANNED || status === MeetingStatus.CANCELLED) continue;
    for (const [j, { person }] of participations.entries())
      yield* dead(context, ["meetings", i, "participations", j, "person"], person, startDate);
  }
  for (const [i, { date, speakers }] of record.statements.entries())
    for (const [j, { person }] of speakers.entries())
      yield* dead(context, ["statements", i, "speakers", j, "person"], person, date);
}

function* dead(
  { names, firstKey }: CheckContext,
  path: RecordPath,
  person: string | null | undefined,
  date: PartialDate,
): Generator<Warning> {
  if (!person || !date) return;
  const slugs = [person, ...names.people.slugsOf(firstKey("person", person))];
  const death = slugs.map((slug) => names.deaths.get(slug)).find(Boolean);
  if (isDaysBefore(death, date))
    yield warning("after-death", path, `${date} is after the death of "${person}" (${death})`);
}

/** Returns whether one date certainly ends more than a day before the other begins: in another time zone it may be the next day. */
function isDaysBefore(one: PartialDate, other: PartialDate): boolean {
  const last = one ? boundsOfPartialDate(one)?.to : undefined;
  // The day after may be in the year 10000, which has no date of this form.
  return last !== undefined && last < "9999" && isBefore(dayOf(Date.parse(last) + DAY), other);
}

/** Rules about dates. */
export const dateRules: WarningRule[] = [
  withdrawnCountries,
  outsideTenures,
  publishedInFuture,
  datedTooLate,
  afterDeath,
];

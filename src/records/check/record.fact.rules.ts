import { countryMeantBy, isAssignedCountry } from "../../country/country.reference.js";
import { boundsOfPartialDate } from "../../scalars/partial-date.js";
import { RecordStanding } from "../../source/source.enums.js";
import { fault, type Finding, type RecordPath, suggesting, warning } from "../record.faults.js";
import type { CheckContext, Rule } from "./record.rule.js";
import {
  certaintiesOfNothing,
  countriesOf,
  documentKeyOf,
  partiesOf,
  propertiesOfKinds,
} from "../record.walk.js";

/** Country codes are assigned by ISO. */
function* unknownCountries({ record }: CheckContext): Generator<Finding> {
  for (const [path, code] of countriesOf(record)) {
    if (isAssignedCountry(code)) continue;
    const unknown = fault(
      "unknown-country",
      path,
      `"${code}" is no country's code; expected two letters of ISO 3166-1, or four of ISO 3166-3 for a former country`,
    );
    yield suggesting(unknown, countryMeantBy(code));
  }
}

/** Every party is named. */
function* emptySides({ record }: CheckContext): Generator<Finding> {
  for (const { path, person, country, organization, description } of partiesOf(record)) {
    if (!person && !country && !organization && !description)
      yield fault("no-side", path, "names nobody");
  }
}

/** A certainty is only given together with its fact. */
function* certaintiesWithoutFact({ record }: CheckContext): Generator<Finding> {
  for (const path of certaintiesOfNothing(record))
    yield fault("certainty-without-fact", path, "a certainty, but the fact itself is not given");
}

/** Some properties are only given by documents of some kinds. The load also knows documents that are on record already. */
function* wrongDocumentKinds({ record, names }: CheckContext): Generator<Finding> {
  const kind = names.documents.get(documentKeyOf(record))?.kind;
  if (!kind) return;
  for (const { path, kinds } of propertiesOfKinds(record))
    if (!kinds.includes(kind)) yield wrongDocumentKind(path, kinds, kind);
}

/** Creates the fault that a record gives what only other kinds of documents do. */
export function wrongDocumentKind(
  path: RecordPath,
  kinds: readonly string[],
  kind: string,
): Finding {
  return fault(
    "wrong-document-kind",
    path,
    `only the record of a ${kinds.join(" or ")} gives this, and its document is ${kind}`,
  );
}

type MaybeDate = string | null | undefined;

/** Nothing ends before it starts. Imprecise dates are only compared as far as they are certain. */
function* reversedDates({ record }: CheckContext): Generator<Finding> {
  for (const list of ["tenures", "meetings"] as const)
    for (const [i, { startDate, endDate }] of record[list].entries())
      yield* reversed(startDate, endDate, [list, i, "endDate"]);
  for (const [i, { birthDate, deathDate }] of record.people.entries())
    yield* reversed(birthDate, deathDate, ["people", i, "deathDate"]);
}

function* reversed(from: MaybeDate, to: MaybeDate, path: RecordPath): Generator<Finding> {
  const start = from && boundsOfPartialDate(from);
  const end = to && boundsOfPartialDate(to);
  if (start && end && end.to < start.from)
    yield fault("reversed-dates", path, `${to} is before ${from}`);
}

/** A meeting on a single day does not end before it starts. Without a last day, it takes one day. */
function* reversedTimes({ record }: CheckContext): Generator<Finding> {
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

/** A standing other than CURRENT has a note. */
function* standingNotes({ record }: CheckContext): Generator<Finding> {
  const { document, statements } = record;
  if (typeof document !== "string") yield* standingNote(["document"], document);
  for (const [i, statement] of statements.entries())
    yield* standingNote(["statements", i], statement);
}

function* standingNote(
  path: RecordPath,
  { standing, standingNote: note }: { standing: RecordStanding; standingNote?: string | null },
): Generator<Finding> {
  if (standing !== RecordStanding.CURRENT && !note)
    yield warning("standing-note", [...path, "standingNote"], `${standing}, but no note says why`);
}

/** Rules about single facts. */
export const factRules: Rule[] = [
  unknownCountries,
  emptySides,
  certaintiesWithoutFact,
  wrongDocumentKinds,
  reversedDates,
  reversedTimes,
  standingNotes,
];

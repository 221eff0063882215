import { isBefore, type MaybeDate } from "../../scalars/partial-date.compare.js";
import { RecordStanding } from "../../source/source.enums.js";
import { fault, type Fault, type RecordPath, type Warning, warning } from "../record.faults.js";
import { isPresent } from "../record.fields.js";
import { documentKeyOf, partsOf, valuesOf } from "../record.walk.js";
import type { CheckContext, FaultRule, WarningRule } from "./record.rule.js";

/** Every party is named. */
function* emptySides({ record, firstKey }: CheckContext): Generator<Fault> {
  for (const { partyKeys, given, path } of partsOf(record))
    if (partyKeys?.keyOf(given, firstKey) === "") yield fault("no-side", path, "names nobody");
}

const certaintiesIn = valuesOf(({ facts = [] }) => facts.length > 0);

/** A certainty is only given together with its fact. */
function* certaintiesWithoutFact({ record }: CheckContext): Generator<Fault> {
  for (const { path, field, given } of certaintiesIn(record))
    if (!field.facts!.some((fact) => isPresent(given[fact])))
      yield fault("certainty-without-fact", path, "a certainty, but the fact itself is not given");
}

const ofKindsIn = valuesOf(({ onlyFrom }) => onlyFrom !== undefined);

/** Some properties are only given by documents of some kinds. The load also knows documents that are on record already. */
function* wrongDocumentKinds({ record, names }: CheckContext): Generator<Fault> {
  const kind = names.documents.get(documentKeyOf(record))?.kind;
  if (!kind) return;
  for (const { path, field } of ofKindsIn(record))
    if (!field.onlyFrom!.includes(kind)) yield wrongDocumentKind(path, field.onlyFrom!, kind);
}

/** Creates the fault that a record gives what only other kinds of documents do. */
export function wrongDocumentKind(path: RecordPath, kinds: readonly string[], kind: string): Fault {
  return fault(
    "wrong-document-kind",
    path,
    `only the record of a ${kinds.join(" or ")} gives this, and its document is ${kind}`,
  );
}

const endsIn = valuesOf(({ notBefore }) => notBefore !== undefined);

/** Nothing ends before it starts. Imprecise dates are only compared as far as they are certain. */
function* reversedDates({ record }: CheckContext): Generator<Fault> {
  for (const { path, field, value, given } of endsIn(record)) {
    const [from, to] = [given[field.notBefore!], value] as [MaybeDate, string];
    if (isBefore(to, from)) yield fault("reversed-dates", path, `${to} is before ${from}`);
  }
}

/** A standing other than CURRENT has a note. */
function* standingNotes({ record }: CheckContext): Generator<Warning> {
  for (const { format, given, path } of partsOf(record)) {
    const { standing = RecordStanding.CURRENT, standingNote: note } = given;
    if (format && standing !== RecordStanding.CURRENT && !note)
      yield warning(
        "standing-note",
        [...path, "standingNote"],
        `${String(standing)}, but no note says why`,
      );
  }
}

/** Rules about single facts. */
export const factRules: FaultRule[] = [
  emptySides,
  certaintiesWithoutFact,
  wrongDocumentKinds,
  reversedDates,
];
export const factWarnings: WarningRule[] = [standingNotes];

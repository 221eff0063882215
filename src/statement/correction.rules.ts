import { RecordStanding } from "../source/source.enums.js";
import { CollectedStatements } from "./statement.collected.js";
import { StatementRelationKind } from "./statement.enums.js";
import { fault, type Fault, type Warning, warning } from "../records/record.faults.js";
import type { SourceRecord } from "../records/record.format.js";
import type { CheckContext, FaultRule, WarningRule } from "../records/check/record.rule.js";
import { MAX_STEPS } from "../records/against/record.steps.js";
import { fullKeyIn } from "../records/record.walk.js";

/** A correction: the statement at index `by` corrects the one at index `of`, in its relation at index `relation`. */
interface Correction {
  by: number;
  relation: number;
  of: number;
}

/** Returns the corrections between statements of the record; those of other records are not visible here. */
function correctionsIn(record: SourceRecord): Correction[] {
  const given = record.statements.flatMap(({ relations }, by) =>
    relations.flatMap(({ kind, statement }, relation) =>
      kind === StatementRelationKind.CORRECTS ? [{ by, relation, statement }] : [],
    ),
  );
  if (given.length === 0) return [];
  const indices = new Map(
    record.statements.map(({ key }, i) => [fullKeyIn(record, key), i] as const),
  );
  return given.flatMap(({ by, relation, statement }) => {
    const of = indices.get(fullKeyIn(record, statement));
    // `self-relation` reports a statement that corrects itself.
    return of === undefined || of === by ? [] : [{ by, relation, of }];
  });
}

/** A corrected statement is not CURRENT. A retracted correction does not count. */
function* correctedStatements({ record }: CheckContext): Generator<Warning> {
  const { statements } = record;
  const corrections = new Map<number, string[]>();
  for (const { by, of } of correctionsIn(record)) {
    const { key, standing } = statements[by]!;
    if (standing !== RecordStanding.RETRACTED)
      corrections.set(of, [...(corrections.get(of) ?? []), key]);
  }
  for (const [i, { standing }] of statements.entries()) {
    const by = corrections.get(i) ?? [];
    if (by.length > 0 && standing === RecordStanding.CURRENT)
      yield warning(
        "corrected-still-current",
        ["statements", i, "standing"],
        `is corrected by ${by.map((one) => `"${one}"`).join(", ")} and still stands as CURRENT; give it the standing CORRECTED`,
      );
  }
}

/** Statements do not correct each other in a cycle. A cycle is reported at the relation that closes it, in the order of the record. */
function* correctionCycles({ record }: CheckContext): Generator<Fault> {
  const { statements } = record;
  const corrections = new Map<number, Correction[]>();
  for (const one of correctionsIn(record))
    corrections.set(one.by, [...(corrections.get(one.by) ?? []), one]);
  const isDone = new Set<number>();
  for (const start of corrections.keys()) {
    // A depth-first walk without recursion, since a chain may be long.
    const chain = isDone.has(start) ? [] : [start];
    const next = [corrections.get(start)!.values()];
    while (chain.length > 0) {
      const step = next.at(-1)!.next();
      if (step.done) {
        isDone.add(chain.pop()!);
        next.pop();
        continue;
      }
      const { by, relation, of } = step.value;
      const from = chain.indexOf(of);
      if (from >= 0) {
        const keys = [...chain.slice(from), of].map((i) => `"${statements[i]!.key}"`);
        const cycle = (keys.length > 5 ? [...keys.slice(0, 3), "…", keys[0]] : keys).join(" → ");
        yield fault(
          "correction-cycle",
          ["statements", by, "relations", relation, "statement"],
          `a statement that corrects itself: ${cycle}; only the later one corrects the other`,
        );
      } else if (!isDone.has(of)) {
        chain.push(of);
        next.push((corrections.get(of) ?? []).values());
      }
    }
  }
}

/**
 * Statements of several records, or of one and what is on record, do not correct each other in a cycle. A cycle is reported once, at
 * the correction of these records whose statement sorts first.
 */
function* correctionCyclesAcross(context: CheckContext): Generator<Fault> {
  const { record, names } = context;
  const { corrections } = names.collected(CollectedStatements);
  const own = new Set(record.statements.map(({ key }) => fullKeyIn(record, key)));
  for (const [i, { key, relations }] of record.statements.entries()) {
    const by = fullKeyIn(record, key);
    for (const [j, { kind, statement }] of relations.entries()) {
      if (kind !== StatementRelationKind.CORRECTS) continue;
      const cycle = cycleThrough(context, by, fullKeyIn(record, statement));
      // `correctionCycles` reports those within this record.
      if (cycle.every((other) => own.has(other))) continue;
      if (cycle.some((other) => other < by && corrections.has(other))) continue;
      const keys = [...cycle, by].map((other) => `"${other}"`);
      const shown = keys.length > 5 ? [...keys.slice(0, 3), "…", keys[0]] : keys;
      const message = `a statement that corrects itself: ${shown.join(" → ")}; only the later one corrects the other`;
      yield fault("correction-cycle", ["statements", i, "relations", j, "statement"], message);
    }
  }
}

/** Returns the shortest cycle that begins with a correction; empty if there is none. */
function cycleThrough({ names, onRecord }: CheckContext, by: string, of: string): string[] {
  const { corrections } = names.collected(CollectedStatements);
  const before = new Map([[of, by]]);
  for (const at of before.keys()) {
    if (at === by) {
      const cycle = [];
      for (let key = before.get(by)!; key !== by; key = before.get(key)!) cycle.unshift(key);
      return [by, ...cycle];
    }
    if (before.size > MAX_STEPS) break;
    for (const next of [...(corrections.get(at) ?? []), ...onRecord.leadsTo("statement", at)])
      if (!before.has(next)) before.set(next, at);
  }
  return [];
}

/** Rules about statements that correct others. */
export const correctionRules: FaultRule[] = [correctionCycles, correctionCyclesAcross];
export const correctionWarnings: WarningRule[] = [correctedStatements];

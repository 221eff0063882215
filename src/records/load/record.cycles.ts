import { namesDefinedIn } from "./record.known.js";
import type { WaitingRecord } from "./record.outcome.js";

/**
 * Finds records that wait for nothing but each other. Each cycle is as small as can be: every record of it needs, directly or by way of
 * others, every other one. What waits for a cycle alone is loaded after it like any other record.
 */
export function cyclesOf(waiting: readonly WaitingRecord[]): WaitingRecord[][] {
  const needs = needsOf(waiting);
  const reached = new Map([...needs.keys()].map((record) => [record, reachedFrom(record, needs)]));
  const taken = new Set<WaitingRecord>();
  return [...reached].flatMap(([record, cycle]) => {
    if (taken.has(record)) return [];
    // Some record that this one needs does not need it: that one's cycle comes first.
    if ([...cycle].some((one) => reached.get(one)!.size < cycle.size)) return [];
    for (const one of cycle) taken.add(one);
    return [waiting.filter((one) => cycle.has(one))];
  });
}

/** Returns, for each record that only these records leave waiting, those that define what it is missing. */
function needsOf(waiting: readonly WaitingRecord[]): Map<WaitingRecord, WaitingRecord[]> {
  const definers = new Map<string, WaitingRecord[]>();
  for (const one of waiting)
    for (const name of namesDefinedIn(one.record.record))
      definers.set(name, [...(definers.get(name) ?? []), one]);
  const open = new Set(waiting);
  for (let size = Infinity; open.size < size;) {
    size = open.size;
    for (const one of open)
      if (!one.missing.every((name) => definers.get(name)?.some((other) => open.has(other))))
        open.delete(one);
  }
  return new Map(
    [...open].map((one) => [
      one,
      one.missing.flatMap((name) => definers.get(name)!.filter((other) => open.has(other))),
    ]),
  );
}

function reachedFrom(
  record: WaitingRecord,
  needs: ReadonlyMap<WaitingRecord, WaitingRecord[]>,
): Set<WaitingRecord> {
  const reached = new Set([record]);
  for (const one of reached) for (const other of needs.get(one)!) reached.add(other);
  return reached;
}

import { type NamedSide, sideKeyOf } from "../../person/side.record.js";
import { citationKeyOf } from "../../source/citation.record.js";
import { fault, type Finding, pointerOf, type RecordPath } from "../record.faults.js";
import type { CheckContext, Rule } from "./record.rule.js";
import { citationListsOf, documentKeyOf, statementKeyOf } from "../record.walk.js";

/** A list, by the keys of its entries. */
type Entries = readonly [path: RecordPath, length: number, keys: () => string[]];

/** A list has no entry twice, whether by the same slug or by a current and a former one. */
function* duplicateEntries(context: CheckContext): Generator<Finding> {
  for (const [path, length, keys] of listsOf(context)) {
    if (length < 2) continue;
    const first = new Map<string, number>();
    for (const [i, key] of keys().entries()) {
      if (!first.has(key)) first.set(key, i);
      // `no-side` reports an empty side.
      else if (key !== "")
        yield fault(
          "duplicate-entry",
          [...path, i],
          `the same as ${pointerOf([...path, first.get(key)!])}`,
        );
    }
  }
}

function* listsOf({ record, firstKey }: CheckContext): Generator<Entries> {
  const list = <T>(path: RecordPath, entries: readonly T[], keyOf: (entry: T) => string) =>
    [path, entries.length, () => entries.map(keyOf)] as const;
  const keyOfSide = (party: NamedSide) => sideKeyOf(party, firstKey);
  for (const [i, { places, participations }] of record.meetings.entries()) {
    yield list(["meetings", i, "places"], places, (slug) => firstKey("place", slug));
    yield list(["meetings", i, "participations"], participations, keyOfSide);
  }
  for (const [i, { parties }] of record.agreements.entries())
    yield list(["agreements", i, "parties"], parties, keyOfSide);
  for (const [i, { speakers, addressees, topics, relations }] of record.statements.entries()) {
    yield list(["statements", i, "speakers"], speakers, keyOfSide);
    yield list(["statements", i, "addressees"], addressees, keyOfSide);
    yield list(["statements", i, "topics"], topics, (slug) => slug);
    yield list(
      ["statements", i, "relations"],
      relations,
      ({ kind, statement }) => `${kind} ${statementKeyOf(record, statement)}`,
    );
  }
  const own = documentKeyOf(record);
  for (const [path, citations] of citationListsOf(record))
    yield list(path, citations, (citation) => citationKeyOf(citation, own));
}

/** Rules about duplicate entries in lists. */
export const duplicateRules: Rule[] = [duplicateEntries];

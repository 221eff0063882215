import { type NamedSide, sideKeyOf } from "../../person/side.record.js";
import { citationKeyOf } from "../../source/citation.record.js";
import { fault, type Finding, pointerOf, type RecordPath } from "../record.faults.js";
import type { CheckContext, Rule } from "./record.rule.js";
import { citationListsOf, documentKeyOf, statementKeyOf } from "../record.walk.js";

type Entries = [path: RecordPath, keys: string[]];

/** A list has no entry twice, whether by the same slug or by a current and a former one. */
function* duplicateEntries(context: CheckContext): Generator<Finding> {
  for (const [path, keys] of listsOf(context)) {
    const first = new Map<string, number>();
    for (const [i, key] of keys.entries()) {
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
  const sides = (parties: NamedSide[]) => parties.map((party) => sideKeyOf(party, firstKey));
  for (const [i, { places, participations }] of record.meetings.entries()) {
    yield [["meetings", i, "places"], places.map((slug) => firstKey("place", slug))];
    yield [["meetings", i, "participations"], sides(participations)];
  }
  for (const [i, { parties }] of record.agreements.entries())
    yield [["agreements", i, "parties"], sides(parties)];
  for (const [i, { speakers, addressees, topics, relations }] of record.statements.entries()) {
    yield [["statements", i, "speakers"], sides(speakers)];
    yield [["statements", i, "addressees"], sides(addressees)];
    yield [["statements", i, "topics"], topics];
    yield [
      ["statements", i, "relations"],
      relations.map(({ kind, statement }) => `${kind} ${statementKeyOf(record, statement)}`),
    ];
  }
  const own = documentKeyOf(record);
  for (const [path, citations] of citationListsOf(record))
    yield [path, citations.map((citation) => citationKeyOf(citation, own))];
}

/** Rules about duplicate entries in lists. */
export const duplicateRules: Rule[] = [duplicateEntries];

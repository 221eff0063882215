import { fault, type Finding, pointerOf, type RecordPath } from "../record.faults.js";
import type { ItemFormat } from "../record.item.js";
import type { PartTable } from "../record.parts.js";
import type { Json } from "../record.row.js";
import { documentKeyOf, partsOf } from "../record.walk.js";
import type { CheckContext, Rule } from "./record.rule.js";

/** A list has no entry twice, whether by the same slug or by a current and a former one. */
function* duplicateEntries(context: CheckContext): Generator<Finding> {
  for (const { format, given, path } of partsOf(context.record)) {
    if (!format) continue;
    for (const [property, part] of format.parts) {
      const list = given[property] as Json[];
      if (list.length > 1) yield* repeated([...path, property], list, keyOfPart(part, context));
    }
    for (const [property, { entry }] of format.entries) {
      const list = given[property] as Json[];
      if (list.length > 1) yield* repeated([...path, property], list, keyOfEntry(entry, context));
    }
  }
}

function* repeated(path: RecordPath, list: readonly Json[], keyOf: KeyOf): Generator<Finding> {
  const first = new Map<string, number>();
  for (const [i, key] of list.map(keyOf).entries()) {
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, i);
    // `no-side` reports an empty side.
    else if (key !== "")
      yield fault("duplicate-entry", [...path, i], `the same as ${pointerOf([...path, earlier])}`);
  }
}

type KeyOf = (entry: Json) => string;

/** A part is a party, or else the plain key of an item. */
function keyOfPart({ partyKeys, fields }: PartTable, { firstKey }: CheckContext): KeyOf {
  if (partyKeys) return (part) => partyKeys.keyOf(part, firstKey);
  const [, { reference }] = fields[0]!;
  return (key) => firstKey(reference!.noun, key as unknown as string);
}

function keyOfEntry({ options }: ItemFormat, { record, firstKey }: CheckContext): KeyOf {
  const { entry, partyKeys } = options;
  if (partyKeys) return (one) => partyKeys.keyOf(one, firstKey);
  const ids = { documentKey: documentKeyOf(record), firstKey };
  return (one) => entry!.key(one, { id: "", key: "" }, ids);
}

/** Rules about duplicate entries in lists. */
export const duplicateRules: Rule[] = [duplicateEntries];

import { fault, type Fault, pointerOf, type RecordPath } from "../record.faults.js";
import type { ItemFormat } from "../record.item.js";
import type { PartTable } from "../record.parts.js";
import type { Json } from "../record.row.js";
import { documentKeyOf, partsOf } from "../record.walk.js";
import type { CheckContext, FaultRule } from "./record.rule.js";

/** A list has no entry twice, whether by the same slug or by a current and a former one. */
function* duplicateEntries(context: CheckContext): Generator<Fault> {
  for (const { format, given, path } of partsOf(context.record)) {
    if (!format) continue;
    for (const [property, part] of format.parts) {
      const list = given[property] as (Json | string)[];
      if (list.length > 1) yield* repeated([...path, property], keysOfParts(list, part, context));
    }
    for (const [property, { entry }] of format.entries) {
      const list = given[property] as Json[];
      if (list.length > 1)
        yield* repeated([...path, property], keysOfEntries(list, entry, context));
    }
  }
}

function* repeated(path: RecordPath, keys: readonly string[]): Generator<Fault> {
  const first = new Map<string, number>();
  for (const [i, key] of keys.entries()) {
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, i);
    // `no-side` reports an empty side.
    else if (key !== "")
      yield fault("duplicate-entry", [...path, i], `the same as ${pointerOf([...path, earlier])}`);
  }
}

/** A part is the plain key of an item, or else a party. */
function keysOfParts(
  list: readonly (Json | string)[],
  { partyKeys, fields }: PartTable,
  { firstKey }: CheckContext,
): string[] {
  const [, { reference }] = fields[0]!;
  return list.map((part) =>
    typeof part === "string" ? firstKey(reference!.noun, part) : partyKeys!.keyOf(part, firstKey),
  );
}

function keysOfEntries(
  list: readonly Json[],
  { options: { entry, partyKeys } }: ItemFormat,
  { record, firstKey }: CheckContext,
): string[] {
  if (partyKeys) return list.map((one) => partyKeys.keyOf(one, firstKey));
  const ids = { documentKey: documentKeyOf(record), firstKey };
  return list.map((one) => entry!.key(one, { id: "", key: "" }, ids));
}

/** Rules about duplicate entries in lists. */
export const duplicateRules: FaultRule[] = [duplicateEntries];

import { fault, type Fault } from "../record.faults.js";
import { isPresent } from "../record.fields.js";
import type { RecordNoun } from "../record.format.js";
import { formatOf, fullKeyOf } from "../record.items.js";
import type { RecordPath } from "../record.path.js";
import { documentKeyOf } from "../record.walk.js";
import type { CheckContext, FaultRule } from "./record.rule.js";

/** A merge of the record, by first keys with their noun. */
interface GivenMerge {
  path: RecordPath;
  stays: string;
  goes: string;
}

/** Returns an item named by a judgement, by noun and first key. */
function itemOf({ record, firstKey }: CheckContext, kind: RecordNoun, key: string): string {
  return `${kind} ${firstKey(kind, fullKeyOf(kind, key, documentKeyOf(record)))}`;
}

function mergesIn(context: CheckContext): GivenMerge[] {
  return context.record.merges.map(({ kind, stays, goes }, i) => ({
    path: ["merges", i, "goes"],
    stays: itemOf(context, kind, stays),
    goes: itemOf(context, kind, goes),
  }));
}

/** An item is merged into another at most once, and not in a cycle. */
function* merges(context: CheckContext): Generator<Fault> {
  const into = new Map<string, string>();
  for (const { path, stays, goes } of mergesIn(context)) {
    const before = into.get(goes);
    if (before !== undefined) {
      const message =
        before === stays ? "this merge is given twice" : `it goes into the ${before} already`;
      yield fault("merged-twice", path, message);
      continue;
    }
    into.set(goes, stays);
    if (leadsTo(goes, into)) yield fault("merge-circle", path, `the ${goes} would go into itself`);
  }
}

/** Returns whether following merges from an item leads back to it. */
function leadsTo(start: string, into: ReadonlyMap<string, string>): boolean {
  const seen = new Set<string>();
  let at = into.get(start);
  while (at !== undefined && !seen.has(at)) {
    if (at === start) return true;
    seen.add(at);
    at = into.get(at);
  }
  return false;
}

/** A pair judged different is of two items that are not merged as well. */
function* differences(context: CheckContext): Generator<Fault> {
  const merged = new Set(mergesIn(context).map(({ stays, goes }) => [stays, goes].sort().join()));
  for (const [i, { kind, items }] of context.record.different.entries()) {
    const path: RecordPath = ["different", i, "items"];
    const [one, other] = items.map((key) => itemOf(context, kind, key)).sort() as [string, string];
    if (one === other) yield fault("judged-both", path, "the same item twice");
    else if (merged.has([one, other].join()))
      yield fault("judged-both", path, `the ${one} and the ${other} are merged in this record`);
  }
}

/** A settled field shows a single value, and the settled value is one that it can have. */
function* settlements(context: CheckContext): Generator<Fault> {
  const seen = new Set<string>();
  for (const [i, { kind, item, field, value }] of context.record.settles.entries()) {
    const path: RecordPath = ["settles", i];
    const format = formatOf(kind);
    const settled = `${itemOf(context, kind, item)} ${field}`;
    if (seen.has(settled))
      yield fault("settled-twice", [...path, "field"], "it is settled already");
    seen.add(settled);
    const found = format.fields.find(([name]) => name === field)?.[1];
    const isSettled =
      found && field !== format.key && !found.unions && !found.isCertainty && !("entry" in found);
    if (!isSettled || field === "formerSlugs") {
      const message = `no field of a ${kind} that can be settled: it has no such property, or shows all that records give of it`;
      yield fault("settled-field", [...path, "field"], message);
      continue;
    }
    const parsed = found.schema.safeParse(value);
    if (!isPresent(value) && value !== false)
      yield fault("settled-value", [...path, "value"], "a value is expected");
    else if (!parsed.success) {
      const [issue] = parsed.error.issues;
      yield fault(
        "settled-value",
        [...path, "value", ...(issue!.path as RecordPath)],
        issue!.message,
      );
    }
  }
}

/** Rules about judgements. */
export const judgementRules: FaultRule[] = [merges, differences, settlements];

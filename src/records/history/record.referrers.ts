import type { Sql } from "../../db/sql.js";
import { readReferrers } from "../judgements/record.judgements.store.js";
import { OperationRefused } from "../load/record.load.refusal.js";
import { describeKept } from "../load/record.load.report.js";
import type { KeptItem } from "../load/record.outcome.js";
import { readLabels } from "../load/record.store.js";
import { DOCUMENT } from "../record.format.js";
import { TOP_LEVEL_ITEMS } from "../record.items.js";

/** The maximum number of referring items named for each item. */
const NAMED = 3;

/** The maximum number of blocking items in a message. */
const LISTED = 20;

/** Returns the refusal of an operation that these items block; it names what refers to them. */
export async function refusedFor(sql: Sql, kept: readonly KeptItem[]): Promise<OperationRefused> {
  const listed = kept.slice(0, LISTED);
  const labels = await readLabels(
    sql,
    listed.map(({ id }) => id),
  );
  const lines = (await withReferrers(sql, listed)).map((one) => describeKept(one, labels));
  const more = kept.length - listed.length;
  if (more > 0) lines.push(`and ${more.toLocaleString("en")} more`);
  return new OperationRefused(lines);
}

/** Adds to the reasons why the first 20 items are kept the keys of up to three items that refer to each. */
export async function withReferrers(sql: Sql, kept: readonly KeptItem[]): Promise<KeptItem[]> {
  const named: KeptItem[] = [];
  for (const one of kept.slice(0, LISTED)) named.push(await withReferrersOf(sql, one));
  return [...named, ...kept.slice(LISTED)];
}

async function withReferrersOf(sql: Sql, one: KeptItem): Promise<KeptItem> {
  const ids = await referrersOf(sql, one);
  const labels = await readLabels(sql, ids.slice(0, NAMED));
  const names = [...labels.values()].sort();
  if (names.length === 0) return one;
  const more = ids.length > NAMED ? " and others" : "";
  return { ...one, reason: `${one.reason}: ${names.join(", ")}${more}` };
}

async function referrersOf(sql: Sql, { format, id }: KeptItem): Promise<string[]> {
  const found = new Set<string>();
  for (const from of [DOCUMENT, ...TOP_LEVEL_ITEMS]) {
    if (found.size > NAMED) break;
    for (const one of await readReferrers(sql, { from, to: format, ids: [id], after: null }))
      found.add(one);
  }
  found.delete(id);
  // An entry of something else is not found by its container.
  return [...found].filter((one) => (one as string | null) !== null);
}

import type { Sql } from "../../db/sql.js";
import type { ReadRecord } from "./record.batches.js";
import { changesOf } from "./record.changes.js";
import { checkRules } from "../check/record.check.js";
import { faultsIn, type RecordFault } from "../record.faults.js";
import { CITATION, DOCUMENT, ITEMS, type SourceRecord } from "../record.format.js";
import { idOf } from "../record.ids.js";
import type { ItemFormat } from "../record.item.js";
import { KnownKeys } from "./record.known.js";
import { conflictFaults, refusalOf } from "./record.load.refusal.js";
import { emptyOutcome, joined, noteChanges, type Outcome } from "./record.outcome.js";
import { pauses } from "./record.pauses.js";
import { type Mention, mentionsIn } from "./record.rows.js";
import { readLabels } from "./record.store.js";
import { type ItemConflict, type Objections, takeIn } from "./record.take-in.js";
import { UnitOfWork } from "./record.unit-of-work.js";
import { documentKeyOf } from "../record.walk.js";
import { idsToLabel } from "./record.wording.js";
import { write } from "./record.write.js";

/** Stores records in the transaction under way: as they are prepared, and where that is refused by halves, from the start. */
export function storeRecords(
  sql: Sql,
  records: ReadRecord[],
  prepared: () => Promise<Outcome>,
): Promise<Outcome> {
  let isTried = false;
  const store = (_sql: Sql, some: ReadRecord[]) => {
    if (isTried) return storeTogether(sql, some);
    isTried = true;
    return prepared();
  };
  return inHalves(sql, records, store, (error, { source }) => {
    const refusal = refusalOf(error, source);
    return refusal && { ...emptyOutcome(), refused: [[refusal]] };
  });
}

/**
 * Does something with many things at once. Where the database refuses them together, halves are tried, and halves
 * of these, until the one to blame is left out alone; `blame` says what that means, null for an error of another kind.
 */
export async function inHalves<Thing>(
  sql: Sql,
  things: Thing[],
  work: (sql: Sql, things: Thing[]) => Promise<Outcome>,
  blame: (error: unknown, thing: Thing) => Outcome | null,
): Promise<Outcome> {
  await sql.query("beginPart", "SAVEPOINT part");
  try {
    const outcome = await work(sql, things);
    // Rules that wait for the commit are asked now, while it is known whom to blame.
    await sql.query("checkRules", "SET CONSTRAINTS ALL IMMEDIATE");
    await sql.query("waitWithRules", "SET CONSTRAINTS ALL DEFERRED");
    await sql.query("endPart", "RELEASE SAVEPOINT part");
    return outcome;
  } catch (error) {
    const blamed = things[0] && blame(error, things[0]);
    if (!blamed) throw error;
    await sql.query("takeBackPart", "ROLLBACK TO SAVEPOINT part");
    if (things.length === 1) return blamed;
  }
  const half = Math.ceil(things.length / 2);
  const first = await inHalves(sql, things.slice(0, half), work, blame);
  return joined(first, await inHalves(sql, things.slice(half), work, blame));
}

/** A record that keeps the rules, and what it mentions. */
export interface Candidate extends ReadRecord {
  /** The id of its document. */
  giver: string;
  mentions: Mention[];
}

async function storeTogether(sql: Sql, records: ReadRecord[]): Promise<Outcome> {
  const outcome = emptyOutcome();
  const known = new KnownKeys();
  await known.read(sql, bare(records));
  const candidates = await keepingTheRules(known, records, outcome.refused);
  const unit = await UnitOfWork.over(sql, idsIn(candidates));
  const objections = await takeInAll(unit, candidates, outcome);
  outcome.refused.push(...(await faultsOf(sql, candidates, objections)));
  await writeChanges(sql, unit, outcome);
  return outcome;
}

/** The records without their texts. */
export function bare(records: ReadRecord[]): SourceRecord[] {
  return records.map(({ record }) => record);
}

/** Takes in what records say of items that are read; gives those that can't be taken in, and why. */
export async function takeInAll(
  unit: UnitOfWork,
  candidates: Candidate[],
  outcome: Outcome,
): Promise<Map<Candidate, Objections>> {
  const refused = new Map<Candidate, Objections>();
  const pause = pauses();
  for (const candidate of candidates) {
    const { giver, mentions } = candidate;
    const objections = takeIn(unit, giver, mentions);
    if (objections.conflicts.length + objections.findings.length === 0) {
      outcome.records++;
      outcome.rows += mentions.length;
      outcome.documents.push(giver);
      for (const { id } of mentions) outcome.mentioned.push(id);
    } else refused.set(candidate, objections);
    await pause();
  }
  return refused;
}

/** The faults of each record that can't be taken in. */
export async function faultsOf(
  sql: Sql,
  candidates: Candidate[],
  refused: ReadonlyMap<Candidate, Objections>,
): Promise<RecordFault[][]> {
  const faults: RecordFault[][] = [];
  for (const [{ source }, { conflicts, findings }] of refused) {
    const labels = await readLabels(sql, idsOfConflicts(conflicts));
    // What the batch itself defines may be on record nowhere.
    for (const { format, id, row } of candidates.flatMap((one) => one.mentions))
      if (format.key) labels.set(id, row[format.key] as string);
    faults.push([...conflictFaults(source, conflicts, labels), ...faultsIn(source, findings)]);
  }
  return faults;
}

/** Writes what has become of a unit, and notes it. */
export async function writeChanges(sql: Sql, unit: UnitOfWork, outcome: Outcome): Promise<void> {
  const changes = await changesOf(unit);
  noteChanges(outcome, changes, await write(sql, changes));
}

/** The records that keep the rules with what is on record and in those before them, and what they mention. */
export async function keepingTheRules(
  known: KnownKeys,
  records: ReadRecord[],
  refused: RecordFault[][],
): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  const pause = pauses();
  for (const { source, record } of records) {
    const ids = known.idsFor(record);
    const faults = checkRules(record, {
      source,
      isKnown: (noun, key) => ids.get(noun, key) !== undefined,
      firstKeys: (noun, key) => ids.firstKeys(noun, key),
    }).filter(({ severity }) => severity === "fault");
    if (faults.length > 0) refused.push(faults);
    else {
      known.add(record);
      const giver = idOf(DOCUMENT.noun, documentKeyOf(record));
      candidates.push({ source, record, giver, mentions: mentionsIn(record, ids) });
    }
    await pause();
  }
  return candidates;
}

/** The items that these records mention, and the documents that they cite. */
export function idsIn(candidates: Candidate[]): Map<ItemFormat, Set<string>> {
  const ids = new Map(ITEMS.map((format) => [format, new Set<string>()]));
  for (const { mentions } of candidates) {
    for (const { format, id, row } of mentions) {
      // An entry comes with what it is listed in.
      if (format === CITATION) ids.get(DOCUMENT)!.add(row.document_id as string);
      else if (!format.options.entry) ids.get(format)!.add(id);
    }
  }
  return ids;
}

function idsOfConflicts(conflicts: ItemConflict[]): string[] {
  const givers = conflicts.flatMap(({ conflict }) => conflict.givers);
  return [...givers, ...idsToLabel(conflicts.flatMap(({ item, given }) => [item.now.row, given]))];
}

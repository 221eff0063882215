import type { Sql } from "../../db/sql.js";
import { bisect } from "./record.bisect.js";
import { restorer } from "../judgements/record.restore.js";
import { KnownKeys } from "./record.known.js";
import {
  checkRecords,
  documentsOf,
  idsIn,
  mergeRecords,
  withoutSources,
  writeChanges,
} from "./record.load.batch.js";
import type { LoadTexts } from "./record.load.texts.js";
import { faultOfDatabaseError } from "./record.load.refusal.js";
import { emptyOutcome, type Outcome, type WaitingRecord } from "./record.outcome.js";
import { UnitOfWork } from "./record.unit-of-work.js";

/** Stores records that define each other's items, all or none. If one is refused, the others go on waiting. */
export function storeCycle(sql: Sql, cycle: WaitingRecord[], texts?: LoadTexts): Promise<Outcome> {
  const store = async (_sql: Sql, cycles: WaitingRecord[][]) => {
    const outcome = await storeTogether(sql, cycles);
    const records = cycles.flat().map(({ record }) => record);
    await texts?.keep(sql, records, outcome);
    return outcome;
  };
  return bisect(sql, [cycle], store, (error) => {
    const faults = cycle.map(({ record }) => faultOfDatabaseError(error, record.source));
    const refused = faults.flatMap((found) => (found ? [[found]] : []));
    return refused.length === 0 ? null : { ...emptyOutcome(), refused };
  });
}

async function storeTogether(sql: Sql, cycles: WaitingRecord[][]): Promise<Outcome> {
  const cycle = cycles.flat();
  const records = cycle.map(({ record }) => record);
  const known = new KnownKeys(restorer());
  await known.read(sql, withoutSources(records));
  for (const { record } of records) known.add(record);
  const checked = emptyOutcome();
  const candidates = await checkRecords(known, records, checked);
  const unit = await UnitOfWork.load(sql, idsIn(candidates), documentsOf(candidates));
  const outcome = emptyOutcome();
  const merged = new Set<unknown>();
  for (const candidate of candidates) {
    const refused = await mergeRecords(unit, [candidate], outcome);
    if (refused.length === 0) merged.add(candidate.record);
    else checked.refused.push(...refused);
  }
  if (merged.size === cycle.length) {
    await writeChanges(sql, unit, outcome);
    return outcome;
  }
  const passed = cycle.filter(({ record }) => merged.has(record.record));
  return { ...emptyOutcome(), refused: checked.refused, waiting: [...checked.waiting, ...passed] };
}

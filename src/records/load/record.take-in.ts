import { type Finding, fault, type RecordPath } from "../record.faults.js";
import { type Conflict, mergeForeign, mergeOwn, withdrawn } from "./record.merge.js";
import type { Row } from "../record.row.js";
import type { Mention } from "./record.rows.js";
import { type LiveItem, ownerOf, type UnitOfWork } from "./record.unit-of-work.js";

/** A value that contradicts what is on record. */
export interface ItemConflict {
  path: RecordPath;
  item: LiveItem;
  given: Row;
  conflict: Conflict;
}

/** Why a record can't be taken in. */
export interface Objections {
  conflicts: ItemConflict[];
  findings: Finding[];
}

/** Takes in what a record says, unless something speaks against it: then nothing of it. */
export function takeIn(unit: UnitOfWork, giver: string, mentions: Mention[]): Objections {
  const objections: Objections = { conflicts: [], findings: [] };
  const said = new Set(mentions.map(({ id }) => id));
  unit.attempt(() => {
    for (const mention of mentions) takeInItem(unit, giver, mention, objections);
    for (const id of said) {
      for (const entry of unit.entriesOf(id)) if (!said.has(entry.id)) leave(unit, giver, entry);
    }
    return objections.conflicts.length + objections.findings.length === 0;
  });
  return objections;
}

function takeInItem(
  unit: UnitOfWork,
  giver: string,
  { format, id, row, path }: Mention,
  { conflicts, findings }: Objections,
): void {
  const item = unit.get(id);
  if (!item) return unit.put(format, id, { row, extensions: new Map() });
  const owner = ownerOf(item);
  const merged =
    owner === giver
      ? mergeOwn(format, item.now, row)
      : mergeForeign(format, item.now, giver, owner, row);
  conflicts.push(...merged.conflicts.map((conflict) => ({ path, item, given: row, conflict })));
  const { changesOfPublished } = format.options;
  if (changesOfPublished && merged.conflicts.length === 0) {
    for (const what of changesOfPublished(item.now.row, merged.row, format)) {
      const message = `the ${what} of a published ${format.noun} ${what === "date" ? "is" : "are"} not changed: add a ${format.noun} that CORRECTS this one, and give this one the standing CORRECTED`;
      findings.push(fault(`published-${format.noun}`, path, message));
    }
  }
  unit.put(format, id, merged);
}

/** What a record no longer says of an entry is taken back. The entry stays where another record cites it too. */
export function leave(unit: UnitOfWork, giver: string, entry: LiveItem): void {
  for (const citation of unit.entriesOf(entry.id)) leave(unit, giver, citation);
  const { format, id, now } = entry;
  if (ownerOf(entry) !== giver) {
    if (now.extensions.has(giver)) unit.put(format, id, withdrawn(format, now, giver));
    return;
  }
  const [other] = unit.entriesOf(id);
  if (!other) return unit.put(format, id, null);
  const heir = ownerOf(other);
  const extensions = new Map(now.extensions);
  extensions.delete(heir);
  unit.put(format, id, { row: { ...now.row, owner_id: heir }, extensions });
}

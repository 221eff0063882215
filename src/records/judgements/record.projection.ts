import { isDeepStrictEqual } from "node:util";
import {
  chooseValues,
  type Given,
  givenIn,
  inOrder,
  type ItemState,
} from "../load/record.claims.js";
import { derivedFrom } from "../load/record.changes.js";
import type { LiveItem } from "../load/record.unit-item.js";
import type { UnitOfWork } from "../load/record.unit-of-work.js";
import { CITATION, DOCUMENT } from "../record.format.js";
import { fieldOf } from "../record.columns.js";
import type { ItemFormat } from "../record.item.js";
import type { Proof } from "../record.item-options.js";
import { isReference, referencesIn } from "../record.items.js";
import { addPart, partRows, type Row } from "../record.row.js";
import type { Group } from "./record.groups.js";
import type { SettledValue } from "./record.judgements.store.js";

/** An item or entry as it is shown, and as it is recorded. */
export interface Projected {
  format: ItemFormat;
  id: string;
  recorded: Row;
  /** Null if it is shown as part of another item. */
  shown: Row | null;
  /** The merged items that make the difference: this one, or those that it refers to. */
  mergedIds: Set<string>;
}

/** What judgements say of the items of a unit of work. */
export interface Judged {
  /** Merged items, with the ids of those that stay. */
  merged: ReadonlyMap<string, Group>;
  settled: ReadonlyMap<string, SettledValue[]>;
}

/**
 * Returns how an item and its entries are shown: what all records give of the items that were merged into it, with references
 * to those that stay, and entries about the same as one.
 */
export function project(unit: UnitOfWork, { ids }: Group, judged: Judged): Projected[] {
  const projection = new Projection(unit, judged);
  const live = ids.flatMap((id) => unit.get(id) ?? []);
  // An item that was restored may have been deleted since, by a load that prunes.
  if (live.length > 0) projection.add(live, null);
  return projection.items;
}

class Projection {
  readonly items: Projected[] = [];

  constructor(
    private readonly unit: UnitOfWork,
    private readonly judged: Judged,
  ) {}

  /** Adds items that are shown as the first of them, and their entries; returns the citations that are shown. */
  add(all: LiveItem[], container: { column: string; id: string } | null): Proof[] {
    const [first] = all as [LiveItem];
    const { format, id } = first;
    const row = this.withoutRepeats(format, this.chosen(all));
    if (container) row[container.column] = container.id;
    const projected = all.map((one) => ({
      format,
      id: one.id,
      recorded: this.unit.recorded(one.id),
      shown: one === first ? row : null,
      mergedIds: this.mergedIn(all, one),
    }));
    this.items.push(...projected);
    const proofs = format.entries.flatMap(([, { entry, container: column }]) =>
      this.addEntries(all, entry, { column, id }),
    );
    projected[0]!.shown = derivedFrom(format, row, () => proofs);
    return format === CITATION ? [this.proof(row)] : [];
  }

  private addEntries(
    all: LiveItem[],
    entry: ItemFormat,
    container: { column: string; id: string },
  ): Proof[] {
    const bySubject = new Map<string, LiveItem[]>();
    const none: LiveItem[] = [];
    for (const { id } of all) {
      for (const one of inPosition(this.unit.entriesOf(id))) {
        if (one.format !== entry) continue;
        const subject = entry.options.entry!.subject(this.mapped(entry, one.now.row), container.id);
        if (subject === null) none.push(one);
        else bySubject.set(subject, [...(bySubject.get(subject) ?? []), one]);
      }
    }
    for (const one of none) this.addHidden(one);
    const groups = [...bySubject.values()];
    const proofs = groups.flatMap((same) => this.add(this.firstToStay(same, container), container));
    if (entry.hasPosition && all.length > 1) this.renumber(groups);
    return proofs;
  }

  /** Adds an entry that is not shown, such as the relation of a statement to one that is the same. */
  private addHidden(item: LiveItem): void {
    const { format, id, now } = item;
    this.items.push({
      format,
      id,
      recorded: now.row,
      shown: null,
      mergedIds: this.mergedIn([item], item),
    });
    for (const entry of this.unit.entriesOf(id)) this.addHidden(entry);
  }

  /** Sorts entries that are one: first the one whose row needs no change, else the first by id. */
  private firstToStay(
    same: LiveItem[],
    { column, id }: { column: string; id: string },
  ): LiveItem[] {
    const isUnchanged = ({ format, now: { row } }: LiveItem) =>
      row[column] === id && this.mergedReferences(format, row).length === 0;
    const first = same.find(isUnchanged) ?? same[0]!;
    return [first, ...same.filter((one) => one !== first)];
  }

  /** Numbers the entries of several items in the order of these items. */
  private renumber(groups: LiveItem[][]): void {
    const shown = new Map(this.items.map((item) => [item.id, item.shown]));
    for (const [position, same] of groups.entries()) {
      const row = same.map(({ id }) => shown.get(id)).find((one) => one);
      if (row) row.position = position;
    }
  }

  /** Chooses each value from all that records give of these items, with references to those that stay. */
  private chosen(all: LiveItem[]): Row {
    const [{ format, id, now }] = all as [LiveItem];
    const settled = all.flatMap((one) => this.judged.settled.get(one.id) ?? []);
    if (all.length === 1 && settled.length === 0)
      return this.mapped(format, this.unit.recorded(id));
    const givers = inOrder(
      all.flatMap((one) => giversOf(one.format, one.now)),
      this.unit.preference,
    );
    const values = inOrder(settled, this.unit.preference).map(({ given }) =>
      settledValue(format, given, givers),
    );
    const { row } = chooseValues(format, now.row, givers, values);
    return this.mapped(format, { ...row, id, ...namesOf(all) });
  }

  /** Returns a row with references to the items that stay. */
  private mapped(format: ItemFormat, row: Row): Row {
    const mapped: Row = { ...row };
    for (const [column, value] of Object.entries(row)) {
      const group = typeof value === "string" ? this.judged.merged.get(value) : undefined;
      if (group && isReference(format, column)) mapped[column] = group.rootId;
    }
    return mapped;
  }

  /** Leaves out parts that repeat an earlier one, which takes over what it lacks. */
  private withoutRepeats(format: ItemFormat, row: Row): Row {
    for (const [, part] of format.parts) {
      const rows = partRows(part.table, row);
      const keyOf =
        part.partyKeys?.rowKeyOf ??
        ((one: Row) => JSON.stringify(referencesIn(part.fields).map(({ column }) => one[column])));
      const unlike = new Map<string, Row>();
      for (const one of rows) unlike.set(keyOf(one), { ...one, ...unlike.get(keyOf(one)) });
      if (unlike.size === rows.length) continue;
      for (const column of Object.keys(row))
        if (column.startsWith(`${part.table}/`)) delete row[column];
      for (const [i, one] of [...unlike.values()].entries()) addPart(row, part.table, i, one);
    }
    return row;
  }

  /** Returns the merged items that a row refers to, and all that are one with them. */
  private mergedReferences(format: ItemFormat, row: Row): string[] {
    return Object.entries(row).flatMap(([column, value]) => {
      const group = typeof value === "string" ? this.judged.merged.get(value) : undefined;
      return group && isReference(format, column) ? group.ids.slice(1) : [];
    });
  }

  private mergedIn(all: LiveItem[], { format, id }: LiveItem): Set<string> {
    const gone = all.flatMap((one) => this.judged.merged.get(one.id)?.ids.slice(1) ?? []);
    return new Set([...gone, ...this.mergedReferences(format, this.unit.recorded(id))]);
  }

  private proof(citation: Row): Proof {
    const document = this.unit.get(citation.document_id as string);
    return { citation, document: document?.format === DOCUMENT ? document.now.row : undefined };
  }
}

function inPosition(entries: LiveItem[]): LiveItem[] {
  const positionOf = ({ now }: LiveItem) => Number(now.row.position ?? 0);
  return entries.toSorted((one, other) => positionOf(one) - positionOf(other));
}

/** Returns what each record gives of an item. */
function giversOf(format: ItemFormat, { row, claims }: ItemState): Given[] {
  if (claims.size === 0)
    return [{ documentId: row[format.owner] as string, given: givenIn(format, row) }];
  return [...claims].map(([documentId, { given }]) => ({ documentId, given }));
}

/** Returns a settled value with what belongs to it, such as its certainty, as the preferred record that gives it does. */
function settledValue(format: ItemFormat, settled: Row, givers: readonly Given[]): Row {
  const entries = Object.entries(settled).filter(
    ([column]) => !fieldOf(format, column).field?.isCertainty,
  );
  const agreeing = givers.find(({ given }) =>
    entries.every(([column, value]) => isDeepStrictEqual(given[column] ?? null, value ?? null)),
  );
  const names = new Set(entries.map(([column]) => format.valueOf(column)));
  if (!agreeing) return { ...requiredWith(format, names, givers[0]!), ...settled };
  return Object.fromEntries(
    Object.entries(agreeing.given).filter(([column]) => names.has(format.valueOf(column))),
  );
}

/** Returns what an item must have beside a settled value, such as the name to sort by beside a name, as a record gives it. */
function requiredWith(format: ItemFormat, names: ReadonlySet<unknown>, { given }: Given): Row {
  const required = format.fields.filter(([, { schema }]) => !schema.safeParse(undefined).success);
  const columns = required.flatMap(([, field]) => field.columns);
  return Object.fromEntries(
    columns
      .filter((column) => names.has(format.valueOf(column)) && column in given)
      .map((column) => [column, given[column]]),
  );
}

/** Returns the slug and former slugs of items that are one: those that lead to the others, too. */
function namesOf(all: LiveItem[]): Row {
  const [{ format, now }] = all as [LiveItem];
  if (!format.key) return {};
  const key = now.row[format.key];
  if (now.row.former_slugs === undefined) return { [format.key]: key };
  const slugs = all.flatMap(({ now: { row } }) => [...(row.former_slugs as string[]), row.slug]);
  return { slug: key, former_slugs: [...new Set(slugs)].filter((slug) => slug !== key) };
}

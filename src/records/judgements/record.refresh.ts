import type { Sql } from "../../db/sql.js";
import {
  compareItem,
  isSameRow,
  rowsOf,
  type TableWrites,
  writesToItems,
} from "../load/record.table-writes.js";
import { deleteRows, insertRows, insertionOf, updateRows } from "../load/record.store.js";
import { UnitOfWork } from "../load/record.unit-of-work.js";
import { CITATION, DOCUMENT, ITEMS } from "../record.format.js";
import type { ItemFormat } from "../record.item.js";
import { ENTRIES, formatOf, TOP_LEVEL_ITEMS } from "../record.items.js";
import { type Group, groupsOf } from "./record.groups.js";
import * as store from "./record.judgements.store.js";
import {
  type DeferredParent,
  deferredParent,
  withParentOf,
} from "../parents/record.deferred-parents.js";
import { deleteSoleClaims, passOver } from "../parents/record.parents.store.js";
import type { TouchedItem } from "../revisions/record.revised.js";
import { project, type Projected } from "./record.projection.js";
import { restore } from "./record.restore.js";

/** How many items are refreshed at once. */
const PER_PAGE = 500;

/**
 * Recomputes what items show whose judgements were added or removed, or that were restored for a load to change. Returns these items, and
 * all that refer to them.
 */
export async function refreshShown(sql: Sql): Promise<TouchedItem[]> {
  return (await store.hasItemsToRefresh(sql)) ? new Refresh(sql).run() : [];
}

const NONE: ReadonlySet<unknown> = new Set();

/** Refreshes items, after all that they refer to was restored. */
class Refresh {
  /** The nouns of all items that were restored, by id. */
  private readonly nouns = new Map<string, string>();
  private readonly merged = new Map<string, Group>();

  constructor(private readonly sql: Sql) {}

  async run(): Promise<TouchedItem[]> {
    const next = () => store.readShownWithJudged(this.sql);
    for (let ids = await next(); ids.length > 0; ids = await next()) await restore(this.sql, ids);
    await this.showRestored();
    // Documents refer to the organizations that issued them.
    for (const to of TOP_LEVEL_ITEMS)
      for (const from of [DOCUMENT, ...TOP_LEVEL_ITEMS]) await this.showReferrers(from, to);
    for (const format of TOP_LEVEL_ITEMS.toReversed()) await this.remove(format);
    return [...this.nouns].map(([id, noun]) => ({ noun, id }));
  }

  /** Shows the items of one format that refer to merged items of another. */
  private async showReferrers(from: ItemFormat, to: ItemFormat): Promise<void> {
    const gone = new Set(this.mergedOf(from));
    for (let after: string | null = null; ;) {
      const ids: string[] = await store.readReferrers(this.sql, {
        from,
        to,
        ids: this.mergedOf(to),
        after,
      });
      if (ids.length === 0) return;
      after = ids.at(-1)!;
      for (const id of ids) this.nouns.set(id, from.noun);
      await restore(this.sql, ids);
      const shown = await this.showRestored();
      const rest = ids.filter((id) => !shown.has(id) && !gone.has(id));
      await this.show(groupsOf(rest, []));
    }
  }

  /** Shows the items that were restored, and those that are one with them; returns the ids of all. */
  private async showRestored(): Promise<Set<string>> {
    const shown = new Map<string, Group>();
    for (let items = await store.takeItemsToRefresh(this.sql); items.length > 0;) {
      for (const { id, noun } of items) this.nouns.set(id, noun);
      const ids = items.map(({ id }) => id);
      for (const group of groupsOf(ids, await store.readMergesOf(this.sql, ids))) {
        const noun = group.ids.map((id) => this.nouns.get(id)).find((one) => one !== undefined)!;
        for (const id of group.ids) {
          this.nouns.set(id, noun);
          this.merged.delete(id);
          if (group.ids.length > 1) this.merged.set(id, group);
        }
        shown.set(group.rootId, group);
      }
      await restore(
        this.sql,
        [...shown.values()].flatMap(({ ids: some }) => some),
      );
      items = (await store.takeItemsToRefresh(this.sql)).filter(
        ({ id }) => !shown.has(this.rootOf(id)),
      );
    }
    await this.show([...shown.values()]);
    return new Set([...shown.values()].flatMap(({ ids }) => ids));
  }

  private rootOf(id: string): string {
    return this.merged.get(id)?.rootId ?? id;
  }

  private async show(groups: Group[]): Promise<void> {
    for (let i = 0; i < groups.length; i += PER_PAGE)
      await this.showPage(groups.slice(i, i + PER_PAGE));
  }

  private async showPage(groups: Group[]): Promise<void> {
    const ids = new Map<ItemFormat, string[]>(ITEMS.map((format) => [format, []]));
    for (const group of groups)
      for (const id of group.ids) ids.get(formatOf(this.nouns.get(id)!))!.push(id);
    const settlements = await store.readSettlements(
      this.sql,
      groups.flatMap((group) => group.ids),
    );
    // Of several that settle one value, the preferred document's is shown.
    ids.get(DOCUMENT)!.push(...settlements.map(({ documentId }) => documentId));
    const unit = await UnitOfWork.load(this.sql, ids, null);
    const settled = new Map<string, store.SettledValue[]>();
    for (const one of settlements)
      settled.set(one.itemId, [...(settled.get(one.itemId) ?? []), one]);
    const writes = writesToItems();
    const kept: store.RecordedItem[] = [];
    const deferred: DeferredParent[] = [];
    const sole: string[] = [];
    for (const group of groups) {
      const items = project(unit, group, { merged: this.merged, settled });
      for (const item of items) {
        const { format, id, recorded, shown } = item;
        const stored = unit.get(id)!.now;
        if (!shown || !isSameRow(recorded, shown)) {
          kept.push(this.kept(item, group));
          // Only an item stored without its parent has a single claim.
          if (stored.claims.size === 1) sole.push(id);
        }
        const back = deferredParent(format, stored.row, shown, NONE);
        if (back) deferred.push({ ...back, now: recorded });
        // Merged items with a key are removed once nothing refers to them.
        if (shown || !format.key)
          compareItem(
            writes,
            format,
            stored.row,
            back ? withParentOf(format, back.now, null) : shown,
          );
      }
    }
    await store.keepRecorded(this.sql, kept);
    await deleteSoleClaims(this.sql, sole);
    await this.write(writes);
    await passOver(this.sql, deferred);
  }

  private kept(
    { format, id, recorded, shown, mergedIds }: Projected,
    { rootId }: Group,
  ): store.RecordedItem {
    const { former_slugs = [] } = recorded as { former_slugs?: string[] };
    const keys = shown || !format.key ? [] : [...former_slugs, recorded[format.key] as string];
    return {
      id,
      noun: format.noun,
      rootId,
      rootNoun: this.nouns.get(rootId)!,
      keys,
      tables: Object.fromEntries(rowsOf(format, recorded)),
      mergedIds: [...mergedIds],
    };
  }

  /** Writes what changes. Entries that are shown as part of others are deleted after their citations were moved to these. */
  private async write(writes: ReadonlyMap<string, TableWrites>): Promise<void> {
    const { sql } = this;
    const entries = new Set(ENTRIES.map(({ table }) => table));
    const all = [...writes.values()];
    const removed = async (isEntry: boolean) => {
      for (const { table, key, deleted } of all.toReversed())
        if (entries.has(table) === isEntry && deleted.length > 0)
          await deleteRows(sql, table, key, deleted);
    };
    const stored = async (some: TableWrites[]) => {
      for (const { table, key, inserted, updated } of some) {
        if (inserted.length > 0) await insertRows(sql, insertionOf(table, inserted));
        if (updated.length > 0) await updateRows(sql, table, key, updated);
      }
    };
    await removed(false);
    await stored(all.filter(({ table }) => table === CITATION.table));
    await removed(true);
    await stored(all.filter(({ table }) => table !== CITATION.table));
  }

  private mergedOf(format: ItemFormat): string[] {
    return [...this.merged]
      .filter(([id, { rootId }]) => id !== rootId && this.nouns.get(id) === format.noun)
      .map(([id]) => id);
  }

  /** Deletes merged items of a format, which nothing refers to any more. */
  private async remove(format: ItemFormat): Promise<void> {
    const gone = this.mergedOf(format).map((id) => ({ id }));
    if (gone.length > 0) await deleteRows(this.sql, format.table, ["id"], gone);
  }
}

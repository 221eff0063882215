import type { Sql } from "../../db/sql.js";
import { type RemovedItem, hasRemoved, readRemoved } from "./record.removed-items.store.js";

export type { RemovedItem } from "./record.removed-items.store.js";

/** Redacted items, and published ones that may only return unchanged. */
export class RemovedItems {
  private readonly items = new Map<string, RemovedItem>();
  /** Whether anything was ever removed or redacted; undefined until it is looked up. */
  private hasAny: boolean | undefined;

  /** Reads which of these items, of which none is on record, are among them. */
  async read(sql: Sql, ids: readonly string[]): Promise<void> {
    this.hasAny ??= await hasRemoved(sql);
    if (!this.hasAny) return;
    for (const one of await readRemoved(sql, ids)) this.items.set(one.id, one);
  }

  /** Returns what is known of an item that was read; undefined if it was never removed. */
  get(id: string): RemovedItem | undefined {
    return this.items.get(id);
  }
}

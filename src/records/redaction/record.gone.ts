import type { Sql } from "../../db/sql.js";
import { type GoneItem, hasGone, readGone } from "./record.gone.store.js";

export type { GoneItem } from "./record.gone.store.js";

/** Items that were on record once, and may not come back, or not with other words. */
export class GoneItems {
  private readonly items = new Map<string, GoneItem>();
  /** Whether anything was ever removed or redacted; undefined until it is looked up. */
  private hasAny: boolean | undefined;

  /** Reads which of these items, of which none is on record, are among them. */
  async read(sql: Sql, ids: readonly string[]): Promise<void> {
    this.hasAny ??= await hasGone(sql);
    if (!this.hasAny) return;
    for (const one of await readGone(sql, ids)) this.items.set(one.id, one);
  }

  /** Returns what is known of an item that was read; undefined if it never went. */
  get(id: string): GoneItem | undefined {
    return this.items.get(id);
  }
}

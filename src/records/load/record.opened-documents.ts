import { isOpenLicence } from "../../source/open-licence.js";
import { DOCUMENT } from "../record.format.js";
import type { ItemState } from "./record.claims.js";
import type { Item } from "./record.unit-item.js";

/** The documents that records of a batch gave an open licence, though a later one may close it again. */
export class OpenedDocuments {
  private readonly ids = new Set<string>();

  /** Notes an item as a record changed it. */
  note({ format, id, now }: Item): void {
    if (format === DOCUMENT && now && isOpen(now)) this.ids.add(id);
  }

  /** Returns whether an item is a document that has no open licence now, but had one when stored or at some time since. */
  isClosed({ format, id, stored, now }: Item): boolean {
    if (format !== DOCUMENT || !now || isOpen(now)) return false;
    return this.ids.has(id) || (stored !== null && isOpen(stored));
  }

  /** Forgets what was noted. */
  clear(): void {
    this.ids.clear();
  }
}

function isOpen({ row }: ItemState): boolean {
  return isOpenLicence(row.licence as string | null | undefined);
}

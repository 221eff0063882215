import { lacksLicence } from "../../statement/quotation.js";
import { statement } from "../../statement/statement.record.js";
import type { ItemFormat } from "../record.item.js";
import type { Json } from "../record.row.js";

/** A noun whose items may need a document with an open licence. */
interface LicensedNoun {
  format: ItemFormat;
  /**
   * Returns whether an item needs an open licence that none of the documents it cites so far has. `isOpen` tells which documents have one,
   * by key; without a key, the item's own.
   */
  lacksLicence: (item: Json, isOpen: (document: string | undefined) => boolean) => boolean;
}

export const LICENSED_NOUNS: readonly LicensedNoun[] = [{ format: statement, lacksLicence }];

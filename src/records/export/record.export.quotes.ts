import { LONGEST_QUOTATION } from "../check/record.rule.js";
import type { Json } from "../record.row.js";

/**
 * Returns whether a quotation is too long for the documents that an item cites so far. A citation of one with an open licence may have been
 * omitted, as that document comes later.
 */
export function lacksLicence(
  item: Json,
  isOpen: (document: string | undefined) => boolean,
): boolean {
  const { citations = [], form, text = "" } = item as Quoting;
  if (form !== "VERBATIM" || [...text].length <= LONGEST_QUOTATION) return false;
  return citations.every(({ document }) => !isOpen(document));
}

interface Quoting {
  form?: string;
  text?: string;
  citations?: { document?: string }[];
}

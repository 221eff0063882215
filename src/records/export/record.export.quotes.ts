import { needsOpenLicence } from "../../statement/quotation.js";
import type { StatementForm } from "../../statement/statement.enums.js";
import type { Json } from "../record.row.js";

/**
 * Returns whether a statement needs an open licence that none of the documents it cites so far has. The citation of one that does may have
 * been omitted, because that document comes later.
 */
export function lacksLicence(
  item: Json,
  isOpen: (document: string | undefined) => boolean,
): boolean {
  const { citations = [], form, text } = item as Quoting;
  if (!form || !needsOpenLicence(form, text ?? "")) return false;
  return citations.every(({ document }) => !isOpen(document));
}

interface Quoting {
  form?: StatementForm;
  text?: string;
  citations?: { document?: string }[];
}

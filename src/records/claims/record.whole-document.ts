import type { Citation } from "../../source/citation.entity.js";
import { idOf } from "../record.ids.js";

/** Returns a citation of a document as a whole, for what has no passages. */
export function wholeDocument(itemId: string, documentId: string): Citation {
  const nowhere = { start: null, end: null, locator: null, exact: null, reportedBy: null };
  return { id: idOf("citation", `${itemId}/${documentId}`), documentId, ...nowhere } as Citation;
}

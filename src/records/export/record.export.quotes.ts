import type { Json } from "../record.row.js";

/** The maximum length of a quotation from a document without an open licence. */
const LONGEST_QUOTATION = 300;

/**
 * Returns whether an item quotes more of its document than is allowed without an open licence. The licence may have
 * been removed since the item was loaded.
 */
export function exceedsQuotationLimit(item: Json): boolean {
  const { citations = [], form, text, ...rest } = item as Quoting;
  const isOwn = ({ document }: Citation) => document === undefined;
  return (
    (form === "VERBATIM" &&
      [...(text ?? "")].length > LONGEST_QUOTATION &&
      citations.every(isOwn)) ||
    citations.some((citation) => isOwn(citation) && citation.exact !== undefined) ||
    Object.values(rest)
      .flat()
      .some((one) => isObject(one) && exceedsQuotationLimit(one))
  );
}

interface Citation {
  document?: string;
  exact?: string;
}

interface Quoting {
  form?: string;
  text?: string;
  citations?: Citation[];
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null;
}

import type { Json } from "../record.row.js";

/** The longest quotation that a record may give whose document names no licence. */
const LONGEST_QUOTATION = 300;

/**
 * Whether an item quotes more of its record's document than one without an open licence allows. The licence may
 * have gone since it was loaded.
 */
export function quotesMuch(item: Json): boolean {
  const { citations = [], form, text, ...rest } = item as Quoting;
  const isOwn = ({ document }: Citation) => document === undefined;
  return (
    (form === "VERBATIM" &&
      [...(text ?? "")].length > LONGEST_QUOTATION &&
      citations.every(isOwn)) ||
    citations.some((citation) => isOwn(citation) && citation.exact !== undefined) ||
    Object.values(rest)
      .flat()
      .some((one) => isObject(one) && quotesMuch(one))
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

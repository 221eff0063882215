/** What quotations are replaced by in a masked text. */
export const MASK = "¤";

/** So much of a sentence is looked at, before and after a quotation, in UTF-16 code units. */
export const FAR = 1_000;

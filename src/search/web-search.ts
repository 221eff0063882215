/** One alternative of a query: its wanted and its excluded words, both in web-search syntax, without `-`. */
export interface Alternative {
  wanted: string;
  unwanted: string;
}

/**
 * Splits a query in web-search syntax (words, "a phrase", or, -not) into its alternatives. PostgreSQL parses that syntax too,
 * but for one language at a time: a document would match in one language though a word is excluded in another. A query
 * without excluded words is a single alternative, unchanged.
 */
export function alternativesIn(query: string): Alternative[] {
  const terms = query.match(/-?"[^"]*"|\S+/g) ?? [];
  if (!terms.some(isExcluded)) return [{ wanted: query, unwanted: "" }];
  const alternatives: string[][] = [[]];
  for (const term of terms) {
    if (/^or$/i.test(term)) alternatives.push([]);
    else alternatives.at(-1)!.push(term);
  }
  return alternatives
    .filter((terms) => terms.length > 0)
    .map((terms) => ({
      wanted: terms.filter((term) => !isExcluded(term)).join(" "),
      unwanted: terms
        .filter(isExcluded)
        .map((term) => term.slice(1))
        .join(" or "),
    }));
}

function isExcluded(term: string): boolean {
  return /^-["\p{L}\p{M}\p{N}]/u.test(term);
}

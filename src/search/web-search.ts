/** What one alternative of a query wants, and what it will not have: both in web-search syntax, without `-`. */
export interface Alternative {
  wanted: string;
  unwanted: string;
}

/**
 * The alternatives of a query in web-search syntax (words, "a phrase", or, -not). PostgreSQL reads that syntax
 * itself, but in one language at a time: a word that another language stems elsewhere would not be excluded.
 * Where nothing is excluded, the whole query is one alternative, as it stands.
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

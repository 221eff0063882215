/**
 * Towns of the United States that nobody takes for something else. Of others, the state would have to be known: Portland is in
 * Maine and in Oregon.
 */
const TOWNS =
  "Annapolis|Atlanta|Baltimore|Boston|Chicago|Cincinnati|Cleveland|Dallas|Denver|Des Moines|Detroit|Fort Worth|Honolulu|Houston|Indianapolis|Las Vegas|Los Angeles|Louisville|Memphis|Miami|Milwaukee|Minneapolis|New Orleans|New York City|New York|Oklahoma City|Palm Springs|Philadelphia|Pittsburgh|Salt Lake City|San Antonio|San Diego|San Francisco|Santa Barbara|Seattle|St\\. Louis|Washington|Williamsburg";
const OTHERWISE: Readonly<Record<string, string>> = { "New York": "New York City" };

const MONTHS =
  "January|February|March|April|May|June|July|August|September|October|November|December";
/** After a word that leads to a place, or in a list; not before another part of a name: `Boston University`. */
const TOWN = new RegExp(
  `(?:\\b(?:[Vv]isited|[Vv]isits? to|[Ii]n|[Aa]t|to|and|from)|,) (?<town>${TOWNS})(?! (?!(?:${MONTHS})\\b)\\p{Lu})(?![-’'\\p{L}])`,
  "gu",
);
/** Of a visit that did not take place there. */
const NOT_THERE = /\b(?:cancel|postpone|(?:planned|was to|instead of|en route|returned)\b)/i;

/** Returns the towns that the description of a visit plainly names, in order. */
export function usTownsIn(description: string | null): string[] {
  const sentences = (description ?? "").split(/(?<!\bSt)(?<!\b\p{Lu})\.\s+|;/u);
  const towns = sentences
    .filter((sentence) => !NOT_THERE.test(sentence))
    .flatMap((sentence) => [...sentence.matchAll(TOWN)].map(({ groups }) => groups!.town!));
  return [...new Set(towns.map((town) => OTHERWISE[town] ?? town))];
}

/** Returns the candidate that the word is probably a typo of; null if none is close enough. */
export function nearestTo(word: string, candidates: Iterable<string>): string | null {
  let nearest: string | null = null;
  // At most one typo per three letters.
  let best = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= best) continue;
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase(), best);
    if (distance < best) [nearest, best] = [candidate, distance];
  }
  return nearest;
}

// Slugs and keys have at most 300 characters.
const ROW = new Uint16Array(512);

/** Returns the Levenshtein distance, or the limit if it is not below that. Reuses one row of the table. */
function editDistance(a: string, b: string, limit: number): number {
  if (b.length >= ROW.length) return limit;
  for (let column = 0; column <= b.length; column++) ROW[column] = column;
  for (let i = 1; i <= a.length; i++) {
    const code = a.charCodeAt(i - 1);
    let [diagonal, least] = [ROW[0]!, i];
    ROW[0] = i;
    for (let j = 1; j <= b.length; j++) {
      const replaced = diagonal + (code === b.charCodeAt(j - 1) ? 0 : 1);
      diagonal = ROW[j]!;
      ROW[j] = Math.min(replaced, diagonal + 1, ROW[j - 1]! + 1);
      least = Math.min(least, ROW[j]!);
    }
    if (least >= limit) return limit;
  }
  return ROW[b.length]!;
}

/** The candidate that is close enough to be what was meant but for a slip of the finger; null where none is. */
export function nearestTo(word: string, candidates: Iterable<string>): string | null {
  let nearest: string | null = null;
  // One slip in three letters is as far as a guess helps.
  let best = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= best) continue;
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase(), best);
    if (distance < best) [nearest, best] = [candidate, distance];
  }
  return nearest;
}

// Slugs and keys have 300 characters at most; what is longer is none.
const ROW = new Uint16Array(512);

/** Levenshtein's distance where it is below the limit, else the limit. One row of the table, written over. */
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

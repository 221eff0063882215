/** The rows under each key. */
export function groupBy<Row, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

/** For each key its row, null where there is none: what a loader hands back. A row may answer several keys. */
export function oneEach<Row>(
  keys: readonly string[],
  rows: readonly Row[],
  keysOf: (row: Row) => readonly string[],
): (Row | null)[] {
  const byKey = new Map<string, Row>();
  for (const row of rows) for (const key of keysOf(row)) byKey.set(key, row);
  return keys.map((key) => byKey.get(key) ?? null);
}

/** For each key its rows, in the order they came. */
export function manyEach<Row>(
  keys: readonly string[],
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): Row[][] {
  const groups = groupBy(rows, keyOf);
  return keys.map((key) => groups.get(key) ?? []);
}

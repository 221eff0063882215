import type { Step } from "./record.against.store.js";

/** The maximum number of times a chain may alternate between the checked records and those on record. */
const MAX_CHANGES = 20;

/**
 * Returns the steps on record from items that the checked records lead to. A chain on record may lead back to an item of these records and
 * on from there, so it is read again until nothing new is reached.
 */
export async function stepsFrom(
  start: Iterable<string>,
  ofRecords: (key: string) => Iterable<string>,
  read: (keys: string[]) => Promise<Step[]>,
): Promise<Map<string, string[]>> {
  const steps = new Map<string, string[]>();
  const seen = new Set<string>();
  let open = [...start];
  for (let changes = 0; open.length > 0 && changes < MAX_CHANGES; changes++) {
    const reached: string[] = [];
    for (let key = open.pop(); key !== undefined; key = open.pop()) {
      if (seen.has(key)) continue;
      seen.add(key);
      reached.push(key);
      open.push(...ofRecords(key));
    }
    if (reached.length === 0) break;
    for (const { from, to } of await read(reached)) {
      const known = steps.get(from) ?? [];
      if (!known.includes(to)) steps.set(from, [...known, to]);
      open.push(from, to);
    }
    // Chains on record have been read to their ends: only the checked records can lead on from there.
    open = open.filter((key) => !seen.has(key) && [...ofRecords(key)].length > 0);
  }
  return steps;
}

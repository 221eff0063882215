import type { Step } from "./record.against.store.js";

/** How often the way on may change between the records checked and what is on record. */
const MAX_CHANGES = 20;

/**
 * Returns the steps on record from items that the records checked together lead to. What is on record may lead back to an item of these
 * records, whose steps lead on; so it is read again until nothing new is reached.
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
    // What was read is what was reached on record: only where the records lead on from it is anything new.
    open = open.filter((key) => !seen.has(key) && [...ofRecords(key)].length > 0);
  }
  return steps;
}

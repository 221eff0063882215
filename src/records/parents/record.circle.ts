/**
 * Follows parents from an item upwards; returns the circle that they lead into, null if there is none. `done` has items from which none is
 * reached, and gets those that were passed.
 */
export function closingFrom(
  start: string,
  parentOf: (id: string) => string | null,
  done: Set<string>,
): string[] | null {
  const chain = new Set<string>();
  let next: string | null = start;
  while (next !== null && !done.has(next)) {
    if (chain.has(next)) {
      const passed = [...chain];
      return passed.slice(passed.indexOf(next));
    }
    chain.add(next);
    next = parentOf(next);
  }
  for (const id of chain) done.add(id);
  return null;
}

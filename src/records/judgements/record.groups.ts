import type { MergeOf } from "./record.judgements.store.js";

/** Items that are one. */
export interface Group {
  /** The one that stays. */
  rootId: string;
  /** All of them, that one first. */
  ids: string[];
}

/**
 * Groups items by merges. Chains lead to the last; where records let one item go to several, these are one too, and the first
 * by id stays.
 */
export function groupsOf(ids: Iterable<string>, merges: readonly MergeOf[]): Group[] {
  const linked = new Map<string, string[]>();
  const link = (one: string, other: string) => linked.set(one, [...(linked.get(one) ?? []), other]);
  for (const { staysId, goesId } of merges) {
    link(staysId, goesId);
    link(goesId, staysId);
  }
  const going = new Set(merges.map(({ goesId }) => goesId));
  const seen = new Set<string>();
  const groups: Group[] = [];
  for (const start of ids) {
    if (seen.has(start)) continue;
    const members = [start];
    seen.add(start);
    for (const one of members) {
      for (const other of linked.get(one) ?? []) {
        if (seen.has(other)) continue;
        seen.add(other);
        members.push(other);
      }
    }
    members.sort();
    const rootId = members.find((id) => !going.has(id)) ?? members[0]!;
    groups.push({ rootId, ids: [rootId, ...members.filter((id) => id !== rootId)] });
  }
  return groups;
}

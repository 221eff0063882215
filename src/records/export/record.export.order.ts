import { componentsOf } from "./record.export.components.js";
import type { DocumentLink, ExportedDocument } from "./record.export.store.js";

interface Link {
  from: number;
  to: number;
  firmness: number;
}

/**
 * Sorts documents in dependency order: each after those that it refers to, otherwise by date and key (a topological
 * sort). A cycle is broken at its least firm links; what these stand for is written later.
 */
export function inDependencyOrder(
  documents: ExportedDocument[],
  links: DocumentLink[],
): ExportedDocument[] {
  const sorted = [...documents].sort(byDateAndKey);
  const places = new Map(sorted.map(({ id }, place) => [id, place]));
  const kept = withoutCycles(
    sorted.length,
    links.map(({ from, to, firmness }) => ({
      from: places.get(from)!,
      to: places.get(to)!,
      firmness,
    })),
  );
  const dependents: number[][] = sorted.map(() => []);
  const unresolved = sorted.map(() => 0);
  for (const { from, to } of kept) {
    dependents[to]!.push(from);
    unresolved[from]!++;
  }
  const ready = new MinHeap();
  for (const [place, count] of unresolved.entries()) if (count === 0) ready.push(place);
  const order: ExportedDocument[] = [];
  for (let place = ready.shift(); place !== undefined; place = ready.shift()) {
    order.push(sorted[place]!);
    for (const next of dependents[place]!) if (--unresolved[next]! === 0) ready.push(next);
  }
  return order;
}

function byDateAndKey(one: ExportedDocument, other: ExportedDocument): number {
  const [a, b] = [one.date ?? "~", other.date ?? "~"];
  if (a !== b) return a < b ? -1 : 1;
  return one.key < other.key ? -1 : 1;
}

/**
 * Removes links until no cycle is left: keeps the links between strongly connected components, drops the least firm
 * ones inside them, and repeats. The firmest links never form a cycle.
 */
function withoutCycles(count: number, links: Link[]): Link[] {
  const kept: Link[] = [];
  let rest = links;
  for (let firmness = 1; rest.length > 0; firmness++) {
    const targets: number[][] = Array.from({ length: count }, () => []);
    for (const { from, to } of rest) targets[from]!.push(to);
    const component = componentsOf(targets);
    const isInside = ({ from, to }: Link) => component[from] === component[to];
    kept.push(...rest.filter((link) => !isInside(link)));
    rest = rest.filter((link) => isInside(link) && link.firmness > firmness);
  }
  return kept;
}

/** A priority queue of numbers, smallest first (a binary heap). */
class MinHeap {
  private readonly heap: number[] = [];

  push(value: number): void {
    const { heap } = this;
    let at = heap.push(value) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (heap[above]! <= value) break;
      heap[at] = heap[above]!;
      at = above;
    }
    heap[at] = value;
  }

  shift(): number | undefined {
    const { heap } = this;
    const least = heap[0];
    const value = heap.pop();
    if (value === undefined || heap.length === 0) return least;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below + 1 < heap.length && heap[below + 1]! < heap[below]!) below++;
      if (below >= heap.length || heap[below]! >= value) break;
      heap[at] = heap[below]!;
      at = below;
    }
    heap[at] = value;
    return least;
  }
}

/**
 * Returns the strongly connected component of each node of a graph, by number. Tarjan's algorithm; iterative, because
 * chains may be longer than the call stack.
 */
export function componentsOf(targets: readonly (readonly number[])[]): number[] {
  const component = targets.map(() => -1);
  const found = targets.map(() => -1);
  const lowest = targets.map(() => -1);
  const open: number[] = [];
  let count = 0;
  let components = 0;
  for (const root of targets.keys()) {
    if (found[root] !== -1) continue;
    const path = [{ node: root, next: 0 }];
    while (path.length > 0) {
      const at = path.at(-1)!;
      const { node } = at;
      if (at.next === 0) {
        found[node] = lowest[node] = count++;
        open.push(node);
      }
      const target = targets[node]![at.next++];
      if (target !== undefined) {
        if (found[target] === -1) path.push({ node: target, next: 0 });
        else if (component[target] === -1) lowest[node] = Math.min(lowest[node]!, found[target]!);
        continue;
      }
      path.pop();
      const above = path.at(-1)?.node;
      if (above !== undefined) lowest[above] = Math.min(lowest[above]!, lowest[node]!);
      if (lowest[node] !== found[node]) continue;
      let member: number;
      do {
        member = open.pop()!;
        component[member] = components;
      } while (member !== node);
      components++;
    }
  }
  return component;
}

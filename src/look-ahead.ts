import { type GraphQLResolveInfo, Kind, type SelectionSetNode } from "graphql";
import { createParameterDecorator } from "type-graphql";
import type { Context } from "./context.js";
import type { Selection } from "./db/joins.js";

export type { Selection } from "./db/joins.js";

// Siblings share their syntax nodes, so that a field is looked into once and not for each row.
const known = new WeakMap<readonly object[], Selection>();

/** What the question selects of what a field gives; of a list what it selects of its rows. */
export function LookAhead() {
  return createParameterDecorator<Context>(({ info }) => selectedIn(info));
}

function selectedIn({ fieldNodes, fragments }: GraphQLResolveInfo): Selection {
  const before = known.get(fieldNodes);
  if (before) return before;
  const selected: Selection = {};
  for (const { selectionSet } of fieldNodes) gather(selectionSet, fragments, selected);
  const { nodes, edges } = selected;
  const rows = nodes || edges ? { ...edges?.node, ...nodes } : selected;
  known.set(fieldNodes, rows);
  return rows;
}

/** Adds what a selection selects, whatever `@skip` and `@include` say: to have read too much does no harm. */
function gather(
  selection: SelectionSetNode | undefined,
  fragments: GraphQLResolveInfo["fragments"],
  into: Selection,
): void {
  for (const node of selection?.selections ?? []) {
    if (node.kind === Kind.FIELD) {
      gather(node.selectionSet, fragments, (into[node.name.value] ??= {}));
    } else {
      const { selectionSet } =
        node.kind === Kind.INLINE_FRAGMENT ? node : fragments[node.name.value]!;
      gather(selectionSet, fragments, into);
    }
  }
}

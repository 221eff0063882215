import { type GraphQLResolveInfo, Kind, type SelectionSetNode } from "graphql";
import { createParameterDecorator } from "type-graphql";
import type { Context } from "./context.js";

/** Fields that a question selects, and what it selects of each. */
export interface Selected {
  [field: string]: Selected;
}

// Siblings share their syntax nodes, so that a field is looked into once and not for each row.
const known = new WeakMap<readonly object[], Selected>();

/** What the question selects of what a field gives; of a list what it selects of its rows. */
export function LookAhead() {
  return createParameterDecorator<Context>(({ info }) => selectedIn(info));
}

function selectedIn({ fieldNodes, fragments }: GraphQLResolveInfo): Selected {
  const before = known.get(fieldNodes);
  if (before) return before;
  const selected: Selected = {};
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
  into: Selected,
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

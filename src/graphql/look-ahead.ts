import { type GraphQLResolveInfo, Kind, type SelectionSetNode } from "graphql";
import { createParameterDecorator } from "type-graphql";
import type { Context } from "../context.js";
import type { Selection } from "../query/rows.js";

export type { Selection } from "../query/rows.js";

// A document that is asked again has the same syntax nodes, so that each of its fields is looked into once.
const known = new WeakMap<object, Selection>();

/** What the question selects of what a field gives; of a list what it selects of its rows. */
export function LookAhead() {
  return createParameterDecorator<Context>(({ info }) => selectedIn(info));
}

/** The same, where there is no parameter to decorate. */
export function selectedIn({ fieldNodes, fragments }: GraphQLResolveInfo): Selection {
  // Fields that the document has in several places at once are gathered anew for each request.
  const nodes = fieldNodes.length === 1 ? fieldNodes[0]! : fieldNodes;
  const before = known.get(nodes);
  if (before) return before;
  const selected: Selection = {};
  for (const { selectionSet } of fieldNodes) gather(selectionSet, fragments, selected);
  const rows = selected.nodes || selected.edges || selected.pageInfo ? rowsOf(selected) : selected;
  known.set(nodes, rows);
  return rows;
}

/** What a page's selection selects of its rows, and under names that no field has, what of the page itself. */
function rowsOf({ nodes = {}, edges = {}, pageInfo }: Selection): Selection {
  const { node = {}, cursor } = edges;
  return {
    ...merged(node, nodes),
    ...(cursor && { __cursor: cursor }),
    ...(pageInfo && { __pageInfo: pageInfo }),
  };
}

function merged(one: Selection, other: Selection): Selection {
  const both = { ...one };
  for (const [field, inside] of Object.entries(other)) {
    both[field] = both[field] ? merged(both[field], inside) : inside;
  }
  return both;
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

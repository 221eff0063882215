import { type GraphQLResolveInfo, Kind, type SelectionSetNode } from "graphql";
import { createParameterDecorator } from "type-graphql";
import type { Context } from "../context.js";
import type { PageSelection } from "../query/page.js";
import type { Selection } from "../query/rows.js";

export type { PageSelection } from "../query/page.js";
export type { Selection } from "../query/rows.js";

/** Parameter decorator: passes the selection of the field to the method. */
export function LookAhead() {
  return createParameterDecorator<Context>(({ info }) => selectionOf(info));
}

/** Parameter decorator: passes the selection of a connection to the method. */
export function LookAheadPage() {
  return createParameterDecorator<Context>(({ info }) => pageSelectionOf(info));
}

/** Returns the selection of a field, for resolvers that are not methods. */
export const selectionOf = cachedPerDocument((selected): Selection => selected);

const pageSelectionOf = cachedPerDocument(
  ({ nodes = {}, edges: { node = {}, cursor, ...edge } = {}, pageInfo = {} }): PageSelection => ({
    rows: mergeSelections(node, nodes),
    edge,
    cursors: Boolean(cursor || pageInfo.startCursor || pageInfo.endCursor),
    ends: Boolean(pageInfo.hasNextPage || pageInfo.hasPreviousPage),
  }),
);

/** Caches a selection by its syntax nodes: a document that is executed again, from the document cache, has the same nodes. */
function cachedPerDocument<Selected>(read: (selected: Selection) => Selected) {
  const known = new WeakMap<object, Selected>();
  return ({ fieldNodes, fragments }: GraphQLResolveInfo): Selected => {
    // For a field in several places of the document, the array of nodes is new in each request.
    const nodes = fieldNodes.length === 1 ? fieldNodes[0]! : fieldNodes;
    const before = known.get(nodes);
    if (before) return before;
    const selected: Selection = {};
    for (const { selectionSet } of fieldNodes) collect(selectionSet, fragments, selected);
    const found = read(selected);
    known.set(nodes, found);
    return found;
  };
}

function mergeSelections(one: Selection, other: Selection): Selection {
  const both = { ...one };
  for (const [field, inside] of Object.entries(other)) {
    both[field] = both[field] ? mergeSelections(both[field], inside) : inside;
  }
  return both;
}

/** Adds the fields of a selection set, ignoring `@skip` and `@include`: reading too much does no harm. */
function collect(
  selection: SelectionSetNode | undefined,
  fragments: GraphQLResolveInfo["fragments"],
  into: Selection,
): void {
  for (const node of selection?.selections ?? []) {
    if (node.kind === Kind.FIELD) {
      if (node.name.value === "__typename") continue; // not part of a row
      collect(node.selectionSet, fragments, (into[node.name.value] ??= {}));
    } else {
      const { selectionSet } =
        node.kind === Kind.INLINE_FRAGMENT ? node : fragments[node.name.value]!;
      collect(selectionSet, fragments, into);
    }
  }
}

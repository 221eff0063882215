import { type GraphQLResolveInfo, Kind, type SelectionSetNode } from "graphql";
import { createParameterDecorator } from "type-graphql";
import type { Context } from "../context.js";
import type { PageSelection } from "../query/page.js";
import type { Selection } from "../query/rows.js";

export type { PageSelection } from "../query/page.js";
export type { Selection } from "../query/rows.js";

/** What the question selects of what a field gives. */
export function LookAhead() {
  return createParameterDecorator<Context>(({ info }) => selectedIn(info));
}

/** What it selects of the page that a field gives. */
export function LookAheadPage() {
  return createParameterDecorator<Context>(({ info }) => pageSelectedIn(info));
}

/** What is selected of what a field gives, where there is no parameter to decorate. */
export const selectedIn = onceADocument((selected): Selection => selected);

const pageSelectedIn = onceADocument(
  ({ nodes = {}, edges: { node = {}, cursor } = {}, pageInfo = {} }): PageSelection => ({
    rows: merged(node, nodes),
    cursors: Boolean(cursor || pageInfo.startCursor || pageInfo.endCursor),
    ends: Boolean(pageInfo.hasNextPage || pageInfo.hasPreviousPage),
  }),
);

/** A document that is asked again has the same syntax nodes, so that each of its fields is looked into once. */
function onceADocument<Selected>(read: (selected: Selection) => Selected) {
  const known = new WeakMap<object, Selected>();
  return ({ fieldNodes, fragments }: GraphQLResolveInfo): Selected => {
    // Fields that the document has in several places at once are gathered anew for each request.
    const nodes = fieldNodes.length === 1 ? fieldNodes[0]! : fieldNodes;
    const before = known.get(nodes);
    if (before) return before;
    const selected: Selection = {};
    for (const { selectionSet } of fieldNodes) gather(selectionSet, fragments, selected);
    const found = read(selected);
    known.set(nodes, found);
    return found;
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
      if (node.name.value === "__typename") continue; // which no row holds
      gather(node.selectionSet, fragments, (into[node.name.value] ??= {}));
    } else {
      const { selectionSet } =
        node.kind === Kind.INLINE_FRAGMENT ? node : fragments[node.name.value]!;
      gather(selectionSet, fragments, into);
    }
  }
}

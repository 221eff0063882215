import {
  type DocumentNode,
  getNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isObjectType,
  Kind,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";

const [IN_CITATION, CITED, IN_DOCUMENT] = [
  "{ start end locator exact passageUrl document { key url } }",
  "{ citations { start end locator exact passageUrl document { key url } } }",
  "{ key url }",
].map(selectionsIn) as [Selections, Selections, Selections];

type Selections = readonly SelectionNode[];

/** Fields that only identify an item. */
const NAMES = new Set(["__typename", "id", "slug", "key", "code", "name", "title"]);

/**
 * Adds what is needed to cite a response: citations wherever a type has them and none are selected, and to each citation its
 * offsets, words and document. An item that is only named inside another one with citations gets none: they prove the other one.
 */
export function withCitations(schema: GraphQLSchema, document: DocumentNode): string {
  const types = new TypeInfo(schema);
  let depth = 0;
  const visitor = {
    enter: () => void (depth += Number(isCited(types.getParentType()))),
    leave(node: SelectionSetNode): SelectionSetNode | undefined {
      const type = types.getParentType();
      if (type?.name === "Citation") return merged(node, IN_CITATION);
      if (!isCited(type)) return undefined;
      depth--;
      const isNamed = node.selections.every(
        (each) => each.kind === Kind.FIELD && NAMES.has(each.name.value),
      );
      return depth > 0 && isNamed ? undefined : merged(node, CITED);
    },
  };
  return print(visit(document, visitWithTypeInfo(types, { SelectionSet: visitor })));
}

/** Whether a type has citations. */
function isCited(type: unknown): boolean {
  if (!isObjectType(type)) return false;
  const given: GraphQLOutputType | undefined = type.getFields().citations?.type;
  return getNamedType(given)?.name === "Citation";
}

/** Adds selections, except those whose response name is taken. */
function merged(node: SelectionSetNode, more: Selections): SelectionSetNode {
  const taken = new Set(node.selections.map(responseNameOf));
  const added = more.filter((selection) => !taken.has(responseNameOf(selection)));
  const within = more === IN_CITATION ? node.selections.map(withDocument) : node.selections;
  return { ...node, selections: [...within, ...added] };
}

/** A citation that selects its document needs the document's key, too. */
function withDocument(selection: SelectionNode): SelectionNode {
  const isDocument = selection.kind === Kind.FIELD && responseNameOf(selection) === "document";
  if (!isDocument || !selection.selectionSet) return selection;
  return { ...selection, selectionSet: merged(selection.selectionSet, IN_DOCUMENT) };
}

function selectionsIn(text: string): Selections {
  const [definition] = parse(text, { noLocation: true }).definitions;
  return definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet.selections : [];
}

function responseNameOf(selection: SelectionNode): string | undefined {
  if (selection.kind !== Kind.FIELD) return undefined;
  return selection.alias?.value ?? selection.name.value;
}

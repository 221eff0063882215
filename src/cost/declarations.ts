import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type GraphQLInterfaceType,
  type InputObjectTypeDefinitionNode,
  type InputValueDefinitionNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parseConstValue,
  type TypeNode,
} from "graphql";
import { ANY_CONNECTION, ARGUMENT_COSTS, FIELD_COSTS, FILTER_COSTS } from "./field-costs.js";

/** The page size if a query gives none. */
const PAGE_SIZE = 20;

/** Arguments that limit the length of a list. */
const SLICING = ["first", "last"];

/** The fields of a connection whose length is the page size. */
const PAGED = ["edges", "nodes"];

/**
 * Adds `@cost` and `@listSize` to the schema's AST: the schema file, `_service`, routers and our own limit all use these.
 * Every list needs a size, which its field declares by the extension `listSize`: that of a long list, so that an estimate is seldom
 * too low. A list without one is an error at startup.
 */
export function declareCosts(schema: DocumentNode, types: GraphQLSchema): DocumentNode {
  return {
    ...schema,
    definitions: schema.definitions.map((node) => {
      if (node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION)
        return withCosts(node, types);
      return node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION ? withFilterCosts(node) : node;
    }),
  };
}

function withFilterCosts(input: InputObjectTypeDefinitionNode): InputObjectTypeDefinitionNode {
  const costs = FILTER_COSTS[input.name.value];
  if (!costs) return input;
  const fields = input.fields?.map((field) => ({
    ...field,
    directives: [...(field.directives ?? []), ...cost(costs[field.name.value])],
  }));
  return { ...input, fields };
}

function withCosts<Type extends ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode>(
  type: Type,
  types: GraphQLSchema,
): Type {
  const name = type.name.value;
  const declared = (types.getType(name) as GraphQLObjectType | GraphQLInterfaceType).getFields();
  const fields = type.fields?.map((field) => {
    const weight =
      FIELD_COSTS[name]?.[field.name.value] ??
      (name.endsWith("Connection") ? ANY_CONNECTION[field.name.value] : undefined);
    return {
      ...field,
      arguments: field.arguments?.map((argument) => {
        const weight = ARGUMENT_COSTS[`${name}.${field.name.value}.${argument.name.value}`];
        return { ...argument, directives: [...(argument.directives ?? []), ...cost(weight)] };
      }),
      directives: [
        ...(field.directives ?? []),
        ...cost(weight),
        ...listSize(name, field, declared[field.name.value]!.extensions),
      ],
    };
  });
  return { ...type, fields };
}

function cost(weight: number | undefined): ConstDirectiveNode[] {
  return weight === undefined ? [] : [directive("cost", { weight })];
}

function listSize(
  type: string,
  field: FieldDefinitionNode,
  { listSize: assumedSize }: Readonly<Record<string, unknown>>,
): ConstDirectiveNode[] {
  const slicingArguments = slicingAmong(field.arguments ?? []);
  if (namedType(field.type).endsWith("Connection")) {
    return [sized({ assumedSize: PAGE_SIZE, slicingArguments, sizedFields: PAGED })];
  }
  // The paged fields of a connection get their size from the connection (sizedFields).
  const isPaged = type.endsWith("Connection") && PAGED.includes(field.name.value);
  if (!isList(field.type) || isPaged) return [];
  if (slicingArguments.length > 0) {
    // If the argument has a default, that is the size; Cosmo rejects an assumedSize beside it.
    const assumed = hasDefaultSize(field) ? {} : { assumedSize: PAGE_SIZE };
    return [sized({ ...assumed, slicingArguments })];
  }
  if (assumedSize === undefined) {
    throw new Error(
      `${type}.${field.name.value} is a list without a size: declare it by @Extensions({ listSize: … })`,
    );
  }
  return [directive("listSize", { assumedSize })];
}

/** Whether a slicing argument of the field has a default. */
function hasDefaultSize({ arguments: args = [] }: FieldDefinitionNode): boolean {
  return args.some(({ name, defaultValue }) => SLICING.includes(name.value) && defaultValue);
}

/** The directive with slicing arguments. None of them is required: without any, the assumed size applies. */
function sized(args: Record<string, unknown>): ConstDirectiveNode {
  return directive("listSize", { ...args, requireOneSlicingArgument: false });
}

function slicingAmong(args: readonly InputValueDefinitionNode[]): string[] {
  return args.map(({ name }) => name.value).filter((name) => SLICING.includes(name));
}

function isList(type: TypeNode): boolean {
  return type.kind === Kind.NON_NULL_TYPE ? isList(type.type) : type.kind === Kind.LIST_TYPE;
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

function directive(name: string, args: Record<string, unknown>): ConstDirectiveNode {
  return {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: name },
    arguments: Object.entries(args).map(([name, value]) => ({
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: name },
      value: parseConstValue(JSON.stringify(value)),
    })),
  };
}

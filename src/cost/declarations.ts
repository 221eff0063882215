import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputObjectTypeDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parseConstValue,
  type TypeNode,
} from "graphql";
import { ANY_CONNECTION, ARGUMENT_COSTS, FIELD_COSTS, FILTER_COSTS } from "./field-costs.js";
import { LIST_SIZES } from "./list-sizes.js";

/** The rows of a page for which no size is asked. */
const PAGE_SIZE = 20;

/** Arguments that say how long a list may get. */
const SIZES = ["first", "last"];

/** The lists of a connection, which are as long as the page. */
const PAGED = ["edges", "nodes"];

/**
 * Adds `@cost` and `@listSize` to a schema's syntax tree, so that the file, `_service`, routers and our own limit
 * all read the same. Every list has a size: one without is refused here, at the start.
 */
export function declareCosts(schema: DocumentNode): DocumentNode {
  return {
    ...schema,
    definitions: schema.definitions.map((node) => {
      if (node.kind === Kind.OBJECT_TYPE_DEFINITION) return withCosts(node);
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

function withCosts(type: ObjectTypeDefinitionNode): ObjectTypeDefinitionNode {
  const name = type.name.value;
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
      directives: [...(field.directives ?? []), ...cost(weight), ...listSize(name, field)],
    };
  });
  return { ...type, fields };
}

function cost(weight: number | undefined): ConstDirectiveNode[] {
  return weight === undefined ? [] : [directive("cost", { weight })];
}

function listSize(type: string, field: FieldDefinitionNode): ConstDirectiveNode[] {
  const slicingArguments = sizesAmong(field.arguments ?? []);
  if (namedType(field.type).endsWith("Connection")) {
    return [sized({ assumedSize: PAGE_SIZE, slicingArguments, sizedFields: PAGED })];
  }
  // What is paged gets its size from the field above it.
  const isPaged = type.endsWith("Connection") && PAGED.includes(field.name.value);
  if (!isList(field.type) || isPaged) return [];
  if (slicingArguments.length > 0) {
    // Where the argument has a default, that is the size; Cosmo composes no assumed one beside it.
    const assumed = hasPreset(field) ? {} : { assumedSize: PAGE_SIZE };
    return [sized({ ...assumed, slicingArguments })];
  }
  const assumedSize = LIST_SIZES[type]?.[field.name.value];
  if (assumedSize === undefined) {
    throw new Error(`${type}.${field.name.value} is a list: cost/list-sizes.ts must say how long`);
  }
  return [directive("listSize", { assumedSize })];
}

/** Whether an argument that says how long the list gets says so by default too. */
function hasPreset({ arguments: args = [] }: FieldDefinitionNode): boolean {
  return args.some(({ name, defaultValue }) => SIZES.includes(name.value) && defaultValue);
}

/** Without any size the assumed one holds, so none is required. */
function sized(args: Record<string, unknown>): ConstDirectiveNode {
  return directive("listSize", { ...args, requireOneSlicingArgument: false });
}

function sizesAmong(args: readonly InputValueDefinitionNode[]): string[] {
  return args.map(({ name }) => name.value).filter((name) => SIZES.includes(name));
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

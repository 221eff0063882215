import {
  type ArgumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type ValueNode,
  valueFromASTUntyped,
} from "graphql";
import type { InputWeight, ListSize } from "./weights.js";

/** The values of an operation's variables. */
export type Variables = Readonly<Record<string, unknown>>;

/** The value of each variable: the one sent, else its default. */
export function variablesOf(
  { variableDefinitions = [] }: OperationDefinitionNode,
  sent: Variables,
): Variables {
  const variables = Object.create(null) as Record<string, unknown>;
  for (const { variable, defaultValue } of variableDefinitions) {
    const name = variable.name.value;
    if (Object.hasOwn(sent, name)) variables[name] = sent[name];
    else if (defaultValue) variables[name] = valueFromASTUntyped(defaultValue);
  }
  return variables;
}

/** Whether a selection is executed, by its `@skip` and `@include`. */
export function isIncluded({ directives = [] }: SelectionNode, variables: Variables): boolean {
  return directives.every(({ name, arguments: [condition] = [] }) => {
    if (name.value === "skip") return valueOf(condition, variables) !== true;
    if (name.value === "include") return valueOf(condition, variables) !== false;
    return true;
  });
}

/** The list length or page size that a field requests: the largest of its slicing arguments. */
export function requestedSize(field: FieldNode, size: ListSize, variables: Variables): number {
  // Federation's own field cannot carry a directive.
  if (field.name.value === "_entities") return representationsOf(field, variables);
  let largest: number | undefined;
  for (const { name, fallback } of size.slicing) {
    const argument = field.arguments?.find((argument) => argument.name.value === name);
    const value = valueOf(argument, variables);
    // Null means the default, as in resolvers.
    const requested = value ?? fallback;
    if (typeof requested === "number") largest = Math.max(largest ?? 0, requested);
  }
  return largest ?? size.assumed;
}

function representationsOf(
  { arguments: [argument] = [] }: FieldNode,
  variables: Variables,
): number {
  if (argument?.value.kind === Kind.LIST) return argument.value.values.length;
  const value = valueOf(argument, variables);
  return Array.isArray(value) ? value.length : 1;
}

/** The value of a number, boolean, null or variable; undefined otherwise. */
function valueOf(argument: ArgumentNode | undefined, variables: Variables): unknown {
  const value = argument?.value;
  switch (value?.kind) {
    case Kind.VARIABLE:
      return variables[value.name.value];
    case Kind.INT:
      return Number(value.value);
    case Kind.BOOLEAN:
      return value.value;
    case Kind.NULL:
      return null;
    default:
      return undefined;
  }
}

/** The cost of an argument value, as a literal or through a variable. */
export function costOfLiteral(node: ValueNode, input: InputWeight, variables: Variables): number {
  switch (node.kind) {
    case Kind.NULL:
      return 0;
    case Kind.VARIABLE:
      return costOfValue(variables[node.name.value], input);
    case Kind.LIST:
      return sum(node.values, (value) => costOfLiteral(value, input, variables));
    case Kind.OBJECT:
      return (
        input.weight +
        sum(node.fields, ({ name, value }) => {
          const field = input.fields?.get(name.value);
          return field ? costOfLiteral(value, field, variables) : 0;
        })
      );
    default:
      return input.weight;
  }
}

function costOfValue(value: unknown, input: InputWeight): number {
  if (value === null || value === undefined) return 0;
  if (Array.isArray(value)) return sum<unknown>(value, (item) => costOfValue(item, input));
  if (typeof value !== "object" || !input.fields) return input.weight;
  return (
    input.weight +
    sum(Object.entries(value), ([name, inside]) => {
      const field = input.fields?.get(name);
      return field ? costOfValue(inside, field) : 0;
    })
  );
}

function sum<T>(items: readonly T[], cost: (item: T) => number): number {
  return items.reduce((total, item) => total + cost(item), 0);
}

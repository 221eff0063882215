import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import { costOfLiteral, isIncluded, requestedSize, type Variables, variablesOf } from "./values.js";
import { type FieldWeight, type TypeWeights, Weights } from "./weights.js";

/** The estimated cost of an operation, before execution. */
export interface CostEstimate {
  /** By the schema's `@cost` and `@listSize`. By default an object costs 1, a scalar nothing. */
  cost: number;
  /** The estimated number of values (fields, scalars too) in the response, which have to be serialized and sent. */
  values: number;
}

/** The page size that applies to the fields of a connection. */
interface PageSize {
  fields: readonly string[];
  size: number;
}

/** Larger numbers lose precision, and Infinity cannot be written as JSON. */
const MOST = Number.MAX_SAFE_INTEGER;

const NOTHING: CostEstimate = { cost: 0, values: 0 };

/** The maximum number of cached estimates per operation, and the maximum length of their key (the shape of the variables). */
const MAX_CACHED = 16;
const MAX_SHAPE_LENGTH = 300;

/** Estimates the cost of operations on one schema. They must be valid, without fragment cycles. */
export class CostEstimator {
  private readonly weights: Weights;
  private readonly cache = new WeakMap<OperationDefinitionNode, Map<string, CostEstimate>>();

  constructor(private readonly schema: GraphQLSchema) {
    this.weights = new Weights(schema);
  }

  estimate(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Variables = {},
  ): CostEstimate {
    const shape = shapeOf(variables, MAX_SHAPE_LENGTH);
    if (shape === undefined) return this.compute(document, operation, variables);
    let cached = this.cache.get(operation);
    if (!cached) this.cache.set(operation, (cached = new Map<string, CostEstimate>()));
    let estimate = cached.get(shape);
    if (!estimate) {
      estimate = this.compute(document, operation, variables);
      if (cached.size < MAX_CACHED) cached.set(shape, estimate);
    }
    return estimate;
  }

  private compute(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Variables,
  ): CostEstimate {
    const root = this.schema.getRootType(operation.operation);
    if (!root) return NOTHING;
    const estimator = new OperationEstimator(document, variablesOf(operation, variables));
    const { cost, values } = estimator.object(operation.selectionSet, this.weights.typesOf(root));
    return { cost: Math.min(cost, MOST), values: Math.min(values, MOST) };
  }
}

/** Estimates one operation with its variables. */
class OperationEstimator {
  private readonly fragments = new Map<string, FragmentDefinitionNode>();
  /** Estimates of fragments, by name, type and page size. */
  private readonly fragmentEstimates = new Map<string, CostEstimate>();

  constructor(
    document: DocumentNode,
    private readonly variables: Variables,
  ) {
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) {
        this.fragments.set(definition.name.value, definition);
      }
    }
  }

  /** A selection on an object; of a union or interface, its most expensive member. */
  object(set: SelectionSetNode, types: readonly TypeWeights[], page?: PageSize): CostEstimate {
    const most = { ...NOTHING };
    for (const type of types) {
      const { cost, values } = this.selections(set, type, page);
      most.cost = Math.max(most.cost, cost);
      most.values = Math.max(most.values, values);
    }
    return most;
  }

  private selections(set: SelectionSetNode, type: TypeWeights, page?: PageSize): CostEstimate {
    const sum = { ...NOTHING };
    for (const selection of set.selections) {
      if (!isIncluded(selection, this.variables)) continue;
      const { cost, values } = this.selection(selection, type, page);
      sum.cost += cost;
      sum.values += values;
    }
    return sum;
  }

  private selection(selection: SelectionNode, type: TypeWeights, page?: PageSize): CostEstimate {
    if (selection.kind === Kind.FIELD) return this.field(selection, type, page);
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      return this.fragment(selection.name.value, type, page);
    }
    const { typeCondition, selectionSet } = selection;
    if (typeCondition && !type.names.has(typeCondition.name.value)) return NOTHING;
    return this.selections(selectionSet, type, page);
  }

  private fragment(name: string, type: TypeWeights, page?: PageSize): CostEstimate {
    const fragment = this.fragments.get(name);
    if (!fragment || !type.names.has(fragment.typeCondition.name.value)) return NOTHING;
    const [typeName] = type.names;
    const key = `${name} ${typeName} ${page?.size}`;
    const known = this.fragmentEstimates.get(key);
    if (known) return known;
    const estimate = this.selections(fragment.selectionSet, type, page);
    this.fragmentEstimates.set(key, estimate);
    return estimate;
  }

  private field(node: FieldNode, type: TypeWeights, page?: PageSize): CostEstimate {
    const field = type.fields.get(node.name.value);
    if (!field) return { cost: 0, values: 1 }; // __typename
    const own = field.size && requestedSize(node, field.size, this.variables);
    const { cost, values } = node.selectionSet
      ? this.object(node.selectionSet, field.types, pageBelow(field, own))
      : NOTHING;
    const argumentCost = this.argumentsOf(node, field);
    if (!field.isList) return { cost: field.weight + cost + argumentCost, values: 1 + values };
    const length = page?.fields.includes(node.name.value) ? page.size : (own ?? 0);
    // Zero times Infinity would be NaN.
    if (length === 0) return { cost: argumentCost, values: 1 };
    return {
      cost: length * (field.weight + cost) + argumentCost,
      values: 1 + length * (1 + values),
    };
  }

  private argumentsOf({ arguments: nodes = [] }: FieldNode, { args }: FieldWeight): number {
    let cost = 0;
    for (const { name, value } of nodes) {
      const weight = args.get(name.value);
      if (weight) cost += costOfLiteral(value, weight, this.variables);
    }
    return cost;
  }
}

function pageBelow({ size }: FieldWeight, requested: number | undefined): PageSize | undefined {
  if (!size || requested === undefined || size.sizedFields.length === 0) return undefined;
  return { fields: size.sizedFields, size: requested };
}

/**
 * A cache key for variables: everything that the cost depends on, which is all but the content of strings. Undefined if it
 * would be longer than this.
 */
function shapeOf(value: unknown, maxLength: number): string | undefined {
  if (typeof value === "string") return '""';
  if (typeof value !== "object" || value === null) return String(value);
  // The keys of the items alone take this many characters.
  if (Array.isArray(value) && value.length * 4 > maxLength) return undefined;
  let shape = Array.isArray(value) ? "[" : "{";
  for (const key in value) {
    const inside = shapeOf(value[key as keyof typeof value], maxLength - shape.length);
    if (inside === undefined) return undefined;
    shape += `${JSON.stringify(key)}:${inside},`;
    if (shape.length > maxLength) return undefined;
  }
  return `${shape}}`;
}

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
import {
  costOfLiteral,
  isIncluded,
  shapeOf,
  sizeAskedOf,
  type Variables,
  variablesOf,
} from "./values.js";
import { type FieldWeight, type TypeWeights, Weights } from "./weights.js";

/** What an operation may come to, before it is asked. */
export interface Estimate {
  /** By the schema's `@cost` and `@listSize`: an object counts 1, a scalar nothing, unless it says otherwise. */
  cost: number;
  /** How many fields the answer may have, scalars too: what it takes to write and to send it. */
  values: number;
}

/** The size that a connection's pages have in the selection below it. */
interface PageSize {
  fields: readonly string[];
  size: number;
}

/** Beyond it numbers lose their last digits, and in the end JSON has none for them. */
const MOST = Number.MAX_SAFE_INTEGER;

const NOTHING: Estimate = { cost: 0, values: 0 };

/** How many estimates are kept of an operation, by the shape of its variables, and how long that may be. */
const MOST_KEPT = 16;
const LONGEST_SHAPE = 300;

/** Estimates operations on one schema. They must be valid, and their fragments without cycles. */
export class Estimator {
  private readonly weights: Weights;
  private readonly known = new WeakMap<OperationDefinitionNode, Map<string, Estimate>>();

  constructor(private readonly schema: GraphQLSchema) {
    this.weights = new Weights(schema);
  }

  estimate(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Variables = {},
  ): Estimate {
    const shape = shapeOf(variables, LONGEST_SHAPE);
    if (shape === undefined) return this.reckon(document, operation, variables);
    let known = this.known.get(operation);
    if (!known) this.known.set(operation, (known = new Map<string, Estimate>()));
    let estimate = known.get(shape);
    if (!estimate) {
      estimate = this.reckon(document, operation, variables);
      if (known.size < MOST_KEPT) known.set(shape, estimate);
    }
    return estimate;
  }

  private reckon(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Variables,
  ): Estimate {
    const root = this.schema.getRootType(operation.operation);
    if (!root) return NOTHING;
    const run = new Reckoning(document, variablesOf(operation, variables));
    const { cost, values } = run.object(operation.selectionSet, this.weights.typesOf(root));
    return { cost: Math.min(cost, MOST), values: Math.min(values, MOST) };
  }
}

/** One operation with its variables. */
class Reckoning {
  private readonly fragments = new Map<string, FragmentDefinitionNode>();
  /** Each fragment is counted once for each type and page size that it is spread in. */
  private readonly counted = new Map<string, Estimate>();

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

  /** What is asked of an object that can be of several types: the dearest of them. */
  object(set: SelectionSetNode, types: readonly TypeWeights[], page?: PageSize): Estimate {
    const most = { ...NOTHING };
    for (const type of types) {
      const { cost, values } = this.selections(set, type, page);
      most.cost = Math.max(most.cost, cost);
      most.values = Math.max(most.values, values);
    }
    return most;
  }

  private selections(set: SelectionSetNode, type: TypeWeights, page?: PageSize): Estimate {
    const sum = { ...NOTHING };
    for (const selection of set.selections) {
      if (!isIncluded(selection, this.variables)) continue;
      const { cost, values } = this.selection(selection, type, page);
      sum.cost += cost;
      sum.values += values;
    }
    return sum;
  }

  private selection(selection: SelectionNode, type: TypeWeights, page?: PageSize): Estimate {
    if (selection.kind === Kind.FIELD) return this.field(selection, type, page);
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      return this.fragment(selection.name.value, type, page);
    }
    const { typeCondition, selectionSet } = selection;
    if (typeCondition && !type.names.has(typeCondition.name.value)) return NOTHING;
    return this.selections(selectionSet, type, page);
  }

  private fragment(name: string, type: TypeWeights, page?: PageSize): Estimate {
    const fragment = this.fragments.get(name);
    if (!fragment || !type.names.has(fragment.typeCondition.name.value)) return NOTHING;
    const [typeName] = type.names;
    const key = `${name} ${typeName} ${page?.size}`;
    const known = this.counted.get(key);
    if (known) return known;
    const estimate = this.selections(fragment.selectionSet, type, page);
    this.counted.set(key, estimate);
    return estimate;
  }

  private field(node: FieldNode, type: TypeWeights, page?: PageSize): Estimate {
    const field = type.fields.get(node.name.value);
    if (!field) return { cost: 0, values: 1 }; // __typename
    const own = field.size && sizeAskedOf(node, field.size, this.variables);
    const { cost, values } = node.selectionSet
      ? this.object(node.selectionSet, field.types, pageBelow(field, own))
      : NOTHING;
    const given = this.argumentsOf(node, field);
    if (!field.isList) return { cost: field.weight + cost + given, values: 1 + values };
    const length = page?.fields.includes(node.name.value) ? page.size : (own ?? 0);
    // Not zero times what may be without bounds.
    if (length === 0) return { cost: given, values: 1 };
    return { cost: length * (field.weight + cost) + given, values: 1 + length * (1 + values) };
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

function pageBelow({ size }: FieldWeight, asked: number | undefined): PageSize | undefined {
  if (!size || asked === undefined || size.sizedFields.length === 0) return undefined;
  return { fields: size.sizedFields, size: asked };
}

import {
  defaultFieldResolver,
  type FieldNode,
  getArgumentValues,
  type GraphQLAbstractType,
  type GraphQLField,
  type GraphQLFieldResolver,
  GraphQLID,
  type GraphQLLeafType,
  type GraphQLList,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLString,
  isAbstractType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  TypeNameMetaFieldDef,
  type ValueNode,
} from "graphql";
import { collectFields, collectSubfields } from "graphql/execution/collectFields.js";
import { type ExecutionContext, getFieldDef } from "graphql/execution/execute.js";

type Field = GraphQLField<unknown, unknown>;
type Resolve = GraphQLFieldResolver<unknown, unknown>;
type Values = Record<string, unknown>;

/** The resolver that a field of the schema has; none: its value is a property. */
export type ResolverOf = (field: Field) => Resolve | undefined;

/** What is asked of an object of one type, in the order of the answer. */
export interface FieldsPlan {
  fields: readonly FieldPlan[];
  /** Whether something is answered as `__proto__`, which ordinary objects can't have as a property. */
  hasProto: boolean;
}

/** How one field is resolved, and what becomes of its value. */
export interface FieldPlan {
  /** Under what it is answered. */
  key: string;
  definition: Field;
  /** The same array for as long as the plan is kept, so that more can be known by it. */
  nodes: readonly FieldNode[];
  parentType: GraphQLObjectType;
  /** Answered without resolving anything: the name of the type. */
  constant: string | undefined;
  /** Where there is none, the value is a property of the source. */
  resolve: Resolve | undefined;
  /** The arguments where no variable is among them; else where an execution keeps them. */
  args: Readonly<Values> | number;
  value: ValuePlan;
}

/** What becomes of a value, by its type. What is asked of objects is planned when there is one. */
export type ValuePlan = LeafPlan | ListPlan | ObjectPlan | AbstractPlan;

interface OfType<Kind, Type> {
  kind: Kind;
  type: Type;
  isNonNull: boolean;
}

export interface LeafPlan extends OfType<"leaf", GraphQLLeafType> {
  /** Whether a string is answered as it is. */
  takesText: boolean;
}

interface ListPlan extends OfType<"list", GraphQLList<GraphQLOutputType>> {
  item: ValuePlan;
}

interface ObjectPlan extends OfType<"object", GraphQLObjectType> {
  asked: FieldsPlan | undefined;
}

export interface AbstractPlan extends OfType<"abstract", GraphQLAbstractType> {
  asked: Map<GraphQLObjectType, FieldsPlan>;
}

const NO_ARGUMENTS = Object.freeze({});

/** What an operation asks, worked out once for all executions in which the same is skipped and included. */
export class Plan {
  private root: FieldsPlan | undefined;
  /** How many fields have arguments that are other ones in each execution. */
  private slots = 0;

  constructor(private readonly resolverOf: ResolverOf) {}

  /** What is asked of the root. */
  ofRoot(context: ExecutionContext, type: GraphQLObjectType): FieldsPlan {
    const { schema, fragments, variableValues, operation } = context;
    const { selectionSet } = operation;
    this.root ??= this.plan(
      schema,
      type,
      collectFields(schema, fragments, variableValues, type, selectionSet),
    );
    return this.root;
  }

  /** What is asked of an object of this type that a field has. */
  of(
    { schema, fragments, variableValues }: ExecutionContext,
    type: GraphQLObjectType,
    nodes: readonly FieldNode[],
  ): FieldsPlan {
    return this.plan(
      schema,
      type,
      collectSubfields(schema, fragments, variableValues, type, nodes),
    );
  }

  private plan(
    schema: GraphQLSchema,
    parentType: GraphQLObjectType,
    collected: Map<string, readonly FieldNode[]>,
  ): FieldsPlan {
    const fields = [...collected].flatMap(([key, nodes]): FieldPlan[] => {
      const field = getFieldDef(schema, parentType, nodes[0]!);
      return field ? [this.planField(key, field, nodes, parentType)] : [];
    });
    return { fields, hasProto: collected.has("__proto__") };
  }

  private planField(
    key: string,
    field: Field,
    nodes: readonly FieldNode[],
    parentType: GraphQLObjectType,
  ): FieldPlan {
    const takesArguments = field.args.length > 0;
    return {
      key,
      definition: field,
      nodes,
      parentType,
      constant: field === TypeNameMetaFieldDef ? parentType.name : undefined,
      resolve: this.resolverOf(field) ?? (takesArguments ? defaultFieldResolver : undefined),
      args: takesArguments ? (constantArguments(field, nodes[0]!) ?? this.slots++) : NO_ARGUMENTS,
      value: planValue(field.type),
    };
  }
}

function planValue(type: GraphQLOutputType): ValuePlan {
  if (isNonNullType(type)) return { ...planValue(type.ofType), isNonNull: true };
  const isNonNull = false;
  if (isListType(type)) return { kind: "list", type, isNonNull, item: planValue(type.ofType) };
  if (isAbstractType(type)) return { kind: "abstract", type, isNonNull, asked: new Map() };
  if (isObjectType(type)) return { kind: "object", type, isNonNull, asked: undefined };
  const takesText = type === GraphQLString || type === GraphQLID;
  return { kind: "leaf", type, isNonNull, takesText };
}

/** The arguments of a field, where they are the same in each execution and there is nothing wrong with them. */
function constantArguments(field: Field, node: FieldNode): Readonly<Values> | undefined {
  if (node.arguments?.some(({ value }) => hasVariables(value))) return undefined;
  try {
    return freeze(getArgumentValues(field, node));
  } catch {
    return undefined;
  }
}

function hasVariables(value: ValueNode): boolean {
  if (value.kind === Kind.LIST) return value.values.some(hasVariables);
  if (value.kind === Kind.OBJECT) return value.fields.some((field) => hasVariables(field.value));
  return value.kind === Kind.VARIABLE;
}

/** Other executions get the same arguments, so that nobody may change them. */
function freeze<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null) return value;
  Object.values(value).forEach(freeze);
  return Object.freeze(value);
}

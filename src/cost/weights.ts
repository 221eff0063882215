import {
  getDirectiveValues,
  getNamedType,
  getNullableType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isCompositeType,
  isInputObjectType,
  isListType,
  isObjectType,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
} from "graphql";

/** What the schema's directives say of one field. */
export interface FieldWeight {
  /** What each value of it costs beside what is asked of it. */
  weight: number;
  isList: boolean;
  /** The objects that it can be; empty for a scalar. */
  types: readonly TypeWeights[];
  size: ListSize | undefined;
  args: ReadonlyMap<string, InputWeight>;
}

/** How `@listSize` says that a list's length is known. */
export interface ListSize {
  assumed: number;
  /** The arguments that name a size, with their defaults. */
  slicing: readonly { name: string; fallback: unknown }[];
  /** The fields below, to which the size belongs instead of to the field itself. */
  sizedFields: readonly string[];
}

/** What giving a value costs: an object costs 1 and what is in it, anything else nothing, unless `@cost` says so. */
export interface InputWeight {
  weight: number;
  /** The fields of an input object. */
  fields: ReadonlyMap<string, InputWeight> | undefined;
}

/** The fields of one object type, and the names that fragments may call it by. */
export interface TypeWeights {
  names: ReadonlySet<string>;
  fields: ReadonlyMap<string, FieldWeight>;
}

const INTROSPECTION = [SchemaMetaFieldDef, TypeMetaFieldDef];

/** Lists of introspection can declare no size: about how long they are in this schema, 1 where it is not said. */
const INTROSPECTION_SIZES: Record<string, number> = { fields: 3, locations: 3 };

/** Reads what the schema declares of costs, once. Types are completed as they are met, since they know each other. */
export class Weights {
  private readonly types = new Map<string, TypeWeights>();
  private readonly inputs = new Map<GraphQLInputType, InputWeight["fields"]>();

  constructor(private readonly schema: GraphQLSchema) {}

  /** The objects that a type can be. */
  typesOf(type: GraphQLNamedType): TypeWeights[] {
    if (!isCompositeType(type)) return [];
    const types = isObjectType(type) ? [type] : this.schema.getPossibleTypes(type);
    return types.map(({ name }) => this.type(name));
  }

  private type(name: string): TypeWeights {
    const known = this.types.get(name);
    if (known) return known;
    const type = this.schema.getType(name);
    if (!isObjectType(type)) throw new Error(`${name} has no fields`);
    const fields = new Map<string, FieldWeight>();
    const abstract = Object.values(this.schema.getTypeMap()).filter(
      (other) =>
        isCompositeType(other) && !isObjectType(other) && this.schema.isSubType(other, type),
    );
    const weights = { names: new Set([name, ...abstract.map(({ name }) => name)]), fields };
    this.types.set(name, weights);
    // The root has two fields that its type doesn't tell of.
    const introspection = type === this.schema.getQueryType() ? INTROSPECTION : [];
    for (const field of [...Object.values(type.getFields()), ...introspection]) {
      fields.set(field.name, this.field(field, name));
    }
    return weights;
  }

  private field(field: GraphQLField<unknown, unknown>, parent: string): FieldWeight {
    const type = getNamedType(field.type);
    // What the schema says of itself is ready in memory: it costs nothing, but has a size.
    const isFree = !isCompositeType(type) || type.name.startsWith("__");
    const isList = isListType(getNullableType(field.type));
    const args = field.args.map((arg): [string, InputWeight] => [arg.name, this.input(arg)]);
    return {
      weight: this.weightOf(field) ?? (isFree ? 0 : 1),
      isList,
      types: this.typesOf(type),
      size: this.listSize(field) ?? (isList ? this.undeclaredSize(parent, field.name) : undefined),
      args: new Map(args.filter(([, { weight, fields }]) => weight > 0 || fields)),
    };
  }

  private undeclaredSize(parent: string, field: string): ListSize {
    const whole: Record<string, number> = {
      types: Object.keys(this.schema.getTypeMap()).length,
      directives: this.schema.getDirectives().length,
    };
    const sizes = parent === "__Schema" ? whole : INTROSPECTION_SIZES;
    return { assumed: sizes[field] ?? 1, slicing: [], sizedFields: [] };
  }

  private listSize({ astNode, args }: GraphQLField<unknown, unknown>): ListSize | undefined {
    const said = this.directive("listSize", astNode);
    if (!said) return undefined;
    const slicing = (said.slicingArguments as string[] | undefined) ?? [];
    return {
      assumed: (said.assumedSize as number | undefined) ?? 1,
      slicing: args
        .filter(({ name }) => slicing.includes(name))
        .map(({ name, defaultValue }) => ({ name, fallback: defaultValue })),
      sizedFields: (said.sizedFields as string[] | undefined) ?? [],
    };
  }

  private input(input: GraphQLArgument | GraphQLInputField): InputWeight {
    const type = getNamedType(input.type);
    const fields = this.inputFields(type);
    return { weight: this.weightOf(input) ?? (fields ? 1 : 0), fields };
  }

  private inputFields(type: GraphQLInputType): InputWeight["fields"] {
    if (!isInputObjectType(type)) return undefined;
    const known = this.inputs.get(type);
    if (known) return known;
    const fields = new Map<string, InputWeight>();
    this.inputs.set(type, fields);
    for (const field of Object.values(type.getFields())) fields.set(field.name, this.input(field));
    return fields;
  }

  private weightOf({ astNode }: Declared): number | undefined {
    return this.directive("cost", astNode)?.weight as number | undefined;
  }

  private directive(name: string, node: Declared["astNode"]): Record<string, unknown> | undefined {
    const definition = this.schema.getDirective(name);
    return definition && node ? getDirectiveValues(definition, node) : undefined;
  }
}

type Declared = Pick<
  GraphQLField<unknown, unknown> | GraphQLArgument | GraphQLInputField,
  "astNode"
>;

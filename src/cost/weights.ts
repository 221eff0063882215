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

/** The cost of one field, by the schema's directives. */
export interface FieldWeight {
  /** The cost of each value, without its selection. */
  weight: number;
  isList: boolean;
  /** Its possible object types; empty for a scalar. */
  types: readonly TypeWeights[];
  size: ListSize | undefined;
  args: ReadonlyMap<string, InputWeight>;
}

/** The list size declared by `@listSize`. */
export interface ListSize {
  assumed: number;
  /** The slicing arguments, with their defaults. */
  slicing: readonly { name: string; fallback: unknown }[];
  /** The subfields that the size applies to, instead of the field itself. */
  sizedFields: readonly string[];
}

/** The cost of an input value. Without `@cost`, an object costs 1 plus its fields, anything else nothing. */
export interface InputWeight {
  weight: number;
  /** The fields of an input object. */
  fields: ReadonlyMap<string, InputWeight> | undefined;
}

/** The fields of an object type, and the type conditions that match it. */
export interface TypeWeights {
  names: ReadonlySet<string>;
  fields: ReadonlyMap<string, FieldWeight>;
}

const INTROSPECTION = [SchemaMetaFieldDef, TypeMetaFieldDef];

/** Introspection lists cannot declare a size: approximate sizes in this schema; others count as 1. */
const INTROSPECTION_SIZES: Record<string, number> = { fields: 3, locations: 3 };

/** Reads the costs declared in the schema, once per type. Types are registered before their fields, since they can be cyclic. */
export class Weights {
  private readonly types = new Map<string, TypeWeights>();
  private readonly inputs = new Map<GraphQLInputType, InputWeight["fields"]>();

  constructor(private readonly schema: GraphQLSchema) {}

  /** The possible object types of a type. */
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
    // The query root has two implicit fields.
    const introspection = type === this.schema.getQueryType() ? INTROSPECTION : [];
    for (const field of [...Object.values(type.getFields()), ...introspection]) {
      fields.set(field.name, this.field(field, name));
    }
    return weights;
  }

  private field(field: GraphQLField<unknown, unknown>, parent: string): FieldWeight {
    const type = getNamedType(field.type);
    // Introspection is in memory: it costs nothing, but its size counts.
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
    const declared = this.directive("listSize", astNode);
    if (!declared) return undefined;
    const slicing = (declared.slicingArguments as string[] | undefined) ?? [];
    return {
      assumed: (declared.assumedSize as number | undefined) ?? 1,
      slicing: args
        .filter(({ name }) => slicing.includes(name))
        .map(({ name, defaultValue }) => ({ name, fallback: defaultValue })),
      sizedFields: (declared.sizedFields as string[] | undefined) ?? [],
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

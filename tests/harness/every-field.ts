import {
  getNamedType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInterfaceType,
  isLeafType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from "graphql";

/** Literals for arguments that a field can't be asked without, by the name of the argument. */
export type Literals = Readonly<Record<string, readonly string[]>>;

/** How many fields deep a query goes; a type is asked for once on the way. */
const DEPTH = 5;

/**
 * Queries that together ask for every field of the schema that can be reached from these root fields: one for each root field and
 * each way to give its arguments.
 */
export function everyField(schema: GraphQLSchema, literals: Literals): string[] {
  const root = Object.values(schema.getQueryType()!.getFields());
  return root
    .filter(({ name }) => !name.startsWith("_"))
    .flatMap((field) => askedFor(schema, field, literals, [], DEPTH))
    .map((asked) => `{ ${asked} }`);
}

function askedFor(
  schema: GraphQLSchema,
  field: GraphQLField<unknown, unknown>,
  literals: Literals,
  path: readonly string[],
  depth: number,
): string[] {
  const type = getNamedType(field.type);
  if (path.includes(type.name) || depth === 0) return [];
  const inside = isLeafType(type) ? "" : fieldsOf(schema, type, literals, path, depth - 1);
  if (inside === null) return [];
  const needed = field.args.filter(
    ({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined,
  );
  const ways = needed.reduce<string[][]>(
    (ways, { name, type }) => {
      const named = getNamedType(type);
      const values = isEnumType(named)
        ? named.getValues().map(({ name }) => name)
        : (literals[name] ?? []);
      return ways.flatMap((way) => values.map((value) => [...way, `${name}: ${value}`]));
    },
    [[]],
  );
  return ways.map((way) => `${field.name}${way.length > 0 ? `(${way.join(", ")})` : ""} ${inside}`);
}

function fieldsOf(
  schema: GraphQLSchema,
  type: GraphQLNamedType,
  literals: Literals,
  path: readonly string[],
  depth: number,
  isMember = false,
): string | null {
  const to = [...path, type.name];
  if (isUnionType(type) || isInterfaceType(type)) {
    const types = schema.getPossibleTypes(type);
    const parts = types.map((one) => [one.name, fieldsOf(schema, one, literals, to, depth, true)]);
    const asked = parts.flatMap(([name, inside]) => (inside ? [`... on ${name} ${inside}`] : []));
    return asked.length > 0 ? `{ ${asked.join(" ")} }` : null;
  }
  if (!isObjectType(type)) return null;
  const asked = Object.values(type.getFields())
    // The same rows as `nodes`.
    .filter(({ name }) => name !== "edges" || !type.getFields().nodes)
    .flatMap((field) => {
      const ways = askedFor(schema, field, literals, to, depth);
      // Members of a union have fields of one name and different types.
      const isAliased = isMember || ways.length > 1;
      return ways.map((way, i) => (isAliased ? `${type.name}_${i}_${field.name}: ${way}` : way));
    });
  return asked.length > 0 ? `{ ${asked.join(" ")} }` : null;
}

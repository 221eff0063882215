import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";

/** A query that puts one text into one argument of one field. */
export interface TextQuestion {
  /** `Person.statements(filter.places[0])` */
  name: string;
  /** The argument's path, which an error about it names. */
  argument: string;
  /** The type of the text's place: String, ID or a scalar of ours. */
  type: string;
  /** The query with this in the text's place: a variable, or a literal. */
  asking(value: string): string;
}

/** A query that puts values into one list in an argument of one field. */
export interface ListQuestion {
  /** `Person.statements(filter.places)` */
  name: string;
  /** The type of its values: String, ID, a scalar of ours or an enum. */
  type: string;
  /** The query with these literals in the list. */
  asking(values: readonly string[]): string;
}

/** Whether the values of a type are put into queries. */
type Wanted = (type: GraphQLInputType) => boolean;

const TEXTS = ["String", "ID", "CountryCode", "PartialDate", "DateTime"];
const isTextType: Wanted = (type) => TEXTS.includes(String(type));

/**
 * Every place in the schema where a client can put a text, one query each: arguments of the root
 * fields, and of the fields of these entities.
 */
export function everyTextArgument(
  schema: GraphQLSchema,
  entities: { __typename: string; id: string }[],
): TextQuestion[] {
  return everyPlace(schema, entities, isTextType);
}

/** Every list in the schema that a client can put values into, one query each: on the same fields. */
export function everyListArgument(
  schema: GraphQLSchema,
  entities: { __typename: string; id: string }[],
): ListQuestion[] {
  return everyPlace(schema, entities, (type) => isTextType(type) || isEnumType(type))
    .filter(({ argument }) => argument.endsWith("[0]"))
    .map((place) => ({
      name: place.name.replace("[0]", ""),
      type: place.type,
      asking: (values) => place.asking(values.join(", ")),
    }));
}

function everyPlace(
  schema: GraphQLSchema,
  entities: { __typename: string; id: string }[],
  isWanted: Wanted,
): TextQuestion[] {
  const root = questionsOn(schema, "Query", isWanted, (field) => `{ ${field} }`);
  const nested = entities.flatMap(({ __typename, id }) =>
    questionsOn(schema, __typename, isWanted, (field) => {
      const representation = `{ __typename: "${__typename}", id: "${id}" }`;
      return `{ _entities(representations: [${representation}]) { ... on ${__typename} { ${field} } } }`;
    }),
  );
  return [...root, ...nested];
}

function questionsOn(
  schema: GraphQLSchema,
  typeName: string,
  isWanted: Wanted,
  ask: (field: string) => string,
): TextQuestion[] {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) throw new Error(`${typeName} has no fields`);
  return Object.values(type.getFields()).flatMap((field) =>
    field.args.flatMap((arg) =>
      textsIn(arg.type, arg.name, isWanted).map((text) => ({
        name: `${typeName}.${field.name}(${text.path})`,
        argument: text.path,
        type: text.type,
        asking: (value: string) =>
          ask(
            `${field.name}(${[...needed(field.args, arg), `${arg.name}: ${text.put(value)}`].join(", ")}) ${selectionOf(field.type)}`,
          ),
      })),
    ),
  );
}

/** The other arguments that a field, or fields that an input, can't be asked without: texts, or enums. */
function needed<Given extends GraphQLArgument | GraphQLInputField>(
  args: readonly Given[],
  but: Given,
): string[] {
  return args
    .filter((arg) => arg !== but && isNonNullType(arg.type) && arg.defaultValue === undefined)
    .map(({ name, type }) => {
      const named = getNamedType(type);
      return `${name}: ${isEnumType(named) ? named.getValues()[0]!.name : '"fog"'}`;
    });
}

interface TextPlace {
  path: string;
  type: string;
  put(value: string): string;
}

function textsIn(type: GraphQLInputType, path: string, isWanted: Wanted): TextPlace[] {
  if (isNonNullType(type)) return textsIn(type.ofType, path, isWanted);
  if (isListType(type)) {
    return textsIn(type.ofType, `${path}[0]`, isWanted).map((text) => ({
      ...text,
      put: (value) => `[${text.put(value)}]`,
    }));
  }
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    return fields.flatMap((field) =>
      textsIn(field.type, `${path}.${field.name}`, isWanted).map((text) => ({
        ...text,
        put: (value) =>
          `{ ${[...needed(fields, field), `${field.name}: ${text.put(value)}`].join(", ")} }`,
      })),
    );
  }
  return isWanted(type) ? [{ path, type: type.name, put: (value) => value }] : [];
}

function selectionOf(type: GraphQLOutputType): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return "";
  if (!isObjectType(named) || !named.name.endsWith("Connection")) return "{ __typename }";
  const count = "totalCount" in named.getFields() ? "totalCount" : "";
  return `{ nodes { __typename } ${count} edges { cursor } }`;
}

import {
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
  valueFromASTUntyped,
} from "graphql";
import type { ObjectSchema } from "./tool.js";

type JsonSchema = Record<string, unknown>;

/** The maximum depth at which input objects are described; deeper ones are just objects, whose values GraphQL checks. */
const MAX_DEPTH = 2;

const SCALARS: Record<string, JsonSchema> = {
  Int: { type: "integer" },
  Float: { type: "number" },
  Boolean: { type: "boolean" },
  String: { type: "string" },
  ID: { type: "string" },
};

/**
 * Describes an operation's variables as JSON Schema, each with the comment above it as its description. GraphQL checks the values,
 * so that errors are the same as for other clients.
 */
export function argumentSchemaOf(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  commentOf: (node: { loc?: OperationDefinitionNode["loc"] }) => string,
): ObjectSchema {
  const properties: Record<string, JsonSchema> = {};
  const required: string[] = [];
  for (const definition of variableDefinitions) {
    const name = definition.variable.name.value;
    const type = typeFromAST(schema, definition.type as never) as GraphQLInputType | undefined;
    if (!type) continue;
    const described = schemaOf(type, 0);
    const description = [commentOf(definition), described.description].filter(Boolean).join(" ");
    properties[name] = {
      ...described,
      ...(description ? { description } : {}),
      ...(definition.defaultValue ? { default: valueFromASTUntyped(definition.defaultValue) } : {}),
    };
    if (isNonNullType(type) && !definition.defaultValue) required.push(name);
  }
  return {
    type: "object",
    properties,
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
  };
}

function schemaOf(type: GraphQLInputType, depth: number): JsonSchema {
  if (isNonNullType(type)) return schemaOf(type.ofType, depth);
  if (isListType(type)) return { type: "array", items: schemaOf(type.ofType, depth) };
  if (isEnumType(type)) return { type: "string", enum: type.getValues().map(({ name }) => name) };
  if (isInputObjectType(type)) {
    if (depth >= MAX_DEPTH) return { type: "object" };
    const fields = Object.values(type.getFields());
    return {
      type: "object",
      properties: Object.fromEntries(
        fields.map((field) => [field.name, schemaOf(field.type, depth + 1)]),
      ),
    };
  }
  return SCALARS[type.name] ?? { type: "string", description: `(${type.name})` };
}

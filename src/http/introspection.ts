import {
  type FieldNode,
  getArgumentValues,
  getVariableValues,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  TypeMetaFieldDef,
  visit,
} from "graphql";
import type { HttpSettings } from "./settings.js";
import type { HooksOf } from "./request-hooks.js";

/** No text without one of these asks for the schema; names can't be written in another way. */
const ASKS_FOR_SCHEMA = /__schema|__type(?!name)|_service/;

/**
 * Refuses to tell the schema, but for `_service` to the router, which composes it.
 *
 * Apollo Server's own rule refuses every `__type`, and so GraphQL over HTTP's own audits, which ask for a
 * type that there is not. That one is answered null: whoever knows a name learns as much from
 * `... on Name`, which is valid only where there is such a type.
 */
export function withoutIntrospection({ routerSecret }: HttpSettings): HooksOf {
  return () => ({
    didResolveOperation({ source, document, operation, request, schema }) {
      if (!operation || !ASKS_FOR_SCHEMA.test(source)) return;
      visit(document, {
        Field(node) {
          const field = node.name.value;
          const named = () => namedType(schema, node, operation, request.variables ?? {});
          if (field === "__schema" || (field === "__type" && named())) throw refusal(node);
          // Where there is a secret, whoever got this far has sent it.
          if (field === "_service" && routerSecret === null) throw serviceRefusal(node);
        },
      });
    },
  });
}

/** The type that `__type(name: …)` names, when there is one. */
function namedType(
  schema: GraphQLSchema,
  node: FieldNode,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Record<string, unknown>,
) {
  try {
    const { coerced } = getVariableValues(schema, variableDefinitions, variables, {
      maxErrors: 1, // none is told here
    });
    const { name } = getArgumentValues(TypeMetaFieldDef, node, coerced);
    return schema.getType(name as string);
  } catch {
    // Without a name it is another operation's, or refused for that when it is executed.
    return undefined;
  }
}

function refusal(node: FieldNode): GraphQLError {
  return new GraphQLError(
    "Introspection is off here: read schema.graphql of the project, or ask the operator " +
      "to set COMMUNIQUE_INTROSPECTION.",
    { nodes: node, extensions: { code: "GRAPHQL_VALIDATION_FAILED", http: { status: 400 } } },
  );
}

function serviceRefusal(node: FieldNode): GraphQLError {
  return new GraphQLError(
    "Introspection is off here: `_service` is for the router, which sends the shared secret " +
      "(COMMUNIQUE_ROUTER_SECRET) in the header Router-Authorization.",
    { nodes: node, extensions: { code: "FORBIDDEN", http: { status: 403 } } },
  );
}

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
import type { HooksOf } from "./apollo.js";
import type { HttpSettings } from "./settings.js";

/** A document without any of these names cannot query the schema: GraphQL names have no escapes. */
const INTROSPECTION_FIELDS = /__schema|__type(?!name)|_service/;

/**
 * Disables introspection, except `_service` for the router, which composes the schema.
 *
 * Apollo Server's rule rejects every `__type`, and with it the GraphQL over HTTP audits, which query a type that does not
 * exist. That returns null here, which reveals nothing new: `... on Name` is valid only if the type exists.
 */
export function withoutIntrospection({ routerSecrets }: HttpSettings): HooksOf {
  return () => ({
    didResolveOperation({ source, document, operation, request, schema }) {
      if (!operation || !INTROSPECTION_FIELDS.test(source)) return;
      visit(document, {
        Field(node) {
          const field = node.name.value;
          const named = () => namedType(schema, node, operation, request.variables ?? {});
          if (field === "__schema" || (field === "__type" && named()))
            throw introspectionDisabled(node);
          // If there is a secret, this request has sent it already.
          if (field === "_service" && routerSecrets === null) throw serviceForbidden(node);
        },
      });
    },
  });
}

/** The type that `__type(name: …)` names, if it exists. */
function namedType(
  schema: GraphQLSchema,
  node: FieldNode,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Record<string, unknown>,
) {
  try {
    const { coerced } = getVariableValues(schema, variableDefinitions, variables, {
      maxErrors: 1, // not shown to the client
    });
    const { name } = getArgumentValues(TypeMetaFieldDef, node, coerced);
    return schema.getType(name as string);
  } catch {
    // No valid name: the field is in another operation, or its execution will report the error.
    return undefined;
  }
}

function introspectionDisabled(node: FieldNode): GraphQLError {
  return new GraphQLError(
    "Introspection is disabled. Read schema.graphql of the project, or ask the operator " +
      "to set COMMUNIQUE_INTROSPECTION.",
    { nodes: node, extensions: { code: "GRAPHQL_VALIDATION_FAILED", http: { status: 400 } } },
  );
}

function serviceForbidden(node: FieldNode): GraphQLError {
  return new GraphQLError(
    "Introspection is disabled. `_service` is for the router, which sends the shared secret " +
      "(COMMUNIQUE_ROUTER_SECRET) in the Router-Authorization header.",
    { nodes: node, extensions: { code: "FORBIDDEN", http: { status: 403 } } },
  );
}

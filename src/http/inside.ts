import type { ApolloServer } from "@apollo/server";
import type { FastifyReply } from "fastify";
import type { FormattedExecutionResult } from "graphql";
import type { Context } from "../context.js";
import { ClientLeft } from "../db/db.errors.js";

/**
 * Executes a document as for a client, with the same limits, but without HTTP. `reply`: to what it contributes; it is
 * cancelled if the client of that disconnects.
 */
export type ExecuteInside = (
  document: string,
  variables?: Record<string, unknown>,
  reply?: FastifyReply,
) => Promise<FormattedExecutionResult>;

/** Returns the function by which the service's own pages read the record. */
export function executeInside(
  apollo: ApolloServer<Context>,
  newContext: (requestId?: string) => Context,
): ExecuteInside {
  return async (query, variables, reply) => {
    const contextValue = newContext(reply?.request.id);
    const cancel = () => contextValue.cancel(() => new ClientLeft("the client disconnected"));
    reply?.raw.once("close", cancel);
    try {
      const { body } = await apollo.executeOperation({ query, variables }, { contextValue });
      if (body.kind !== "single") throw new Error("incremental delivery is not configured");
      return body.singleResult;
    } finally {
      reply?.raw.off("close", cancel);
    }
  };
}

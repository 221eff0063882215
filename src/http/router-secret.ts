import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { RequestError } from "../errors.js";

/** The header for the secret: the one Apollo recommends. Every router can be configured to send it. */
export const ROUTER_HEADER = "router-authorization";

/** Returns a function that refuses requests without one of the secrets, which are compared in constant time. */
export function routerSecretCheck(
  secrets: readonly string[],
): (request: FastifyRequest, reply: FastifyReply) => RequestError | undefined {
  const expected = secrets.map(digest);
  return ({ headers }, reply) => {
    const sent = digest(String(headers[ROUTER_HEADER]));
    // All are compared, even after one was equal.
    if (expected.filter((each) => timingSafeEqual(sent, each)).length > 0) return undefined;
    reply.header("www-authenticate", "Router-Authorization");
    return new RequestError(
      401,
      "UNAUTHENTICATED",
      "Only a router may send requests here, with the shared secret in the Router-Authorization header.",
    );
  };
}

/** A digest of fixed length, as `timingSafeEqual` requires. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { RequestError } from "../errors.js";

/** The header for the secret: the one Apollo recommends. Every router can be configured to send it. */
export const ROUTER_HEADER = "router-authorization";

/** Returns a function that refuses requests without the secret, in constant time; with null it refuses none. */
export function routerSecretCheck(
  secret: string | null,
): (request: FastifyRequest, reply: FastifyReply) => RequestError | undefined {
  if (secret === null) return () => undefined;
  const expected = digest(secret);
  return ({ headers }, reply) => {
    if (timingSafeEqual(digest(String(headers[ROUTER_HEADER])), expected)) return undefined;
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

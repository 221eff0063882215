import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyRequest } from "fastify";

/** The header that Apollo recommends for it, and that every router can be told to send. */
export const ROUTER_HEADER = "router-authorization";

/** Tells whether a request has the secret, in a time that does not tell how much of it was right. */
export function routerCheck(secret: string | null): (request: FastifyRequest) => boolean {
  if (secret === null) return () => false;
  const expected = digest(secret);
  return ({ headers }) => timingSafeEqual(digest(String(headers[ROUTER_HEADER])), expected);
}

/** Of one length whatever the text's, as the comparison wants it. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

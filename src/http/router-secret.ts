import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyRequest } from "fastify";

/** The header for the secret: the one Apollo recommends. Every router can be configured to send it. */
export const ROUTER_HEADER = "router-authorization";

/** Returns a constant-time check of a request's secret. */
export function routerCheck(secret: string | null): (request: FastifyRequest) => boolean {
  if (secret === null) return () => false;
  const expected = digest(secret);
  return ({ headers }) => timingSafeEqual(digest(String(headers[ROUTER_HEADER])), expected);
}

/** A digest of fixed length, as `timingSafeEqual` requires. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

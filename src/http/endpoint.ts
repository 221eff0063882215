import { createHash, timingSafeEqual } from "node:crypto";
import type { ApolloServer } from "@apollo/server";
import cors from "@fastify/cors";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Context } from "../context.js";
import { RequestError } from "../errors.js";
import { respond } from "./apollo.js";
import { LONG_BYTES, type LongRequests } from "./long-requests.js";
import type { HttpSettings } from "./settings.js";

/** Settings of the `/graphql` endpoint. */
export interface EndpointSettings extends HttpSettings {
  newContext: (requestId: string) => Context;
  longRequests: LongRequests;
}

/** The header for the secret: the one Apollo recommends. Every router can be configured to send it. */
const ROUTER_HEADER = "router-authorization";

/** Serves `/graphql`; if a router secret is set, only requests with that secret are accepted. */
export async function serveGraphql(
  app: FastifyInstance,
  apollo: ApolloServer<Context>,
  settings: EndpointSettings,
): Promise<void> {
  const { routerSecret, corsOrigins, newContext, longRequests } = settings;
  const isRouter = routerCheck(routerSecret);

  // In its own Fastify scope: CORS applies to this path only.
  await app.register(async (scope) => {
    // Before the secret is checked: a preflight request cannot carry it.
    if (corsOrigins.length > 0) await scope.register(cors, corsFor(corsOrigins));
    scope.route({
      url: "/graphql",
      method: ["GET", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"],
      // Callback hooks: async ones would create several promises per request.
      onRequest: (request, reply, done) => {
        // The default, until the response turns out to be cacheable.
        reply.header("cache-control", "no-store");
        if (request.method !== "GET" && request.method !== "POST") {
          reply.header("allow", "GET, POST");
          return done(new RequestError(405, "BAD_REQUEST", "Use GET or POST."));
        }
        if (routerSecret === null || isRouter(request)) return done();
        reply.header("www-authenticate", "Router-Authorization");
        done(
          new RequestError(
            401,
            "UNAUTHENTICATED",
            "Only a router may send requests here, with the shared secret in the Router-Authorization header.",
          ),
        );
      },
      preHandler: (request, _reply, done) => {
        // Long bodies were queued when they were read.
        if (request.url.length <= LONG_BYTES) return done();
        longRequests.begin(request).then(() => done(), done);
      },
      handler: (request, reply) => respond(apollo, newContext, request, reply),
      onSend: (request, reply, payload, done) => {
        const headers = routerSecret === null ? [] : [ROUTER_HEADER];
        done(null, withETag(request, reply, payload, headers));
      },
    });
  });
}

function corsFor(origins: string[]) {
  const patterns = origins.map((origin) =>
    origin.endsWith(":*") ? new RegExp(`^${escape(origin.slice(0, -2))}(:\\d+)?$`) : origin,
  );
  return {
    origin: origins.includes("*") ? "*" : patterns,
    methods: ["GET", "POST"],
    exposedHeaders: ["x-request-id"],
    strictPreflight: false,
    maxAge: 7_200,
  };
}

function escape(text: string): string {
  return text.replace(/[.+*?^$()[\]{}|\\]/g, "\\$&");
}

/**
 * Adds an `ETag` to cacheable responses, and replies 304 if the client already has that version. The tag is weak because
 * the same response is sent with different compressions.
 */
function withETag(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
  headers: string[],
) {
  const isCacheable = reply.getHeader("cache-control") !== "no-store";
  if (!isCacheable || !(typeof payload === "string" || Buffer.isBuffer(payload))) return payload;
  const varying = [reply.getHeader("vary"), "accept", "accept-encoding", ...headers];
  const tag = createHash("sha256").update(payload).digest("base64url").slice(0, 27);
  reply.header("vary", varying.filter(Boolean).join(", ")).header("etag", `W/"${tag}"`);
  const cached = request.headers["if-none-match"]?.split(",").map((text) => text.trim());
  if (!cached?.some((each) => each === "*" || each.replace(/^W\//, "") === `"${tag}"`)) {
    return payload;
  }
  reply.code(304);
  return null;
}

/** Returns a constant-time check of a request's secret. */
function routerCheck(secret: string | null): (request: FastifyRequest) => boolean {
  if (secret === null) return () => false;
  const expected = digest(secret);
  return ({ headers }) => timingSafeEqual(digest(String(headers[ROUTER_HEADER])), expected);
}

/** A digest of fixed length, as `timingSafeEqual` requires. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

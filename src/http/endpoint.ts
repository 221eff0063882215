import { createHash } from "node:crypto";
import type { ApolloServer } from "@apollo/server";
import cors from "@fastify/cors";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Context } from "../context.js";
import { RequestError } from "../errors.js";
import { respond } from "./apollo.js";
import { LONG_BYTES, type LongRequests } from "./long-requests.js";
import { corsFor } from "./origins.js";
import { ROUTER_HEADER, routerSecretCheck } from "./router-secret.js";
import type { HttpSettings } from "./settings.js";

/** Settings of the `/graphql` endpoint. */
export interface EndpointSettings extends HttpSettings {
  newContext: (requestId: string) => Context;
  longRequests: LongRequests;
}

/** Serves `/graphql`; if router secrets are set, only requests with one of them are accepted. */
export async function serveGraphql(
  app: FastifyInstance,
  apollo: ApolloServer<Context>,
  settings: EndpointSettings,
): Promise<void> {
  const { routerSecrets, corsOrigins, newContext, longRequests, pages } = settings;
  const checkSecret = routerSecrets === null ? undefined : routerSecretCheck(routerSecrets);

  // In its own Fastify scope: CORS applies to this path only.
  await app.register(async (scope) => {
    // Before the secret is checked: a preflight request cannot carry it.
    if (corsOrigins.length > 0) await scope.register(cors, corsFor(corsOrigins, ["GET", "POST"]));
    scope.route({
      url: "/graphql",
      method: ["GET", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"],
      // Callback hooks: async ones would create several promises per request.
      onRequest: (request, reply, done) => {
        // The default, until the response turns out to be cacheable.
        reply.header("cache-control", "no-store");
        if (pages && isOpenedInBrowser(request)) return void reply.redirect("/");
        if (request.method !== "GET" && request.method !== "POST") {
          reply.header("allow", "GET, POST");
          return done(new RequestError(405, "BAD_REQUEST", "Use GET or POST."));
        }
        done(checkSecret?.(request, reply));
      },
      preHandler: (request, _reply, done) => {
        // Long bodies were queued when they were read.
        if (request.url.length <= LONG_BYTES) return done();
        longRequests.begin(request).then(() => done(), done);
      },
      handler: (request, reply) => respond(apollo, newContext, request, reply),
      onSend: (request, reply, payload, done) => {
        const headers = routerSecrets === null ? [] : [ROUTER_HEADER];
        done(null, withETag(request, reply, payload, headers));
      },
    });
  });
}

/** Whether a browser opens the address of the endpoint, with no query in it. */
function isOpenedInBrowser({ method, url, headers }: FastifyRequest): boolean {
  return method === "GET" && url === "/graphql" && Boolean(headers.accept?.includes("text/html"));
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

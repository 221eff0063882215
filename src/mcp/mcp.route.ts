import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import cors from "@fastify/cors";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { RequestError } from "../errors.js";
import { corsFor, isAllowedOrigin } from "../http/origins.js";
import type { ExecuteInside } from "../http/inside.js";
import { routerSecretCheck } from "../http/router-secret.js";
import type { HttpSettings } from "../http/settings.js";
import type { Ask } from "./ask.js";
import { createMcpServer, type McpSettings } from "./mcp-server.js";

/** The headers that the transport reads. */
const HEADERS = ["accept", "content-type", "mcp-protocol-version"];

/**
 * Serves the tools at `/mcp`, by the streamable HTTP transport of the Model Context Protocol, without sessions, so that any process
 * can answer any request. Bodies and requests have the same limits as at `/graphql`.
 */
export async function serveMcp(
  app: FastifyInstance,
  { routerSecrets, corsOrigins }: Pick<HttpSettings, "routerSecrets" | "corsOrigins">,
  settings: McpSettings,
  execute: ExecuteInside,
): Promise<void> {
  const checkSecret = routerSecrets === null ? undefined : routerSecretCheck(routerSecrets);
  // CORS for this path only.
  await app.register(serve, { prefix: "/mcp" });

  async function serve(scope: FastifyInstance): Promise<void> {
    // Before the CORS handler, so that a page of another site that reaches this address by DNS rebinding gets nothing at all.
    scope.addHook("onRequest", (request, reply, done) => {
      reply.header("cache-control", "no-store");
      const { origin } = request.headers;
      if (origin === undefined || isAllowedOrigin(origin, corsOrigins)) return done();
      done(new RequestError(403, "FORBIDDEN", FORBIDDEN_ORIGIN));
    });
    if (corsOrigins.length > 0) await scope.register(cors, corsFor(corsOrigins, ["POST"]));
    scope.route({
      url: "",
      method: ["POST", "GET", "DELETE", "PUT", "PATCH"],
      onRequest: (request, reply, done) => {
        if (request.method === "POST") return done(checkSecret?.(request, reply));
        reply.header("allow", "POST");
        done(new RequestError(405, "BAD_REQUEST", "Use POST: there are no sessions, no streams."));
      },
      handler: (request, reply) => answer(request, reply, settings, execute),
    });
  }
}

const FORBIDDEN_ORIGIN = "This Origin is not allowed: see COMMUNIQUE_CORS_ORIGINS.";

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  settings: McpSettings,
  execute: ExecuteInside,
): Promise<string> {
  if (Array.isArray(request.body))
    throw new RequestError(400, "BAD_REQUEST", "Batches are rejected: send one message at a time.");
  const ask: Ask = (document, variables) => execute(document, variables, reply);
  const server = createMcpServer(settings, ask, request.id);
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  try {
    await server.connect(transport);
    const given = HEADERS.flatMap((name) => {
      const value = request.headers[name];
      return value === undefined ? [] : [[name, String(value)] as [string, string]];
    });
    // The transport reads only headers and body; a URL made of the Host header might be invalid.
    const web = new Request("http://localhost/mcp", { method: "POST", headers: given });
    const response = await transport.handleRequest(web, { parsedBody: request.body ?? null });
    const type = response.headers.get("content-type");
    if (type) reply.type(type);
    reply.code(response.status);
    return await response.text();
  } finally {
    await server.close();
  }
}

import { createHash } from "node:crypto";
import {
  type ApolloServer,
  type GraphQLRequest,
  HeaderMap,
  type HTTPGraphQLRequest,
} from "@apollo/server";
import cors from "@fastify/cors";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Context } from "../context.js";
import { ClientLeft } from "../db/db.errors.js";
import { Refusal } from "../errors.js";
import type { HttpSettings } from "./settings.js";
import { LONG_BYTES, type LongRequests } from "./long-requests.js";
import { answerType } from "./media-type.js";
import { ROUTER_HEADER, routerCheck } from "./router-secret.js";

/** What the endpoint is told. */
export interface EndpointSettings extends HttpSettings {
  newContext: (requestId: string) => Context;
  longRequests: LongRequests;
}

/** Serves `/graphql`, to a router alone where there is a secret. */
export async function serveGraphql(
  app: FastifyInstance,
  apollo: ApolloServer<Context>,
  settings: EndpointSettings,
): Promise<void> {
  const { routerSecret, corsOrigins, newContext, longRequests } = settings;
  const isRouter = routerCheck(routerSecret);

  // In a scope of its own: no page of another origin has any business at the other paths.
  await app.register(async (scope) => {
    // Before the secret is asked for: a preflight can't have it.
    if (corsOrigins.length > 0) await scope.register(cors, corsFor(corsOrigins));
    scope.route({
      url: "/graphql",
      method: ["GET", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"],
      // Hooks that call back: of those that are async, each makes promises for every request.
      onRequest: (request, reply, done) => {
        // Until it is known to be an answer that may be kept.
        reply.header("cache-control", "no-store");
        if (request.method !== "GET" && request.method !== "POST") {
          reply.header("allow", "GET, POST");
          return done(new Refusal(405, "BAD_REQUEST", "Questions are sent by GET or POST."));
        }
        if (routerSecret === null || isRouter(request)) return done();
        reply.header("www-authenticate", "Router-Authorization");
        done(
          new Refusal(
            401,
            "UNAUTHENTICATED",
            "Only a router may ask here: it sends the shared secret in the header Router-Authorization.",
          ),
        );
      },
      preHandler: (request, _reply, done) => {
        // A body has had its turn.
        if (request.url.length <= LONG_BYTES) return done();
        longRequests.begin(request).then(() => done(), done);
      },
      handler: (request, reply) => answer(apollo, newContext, request, reply),
      onSend: (request, reply, payload, done) => {
        const headers = routerSecret === null ? [] : [ROUTER_HEADER];
        done(null, tagged(request, reply, payload, headers));
      },
    });
  });
}

/** As bytes a long answer takes half of what it does as text, and leaves the heap alone. */
const LONG_TEXT = 16_384;

/** Hands a request to Apollo Server, and gives its question up where its client leaves. */
async function answer(
  apollo: ApolloServer<Context>,
  newContext: EndpointSettings["newContext"],
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<string | Buffer> {
  const context = () => {
    const context = newContext(request.id);
    // Where Apollo Server has failed without an answer of its own, nothing else ends what the request holds.
    reply.raw.once("close", () => context.giveUp(() => new ClientLeft("the client has left")));
    return context;
  };
  const search = request.url.indexOf("?");
  const http = {
    method: request.method,
    headers: headersOf(request),
    search: search < 0 ? "" : request.url.slice(search),
    body: request.body,
  };
  const { status, headers, text } = isPlainQuestion(request)
    ? await answerQuestion(apollo, http, context())
    : await answerRequest(apollo, http, context);
  for (const [name, value] of headers) reply.header(name, value);
  reply.code(status ?? 200);
  return text.length > LONG_TEXT ? Buffer.from(text) : text;
}

interface Answer {
  status?: number;
  headers: HeaderMap;
  text: string;
}

/**
 * Whether it is a question in JSON as nearly all are, with nothing about it that GraphQL over HTTP wants refused. Only a body
 * that says it is JSON has become an object, and no page of another origin may send that unasked.
 */
function isPlainQuestion({ method, body, headers }: FastifyRequest): boolean {
  if (method !== "POST" || !isRecord(body)) return false;
  const { query, operationName = null, variables = null, extensions = null } = body;
  return (
    typeof query === "string" &&
    (operationName === null || typeof operationName === "string") &&
    (variables === null || isRecord(variables)) &&
    (extensions === null || isRecord(extensions)) &&
    answerType(headers.accept) !== undefined
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

async function answerQuestion(
  apollo: ApolloServer<Context>,
  http: HTTPGraphQLRequest,
  contextValue: Context,
): Promise<Answer> {
  const { query, operationName, variables, extensions } = http.body as GraphQLRequest;
  const {
    http: { status, headers },
    body,
  } = await apollo.executeOperation(
    {
      query,
      operationName: operationName ?? undefined,
      variables: variables ?? undefined,
      extensions: extensions ?? undefined,
      http,
    },
    { contextValue },
  );
  if (body.kind !== "single") throw new Error("answers in parts are not configured");
  const { errors, data, extensions: more } = body.singleResult;
  return { status, headers, text: `${JSON.stringify({ errors, data, extensions: more })}\n` };
}

/** The same of any request: Apollo Server reads it, or refuses it as GraphQL over HTTP wants. */
async function answerRequest(
  apollo: ApolloServer<Context>,
  httpGraphQLRequest: HTTPGraphQLRequest,
  context: () => Context,
): Promise<Answer> {
  const { status, headers, body } = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest,
    context: async () => context(),
  });
  if (body.kind !== "complete") throw new Error("answers in parts are not configured");
  return { status, headers, text: body.string };
}

function headersOf(request: FastifyRequest): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return headers;
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
 * Names what may be kept by its content, and does not send it again to who has it. The name is weak, since
 * the same answer is sent compressed and not.
 */
function tagged(request: FastifyRequest, reply: FastifyReply, payload: unknown, headers: string[]) {
  const mayBeKept = reply.getHeader("cache-control") !== "no-store";
  if (!mayBeKept || !(typeof payload === "string" || Buffer.isBuffer(payload))) return payload;
  const varying = [reply.getHeader("vary"), "accept", "accept-encoding", ...headers];
  const tag = createHash("sha256").update(payload).digest("base64url").slice(0, 27);
  reply.header("vary", varying.filter(Boolean).join(", ")).header("etag", `W/"${tag}"`);
  const known = request.headers["if-none-match"]?.split(",").map((text) => text.trim());
  if (!known?.some((name) => name === "*" || name.replace(/^W\//, "") === `"${tag}"`)) {
    return payload;
  }
  reply.code(304);
  return null;
}

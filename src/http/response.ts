import { unwrapResolverError } from "@apollo/server/errors";
import compress from "@fastify/compress";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { INTERNAL, INTERNAL_MESSAGE, RequestError } from "../errors.js";
import { limitErrors } from "../graphql/error-limits.js";
import { LONGEST_MESSAGE, LONGEST_NAME } from "../graphql/error-messages.js";
import { operationLabel } from "../telemetry/instrumentation.js";
import { truncate } from "../telemetry/truncate.js";
import type { HooksOf } from "./apollo.js";

/** The two media types of a GraphQL over HTTP response. */
const JSON_TYPE = "application/json";
const GRAPHQL_TYPE = "application/graphql-response+json";

/** The response type that the client prefers: JSON by default, undefined if it accepts neither. */
function negotiateType(accept: string | undefined): string | undefined {
  const ranges = (accept || "*/*").split(",").map((range) => {
    const [name, ...parameters] = range.toLowerCase().split(";");
    const quality = parameters.map((text) => /^\s*q=([\d.]+)\s*$/.exec(text)?.[1]).find(Boolean);
    return { name: name!.trim(), quality: Number(quality ?? 1) };
  });
  const accepted = [JSON_TYPE, GRAPHQL_TYPE].flatMap((type) => {
    // An exact match takes precedence over a wildcard.
    for (const [specificity, name] of [type, "application/*", "*/*"].entries()) {
      const place = ranges.findIndex((range) => range.name === name);
      if (place >= 0) return { type, specificity, place, quality: ranges[place]!.quality };
    }
    return [];
  });
  const [best] = accepted
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality || a.specificity - b.specificity || a.place - b.place);
  return best?.type;
}

/**
 * Sets the HTTP status, content type and `Cache-Control` of a GraphQL response (GraphQL over HTTP specification).
 *
 * With `application/json`, any well-formed request gets 200, even if the operation fails: gateways pass on the errors
 * of a 200, but turn anything else into "400: Bad Request". `application/graphql-response+json` identifies the body
 * as GraphQL, so errors without `data` can have a 4xx status there.
 */
export function setResponseHeaders(cacheControl: string): HooksOf {
  return ({ request: { http } }) => {
    if (!http) return undefined;
    return {
      willSendResponse({ response: { body, http: head }, source }) {
        // Incremental delivery is not configured.
        if (body.kind !== "single") return;
        const { data, errors, extensions } = body.singleResult;
        const type = negotiateType(http.headers.get("accept"));
        // Set here so that the content type always matches the status chosen below.
        if (type) head.headers.set("content-type", `${type}; charset=utf-8`);
        // There is no source if the request had no query text, or a hash that does not match it.
        const hasQuery = (source as string | undefined) !== undefined;
        const { status = 200 } = head;
        const isClientError = status >= 400 && status < 500 && status !== 405;
        if (type === JSON_TYPE && isClientError && hasQuery) head.status = 200;
        if (type === GRAPHQL_TYPE && data === undefined && status < 400) head.status = 400;
        const isCacheable = data !== undefined && !errors?.length && extensions?.ftv1 === undefined;
        head.headers.set(
          "cache-control",
          http.method === "GET" && isCacheable ? cacheControl : "no-store",
        );
      },
    };
  };
}

/** Replaces a response larger than the limit (in bytes of JSON) with an error, before it is serialized. */
export function limitResponseSize(limit: number): HooksOf {
  return () => ({
    willSendResponse({ response: { body } }) {
      if (body.kind !== "single" || !isOver(body.singleResult, limit)) return;
      const { extensions } = body.singleResult;
      const message =
        `The response is larger than the limit of ${limit} bytes. ` +
        "Request smaller pages (`first`) or fewer fields.";
      body.singleResult = {
        data: null,
        errors: [{ message, extensions: { code: "ANSWER_TOO_LARGE", limit } }],
        extensions,
      };
    },
  });
}

/** Counts characters first, which is fast; a character takes at most six bytes in JSON. Counts bytes only if in doubt. */
function isOver(result: unknown, limit: number): boolean {
  const characters = sizeOf(result, limit, (text) => text.length);
  if (characters > limit || characters * 6 <= limit) return characters > limit;
  return sizeOf(result, limit, (text) => Buffer.byteLength(JSON.stringify(text))) > limit;
}

/** Approximate length of a value as JSON; stops counting beyond `most`. Numbers and booleans count as one. */
function sizeOf(value: unknown, most: number, lengthOf: (text: string) => number): number {
  if (typeof value === "string") return lengthOf(value);
  if (typeof value !== "object" || value === null) return 1;
  let size = 1;
  if (Array.isArray(value)) {
    for (const item of value) {
      if (size > most) break;
      size += 1 + sizeOf(item, most - size, lengthOf);
    }
    return size;
  }
  for (const key in value) {
    if (size > most) break;
    const item = (value as Record<string, unknown>)[key];
    size += key.length + 4 + sizeOf(item, most - size, lengthOf);
  }
  return size;
}

/** Compresses responses over 1 KiB unless a route sets `compress: false`. body.ts decompresses requests. */
export async function compressResponses(app: FastifyInstance): Promise<void> {
  await app.register(compress, { encodings: ["br", "gzip"], globalDecompression: false });
  // Fastify drops the body of HEAD before compression, so its content-length would differ from that of GET.
  app.addHook("onRoute", (route) => {
    if (route.method !== "HEAD" || route.compress === false) return;
    const before = [route.onSend ?? []].flat();
    route.onSend = [
      ...before,
      async (_request, reply) => void reply.removeHeader("content-length"),
    ];
  });
}

/** How many internal errors of one request are logged individually. */
const MAX_LOGGED = 10;

/** The log for internal errors. */
interface ErrorLog {
  error(details: object, message: string): void;
}

/** Logs masked errors with the request id that the client gets too, and limits the total size of errors in a response. */
export function reportErrors(log: ErrorLog): HooksOf<{ requestId: string }> {
  return () => ({
    willSendResponse({ response, errors, contextValue, operationName }) {
      if (response.body.kind !== "single") return;
      const { singleResult } = response.body;
      if (!singleResult.errors?.length) return;
      const { requestId } = contextValue;
      const ofOperation = { requestId, operationName: operationLabel(operationName) };
      let internal = 0;
      singleResult.errors.forEach((shown, i) => {
        if (shown.extensions?.code !== INTERNAL) return;
        shown.extensions.requestId = requestId;
        if (++internal > MAX_LOGGED) return;
        // Under the key `err`, the logger serializes message and stack.
        const err = errors?.[i] && unwrapResolverError(errors[i]);
        const path = shown.path?.map((key) => truncate(String(key), LONGEST_NAME));
        log.error({ ...ofOperation, path, err }, "internal error");
      });
      if (internal > MAX_LOGGED) {
        const more = internal - MAX_LOGGED;
        log.error({ ...ofOperation, more }, "more internal errors");
      }
      limitErrors(singleResult);
    },
  });
}

/** Sends errors outside GraphQL (invalid JSON, body too large, wrong type) in the format of a GraphQL response. */
export function sendGraphqlError(
  this: FastifyInstance,
  error: { statusCode?: number; code?: string; message: string },
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const status = error.statusCode ?? 500;
  const isPublic = status < 500 || error instanceof RequestError;
  // A client that disconnects while its response is compressed is not an internal error.
  const isDisconnect = error.code === "ERR_STREAM_PREMATURE_CLOSE";
  if (!isPublic && !isDisconnect)
    this.log.error({ requestId: request.id, err: error }, "internal error");
  const extensions = isPublic
    ? { code: error instanceof RequestError ? error.code : "BAD_REQUEST" }
    : { code: INTERNAL, requestId: request.id };
  // Fastify's own messages quote input, such as an invalid path.
  const message = isPublic ? truncate(error.message, LONGEST_MESSAGE) : INTERNAL_MESSAGE;
  const type = negotiateType(request.headers.accept) ?? JSON_TYPE;
  // Of a stream that failed before its first byte was sent.
  reply.removeHeader("content-encoding").removeHeader("content-disposition");
  void reply
    .code(status)
    .type(`${type}; charset=utf-8`)
    .send(JSON.stringify({ errors: [{ message, extensions }] }));
}

import { negotiateType, GRAPHQL_TYPE, JSON_TYPE } from "./media-type.js";
import type { HooksOf } from "./request-hooks.js";

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

import { RequestError } from "../errors.js";

/** The parts of a request to `/graphql` in which a client can name a trusted document. */
interface Sent {
  method: string;
  /** The search part of the URL, with its question mark. */
  search: string;
  body: unknown;
}

/**
 * The `documentId` of a request (persisted documents of GraphQL over HTTP): in the body of a POST, in the URL of a GET; undefined without one.
 * It stands instead of the document, so with another document or another id beside it the request is bad.
 */
export function documentIdOf({ method, search, body }: Sent): string | undefined {
  const { documentId, query, extensions } =
    method === "GET" ? inSearch(search) : ((body ?? {}) as Record<string, unknown>);
  if (documentId === undefined || documentId === null) return undefined;
  if (typeof documentId !== "string" || documentId === "") {
    throw bad("expected a string that is not empty, once.");
  }
  if (query !== undefined && query !== null) {
    throw bad("send it or query, not both: it names a document, and query is the text of one.");
  }
  if (extensions instanceof Object && "persistedQuery" in extensions) {
    throw bad("send it or extensions.persistedQuery, not both: each names a document.");
  }
  return documentId;
}

function inSearch(search: string): Record<string, unknown> {
  const parameters = new URLSearchParams(search);
  const ids = parameters.getAll("documentId");
  if (ids.length === 0) return {};
  return {
    documentId: ids.length === 1 ? ids[0] : ids,
    query: parameters.get("query"),
    extensions: jsonOf(parameters.get("extensions")),
  };
}

/** The value of a JSON text; undefined if it is none, which Apollo Server reports. */
function jsonOf(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return undefined;
  }
}

function bad(message: string): RequestError {
  return new RequestError(400, "BAD_REQUEST", `documentId: ${message}`);
}

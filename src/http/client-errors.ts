import type { ServerOptions } from "node:http";
import type { Socket } from "node:net";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { RequestError } from "../errors.js";

/** Time limits for receiving a request. Node.js checks them periodically, so a request ends at most a fifth later. */
export function clientTimeouts(ms: number): { requestTimeout: number; http: ServerOptions } {
  const connectionsCheckingInterval = Math.ceil(ms / 5);
  return {
    requestTimeout: ms,
    http: { requestTimeout: ms, headersTimeout: ms, connectionsCheckingInterval },
  };
}

/** Responds to what Node.js's HTTP parser rejects, before there is a request. */
export function sendClientError(
  this: FastifyInstance,
  error: Error & { code?: string },
  socket: Socket,
): void {
  const [status, message] = clientError(error.code);
  const body = JSON.stringify({ errors: [{ message, extensions: { code: "BAD_REQUEST" } }] });
  // An earlier response on this connection may still be incomplete.
  if (socket.writable && socket.bytesWritten === 0) {
    socket.write(
      `HTTP/1.1 ${status}\r\ncontent-type: application/json; charset=utf-8\r\n` +
        `content-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
    );
  }
  socket.destroy();
}

function clientError(code: string | undefined): [status: string, message: string] {
  switch (code) {
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return ["408 Request Timeout", "The request was not received in time."];
    case "HPE_HEADER_OVERFLOW":
      return ["431 Request Header Fields Too Large", "The headers are too large."];
    default:
      return ["400 Bad Request", "This is not a valid HTTP request."];
  }
}

/** A host name or address, with an optional port. Empty is valid: HTTP/1.0 does not require the header. */
const HOST = /^(?:[\w.~%-]*|\[[\da-f:.]+\])(?::\d{0,5})?$/i;

/** The error for a request whose `Host` header is malformed. */
export function invalidHost({ headers: { host = "" } }: FastifyRequest): RequestError | undefined {
  if (HOST.test(host)) return undefined;
  return new RequestError(400, "BAD_REQUEST", "Host: expected a host name or address.");
}

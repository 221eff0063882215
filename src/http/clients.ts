import type { ServerOptions } from "node:http";
import type { Socket } from "node:net";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { Refusal } from "../errors.js";

/** A request has to be here, with its headers and its body, after so long: it is ended a fifth of it later at the latest. */
export function clientTimeouts(ms: number): { requestTimeout: number; http: ServerOptions } {
  const connectionsCheckingInterval = Math.ceil(ms / 5);
  return {
    requestTimeout: ms,
    http: { requestTimeout: ms, headersTimeout: ms, connectionsCheckingInterval },
  };
}

/** What the HTTP parser refuses, before it is a request. */
export function answerClientError(
  this: FastifyInstance,
  error: Error & { code?: string },
  socket: Socket,
): void {
  const [status, message] = clientError(error.code);
  const body = JSON.stringify({ errors: [{ message, extensions: { code: "BAD_REQUEST" } }] });
  // What has been answered before may not have been sent to its end.
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
      return ["408 Request Timeout", "The request took too long to arrive."];
    case "HPE_HEADER_OVERFLOW":
      return ["431 Request Header Fields Too Large", "The headers are too large."];
    default:
      return ["400 Bad Request", "This can't be read as a request by HTTP."];
  }
}

/** A name or an address, perhaps with a port. HTTP/1.0 needs none. */
const HOST = /^(?:[\w.~%-]*|\[[\da-f:.]+\])(?::\d{0,5})?$/i;

/** Why a request is refused whose `Host` is none. */
export function faultOfHost({ headers: { host = "" } }: FastifyRequest): Refusal | undefined {
  if (HOST.test(host)) return undefined;
  return new Refusal(400, "BAD_REQUEST", "Host: expected a name or an address.");
}

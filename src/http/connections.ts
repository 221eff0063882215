import { randomUUID } from "node:crypto";
import type { Socket } from "node:net";
import type { FastifyInstance } from "fastify";
import { RequestError } from "../errors.js";

/** Beyond this many connections, an idle one is closed for each new one: each takes some kilobytes. */
const MAX_CONNECTIONS = 5_000;

/** How many requests a client may pipeline on a connection (send without waiting for the responses). */
const MAX_PIPELINED = 100;

/** The state of a connection and its requests. */
interface Connection {
  /** The current request has been received completely and is being executed. */
  isExecuting: boolean;
  /** A request is being received or executed. */
  isBusy: boolean;
  hasServedRequest: boolean;
  /** Starts the pipelined requests, in order. */
  pipelined: (() => void)[];
}

/**
 * Fastify's options for connections: their time limits, and responses to invalid requests. Node.js checks the time limits
 * periodically, so a request ends at most a fifth later.
 */
export function connectionOptions(timeoutMs: number) {
  const connectionsCheckingInterval = Math.ceil(timeoutMs / 5);
  return {
    genReqId: () => randomUUID(),
    forceCloseConnections: "idle",
    requestTimeout: timeoutMs,
    http: { requestTimeout: timeoutMs, headersTimeout: timeoutMs, connectionsCheckingInterval },
    clientErrorHandler: sendClientError,
  } as const;
}

/**
 * Handles pipelined requests one at a time: they use no resources until their turn, and none if the client disconnects
 * first. When there are too many connections, it closes the oldest one that has not sent a complete request, so idle
 * connections cannot lock other clients out.
 */
export function limitConnections(app: FastifyInstance, max = MAX_CONNECTIONS): void {
  const connections = new Map<Socket, Connection>();
  app.server.on("connection", (socket: Socket) => {
    if (connections.size >= max) connectionToClose(connections, socket).destroy();
    connections.set(socket, {
      isExecuting: false,
      isBusy: false,
      hasServedRequest: false,
      pipelined: [],
    });
    socket.once("close", () => connections.delete(socket));
  });
  app.addHook("onRequest", ({ raw: { socket } }, reply, done) => {
    const connection = connections.get(socket);
    if (!connection) return done(); // injected without a socket, as in tests
    reply.raw.once("close", () => {
      Object.assign(connection, { isBusy: false, isExecuting: false, hasServedRequest: true });
      if (!socket.destroyed) connection.pipelined.shift()?.();
    });
    const begin = () => {
      connection.isBusy = true;
      done();
    };
    if (!connection.isBusy) begin();
    else if (connection.pipelined.push(begin) > MAX_PIPELINED) socket.destroy();
  });
  app.addHook("preHandler", ({ raw: { socket } }, _reply, done) => {
    const connection = connections.get(socket);
    if (connection) connection.isExecuting = true;
    done();
  });
}

/** The oldest connection without any request so far, else the oldest idle one, else the new one. */
function connectionToClose(connections: Map<Socket, Connection>, newest: Socket): Socket {
  let idle: Socket | undefined;
  for (const [socket, { isExecuting, hasServedRequest }] of connections) {
    if (isExecuting) continue;
    if (!hasServedRequest) return socket;
    idle ??= socket;
  }
  return idle ?? newest;
}

/** Responds to what Node.js's HTTP parser rejects, before there is a request. */
function sendClientError(
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

/** While the service stops, makes clients open a new connection, to another process, for their next request. */
export function closeWhenStopping(app: FastifyInstance, health: { stopping: boolean }): void {
  app.addHook("onSend", (_request, reply, _payload, done) => {
    if (health.stopping) reply.header("connection", "close");
    done();
  });
}

/** A host name or address, with an optional port. Empty is valid: HTTP/1.0 does not require the header. */
const HOST = /^(?:[\w.~%-]*|\[[\da-f:.]+\])(?::\d{0,5})?$/i;

/** Gives each response the id of its request, and rejects requests whose `Host` header is malformed. */
export function identifyRequests(app: FastifyInstance): void {
  app.addHook("onRequest", (request, reply, done) => {
    reply.header("x-request-id", request.id);
    if (HOST.test(request.headers.host ?? "")) return done();
    done(new RequestError(400, "BAD_REQUEST", "Host: expected a host name or address."));
  });
}

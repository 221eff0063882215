import type { Socket } from "node:net";
import type { FastifyInstance } from "fastify";

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

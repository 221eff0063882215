import type { Socket } from "node:net";
import type { FastifyInstance } from "fastify";

/** Beyond so many connections at once one that waits for nothing has to go: each takes some kilobytes. */
const MOST_CONNECTIONS = 5_000;

/** How many requests a client may send ahead on a connection, without waiting for the answers (pipelining). */
const MOST_AHEAD = 100;

/** A connection, and where its requests are. */
interface Connection {
  /** The request that is received or answered now has gone so far that its question is known. */
  isAnswering: boolean;
  isTaken: boolean;
  hasBeenAnswered: boolean;
  /** What lets the requests begin that were sent ahead. */
  ahead: (() => void)[];
}

/**
 * Takes the requests of a connection one after the other, as they are answered: what a client has sent ahead costs nothing
 * before its turn, and nothing at all once the client has left. Where there are too many connections, the oldest that has
 * sent no whole request goes, so that nobody can keep others out by silence.
 */
export function boundConnections(app: FastifyInstance, most = MOST_CONNECTIONS): void {
  const connections = new Map<Socket, Connection>();
  app.server.on("connection", (socket: Socket) => {
    if (connections.size >= most) leastNeeded(connections, socket).destroy();
    connections.set(socket, {
      isAnswering: false,
      isTaken: false,
      hasBeenAnswered: false,
      ahead: [],
    });
    socket.once("close", () => connections.delete(socket));
  });
  app.addHook("onRequest", ({ raw: { socket } }, reply, done) => {
    const connection = connections.get(socket);
    if (!connection) return done(); // asked without a port, as tests do
    reply.raw.once("close", () => {
      Object.assign(connection, { isTaken: false, isAnswering: false, hasBeenAnswered: true });
      if (!socket.destroyed) connection.ahead.shift()?.();
    });
    const begin = () => {
      connection.isTaken = true;
      done();
    };
    if (!connection.isTaken) begin();
    else if (connection.ahead.push(begin) > MOST_AHEAD) socket.destroy();
  });
  app.addHook("preHandler", ({ raw: { socket } }, _reply, done) => {
    const connection = connections.get(socket);
    if (connection) connection.isAnswering = true;
    done();
  });
}

/** The oldest connection that has asked nothing yet, else the oldest that asks nothing now, else the new one. */
function leastNeeded(connections: Map<Socket, Connection>, newest: Socket): Socket {
  let idle: Socket | undefined;
  for (const [socket, { isAnswering, hasBeenAnswered }] of connections) {
    if (isAnswering) continue;
    if (!hasBeenAnswered) return socket;
    idle ??= socket;
  }
  return idle ?? newest;
}

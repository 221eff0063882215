import type { Socket } from "node:net";
import type pg from "pg";

/** The connection of a client, as far as bytes are counted. */
export interface CountedConnection {
  /** Called with the number of bytes of each chunk from the server. */
  onReceived: ((bytes: number) => void) | undefined;
  /** Closes it at once. */
  close(): void;
}

const connections = new WeakMap<pg.PoolClient, CountedConnection>();

/** Returns the connection of a client; its socket, which pg does not declare, has one listener for all its statements. */
export function connectionOf(client: pg.PoolClient): CountedConnection {
  let connection = connections.get(client);
  if (!connection) {
    const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
    const made: CountedConnection = { onReceived: undefined, close: () => stream.destroy() };
    stream.on("data", (chunk: Buffer) => made.onReceived?.(chunk.length));
    connections.set(client, (connection = made));
  }
  return connection;
}

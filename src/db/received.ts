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

/** A setting that the server reports, with its new value. */
interface ParameterStatus {
  parameterName: string;
  parameterValue: string;
}

/** Calls the listener whenever the server of a client reports a change of one of its settings; pg does not declare it. */
export function onParameterStatus(
  client: pg.PoolClient,
  listener: (status: ParameterStatus) => void,
): void {
  const { connection } = client as unknown as { connection: pg.Connection };
  connection.on("parameterStatus", listener);
}

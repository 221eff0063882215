import net, { type AddressInfo } from "node:net";

export type Relay = Awaited<ReturnType<typeof relayTo>>;

/** Passes connections on to a server of this machine, as long as the line holds. */
export async function relayTo(databaseUrl: string) {
  let target = Number(new URL(databaseUrl).port || 5432);
  let isPaused = false;
  const lines = new Set<net.Socket[]>();
  const server = net.createServer((client) => {
    const upstream = net.connect(target, "127.0.0.1");
    const line = [client, upstream];
    lines.add(line);
    for (const [one, other] of [line, line.toReversed()] as [net.Socket, net.Socket][]) {
      one.on("error", () => other.destroy()).on("close", () => other.destroy());
      one.on("close", () => lines.delete(line));
      one.on("data", (bytes) => other.write(bytes));
      if (isPaused) one.pause();
    }
  });
  const listen = (port: number) =>
    new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening));
  await listen(0);
  const { port } = server.address() as AddressInfo;

  /** Ends every connection and takes no more, as a server that is killed. */
  async function cut() {
    const closed = new Promise((done) => server.close(done));
    for (const line of lines) for (const socket of line) socket.destroy();
    await closed;
  }

  return {
    /** The same database by way of the relay. */
    url: Object.assign(new URL(databaseUrl), { host: `127.0.0.1:${port}` }).href,
    /** Where connections go from now on. */
    leadTo(url: string) {
      target = Number(new URL(url).port);
    },
    cut,
    /** Keeps connections and takes more, and passes nothing on, as a server that hangs. */
    pause() {
      isPaused = true;
      for (const line of lines) for (const socket of line) socket.pause();
    },
    /** Keeps the connections that there are until something comes from their client, as a firewall that has forgotten them. */
    breakWhenUsed() {
      for (const [client, upstream] of lines) {
        client!.removeAllListeners("data").on("data", () => client!.resetAndDestroy());
        upstream!.removeAllListeners("data").resume();
      }
    },
    /** Lets everything pass again. */
    async restore() {
      isPaused = false;
      for (const line of lines) for (const socket of line) socket.resume();
      if (!server.listening) await listen(port);
    },
    async close() {
      if (server.listening) await cut();
    },
  };
}

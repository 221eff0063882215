import pg from "pg";

/** How long the server may take to accept a cancel request. */
const CANCEL_TIMEOUT_MS = 1_000;

/** What pg's types don't tell of its connections. */
interface Cancellable {
  host: string;
  port: number;
  ssl: boolean | object;
  sslNegotiation: string;
  processID: number;
  secretKey: number;
}

interface RawConnection extends pg.Connection {
  connect(portOrPath: number | string, host?: string): void;
  requestSsl(): void;
  cancel(processID: number, secretKey: number): void;
}

/**
 * Asks the server to cancel what a connection is doing, in the way that the protocol has for it: a connection of its own
 * that sends nothing but the process and its secret key. A pooler passes that on to the server that is at the statement,
 * and it needs no place among the server's connections. Ends when the server has taken note of it, or has not in time.
 */
export function cancelStatement(client: pg.ClientBase): Promise<void> {
  const { host, port, ssl, sslNegotiation, processID, secretKey } =
    client as unknown as Cancellable;
  return new Promise((done) => {
    // pg's types know a connection's settings by those of a client.
    const messenger = new pg.Connection({ ssl, sslNegotiation } as object) as RawConnection;
    const timer = setTimeout(() => messenger.stream.destroy(), CANCEL_TIMEOUT_MS).unref();
    const send = () => messenger.cancel(processID, secretKey);
    messenger.on("connect", () => {
      if (!ssl) send();
      else if (sslNegotiation !== "direct") messenger.requestSsl();
    });
    messenger.on("sslconnect", send);
    messenger.on("error", () => messenger.stream.destroy());
    // The server closes it once it has signalled the process.
    messenger.on("end", () => {
      clearTimeout(timer);
      done();
    });
    if (host.startsWith("/")) messenger.connect(`${host}/.s.PGSQL.${port}`);
    else messenger.connect(port, host);
  });
}

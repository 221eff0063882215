import pg from "pg";

/** How long the server may take to accept a cancel request. */
const CANCEL_TIMEOUT_MS = 1_000;

/** Properties of pg's clients that are missing in its types. */
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
 * Cancels the statement that a connection is executing, by the cancel request of the PostgreSQL protocol: a separate
 * connection that sends only the process id and its secret key. It does not count towards max_connections, and a pooler
 * forwards it to the right server. Resolves when the server has processed the request, or after a timeout.
 */
export function cancelStatement(client: pg.ClientBase): Promise<void> {
  const { host, port, ssl, sslNegotiation, processID, secretKey } =
    client as unknown as Cancellable;
  return new Promise((done) => {
    // pg's types declare the options of a connection only for a client.
    const connection = new pg.Connection({ ssl, sslNegotiation } as object) as RawConnection;
    const timer = setTimeout(() => connection.stream.destroy(), CANCEL_TIMEOUT_MS).unref();
    const send = () => connection.cancel(processID, secretKey);
    connection.on("connect", () => {
      if (!ssl) send();
      else if (sslNegotiation !== "direct") connection.requestSsl();
    });
    connection.on("sslconnect", send);
    connection.on("error", () => connection.stream.destroy());
    // The server closes the connection after signalling the process.
    connection.on("end", () => {
      clearTimeout(timer);
      done();
    });
    if (host.startsWith("/")) connection.connect(`${host}/.s.PGSQL.${port}`);
    else connection.connect(port, host);
  });
}

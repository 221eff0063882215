import { connect, type Socket } from "node:net";
import pg from "pg";

/** A client that speaks HTTP by hand, as slowly or as wrongly as a test wants. */
export interface RawClient {
  socket: Socket;
  /** All that it has been sent so far. */
  received(): string;
  /** Its own port, once it is connected. */
  port(): number | undefined;
  /** When the service has closed the connection. */
  closed: Promise<void>;
}

/** Connects to a service; one that does not read leaves everything to the system's buffers. */
export function rawClient(address: string, { reads = true } = {}): RawClient {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname);
  const pieces: Buffer[] = [];
  let own: number | undefined;
  socket.on("error", () => {});
  socket.on("connect", () => (own = socket.localPort));
  if (reads) socket.on("data", (piece) => pieces.push(piece));
  else socket.pause();
  return {
    socket,
    port: () => own,
    received: () => Buffer.concat(pieces).toString(),
    closed: new Promise((done) => socket.on("close", () => done())),
  };
}

/** The headers of a posted query; without a length its body comes in chunks. */
export function headOfQuestion(length?: number): string {
  const size = length === undefined ? "Transfer-Encoding: chunked" : `Content-Length: ${length}`;
  return `POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n${size}\r\n\r\n`;
}

/** A query as it is sent. */
export function questionOf(query: string): string {
  const body = JSON.stringify({ query });
  return headOfQuestion(Buffer.byteLength(body)) + body;
}

/** A query of five kilobytes whose answer has eighteen million bytes, where the shipped record has long texts. */
export const LARGE_QUESTION = `{ statements(first: 14) { nodes { ${Array.from(
  { length: 450 },
  (_, i) => `t${i}: text`,
).join(" ")} } } }`;

/** Gives the statements of a database texts of 2,800 characters, some of which have three bytes. */
export async function lengthenTexts(databaseUrl: string): Promise<void> {
  const database = new pg.Client(databaseUrl);
  await database.connect();
  await database.query("UPDATE statement SET text = left(repeat(text || ' — ', 100), 2800)");
  await database.end();
}

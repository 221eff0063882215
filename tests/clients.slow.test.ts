import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import pg from "pg";
import {
  headOfQuestion,
  LARGE_QUESTION,
  lengthenTexts,
  questionOf,
  type RawClient,
  rawClient,
} from "./harness/raw-client.js";
import { recordedDatabase, servingService } from "./harness/serving.js";

const ERROR = 50;
const SMALL = "{ topics { slug } }";

let url: string;
let database: pg.Client;
const closing: (() => Promise<unknown>)[] = [];
/** A service as by default, and one whose clients have a second to send a request, and another to take the answer. */
let usual: Serving;
let impatient: Serving;

beforeAll(async () => {
  url = await recordedDatabase();
  await lengthenTexts(url);
  database = new pg.Client(url);
  await database.connect();
  usual = await serving();
  impatient = await serving({}, {}, { COMMUNIQUE_CLIENT_TIMEOUT_MS: "1000" });
});
afterAll(async () => {
  await database.query("ROLLBACK");
  for (const close of closing.splice(0).reverse()) await close();
  await database.end();
});

type Settings = Parameters<typeof servingService> extends [string, ...infer Rest] ? Rest : never;

type Serving = Awaited<ReturnType<typeof serving>>;

async function serving(...[limits, settings, environment]: Settings) {
  const service = await servingService(url, limits, settings, {
    COMMUNIQUE_LOG_LEVEL: "info",
    ...environment,
  });
  const clients: RawClient[] = [];
  const connected = new Set<number>();
  service.service.app.server.on("connection", (socket: Socket) => {
    const { remotePort: port } = socket;
    connected.add(port!);
    socket.on("close", () => connected.delete(port!));
  });
  closing.push(async () => {
    for (const { socket } of clients) socket.destroy();
    await service.close();
  });
  return {
    ...service,
    connect(options?: { reads: boolean }) {
      const client = rawClient(service.address, options);
      clients.push(client);
      return client;
    },
    /** Whether it has a connection to a client. */
    isConnectedTo: (client: RawClient) => connected.has(client.port()!),
    /** What it has logged of failures of its own. */
    failures: () => service.log().filter(({ level }) => Number(level) >= ERROR),
  };
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (const began = Date.now(); !(await isSo()); await sleep(20)) {
    if (Date.now() - began > 15_000) throw new Error(`not in 15 s: ${String(isSo)}`);
  }
}

/** Sends pieces for as long as the connection lasts. */
async function trickle({ socket, closed }: RawClient, piece: string): Promise<void> {
  const sending = setInterval(() => socket.write(piece), 50);
  await closed;
  clearInterval(sending);
}

/** The status of an answer, and the errors in it. */
function answerTo(client: RawClient) {
  const [head, body] = client.received().split("\r\n\r\n");
  const status = Number(/^HTTP\/1.1 (\d+)/.exec(head!)?.[1]);
  return { status, head: head!.toLowerCase(), ...(JSON.parse(body!) as { errors?: object[] }) };
}

describe("Requests that arrive too slowly", () => {
  it.each([
    ["a body that trickles", headOfQuestion(1_000_000), " "],
    ["a body in chunks that trickle", headOfQuestion(), "1\r\n \r\n"],
    ["headers that trickle", "POST /graphql HTTP/1.1\r\n", "X: y\r\n"],
    ["a body on a path that there is not", headOfQuestion(9_999).replace("graphql", "wars"), " "],
  ])(
    "A request that arrives too slowly is ended with a 408 in the form of a GraphQL error: %s",
    async (_what, head, piece) => {
      const service = impatient;
      const client = service.connect();
      client.socket.write(head);
      await trickle(client, piece);
      expect(answerTo(client)).toMatchObject({
        status: 408,
        errors: [{ extensions: { code: "BAD_REQUEST" } }],
      });
      expect(service.failures()).toEqual([]);
    },
  );

  it("A connection that sends nothing is closed", async () => {
    const service = impatient;
    await service.connect().closed;
  });

  it("The time limit for receiving a request does not limit how long its answer takes", async () => {
    const service = impatient;
    await database.query("BEGIN");
    await database.query("LOCK TABLE statement_topic");
    const asking = service.ask(SMALL);
    await sleep(2_000);
    await database.query("ROLLBACK");
    expect((await asking).data.topics).toHaveLength(5);
  });
});

describe("Responses that are read too slowly", () => {
  it.each([
    ["nothing of it is read", 1, 0],
    ["it is read byte by byte", 1, 1],
    ["its questions were sent all at once", 4, 0],
  ])(
    "A connection is closed when its response is not read in time: %s",
    async (_how, questions, bytes) => {
      const service = impatient;
      const client = service.connect({ reads: false });
      client.socket.write(questionOf(LARGE_QUESTION).repeat(questions));
      const reading = setInterval(() => bytes > 0 && client.socket.read(bytes), 50);
      const before = service.log().length;
      await until(() =>
        service
          .log()
          .slice(before)
          .some(({ msg }) => msg === "operation completed"),
      );
      expect(service.isConnectedTo(client)).toBe(true);
      await until(() => !service.isConnectedTo(client));
      clearInterval(reading);
      expect(service.failures()).toEqual([]);
    },
  );
});

describe("The size limit of answers", () => {
  const refusal = (limit: number) => ({
    data: null,
    errors: [
      {
        message:
          `The response is larger than the limit of ${limit} bytes. ` +
          "Request smaller pages (`first`) or fewer fields.",
        extensions: { code: "ANSWER_TOO_LARGE", limit },
      },
    ],
  });

  it("An answer over the limit is replaced by one error, and the log tells it", async () => {
    const service = await serving({ answerLimit: 1_000_000 });
    expect(await service.ask(LARGE_QUESTION)).toEqual(refusal(1_000_000));
    expect(service.log()).toContainEqual(expect.objectContaining({ outcome: "ANSWER_TOO_LARGE" }));
    expect((await service.ask(SMALL)).data.topics).toHaveLength(5);
  });

  it("The answer limit counts bytes, not characters", async () => {
    const query = "{ statements(first: 14) { nodes { text } } }";
    const { data } = await usual.ask(query);
    const text = JSON.stringify({ data });
    expect(Buffer.byteLength(text)).toBeGreaterThan(text.length + 100);
    // Numbers are not counted to the byte.
    const bytes = Buffer.byteLength(text);
    const [fits, over] = [bytes + 50, Math.floor(bytes * 0.99)];
    expect(over).toBeGreaterThan(text.length);
    expect((await (await serving({ answerLimit: fits })).ask(query)).data).toEqual(data);
    expect(await (await serving({ answerLimit: over })).ask(query)).toEqual(refusal(over));
  });

  it("The default answer limit is twenty million bytes", async () => {
    const { data } = await usual.ask(LARGE_QUESTION);
    expect(JSON.stringify(data).length).toBeGreaterThan(17_000_000);
    await database.query("UPDATE statement SET text = left(repeat(text, 2), 3300)");
    const answer = await usual.ask(LARGE_QUESTION);
    await database.query("UPDATE statement SET text = left(text, 2800)");
    expect(answer).toEqual(refusal(20_000_000));
  });
});

describe("Bodies of very many values", () => {
  const bodyOf = (values: number) =>
    JSON.stringify({ query: SMALL, variables: { x: Array.from({ length: values }, () => ({})) } });

  it.each([
    ["as it is", (text: string) => Buffer.from(text), {}],
    ["compressed", (text: string) => gzipSync(text), { "content-encoding": "gzip" }],
  ])(
    "A body with too many JSON values is refused before it is parsed: %s",
    async (_how, write, headers) => {
      const statuses = [10_000, 300_000].map(async (values) => {
        const response = await fetch(`${usual.address}/graphql`, {
          method: "POST",
          headers: { "content-type": "application/json", ...headers },
          body: write(bodyOf(values)),
        });
        const { errors } = (await response.json()) as { errors?: { message: string }[] };
        return [response.status, errors?.[0]?.message];
      });
      expect(await Promise.all(statuses)).toEqual([
        [200, undefined],
        [413, "The body has too many JSON values (lists, objects and their items)."],
      ]);
    },
  );
});

describe("Chunked bodies", () => {
  it("A body of too many small chunks is refused", async () => {
    const client = usual.connect();
    client.socket.write(headOfQuestion() + "1\r\n \r\n".repeat(20_000));
    await client.closed;
    expect(answerTo(client)).toMatchObject({
      status: 400,
      errors: [{ message: "The body has too many small chunks." }],
    });
  });

  it("A body of nine thousand one-byte chunks is read", async () => {
    const client = usual.connect();
    const question = JSON.stringify({ query: SMALL }).padEnd(9_000);
    const chunks = [...question].map((sign) => `1\r\n${sign}\r\n`).join("");
    client.socket.write(headOfQuestion() + chunks + "0\r\n\r\n");
    await until(() => client.received().includes("\r\n\r\n"));
    expect(answerTo(client)).toMatchObject({
      status: 200,
      data: { topics: expect.any(Array) as unknown },
    });
  });
});

describe("The memory for request bodies", () => {
  it("Large bodies are refused when too many arrive at once, and small queries are still answered", async () => {
    // Then 2.5 million bytes are held at most.
    const service = await serving({ bodyLimit: 100_000, answerLimit: 10_000 });
    const clients = Array.from({ length: 60 }, () => service.connect());
    for (const { socket } of clients) socket.write(headOfQuestion(99_000) + " ".repeat(98_000));
    await until(() => clients.some((client) => client.received() !== ""));
    expect((await service.ask(SMALL)).data.topics).toHaveLength(5);
    const refused = clients.filter((client) => client.received() !== "");
    await Promise.all(refused.map(({ closed }) => closed));
    for (const client of refused) {
      expect(answerTo(client)).toMatchObject({
        status: 503,
        errors: [{ extensions: { code: "UNAVAILABLE" } }],
      });
    }
    expect(refused.length).toBeLessThan(50);
    expect(service.failures()).toEqual([]);
  });
});

describe("Clients that disconnect", () => {
  it("A disconnected client's SQL is cancelled, and the outcome is CLIENT_LEFT, not an error", async () => {
    const service = await serving({ requestTimeoutMs: 60_000 });
    await database.query("BEGIN");
    await database.query("LOCK TABLE statement_topic");
    const client = service.connect();
    client.socket.write(questionOf(SMALL));
    await until(async () => (await waiting()) === 1);
    client.socket.destroy();
    await until(async () => (await waiting()) === 0);
    await until(() => service.log().some(({ msg }) => msg === "operation completed"));
    expect(service.log().filter(({ msg }) => msg === "operation completed")).toEqual([
      expect.objectContaining({ outcome: "CLIENT_LEFT" }),
    ]);
    expect(service.failures()).toEqual([]);
    const { text } = await service.get("/metrics");
    expect(text).toContain(`outcome="CLIENT_LEFT"`);
    expect(text).not.toMatch(/^communique_sql_errors_total\{/m);
  });

  /** How many statements wait for a lock. */
  async function waiting(): Promise<number> {
    const { rows } = await database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM pg_locks l JOIN pg_database d ON d.oid = l.database
       WHERE d.datname = current_database() AND NOT l.granted`,
    );
    return rows[0]!.count;
  }

  it("A client that disconnects while it sends a request is not logged as a failure", async () => {
    const service = usual;
    for (const head of [headOfQuestion(1_000), headOfQuestion(), "POST /gra"]) {
      const client = service.connect();
      client.socket.write(head);
      await until(() => service.isConnectedTo(client));
      await sleep(50);
      client.socket.resetAndDestroy();
      await until(() => !service.isConnectedTo(client));
    }
    await sleep(100);
    expect(service.failures()).toEqual([]);
  });

  it("A client that disconnects while it receives an answer is not logged as a failure", async () => {
    const service = usual;
    for (const more of ["", "Accept-Encoding: br\r\n"]) {
      const client = service.connect({ reads: false });
      client.socket.write(questionOf(LARGE_QUESTION).replace("Host", `${more}Host`));
      const before = service.log().length;
      await until(() => service.log().length > before);
      await sleep(100);
      client.socket.resetAndDestroy();
      await until(() => !service.isConnectedTo(client));
    }
    await sleep(100);
    expect(service.failures()).toEqual([]);
  });
});

describe("The Host header", () => {
  const ask = (head: string) => `${head}\r\nConnection: close\r\n\r\n`;
  const path = "/graphql?query={__typename}";
  const preflight = "Apollo-Require-Preflight: yes";

  it.each(["[", "a b", "a/b", "a@b", "[::1", "::1", "x:port", "<x>", "\u{e9}", "a,b", "$(x)"])(
    "An invalid Host header is refused with a GraphQL error on every path: %s",
    async (host) => {
      const service = usual;
      for (const at of [path, "/", "/health", "/wars"]) {
        const client = service.connect();
        client.socket.write(ask(`GET ${at} HTTP/1.1\r\nHost: ${host}\r\n${preflight}`), "latin1");
        await client.closed;
        expect(answerTo(client)).toMatchObject({
          status: 400,
          errors: [
            {
              message: "Host: expected a host name or address.",
              extensions: { code: "BAD_REQUEST" },
            },
          ],
        });
      }
      expect(service.failures()).toEqual([]);
    },
  );

  it.each([
    ["a name", `GET ${path} HTTP/1.1\r\nHost: communique_1.example`],
    ["an address with a port", `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:4000`],
    ["an address of IPv6", `GET ${path} HTTP/1.1\r\nHost: [::1]:4000`],
    ["nothing", `GET ${path} HTTP/1.1\r\nHost:`],
    ["nothing at all, in HTTP/1.0", `GET ${path} HTTP/1.0`],
    ["beside the whole URL", `GET http://other.example${path} HTTP/1.1\r\nHost: other.example`],
  ])("A request is answered when its Host header is %s", async (_what, head) => {
    const service = usual;
    const client = service.connect();
    client.socket.write(ask(`${head}\r\n${preflight}`));
    await client.closed;
    expect(answerTo(client)).toMatchObject({ status: 200, data: { __typename: "Query" } });
  });

  it("An HTTP/1.1 request without a Host header is refused with 400", async () => {
    const client = usual.connect();
    client.socket.write(ask(`GET ${path} HTTP/1.1\r\n${preflight}`));
    await client.closed;
    expect(client.received()).toMatch(/^HTTP\/1.1 400 /);
  });

  it.each([
    "//",
    "//graphql",
    "/%",
    "/graphql?%",
    "http://",
    "http://x",
    "*",
    "/graphql?query=%E0%A4",
  ])("An odd request target is not logged as a failure of the service: %s", async (target) => {
    const client = usual.connect();
    client.socket.write(ask(`GET ${target} HTTP/1.1\r\nHost: x\r\n${preflight}`));
    await client.closed;
    expect(client.received()).toMatch(/^HTTP\/1.1 [234]/);
    expect(usual.failures()).toEqual([]);
  });
});

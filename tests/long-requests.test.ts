import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import Fastify from "fastify";
import { limitConnections } from "../src/http/connections.js";
import { productionService, type ProductionService } from "./harness/production.js";
import { type RawClient, rawClient } from "./harness/raw-client.js";
import { recordedDatabase } from "./harness/serving.js";

/** A document of 29 kB that takes megabytes once it is parsed; each is another one, so that none is known already. */
const long = (i: number) =>
  `query Long${i} { person(slug: "rajnath-singh") { counterparts(first: 1, sides: [${"OTHER ".repeat(4_850)}]) { totalCount } } }`;
const HEALTH = "GET /health HTTP/1.1\r\nhost: x\r\n\r\n";

jest.setTimeout(120_000);

let service: ProductionService;
const clients: RawClient[] = [];

beforeAll(async () => {
  service = await productionService(await recordedDatabase());
});
afterAll(() => {
  for (const { socket } of clients) socket.destroy();
  service.close();
});

function connect(address = service.address): RawClient {
  const client = rawClient(address);
  clients.push(client);
  return client;
}

/** Queries as a client sends them compressed, all at once. */
function compressed(queries: string[]): Buffer {
  return Buffer.concat(
    queries.flatMap((query) => {
      const body = gzipSync(JSON.stringify({ query }));
      const head =
        "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n" +
        `content-encoding: gzip\r\ncontent-length: ${body.length}\r\n\r\n`;
      return [Buffer.from(head), body];
    }),
  );
}

/** How many operations it has counted. */
async function answered(): Promise<number> {
  const { text } = await service.get("/metrics");
  const counts = text.matchAll(/^communique_requests_total\{.*\} (\d+)$/gm);
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}

async function until(is: () => boolean): Promise<void> {
  for (let tries = 0; !is() && tries < 200; tries++) await sleep(50);
  expect(is()).toBe(true);
}

describe("Pipelined requests", () => {
  it("Pipelined requests are answered one after the other", async () => {
    const client = connect();
    client.socket.write(HEALTH.repeat(20));
    await until(() => client.received().split('{"status":"ok"}').length > 20);
  });

  it("Pipelined requests are no longer read when the client has disconnected", async () => {
    const before = await answered();
    const client = connect();
    client.socket.write(compressed(Array.from({ length: 90 }, (_, i) => long(i))));
    await sleep(100);
    client.socket.resetAndDestroy();
    await sleep(1_000);
    expect((await answered()) - before).toBeLessThan(30);
  });

  it("A connection with too many pipelined requests is closed", async () => {
    const client = connect();
    client.socket.write(HEALTH.repeat(2_000));
    await client.closed;
  });
});

describe("Long documents", () => {
  it("Hundreds of long documents at once leave memory, and short requests are answered", async () => {
    const attack = Array.from({ length: 400 }, (_, i) => {
      const client = connect();
      client.socket.write(compressed([long(1_000 + i)]));
      return client;
    });
    for (let i = 0; i < 5; i++) expect((await service.get("/health")).status).toBe(200);
    await until(() => attack.every((client) => client.received().includes("HTTP/1.1 ")));
    const { text } = await service.get("/metrics");
    const bytes = Number(/^process_resident_memory_bytes (\S+)/m.exec(text)![1]);
    expect(bytes).toBeLessThan(600e6);
  });
});

describe("Requests that are long in their URL and their body", () => {
  it("A request with a long URL and a long body takes one turn, and gives it back", async () => {
    const padding = "x".repeat(9_000);
    const ask = async () => {
      const response = await fetch(`${service.address}/graphql?padding=${padding}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query: `{ topics { slug } } # ${padding}` }),
        signal: AbortSignal.timeout(15_000),
      });
      return ((await response.json()) as { data: { topics: unknown[] } }).data.topics.length;
    };
    for (let i = 0; i < 40; i++) expect(await ask()).toBe(5);
  });
});

describe("Idle connections", () => {
  it("A new connection over the limit closes one that has sent no request", async () => {
    const app = Fastify();
    limitConnections(app, 3);
    app.get("/health", () => ({ status: "ok" }));
    const address = await app.listen({ host: "127.0.0.1", port: 0 });
    try {
      const known = connect(address);
      known.socket.write(HEALTH);
      await until(() => known.received().includes("ok"));
      const silent = [connect(address), connect(address)];
      await until(() => silent.every((client) => client.port() !== undefined));
      const asking = connect(address);
      asking.socket.write(HEALTH);
      await until(() => asking.received().includes("ok"));
      await silent[0]!.closed;
      known.socket.write(HEALTH);
      await until(() => known.received().split("ok").length > 2);
    } finally {
      for (const { socket } of clients) socket.destroy();
      await app.close();
    }
  });
});

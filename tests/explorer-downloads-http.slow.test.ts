import { once } from "node:events";
import { rm, writeFile } from "node:fs/promises";
import http, { type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createDataSource } from "../src/db/data-source.js";
import { loadAll } from "../src/records/load/record.load.js";
import { talkative } from "./fixtures/talkative.js";
import { tableOf } from "./harness/csv.js";
import { freshDatabase } from "./harness/database.js";
import { servingService, type ServingService } from "./harness/serving.js";

jest.setTimeout(120_000);

describe("Downloads over HTTP", () => {
  /** 300 short statements, then 2,200 of 8 kB: more than sockets hold. */
  const COUNT = 2500;
  const LONG = "Floe told of ice and fish. ".repeat(300);
  const CSV = "/people/ada-floe?format=csv";
  let url: string;
  let served: ServingService | undefined;
  const names: string[] = [];
  const parts = () => names.filter((name) => name === "statementsOfPerson").length;
  async function serve(limits = {}, environment = {}) {
    const observe = (name: string) => void names.push(name);
    served = await servingService(url, limits, { observe }, environment);
    return served;
  }
  /** Begins a download, and reads nothing of it yet. */
  async function begin(address: string, forwardedFor?: string): Promise<IncomingMessage> {
    const headers = forwardedFor === undefined ? {} : { "x-forwarded-for": forwardedFor };
    const request = http.get(address, { agent: false, headers });
    const [response] = (await once(request, "response")) as [IncomingMessage];
    response.on("error", () => undefined);
    return response;
  }
  const statusOf = async (address: string, forwardedFor?: string) => {
    const response = await begin(address, forwardedFor);
    response.destroy();
    return response.statusCode;
  };

  beforeAll(async () => {
    url = await freshDatabase();
    const dataSource = await createDataSource(url).initialize();
    const path = join(tmpdir(), `communique-talkative-${process.pid}.json`);
    const record = talkative(COUNT, (i) => (i < 300 ? `Point ${i}.` : `${i}: ${LONG}`));
    await writeFile(path, JSON.stringify(record));
    await loadAll(dataSource, [path]);
    await rm(path);
    await dataSource.destroy();
  });
  beforeEach(() => {
    names.length = 0;
  });
  afterEach(async () => {
    await served?.close();
    served = undefined;
  });

  it.each(["gzip", "br", "identity"])(
    "A part that fails breaks the connection off, and is logged: %s",
    async (encoding) => {
      const { address, log } = await serve({ answerLimit: 200_000 });
      for (const format of ["csv", "json"]) {
        const response = await fetch(`${address}/people/ada-floe?format=${format}`, {
          headers: { "accept-encoding": encoding },
        });
        // Where nothing of it has been sent yet, it is an error as any other.
        const isTaken = await response.text().then(
          () => response.status < 500,
          () => false,
        );
        expect([format, isTaken]).toEqual([format, false]);
      }
      expect(JSON.stringify(log())).toContain("download aborted");
    },
  );

  it("A whole download arrives compressed, in parts", async () => {
    const { address } = await serve();
    const response = await fetch(address + CSV);
    expect(response.headers.get("content-encoding")).toBe("gzip");
    expect(response.headers.get("content-length")).toBeNull();
    expect(tableOf(Buffer.from(await response.arrayBuffer()).toString())).toHaveLength(COUNT + 1);
    expect(parts()).toBe(COUNT / 100);
  });

  it("HEAD has the headers and reads one part, and holds no place", async () => {
    const { address } = await serve();
    for (let i = 0; i < 6; i++) {
      const response = await fetch(address + CSV, { method: "HEAD" });
      expect([response.status, response.headers.get("x-total-count")]).toEqual([200, `${COUNT}`]);
      expect(await response.text()).toBe("");
    }
    expect(parts()).toBe(6);
  });

  it("What a client does not take is not read, and one that leaves frees its place", async () => {
    const { address } = await serve();
    const clients = [];
    for (let i = 0; i < 4; i++) clients.push(await begin(address + CSV, `192.0.2.${i}`));
    expect(await statusOf(address + CSV, "192.0.2.9")).toBe(503);
    let taken = -1;
    for (let tries = 0; taken !== parts() && tries < 30; tries++) {
      taken = parts();
      await sleep(700);
    }
    expect(taken).toBeLessThan((4 * COUNT) / 100);
    for (const client of clients) client.destroy();
    let status = 503;
    for (let tries = 0; status === 503 && tries < 20; tries++) {
      await sleep(100);
      status = (await statusOf(address + CSV))!;
    }
    expect(status).toBe(200);
    await sleep(500);
    // Those that were being read when the clients left, and those of the last one.
    expect(parts() - taken).toBeLessThanOrEqual(8);
  });

  it("A client is who connects, or whom the proxy beside the service has named last: it gets two at the same time", async () => {
    const { address } = await serve();
    const clients = [await begin(address + CSV), await begin(address + CSV)];
    expect(await statusOf(address + CSV)).toBe(503);
    // What a client has sent of itself stands before what the proxy has added.
    for (const claimed of ["198.51.100.1", "198.51.100.2"]) {
      clients.push(await begin(address + CSV, `${claimed}, 203.0.113.5`));
    }
    for (const { statusCode } of clients) expect(statusCode).toBe(200);
    clients[0]!.destroy();
    await sleep(500);
    expect(await statusOf(address + CSV, "203.0.113.5")).toBe(503);
    expect(await statusOf(address + CSV, "203.0.113.6, not an address")).toBe(200);
    for (const client of clients) client.destroy();
  });

  it("A client has the usual time for each part, not for the whole; one that takes nothing is cut off", async () => {
    const whole = async ({ address }: ServingService) => {
      const began = performance.now();
      const response = await fetch(address + CSV);
      await response.arrayBuffer();
      return performance.now() - began;
    };
    const inAll = await whole(await serve());
    await served!.close();
    // A part takes a 25th of it.
    const timeout = String(Math.ceil(inAll / 3));
    const { address } = await serve({}, { COMMUNIQUE_CLIENT_TIMEOUT_MS: timeout });
    expect(await whole(served!)).toBeGreaterThan(Number(timeout));
    const stuck = await begin(address + CSV);
    // The sockets take a part of it first; then the time begins.
    await sleep(2 * Number(timeout) + 3_000);
    stuck.resume();
    for (let tries = 0; !stuck.closed && tries < 100; tries++) await sleep(50);
    expect(stuck.closed).toBe(true);
    expect(stuck.complete).toBe(false);
  });
});

import http from "node:http";
import { PassThrough } from "node:stream";
import { finished } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import zlib from "node:zlib";
import { recordedDatabase, servingService, type ServingService } from "./harness/serving.js";

const LARGE = `{ statements { nodes { id text speakers { person { name } } } } }`;
const SMALL = "{ __typename }";
const MEGABYTE = 1024 * 1024;

let service: ServingService;
beforeAll(async () => {
  service = await servingService(await recordedDatabase());
});
afterAll(() => service.close());

interface Raw {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
}

/** Sends bytes and gets bytes: `fetch` would inflate them by itself. */
function send(
  path: string,
  {
    headers = {},
    body,
    method = body ? "POST" : "GET",
  }: {
    headers?: http.OutgoingHttpHeaders;
    body?: Buffer | string;
    method?: string;
  },
): Promise<Raw> {
  return new Promise((answered, failed) => {
    const request = http.request(service.address + path, { method, headers, agent: false });
    request.on("error", failed).on("response", (response) => {
      const chunks: Buffer[] = [];
      response
        .on("data", (chunk: Buffer) => chunks.push(chunk))
        .on("end", () => {
          const { statusCode, headers } = response;
          answered({ status: statusCode!, headers, body: Buffer.concat(chunks) });
        });
    });
    request.end(body);
  });
}

function ask(query: string, headers: http.OutgoingHttpHeaders = {}): Promise<Raw> {
  return send("/graphql", {
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query }),
  });
}

function askCompressed(body: Buffer, encoding: string, headers: http.OutgoingHttpHeaders = {}) {
  return send("/graphql", {
    headers: {
      "content-type": "application/json",
      "content-encoding": encoding,
      "content-length": body.length,
      ...headers,
    },
    body,
  });
}

function get(query: string, headers: http.OutgoingHttpHeaders = {}): Promise<Raw> {
  return send(`/graphql?query=${encodeURIComponent(query)}`, {
    headers: { "apollo-require-preflight": "yes", ...headers },
  });
}

const json = ({ body }: Raw) => JSON.parse(body.toString()) as Record<string, unknown>;

describe("Compressed responses", () => {
  it.each<[string, string | undefined, (body: Buffer) => Buffer]>([
    ["gzip", "gzip", zlib.gunzipSync],
    ["br", "br", zlib.brotliDecompressSync],
    ["gzip, deflate, br", "br", zlib.brotliDecompressSync],
    ["br;q=0, gzip", "gzip", zlib.gunzipSync],
    ["identity", undefined, (body) => body],
    ["zstd", undefined, (body) => body],
  ])(
    "A response over a kilobyte is compressed with an encoding the client accepts (%s)",
    async (accepted, encoding, inflate) => {
      const plain = await ask(LARGE);
      const { headers, body } = await ask(LARGE, { "accept-encoding": accepted });
      expect(headers["content-encoding"]).toBe(encoding);
      expect(Number(headers["content-length"])).toBe(body.length);
      expect(inflate(body).equals(plain.body)).toBe(true);
      if (encoding) expect(body.length).toBeLessThan(plain.body.length / 2);
    },
  );

  it("A small response is not compressed, nor one for a client without Accept-Encoding", async () => {
    const small = await ask(SMALL, { "accept-encoding": "gzip" });
    expect(small.headers["content-encoding"]).toBeUndefined();
    expect((await ask(LARGE)).headers["content-encoding"]).toBeUndefined();
  });

  it("The landing page is compressed on request, and GraphiQL is stored compressed", async () => {
    const headers = { "accept-encoding": "gzip, br" };
    const landing = await send("/", { headers });
    expect(landing.headers["content-encoding"]).toBe("br");
    expect(zlib.brotliDecompressSync(landing.body).toString()).toMatch(/^<!doctype html>/);
    const graphiql = await send("/graphiql", { headers });
    expect(graphiql.headers["content-encoding"]).toBe("gzip");
    expect(zlib.gunzipSync(graphiql.body).toString()).toMatch(/^<!doctype html>/);
    // Nine megabytes are not compressed anew at each request.
    const other = await send("/graphiql", { headers: { "accept-encoding": "br" } });
    expect(other.headers["content-encoding"]).toBeUndefined();
  });
});

describe("Compressed requests", () => {
  const body = Buffer.from(JSON.stringify({ query: LARGE }));

  it.each([
    ["gzip", zlib.gzipSync(body)],
    ["GZIP", zlib.gzipSync(body)],
    ["deflate", zlib.deflateSync(body)],
    ["br", zlib.brotliCompressSync(body)],
    ["identity", body],
  ])("A compressed request is answered: %s", async (encoding, compressed) => {
    const reply = await askCompressed(compressed, encoding);
    expect([reply.status, reply.body.equals((await ask(LARGE)).body)]).toEqual([200, true]);
  });

  it("A compressed request without Content-Length is answered", async () => {
    const headers = { "content-type": "application/json", "content-encoding": "gzip" };
    const reply = await send("/graphql", {
      headers: { ...headers, "transfer-encoding": "chunked" },
      body: zlib.gzipSync(body),
    });
    expect(reply.status).toBe(200);
  });

  it.each<[string, number, string, Buffer]>([
    ["an encoding that is not known", 415, "zstd", body],
    ["no encoding", 415, "constructor", body],
    ["two encodings", 415, "gzip, gzip", zlib.gzipSync(zlib.gzipSync(body))],
    ["what is not of its encoding", 400, "gzip", body],
    ["half of it", 400, "gzip", zlib.gzipSync(body).subarray(0, 40)],
    ["nothing", 400, "br", Buffer.alloc(0)],
    ["no JSON", 400, "gzip", zlib.gzipSync("{")],
  ])(
    "A bad compressed request is refused with a JSON error: %s",
    async (_what, status, encoding, compressed) => {
      const reply = await askCompressed(compressed, encoding);
      expect(reply.status).toBe(status);
      expect(json(reply).errors).toEqual([
        { message: expect.any(String) as string, extensions: { code: "BAD_REQUEST" } },
      ]);
    },
  );
});

describe("The limit of decompressed requests", () => {
  const question = (padding: number) =>
    Buffer.from(JSON.stringify({ query: SMALL, note: " ".repeat(padding) }));

  it.each([
    ["gzip", zlib.gzipSync],
    ["deflate", zlib.deflateSync],
    ["br", zlib.brotliCompressSync],
  ])("The body limit applies to the decompressed size: %s", async (encoding, compress) => {
    const fits = question(MEGABYTE - 100);
    expect((await askCompressed(compress(fits), encoding)).status).toBe(200);
    const reply = await askCompressed(compress(question(MEGABYTE)), encoding);
    expect([reply.status, json(reply)]).toEqual([
      413,
      {
        errors: [
          {
            message: "The body is larger than the limit of 1048576 bytes after decompression.",
            extensions: { code: "BAD_REQUEST" },
          },
        ],
      },
    ]);
  });

  /** That many megabytes of spaces, in a thousandth of that: a gzip file may have any number of parts. */
  function bombOf(megabytes: number): Buffer {
    const part = zlib.gzipSync(Buffer.alloc(MEGABYTE, " "));
    return Buffer.alloc(part.length * megabytes, part);
  }

  it.each([30, 900])(
    "A decompression bomb of %i MB is refused without using its memory or CPU time",
    async (megabytes) => {
      const bomb = bombOf(megabytes);
      expect(bomb.length).toBeLessThan(MEGABYTE);
      const { rss } = process.memoryUsage();
      const refusing = await cpuOf(async () => {
        const answers = Array.from({ length: 5 }, () => askCompressed(bomb, "gzip"));
        for (const { status } of await Promise.all(answers)) expect(status).toBe(413);
      });
      // The five of 30 MB would take 150.
      expect(process.memoryUsage().rss - rss).toBeLessThan(100 * MEGABYTE);
      if (megabytes < 900) return;
      const inflating = await cpuOf(() =>
        finished(new PassThrough().end(bomb).pipe(zlib.createGunzip()).resume()),
      );
      expect(refusing).toBeLessThan(inflating);
    },
  );

  async function cpuOf(work: () => Promise<void>): Promise<number> {
    const before = process.cpuUsage();
    await work();
    return process.cpuUsage(before).user;
  }

  it("The body limit applies to the compressed size too, also without Content-Length", async () => {
    const headers = { "content-type": "application/json", "content-encoding": "gzip" };
    // Parts that hold nothing.
    const nothing = Buffer.alloc(2 * MEGABYTE, zlib.gzipSync(""));
    const reply = await send("/graphql", {
      headers: { ...headers, "transfer-encoding": "chunked" },
      body: Buffer.concat([nothing, zlib.gzipSync(question(10))]),
    });
    expect(reply.status).toBe(413);
  });

  it("A compressed request that is broken off is not logged as an internal error", async () => {
    const request = http.request(`${service.address}/graphql`, {
      method: "POST",
      agent: false,
      headers: {
        "content-type": "application/json",
        "content-encoding": "gzip",
        "content-length": 1_000,
      },
    });
    const broken = new Promise((done) => request.on("error", done));
    request.write(zlib.gzipSync(question(10)).subarray(0, 20));
    await sleep(100);
    request.destroy();
    await broken;
    await sleep(100);
    expect(service.log().filter(({ msg }) => msg === "internal error")).toEqual([]);
  });

  it("The service still answers after the refused requests", async () => {
    expect((await ask(SMALL)).status).toBe(200);
  });
});

describe("Caching of GET responses", () => {
  const ETAG = /^W\/"[\w-]{27}"$/;

  it("By default a GET response may be cached, but must be revalidated by its ETag", async () => {
    const { headers } = await get(LARGE);
    expect(headers).toMatchObject({
      "cache-control": "no-cache",
      etag: expect.stringMatching(ETAG) as unknown,
    });
    expect(headers.vary?.toLowerCase().split(", ")).toEqual(
      expect.arrayContaining(["origin", "accept", "accept-encoding"]),
    );
  });

  it("A GET request with a matching If-None-Match is answered 304 without a body", async () => {
    const { headers, body } = await get(LARGE);
    const { etag } = headers;
    for (const known of [etag, `"another", ${etag}`, etag!.replace("W/", ""), "*"]) {
      const again = await get(LARGE, { "if-none-match": known, "accept-encoding": "gzip" });
      expect([again.status, again.body.length, again.headers.etag]).toEqual([304, 0, etag]);
      expect(again.headers).toMatchObject({ "cache-control": "no-cache", vary: headers.vary });
      expect(again.headers["content-encoding"]).toBeUndefined();
    }
    const other = await get(LARGE, { "if-none-match": '"another"' });
    expect([other.status, other.body.equals(body)]).toEqual([200, true]);
  });

  it("The ETag is the same for every content encoding, and differs between answers", async () => {
    const [plain, compressed] = [await get(LARGE), await get(LARGE, { "accept-encoding": "br" })];
    expect(compressed.headers["content-encoding"]).toBe("br");
    expect(compressed.headers.etag).toBe(plain.headers.etag);
    expect((await get(SMALL)).headers.etag).not.toBe(plain.headers.etag);
  });

  it.each([
    ["it has an error", `{ country(code: "india") { name } }`],
    ["it has an error beside data", `{ __typename country(code: "india") { name } }`],
    ["it can't be read", "{"],
    ["there is no such field", "{ wars }"],
  ])("A response is never cached when %s", async (_why, query) => {
    const { headers } = await get(query, { "if-none-match": "*" });
    expect([headers["cache-control"], headers.etag]).toEqual(["no-store", undefined]);
  });

  it.each([
    ["posted", () => ask(SMALL, { "if-none-match": "*" })],
    ["refused as another site's", () => get(SMALL, { "apollo-require-preflight": "" })],
    ["too large", () => ask("x".repeat(2 * MEGABYTE))],
    [
      "not known by its hash yet",
      () =>
        send(
          `/graphql?extensions=${encodeURIComponent(`{"persistedQuery":{"version":1,"sha256Hash":"${"0".repeat(64)}"}}`)}`,
          { headers: { "apollo-require-preflight": "yes" } },
        ),
    ],
  ])("A response is never cached when it is %s", async (_what, request) => {
    const { headers, status } = await request();
    expect([headers["cache-control"], headers.etag]).toEqual(["no-store", undefined]);
    expect(status).not.toBe(304);
  });

  it("COMMUNIQUE_CACHE_CONTROL sets the Cache-Control header of GET responses", async () => {
    const environment = { COMMUNIQUE_CACHE_CONTROL: "public, max-age=60" };
    const other = await servingService(await recordedDatabase(), {}, {}, environment);
    const response = await fetch(`${other.address}/graphql?query={__typename}`, {
      headers: { "content-type": "application/json" },
    });
    await other.close();
    expect(response.headers.get("cache-control")).toBe("public, max-age=60");
  });
});

import { setTimeout as sleep } from "node:timers/promises";
import type { DataSource } from "typeorm";
import { SHIPPED_RECORD, serviceWith, type TestService } from "./harness/service.js";
import type { Whatever } from "./harness/whatever.js";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const TOPICS = "{ topics { slug } }";

let address: string;
const listening: TestService[] = [];
beforeAll(async () => {
  ({ address } = await listeningService());
});
afterAll(() => Promise.all(listening.map((service) => service.close())));

/** A service that listens on any free port. */
async function listeningService() {
  const test = await serviceWith(SHIPPED_RECORD);
  listening.push(test);
  return { ...test, address: await test.service.listen({ host: "127.0.0.1", port: 0 }) };
}

interface Reply {
  status: number;
  headers: Headers;
  text: string;
  json: Whatever;
}

async function request(path: string, options: RequestInit = {}, at = address): Promise<Reply> {
  const response = await fetch(at + path, options);
  const { status, headers } = response;
  const text = await response.text();
  const isJson = text !== "" && headers.get("content-type")?.startsWith("application/json");
  return { status, headers, text, json: isJson ? JSON.parse(text) : undefined };
}

function post(body: string, headers: Record<string, string> = {}, at = address): Promise<Reply> {
  return request(
    "/graphql",
    { method: "POST", body, headers: { "content-type": "application/json", ...headers } },
    at,
  );
}

function get(query: string, headers: Record<string, string> = {}): Promise<Reply> {
  return request(`/graphql?query=${encodeURIComponent(query)}`, { headers });
}

describe("GraphQL requests", () => {
  it("A query sent as POST with JSON is answered", async () => {
    const query = `query ($slug: String!) { person(slug: $slug) { name } }`;
    const { status, json } = await post(
      JSON.stringify({ query, variables: { slug: "rajnath-singh" } }),
    );
    expect(status).toBe(200);
    expect(json).toEqual({ data: { person: { name: "Rajnath Singh" } } });
  });

  it("A GET request with a preflight header is answered", async () => {
    const { status, json } = await get(TOPICS, { "apollo-require-preflight": "yes" });
    expect(status).toBe(200);
    expect(json.data.topics).toHaveLength(5);
  });

  it("A GET request that another site could make is refused as CSRF", async () => {
    const { status, json } = await get(TOPICS);
    expect(status).toBe(400);
    expect(json.errors[0].message).toContain("Cross-Site Request Forgery");
  });

  it("A failed field does not keep the other fields from being answered", async () => {
    const query = `{ person(slug: "rajnath-singh") { name } country(code: "india") { name } }`;
    const { status, json } = await post(JSON.stringify({ query }));
    expect(status).toBe(200);
    expect(json.data).toEqual({ person: { name: "Rajnath Singh" }, country: null });
    expect(json.errors).toHaveLength(1);
  });
});

describe("Invalid queries", () => {
  const wrong: [string, object, string][] = [
    ["can't be read", { query: "{ topics" }, "GRAPHQL_PARSE_FAILED"],
    ["is for what there is not", { query: "{ wars }" }, "GRAPHQL_VALIDATION_FAILED"],
    ["is a subscription", { query: "subscription { topics }" }, "GRAPHQL_VALIDATION_FAILED"],
    [
      "has a variable of the wrong kind",
      { query: "query ($n: Int) { people(first: $n) { totalCount } }", variables: { n: "ten" } },
      "BAD_USER_INPUT",
    ],
    [
      "does not say which of two it is",
      { query: "query A { __typename } query B { __typename }" },
      "OPERATION_RESOLUTION_FAILURE",
    ],
  ];

  // As plain JSON it is 200, since gateways hand on the errors of no other answer.
  it.each(wrong)(
    "An invalid query has its error code and status in both response formats: it %s",
    async (_how, body, code) => {
      for (const [accept, status] of [
        ["application/json", 200],
        ["*/*", 200],
        ["application/graphql-response+json", 400],
        ["application/graphql-response+json, application/json;q=0.9", 400],
        ["application/json, application/graphql-response+json", 200],
        ["application/graphql-response+json;q=0.5, application/*", 200],
        ["*/*, application/graphql-response+json", 400],
      ] as const) {
        const { headers, text, ...reply } = await post(JSON.stringify(body), { accept });
        const type = status === 400 ? "application/graphql-response+json" : "application/json";
        expect([accept, reply.status]).toEqual([accept, status]);
        expect(headers.get("content-type")).toBe(`${type}; charset=utf-8`);
        const { errors, ...others } = JSON.parse(text) as { errors: { extensions: object }[] };
        expect(errors[0]!.extensions).toMatchObject({ code });
        expect(others).toEqual({});
      }
    },
  );

  it("A partial answer has status 200 in both response formats", async () => {
    const query = `{ person(slug: "rajnath-singh") { name } country(code: "india") { name } }`;
    for (const accept of ["application/json", "application/graphql-response+json"]) {
      const { status, text } = await post(JSON.stringify({ query }), { accept });
      expect([status, text.includes("Rajnath Singh")]).toEqual([200, true]);
    }
  });

  it("A mutation sent by GET is refused with 405", async () => {
    const { status, headers } = await get("mutation { forget }", {
      "apollo-require-preflight": "yes",
    });
    expect([status, headers.get("allow")]).toEqual([405, "POST"]);
  });
});

describe("Invalid requests", () => {
  const big = JSON.stringify({ query: TOPICS, note: "x".repeat(2 * 1024 * 1024) });
  const query = (text: string, more: object = {}) => JSON.stringify({ query: text, ...more });
  const wrongHash = { persistedQuery: { version: 1, sha256Hash: "0".repeat(64) } };

  it.each<[string, string, number, string]>([
    ["JSON that ends too soon", `{"query": "{ topics`, 400, "BAD_REQUEST"],
    ["no JSON", "topics please", 400, "BAD_REQUEST"],
    ["nothing", "", 400, "BAD_REQUEST"],
    ["null", "null", 400, "BAD_REQUEST"],
    ["a text", `"${TOPICS}"`, 400, "BAD_REQUEST"],
    ["a number", "14", 400, "BAD_REQUEST"],
    ["a list", "[]", 400, "BAD_REQUEST"],
    ["a list of questions", `[${query(TOPICS)}]`, 400, "BAD_REQUEST"],
    ["an empty object", "{}", 400, "BAD_REQUEST"],
    ["a question that is a number", `{"query": 14}`, 400, "BAD_REQUEST"],
    ["variables that are a text", query(TOPICS, { variables: "{}" }), 400, "BAD_REQUEST"],
    [
      "a hash that is not the query's",
      query(TOPICS, { extensions: wrongHash }),
      400,
      "BAD_REQUEST",
    ],
    ["two megabytes", big, 413, "BAD_REQUEST"],
  ])("An invalid body is refused with a JSON error: %s", async (_what, body, status, code) => {
    const reply = await post(body);
    expect(reply.status).toBe(status);
    expect(reply.headers.get("content-type")).toMatch(/^application\/json/);
    expect(reply.json).toEqual({
      errors: [
        expect.objectContaining({ message: expect.any(String) as string, extensions: { code } }),
      ],
    });
    expect(reply.headers.get("x-request-id")).toMatch(UUID);
  });

  it("An unsupported Accept header is refused with 406", async () => {
    const { status, json } = await post(query(TOPICS), { accept: "text/csv" });
    expect([status, json.errors[0].extensions.code]).toEqual([406, "BAD_REQUEST"]);
  });

  it.each(["PUT", "PATCH", "DELETE", "HEAD"])(
    "The method %s is refused with 405",
    async (method) => {
      const { status, headers } = await request("/graphql", { method });
      expect([status, headers.get("allow")]).toEqual([405, "GET, POST"]);
    },
  );

  it.each([
    ["text/plain", 400],
    ["application/x-www-form-urlencoded", 415],
    ["multipart/form-data; boundary=x", 415],
    ["application/xml", 415],
  ])(
    "A body of an unsupported content type is refused with a JSON error: %s",
    async (type, status) => {
      const reply = await post(JSON.stringify({ query: TOPICS }), { "content-type": type });
      expect(reply.status).toBe(status);
      expect(reply.json.errors[0].extensions).toEqual({ code: "BAD_REQUEST" });
    },
  );

  it("An unknown path is answered 404 with a JSON error", async () => {
    const { status, json } = await request("/wars");
    expect(status).toBe(404);
    expect(json.errors[0].message).toContain("/wars");
  });
});

describe("Browsers at /graphql", () => {
  it("A browser that opens /graphql is redirected to the landing page", async () => {
    const { status, headers } = await request("/graphql", {
      headers: { accept: "text/html" },
      redirect: "manual",
    });
    expect([status, headers.get("location")]).toEqual([302, "/"]);
  });
});

describe("Response headers and health", () => {
  it("Every response has a request ID of its own", async () => {
    const answers = await Promise.all([
      request("/health"),
      request("/wars"),
      request("/graphql", { headers: { accept: "text/html" } }),
      get(TOPICS),
      post(JSON.stringify({ query: TOPICS })),
      post("{"),
    ]);
    const ids = answers.map(({ headers }) => headers.get("x-request-id"));
    for (const id of ids) expect(id).toMatch(UUID);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("A client can't choose the request ID", async () => {
    const { headers } = await post("{}", { "x-request-id": "mine", "request-id": "mine" });
    expect(headers.get("x-request-id")).toMatch(UUID);
  });

  it("GET /health answers ok in JSON", async () => {
    const { status, json } = await request("/health");
    expect([status, json]).toEqual([200, { status: "ok" }]);
  });
});

describe("Internal errors over HTTP", () => {
  it("An internal error shows the client the request ID and no details", async () => {
    const { service, dataSource, address: at } = await listeningService();
    const log = jest.spyOn(service.app.log, "error").mockImplementation(() => {});
    await dataSource.query("DROP TABLE topic_of_statement, statement_topic");

    const { status, headers, json } = await post(JSON.stringify({ query: TOPICS }), {}, at);
    const requestId = headers.get("x-request-id");
    expect(status).toBe(200);
    expect(json).toEqual({
      data: null,
      errors: [
        {
          message: "Internal server error.",
          path: ["topics"],
          locations: [{ line: 1, column: 3 }],
          extensions: { code: "INTERNAL_SERVER_ERROR", requestId },
        },
      ],
    });
    expect(log).toHaveBeenCalledTimes(1);
    expect(log.mock.calls[0]![0]).toMatchObject({ requestId });
  });
});

describe("Shutdown of the service", () => {
  it("A service that stops completes the requests it has and accepts no more", async () => {
    const { service, dataSource, address: at } = await listeningService();
    // Nobody reads a topic until the lock is given back.
    const lock = dataSource.createQueryRunner();
    await lock.startTransaction();
    await lock.query("LOCK TABLE statement_topic");
    const underWay = post(JSON.stringify({ query: TOPICS }), {}, at);
    while (!(await isWaiting(dataSource))) await sleep(10);

    let stopped = false;
    const stopping = service.stop().then(() => (stopped = true));
    await sleep(100);
    const refused = request("/health", {}, at).then(
      () => "answered",
      (error: Error) => error.message,
    );
    const early = [await refused, stopped];
    await lock.commitTransaction();
    await lock.release();

    expect(early).toEqual(["fetch failed", false]);
    const { status, json } = await underWay;
    expect(status).toBe(200);
    expect(json.data.topics).toHaveLength(5);
    await stopping;
  });

  async function isWaiting(dataSource: DataSource): Promise<boolean> {
    const [row] = await dataSource.query<{ waiting: boolean }[]>(
      `SELECT EXISTS (SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database
         WHERE d.datname = current_database() AND NOT l.granted) AS waiting`,
    );
    return row!.waiting;
  }
});

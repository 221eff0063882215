import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { composeServices } from "@apollo/composition";
import { ApolloGateway, RemoteGraphQLDataSource } from "@apollo/gateway";
import { ApolloServer } from "@apollo/server";
import { parse } from "graphql";
import { recordedDatabase, servingService, type ServingService } from "./harness/serving.js";
import type { Whatever } from "./harness/whatever.js";

const SDL = readFileSync(resolve(__dirname, "../schema.graphql"), "utf8");
const SECRET = "the-secret-of-the-router-and-of-nobody-else";
const WITH_SECRET = { "router-authorization": SECRET };
const PRODUCTION = { NODE_ENV: "production", COMMUNIQUE_LOG_LEVEL: "error" };
const JSON_TYPE = "application/json";
const GRAPHQL_TYPE = "application/graphql-response+json";

type Headers = Record<string, string>;

let url: string;
const services = new Map<string, Promise<ServingService>>();
beforeAll(async () => {
  url = await recordedDatabase();
});
afterAll(async () => {
  for (const service of services.values()) await (await service).close();
});

/** A service with these settings, one for all tests. */
function serving(environment: Record<string, string>): Promise<ServingService> {
  const settings = JSON.stringify(environment);
  const service = services.get(settings) ?? servingService(url, {}, {}, environment);
  services.set(settings, service);
  return service;
}

async function post(
  { address }: ServingService,
  body: object,
  headers: Headers = {},
): Promise<Reply> {
  const response = await fetch(`${address}/graphql`, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json", ...headers },
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: JSON.parse(text) };
}

interface Reply {
  status: number;
  headers: globalThis.Headers;
  text: string;
  json: Whatever;
}

const codesIn = ({ json }: Reply) =>
  (json.errors ?? []).map((error: { extensions: { code: string } }) => error.extensions.code);

describe("The router's secret", () => {
  const COUNT = { query: "{ topics { slug } }" };

  it("A production service answers a request that has the router's secret", async () => {
    const service = await serving({ ...PRODUCTION, COMMUNIQUE_ROUTER_SECRET: SECRET });
    const { status, json } = await post(service, COUNT, WITH_SECRET);
    expect([status, json.data.topics.length]).toEqual([200, 5]);
  });

  it.each<[string, Headers]>([
    ["nothing", {}],
    ["an empty secret", { "router-authorization": "" }],
    ["another one", { "router-authorization": "x".repeat(SECRET.length) }],
    ["its beginning", { "router-authorization": SECRET.slice(0, -1) }],
    ["it and more", { "router-authorization": `${SECRET}x` }],
    ["it in other letters", { "router-authorization": SECRET.toUpperCase() }],
    ["it twice", { "router-authorization": `${SECRET}, ${SECRET}` }],
    ["it in another header", { authorization: SECRET }],
    ["what JavaScript makes of nothing", { "router-authorization": "undefined" }],
  ])(
    "Instead of the router's secret, %s is refused with 401 in both response formats",
    async (_what, headers) => {
      const service = await serving({ COMMUNIQUE_ROUTER_SECRET: SECRET });
      for (const accept of [JSON_TYPE, GRAPHQL_TYPE]) {
        const reply = await post(service, COUNT, { ...headers, accept });
        expect([reply.status, codesIn(reply)]).toEqual([401, ["UNAUTHENTICATED"]]);
        expect(reply.headers.get("content-type")).toBe(`${accept}; charset=utf-8`);
        expect(reply.headers.get("cache-control")).toBe("no-store");
        expect(reply.json.errors[0].message).toContain("Router-Authorization");
      }
    },
  );

  it("Of two secrets each is accepted, while the router changes from one to the other", async () => {
    const next = "the-next-secret-of-the-router-and-of-nobody-else";
    const service = await serving({ COMMUNIQUE_ROUTER_SECRET: `${SECRET},${next}` });
    const statusOf = async (secret: string) =>
      (await post(service, COUNT, { "router-authorization": secret })).status;
    expect(await statusOf(SECRET)).toBe(200);
    expect(await statusOf(next)).toBe(200);
    for (const other of [`${SECRET},${next}`, `${SECRET}, ${next}`, `${next},`, "undefined", ""]) {
      expect([other, await statusOf(other)]).toEqual([other, 401]);
    }
    const told = JSON.stringify(service.log()) + (await service.get("/metrics")).text;
    expect(told.includes(SECRET) || told.includes(next)).toBe(false);
  });

  it("A request without the secret is refused before its body is read", async () => {
    const service = await serving({ COMMUNIQUE_ROUTER_SECRET: SECRET });
    const reply = await post(service, { query: "x".repeat(2 * 1024 * 1024) });
    expect(reply.status).toBe(401);
  });

  it("Health needs no secret, and no metric, log line or answer contains it", async () => {
    const service = await serving({
      COMMUNIQUE_ROUTER_SECRET: SECRET,
      COMMUNIQUE_LOG_LEVEL: "debug",
    });
    expect((await service.get("/ready")).status).toBe(200);
    const { text } = await service.get("/metrics");
    const replies = [
      await post(service, COUNT, WITH_SECRET),
      await post(service, COUNT),
      await post(service, { query: "{" }, WITH_SECRET),
    ];
    const told = [text, JSON.stringify(service.log()), ...replies.map((reply) => reply.text)];
    expect(told.join().includes(SECRET)).toBe(false);
    expect(service.log().length).toBeGreaterThan(0);
  });

  it("A response varies by Router-Authorization, so that caches don't share it", async () => {
    const service = await serving({ COMMUNIQUE_ROUTER_SECRET: SECRET });
    const response = await fetch(`${service.address}/graphql?query={topics{slug}}`, {
      headers: { "content-type": "application/json", ...WITH_SECRET },
    });
    expect(response.headers.get("vary")?.split(", ")).toContain("router-authorization");
  });
});

describe("Errors through Apollo's gateway", () => {
  const closing: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  /** A gateway over the service, and what a client of it gets. */
  async function gateway(service: ServingService, headers: Headers, accept = "*/*") {
    const { supergraphSdl } = composeServices([
      { name: "communique", url: `${service.address}/graphql`, typeDefs: parse(SDL) },
    ]);
    const server = new ApolloServer({
      gateway: new ApolloGateway({
        supergraphSdl: supergraphSdl!,
        buildService: ({ url }) =>
          new RemoteGraphQLDataSource({
            url,
            willSendRequest({ request }) {
              for (const [name, value] of Object.entries({ ...headers, accept }))
                request.http!.headers.set(name, value);
            },
          }),
      }),
      includeStacktraceInErrorResponses: false,
      logger: { debug() {}, info() {}, warn() {}, error() {} },
    });
    await server.start();
    closing.push(() => server.stop());
    return async (query: string, variables = {}) => {
      const { body } = await server.executeOperation({ query, variables });
      if (body.kind !== "single") throw new Error("the answer came in parts");
      return body.singleResult;
    };
  }

  it.each(["*/*", JSON_TYPE, `${JSON_TYPE}, ${GRAPHQL_TYPE}`])(
    "A failed field has its code and argument through the gateway (Accept: %s)",
    async (accept) => {
      const service = await serving({ ...PRODUCTION, COMMUNIQUE_ROUTER_SECRET: SECRET });
      const ask = await gateway(service, WITH_SECRET, accept);
      const right = await ask(`{ person(slug: "rajnath-singh") { name } }`);
      expect(right).toEqual({ data: { person: { name: "Rajnath Singh" } } });

      const { data, errors } = await ask(
        `query ($code: CountryCode!) {
        person(slug: "rajnath-singh") { name }
        country(code: $code) { name }
      }`,
        { code: "india" },
      );
      expect(data).toEqual({ person: { name: "Rajnath Singh" }, country: null });
      expect(errors![0]!.extensions).toMatchObject({ code: "BAD_USER_INPUT", argument: "code" });
      expect(errors![0]!.message).toMatch(/^code: expected a country code/);
    },
  );

  it("A query that fails validation keeps its error code through the gateway", async () => {
    const service = await serving(PRODUCTION);
    // The gateway's schema has a field that the service has not, as in the middle of an upgrade.
    const { supergraphSdl } = composeServices([
      {
        name: "communique",
        url: `${service.address}/graphql`,
        typeDefs: parse(SDL.replace("type Query {", "type Query {\n  wars: Int\n")),
      },
    ]);
    const server = new ApolloServer({
      gateway: new ApolloGateway({ supergraphSdl: supergraphSdl! }),
    });
    closing.push(() => server.stop());
    const { body } = await server.executeOperation({ query: "{ wars }" });
    expect(body).toMatchObject({
      singleResult: { errors: [{ extensions: { code: "GRAPHQL_VALIDATION_FAILED" } }] },
    });
  });

  it("A query over the cost limit keeps its error code through the gateway", async () => {
    const service = await serving({ ...PRODUCTION, COMMUNIQUE_MAX_COST: "100" });
    const ask = await gateway(service, {});
    const { errors } = await ask(
      `{ people(first: 100) { nodes { meetings { nodes { slug } } } } }`,
    );
    expect(errors!.map(({ extensions }) => extensions)).toEqual([
      expect.objectContaining({ code: "QUERY_TOO_COSTLY", limit: 100 }),
    ]);
  });

  it("A gateway without the secret gets the code UNAUTHENTICATED", async () => {
    const service = await serving({ ...PRODUCTION, COMMUNIQUE_ROUTER_SECRET: SECRET });
    const ask = await gateway(service, {});
    const { errors } = await ask(`{ person(slug: "rajnath-singh") { name } }`);
    expect(errors!.map(({ extensions }) => extensions?.code)).toEqual(["UNAUTHENTICATED"]);
  });
});

describe("Access to the schema", () => {
  const SERVICE = { query: "{ _service { sdl } }" };
  const INTROSPECTION = { query: "{ __schema { types { name } } }" };

  it("In development the schema is open to introspection, _service and suggestions", async () => {
    const service = await serving({});
    expect((await post(service, INTROSPECTION)).json.data.__schema.types.length).toBeGreaterThan(
      50,
    );
    expect((await post(service, SERVICE)).json.data._service.sdl).toContain("type Person");
    expect((await post(service, { query: "{ persons }" })).text).toContain("Did you mean");
  });

  it("COMMUNIQUE_INTROSPECTION=true opens the schema in production", async () => {
    const service = await serving({ ...PRODUCTION, COMMUNIQUE_INTROSPECTION: "true" });
    expect((await post(service, INTROSPECTION)).json.data.__schema.types.length).toBeGreaterThan(
      50,
    );
    expect((await post(service, SERVICE)).json.data._service.sdl).toContain("type Person");
  });

  const named = "query ($name: String!) { __type(name: $name) { name } }";
  const byDefault = `query ($name: String! = "Person") { __type(name: $name) { name } }`;
  it.each<[string, object]>([
    ["whole", INTROSPECTION],
    ["whole, under another name", { query: "{ s: __schema { queryType { name } } }" }],
    [
      "whole, in a fragment",
      { query: "{ ...F } fragment F on Query { __schema { description } }" },
    ],
    ["by a type", { query: `{ __type(name: "Person") { fields { name } } }` }],
    ["by a type in a variable", { query: named, variables: { name: "Person" } }],
    ["by a type in a default", { query: byDefault }],
    ["by a type as a block of text", { query: `{ __type(name: """Person""") { name } }` }],
    ["by a type that is escaped", { query: `{ __type(name: "\\u0050erson") { name } }` }],
    [
      "by a type, where another is asked for that there is not",
      {
        query: `{ a: __type(name: "X") { name } ... on Query { b: __type(name: "Person") { name } } }`,
      },
    ],
    ["by a type of introspection itself", { query: `{ __type(name: "__Type") { name } }` }],
  ])("Introspection is refused in production: %s", async (_how, body) => {
    const service = await serving(PRODUCTION);
    const reply = await post(service, body);
    expect([reply.status, codesIn(reply), reply.json.data]).toEqual([
      200,
      ["GRAPHQL_VALIDATION_FAILED"],
      undefined,
    ]);
    expect((await post(service, body, { accept: GRAPHQL_TYPE })).status).toBe(400);
  });

  it("Introspection of an unknown type is null in production, and __typename is answered", async () => {
    const service = await serving(PRODUCTION);
    const { json } = await post(service, { query: named, variables: { name: "War" } });
    expect(json).toEqual({ data: { __type: null } });
    const fragment = await post(service, { query: "{ ... on War { slug } }" });
    expect(codesIn(fragment)).toEqual(["GRAPHQL_VALIDATION_FAILED"]);
    expect((await post(service, { query: "{ __typename }" })).json.data.__typename).toBe("Query");
  });

  it("Without introspection, only a router with the secret gets _service", async () => {
    const open = await serving(PRODUCTION);
    for (const headers of [{}, WITH_SECRET]) {
      expect(codesIn(await post(open, SERVICE, headers))).toEqual(["FORBIDDEN"]);
    }
    const closed = await serving({ ...PRODUCTION, COMMUNIQUE_ROUTER_SECRET: SECRET });
    const { json } = await post(closed, SERVICE, WITH_SECRET);
    expect(json.data._service.sdl).toContain("type Person");
    expect(codesIn(await post(closed, INTROSPECTION, WITH_SECRET))).toEqual([
      "GRAPHQL_VALIDATION_FAILED",
    ]);
  });

  it.each<[string, object]>([
    ["a field", { query: "{ persons { name } }" }],
    ["an argument", { query: `{ person(slugs: "x") { name } }` }],
    ["a type", { query: "{ ... on Persons { name } }" }],
    ["an enum's value", { query: "{ statements(filter: { forms: [VERBATTIM] }) { totalCount } }" }],
    [
      "an enum's value in a variable",
      {
        query: "query ($f: [StatementForm!]) { statements(filter: { forms: $f }) { totalCount } }",
        variables: { f: ["VERBATTIM"] },
      },
    ],
    [
      "an input's field in a variable",
      {
        query: "query ($f: StatementFilter) { statements(filter: $f) { totalCount } }",
        variables: { f: { speaker: [] } },
      },
    ],
  ])("Error messages suggest no names without introspection: %s", async (_what, body) => {
    const [open, closed] = [await serving({}), await serving(PRODUCTION)];
    const [suggested, hidden] = [await post(open, body), await post(closed, body)];
    expect(suggested.text).toContain("Did you mean");
    expect(hidden.text).not.toMatch(/Did you mean|people|VERBATIM\b|speakers/);
    expect(codesIn(hidden)).toEqual(codesIn(suggested));
  });
});

describe("Traces for the router", () => {
  const QUESTION = { query: "{ topics { slug } }" };
  const TRACED = { "apollo-federation-include-trace": "ftv1" };

  it("A router with the secret gets a trace when it asks, in a response that is never cached", async () => {
    const service = await serving({ ...PRODUCTION, COMMUNIQUE_ROUTER_SECRET: SECRET });
    const { json } = await post(service, QUESTION, { ...WITH_SECRET, ...TRACED });
    expect(Buffer.from(json.extensions.ftv1, "base64").toString("latin1")).toContain("topics");
    expect((await post(service, QUESTION, WITH_SECRET)).json.extensions).toBeUndefined();

    const response = await fetch(`${service.address}/graphql?query={topics{slug}}`, {
      headers: { "content-type": "application/json", ...WITH_SECRET, ...TRACED },
    });
    expect(await response.json()).toHaveProperty("extensions.ftv1");
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  it("A trace is given to nobody when no secret is set", async () => {
    const service = await serving({});
    const { json } = await post(service, QUESTION, { ...WITH_SECRET, ...TRACED });
    expect(json).toEqual({ data: { topics: expect.any(Array) as unknown } });
  });
});

describe("The web pages", () => {
  const PAGES = ["/", "/graphiql", "/reference", "/sandbox", "/favicon.svg"];
  const HTML = { headers: { accept: "text/html" }, redirect: "manual" as const };

  it("In production the pages are not found and GET /graphql does not redirect to them", async () => {
    const { address } = await serving(PRODUCTION);
    for (const path of PAGES) {
      const response = await fetch(address + path, HTML);
      expect([path, response.status]).toEqual([path, 404]);
      expect(response.headers.get("content-type")).toMatch(/^application\/json/);
    }
    const response = await fetch(`${address}/graphql`, HTML);
    expect([response.status, response.headers.get("location")]).toEqual([400, null]);
    const preflight = await fetch(`${address}/graphql`, { method: "OPTIONS" });
    expect(preflight.status).toBe(405);
  });

  it("COMMUNIQUE_PAGES=true serves the pages in production", async () => {
    const { address } = await serving({ ...PRODUCTION, COMMUNIQUE_PAGES: "true" });
    for (const path of PAGES) expect((await fetch(address + path, HTML)).status).toBe(200);
    expect((await fetch(`${address}/graphql`, HTML)).status).toBe(302);
  });

  it("COMMUNIQUE_PAGES=false turns the pages off in development", async () => {
    const { address } = await serving({ COMMUNIQUE_PAGES: "false" });
    for (const path of PAGES) expect((await fetch(address + path, HTML)).status).toBe(404);
  });
});

describe("Cross-origin requests", () => {
  /** The responses to a browser's preflight for a page of this origin, and to its request. */
  async function allowed({ address }: ServingService, origin: string, headers: Headers = {}) {
    const preflight = await fetch(`${address}/graphql`, {
      method: "OPTIONS",
      headers: {
        origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type",
        ...headers,
      },
    });
    const answer = await fetch(`${address}/graphql`, {
      method: "POST",
      headers: { origin, "content-type": "application/json", ...headers },
      body: JSON.stringify({ query: "{ __typename }" }),
    });
    const header = "access-control-allow-origin";
    return [preflight.headers.get(header), answer.headers.get(header)];
  }

  const DEVELOPERS = [
    "https://studio.apollographql.com",
    "http://localhost:5173",
    "http://localhost",
    "http://127.0.0.1:8080",
  ];
  const OTHERS = [
    "https://elsewhere.example",
    "http://localhost.elsewhere.example",
    "http://localhost:5173.elsewhere.example",
    "https://studio.apollographql.com.elsewhere.example",
    "http://127x0x0x1:80",
    "null",
  ];

  it("In development CORS allows localhost and Apollo Studio, and no other origin", async () => {
    const service = await serving({});
    for (const origin of DEVELOPERS)
      expect(await allowed(service, origin)).toEqual([origin, origin]);
    for (const origin of OTHERS) expect(await allowed(service, origin)).toEqual([null, null]);
  });

  it("In production CORS allows no origin by default", async () => {
    const service = await serving(PRODUCTION);
    for (const origin of [...DEVELOPERS, ...OTHERS])
      expect(await allowed(service, origin)).toEqual([null, null]);
  });

  it("COMMUNIQUE_CORS_ORIGINS allows the listed origins in production, or all of them with *", async () => {
    const app = "https://app.example";
    const some = await serving({
      ...PRODUCTION,
      COMMUNIQUE_CORS_ORIGINS: `${app}, http://localhost:3000`,
    });
    expect(await allowed(some, app)).toEqual([app, app]);
    expect(await allowed(some, "http://localhost:3000")).toHaveLength(2);
    expect(await allowed(some, "http://localhost:3001")).toEqual([null, null]);
    const all = await serving({ ...PRODUCTION, COMMUNIQUE_CORS_ORIGINS: "*" });
    expect(await allowed(all, app)).toEqual(["*", "*"]);
  });

  it("A CORS preflight request is answered without the router's secret", async () => {
    const service = await serving({ COMMUNIQUE_ROUTER_SECRET: SECRET });
    const response = await fetch(`${service.address}/graphql`, {
      method: "OPTIONS",
      headers: {
        origin: "http://localhost:5173",
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type,router-authorization",
      },
    });
    expect(response.status).toBe(204);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "access-control-allow-origin": "http://localhost:5173",
      "access-control-allow-methods": "GET, POST",
      "access-control-allow-headers": "content-type,router-authorization",
      "access-control-max-age": "7200",
      vary: expect.stringContaining("Origin") as unknown,
    });
    expect(response.headers.has("access-control-allow-credentials")).toBe(false);
  });

  it("Paths other than /graphql send no CORS headers", async () => {
    const { address } = await serving({});
    for (const path of ["/metrics", "/health", "/"]) {
      const { headers } = await fetch(address + path, { headers: { origin: DEVELOPERS[0]! } });
      expect(headers.has("access-control-allow-origin")).toBe(false);
    }
  });
});

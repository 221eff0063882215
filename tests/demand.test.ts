import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { getIntrospectionQuery } from "graphql";
import { parseConfig } from "../src/config.js";
import { ATTACKS } from "./fixtures/attacks.js";
import { recordedDatabase, servingService, type ServingService } from "./harness/serving.js";
import type { Whatever } from "./harness/whatever.js";

const EXAMPLES = resolve(__dirname, "../examples");
const { limits } = parseConfig({});

let database: string;
let serving: ServingService;
const started: ServingService[] = [];
beforeAll(async () => {
  database = await recordedDatabase();
  const log = { ...parseConfig({}).log, level: "info" as const };
  serving = await start({}, log);
});
afterAll(() => Promise.all(started.map((service) => service.close())));

async function start(bounds: Partial<typeof limits> = {}, log = parseConfig({}).log) {
  const service = await servingService(database, bounds, { log });
  started.push(service);
  return service;
}

interface Reply {
  status: number;
  ms: number;
  data?: Whatever;
  errors: { message: string; extensions: Record<string, unknown> }[];
  extensions?: { cost?: { estimated: number; limit: number } };
}

/** Sends a request as it is written, variables too, which may be deeper than `JSON.stringify` goes. */
async function send(
  {
    query,
    variables = "{}",
    asked = false,
  }: { query: string; variables?: string; asked?: boolean },
  { address } = serving,
): Promise<Reply> {
  const extensions = asked ? `, "extensions": { "cost": true }` : "";
  const began = process.cpuUsage();
  const response = await fetch(`${address}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: `{ "query": ${JSON.stringify(query)}, "variables": ${variables}${extensions} }`,
  });
  const answer = (await response.json()) as Partial<Reply>;
  // Of the processor, which client and service share: what else the machine does is left out.
  const { user, system } = process.cpuUsage(began);
  const ms = (user + system) / 1_000;
  return { errors: [], ...answer, status: response.status, ms };
}

/**
 * The cheapest of three, since another one may pay for what the tests before it left to be collected. Each time with
 * another text, so that nothing is known of it.
 */
async function sendThrice({ query, ...request }: { query: string }): Promise<Reply> {
  const replies: Reply[] = [];
  for (const padding of ["", " ", "  "])
    replies.push(await send({ ...request, query: query + padding }));
  return replies.reduce((least, reply) => (reply.ms < least.ms ? reply : least));
}

/** What there is too much of, as the refusal says. */
function exceededIn({ errors: [error] }: Reply): string {
  if (!error) return "none";
  const { code, exceeded, cost } = error.extensions as Record<string, string | undefined>;
  if (code !== "QUERY_TOO_COSTLY") return String(code);
  return exceeded ?? (cost === undefined ? "nothing" : "cost");
}

describe("Expensive requests", () => {
  const lines: string[] = [];
  afterAll(() => process.stdout.write(`${lines.join("\n")}\n`));

  it.each(ATTACKS)(
    "An expensive request takes less than a second: $name",
    async ({ name, exceeded, ...request }) => {
      const reply = await sendThrice(request);
      const [error] = reply.errors;
      lines.push(
        `| ${name} | ${exceededIn(reply)} | ${Math.round(reply.ms)} ms | ${error?.message ?? "answered"} |`,
      );
      expect(exceededIn(reply)).toBe(exceeded);
      expect(reply.status).toBe(exceeded === "BAD_REQUEST" ? 413 : 200);
      expect(reply.ms).toBeLessThan(1_000);
      if (error?.extensions.code === "QUERY_TOO_COSTLY") {
        expect(error.extensions.limit).toEqual(expect.any(Number));
        expect(error.message).toMatch(/ \d+ /);
        expect(reply.data).toBeUndefined();
      }
    },
  );

  it("A repeated expensive query is refused each time, and other queries are answered", async () => {
    const [attack] = ATTACKS.filter(({ exceeded }) => exceeded === "depth");
    for (let again = 0; again < 3; again++) {
      expect(exceededIn(await send(attack!))).toBe("depth");
      expect((await send({ query: "{ topics { slug } }" })).data.topics).toHaveLength(5);
    }
  });

  it("The error of a query over the cost limit has its cost and the limit", async () => {
    const { errors } = await send({ query: "{ meetings(first: 1000000) { nodes { slug } } }" });
    expect(errors).toEqual([
      {
        message:
          "Query cost 1000300 exceeds the limit of 1000000. " +
          "Request smaller pages (`first`) or fewer nested lists.",
        extensions: { code: "QUERY_TOO_COSTLY", cost: 1_000_300, limit: 1_000_000 },
      },
    ]);
  });

  it("The error of a query over another limit says which limit it is, and how high", async () => {
    const { errors } = await send({ query: `{ topics { ${"slug ".repeat(20_000)} } }` });
    expect(errors.map(({ extensions }) => extensions)).toEqual([
      { code: "QUERY_TOO_COSTLY", exceeded: "tokens", limit: 10_000 },
    ]);
  });

  it("A refused query is not stored as a persisted query", async () => {
    const query = `{ topics { ${"slug ".repeat(20_000)} } }`;
    const sha256Hash = createHash("sha256").update(query).digest("hex");
    const persistedQuery = { version: 1, sha256Hash };
    const codes = async (body: object) => {
      const response = await fetch(`${serving.address}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ ...body, extensions: { persistedQuery } }),
      });
      const { errors } = (await response.json()) as Reply;
      return errors.map(({ extensions }) => extensions.code);
    };
    expect(await codes({ query })).toEqual(["QUERY_TOO_COSTLY"]);
    expect(await codes({})).toEqual(["PERSISTED_QUERY_NOT_FOUND"]);
  });

  it("The limits of cost, depth, aliases and tokens are settings", async () => {
    const strict = await start({ maxCost: 100, maxDepth: 5, maxAliases: 1, maxTokens: 60 });
    const exceeded = async (query: string) => exceededIn(await send({ query }, strict));
    expect(await exceeded("{ people(first: 50) { nodes { slug } } }")).toBe("none");
    expect(await exceeded("{ people(first: 100) { nodes { slug } } }")).toBe("cost");
    expect(await exceeded("{ people(first: 2) { nodes { tenures { country { name } } } } }")).toBe(
      "none",
    );
    expect(
      await exceeded(
        "{ people(first: 2) { nodes { tenures { country { identifiers { value } } } } } }",
      ),
    ).toBe("depth");
    expect(await exceeded("{ a: __typename }")).toBe("none");
    expect(await exceeded("{ a: __typename b: __typename }")).toBe("aliases");
    const tokens = "__typename ".repeat(50) + "_service { sdl } ".repeat(2);
    expect(await exceeded(`{ ${tokens} }`)).toBe("none");
    expect(await exceeded(`{ ${tokens} __typename }`)).toBe("tokens");
  });
});

describe("Deeply nested queries", () => {
  it("Long chains of fragments and deep nesting are refused even with a high token limit", async () => {
    const generous = await start({ maxTokens: 100_000, maxDepth: 100, maxAliases: 100_000 });
    const chain = (count: number) =>
      Array.from({ length: count }, (_, i) => `fragment F${i} on Query { ...F${i + 1} }`).join(" ");
    const exceeded = async (query: string) => exceededIn(await send({ query }, generous));
    expect(await exceeded(`{ ...F0 } ${chain(10_000)}`)).toBe("fragments");
    const longest = `{ ...F0 } ${chain(299)} fragment F299 on Query { __typename }`;
    expect(await exceeded(longest)).toBe("none");
    expect(await exceeded("{ a ".repeat(140) + "}".repeat(140))).toBe("depth");
  });
});

describe("Requests within the limits", () => {
  const examples = readdirSync(EXAMPLES).filter((name) => name.endsWith(".graphql"));

  it.each(examples)("The example %s costs less than a tenth of the limit", async (file) => {
    const query = readFileSync(resolve(EXAMPLES, file), "utf8");
    const { extensions, errors } = await send({ query, asked: true });
    expect(errors).toEqual([]);
    expect(extensions!.cost!.estimated).toBeLessThan(limits.maxCost / 10);
  });

  it("A thousand representations with one scalar each are answered", async () => {
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Person { name } } }`;
    const r = Array.from({ length: 1_000 }, () => ({ __typename: "Person", slug: "xi-jinping" }));
    const reply = await send({ query, variables: JSON.stringify({ r }), asked: true });
    expect(reply.errors).toEqual([]);
    expect(reply.data._entities).toHaveLength(1_000);
    expect(reply.extensions!.cost).toEqual({ estimated: 1_000, limit: 1_000_000 });
  });

  it("A thousand representations with a count or a page each are within the limits", async () => {
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) {
      ... on Person { statements { totalCount } }
      ... on Place { statements { nodes { text } } }
    } }`;
    const r = Array.from({ length: 1_000 }, () => ({ __typename: "Place", slug: "vientiane" }));
    expect(exceededIn(await send({ query, variables: JSON.stringify({ r }) }))).toBe("none");
  });

  it.each([
    ["The facets of a hundred people", "first: 0", "facets(by: SPEAKER_COUNTRY) { value count }"],
    [
      "The statements of a hundred people with what belongs to them",
      "first: 20",
      "nodes { text meeting { title place { name } } speakers { person { name } } citations { start end document { title } } }",
    ],
  ])("%s are within the limits", async (_, size, selection) => {
    const query = `{ people(first: 100) { nodes { statements(${size}) { ${selection} } } } }`;
    expect(exceededIn(await send({ query }))).toBe("none");
  });

  it("The full introspection query of tools is answered even with a low cost limit", async () => {
    const query = getIntrospectionQuery({
      descriptions: true,
      schemaDescription: true,
      directiveIsRepeatable: true,
      inputValueDeprecation: true,
      specifiedByUrl: true,
      oneOf: true,
    });
    const strict = await start({ maxCost: 5_000 });
    expect((await send({ query }, strict)).errors).toEqual([]);
  });
});

describe("The cost in answers, log and metrics", () => {
  const query = `query Costly { people(first: 7) { totalCount nodes { slug } } }`;

  it("The answer contains the cost when the request asks for it", async () => {
    const { extensions } = await send({ query, asked: true });
    expect(extensions).toEqual({ cost: { estimated: 13, limit: 1_000_000 } });
    expect((await send({ query })).extensions).toBeUndefined();
  });

  it("The answer to a refused query contains the cost too", async () => {
    const { extensions, errors } = await send({
      query: "{ people(first: 1000000) { nodes { slug } } }",
      asked: true,
    });
    expect(errors).toHaveLength(1);
    expect(extensions).toEqual({ cost: { estimated: 1_000_001, limit: 1_000_000 } });
  });

  it("The log has the cost of each operation and the number of its SQL statements", async () => {
    await send({ query });
    const [line] = serving.log().filter(({ operation }) => operation === "Costly");
    expect(line).toMatchObject({ msg: "operation completed", outcome: "ok", cost: 13, sql: 2 });
  });

  it("The metrics have the cost of each operation", async () => {
    await send({ query });
    const { text } = await serving.get("/metrics");
    expect(text).toMatch(/communique_operation_cost_bucket\{le="50",operation="Costly"\} [1-9]/);
  });
});

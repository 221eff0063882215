import { setTimeout as sleep } from "node:timers/promises";
import { type ProductionService, productionService, type Reply } from "./harness/production.js";
import pg from "pg";
import { parseConfig } from "../src/config.js";
import { recordedDatabase, servingService, type ServingService } from "./harness/serving.js";

const MOST_BYTES = 100_000;
const MOST_OF_A_VALUE = 200;

let url: string;
let service: ProductionService;
beforeAll(async () => {
  url = await recordedDatabase();
  service = await productionService(url);
});
afterAll(() => service.close());

interface Told {
  message: string;
  path?: (string | number)[];
  locations?: unknown[];
  extensions: { code: string; argument?: string; limit?: number };
}

const errorsIn = ({ json }: Reply) => (json.errors ?? []) as Told[];
const codesIn = (reply: Reply) => [
  ...new Set(errorsIn(reply).map(({ extensions }) => extensions.code)),
];
const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));
const times = <Item>(count: number, item: (i: number) => Item) =>
  Array.from({ length: count }, (_, i) => item(i));

/** How many of the characters of a text are there. */
const countOf = (character: string, text: string) => text.split(character).length - 1;

const FILTERED = "query ($f: StatementFilter) { statements(filter: $f) { totalCount } }";

describe("Errors about long values", () => {
  it('A long value that repeats the phrase "Did you mean" is refused within two seconds', async () => {
    const query = "query ($x: Int) { statements(first: $x) { totalCount } }";
    const asking = service.post({ query, variables: { x: "Did you mean ".repeat(80_000) } });
    expect((await service.get("/health")).status).toBe(200);
    const reply = await asking;
    expect(errorsIn(reply).map(({ extensions }) => extensions)).toEqual([
      { code: "BAD_USER_INPUT", argument: "x" },
    ]);
    expect(countOf("Did", reply.text)).toBeLessThan(20);
    expect(reply.cpu).toBeLessThan(2);
  });

  it.each<[string, object]>([
    [
      "a number",
      {
        query: "query ($x: Int) { statements(first: $x) { totalCount } }",
        variables: { x: "µ".repeat(400_000) },
      },
    ],
    ["an enum's value", { query: FILTERED, variables: { f: { forms: ["µ".repeat(400_000)] } } }],
    ["a name in an input", { query: FILTERED, variables: { f: { ["µ".repeat(400_000)]: 1 } } }],
    [
      "a name in an input, with quotation marks",
      { query: FILTERED, variables: { f: { ['µµµ" '.repeat(100_000)]: 1 } } },
    ],
    [
      "a text with quotation marks",
      { query: FILTERED, variables: { f: ['µµµ" at "'.repeat(50_000)] } },
    ],
    [
      "a written value",
      { query: `{ statements(first: "${"µ".repeat(400_000)}") { totalCount } }` },
    ],
    [
      "a written block of text",
      { query: `{ statements(first: """${'µµ" µ\n'.repeat(2_000)}""") { totalCount } }` },
    ],
    [
      "a written list",
      { query: `{ statements(orderBy: [${'"µµ" '.repeat(2_000)}]) { totalCount } }` },
    ],
    [
      "a default value",
      {
        query: `query ($x: Int = "${"µ".repeat(400_000)}") { statements(first: $x) { totalCount } }`,
      },
    ],
    ["a text where none may be", { query: `{ "${"µ".repeat(400_000)}" }` }],
    [
      "an operation that there is not",
      { query: "query A { topics { slug } }", operationName: 'µµµ" '.repeat(90_000) },
    ],
  ])("An error message shows at most 200 characters of a value: %s", async (_what, body) => {
    const reply = await service.post(body);
    expect(errorsIn(reply)).toHaveLength(1);
    expect([
      "BAD_USER_INPUT",
      "GRAPHQL_VALIDATION_FAILED",
      "GRAPHQL_PARSE_FAILED",
      "OPERATION_RESOLUTION_FAILURE",
    ]).toContain(codesIn(reply)[0]);
    expect(reply.text).toContain("…");
    expect(countOf("µ", reply.text)).toBeLessThanOrEqual(MOST_OF_A_VALUE);
    expect(reply.text.length).toBeLessThan(1_000);
  });

  const long = "Q".repeat(400_000);
  it.each([
    ["a field", `{ ${long} }`],
    ["an argument", `{ topics(${long}: 1) { slug } }`],
    ["a type", `{ ... on ${long} { slug } }`],
    ["a fragment", `{ ...${long} }`],
    ["a variable", `{ person(slug: $${long}) { name } }`],
    ["a directive", `{ topics @${long} { slug } }`],
    ["an operation", `query ${long} { person(slug: $x) { name } }`],
    ["a response key", `{ ${long}: topics { slug } ${long}: countries { totalCount } }`],
    ["an enum's value", `{ statements(orderBy: ${long}) { totalCount } }`],
  ])(
    "An error message shows at most 200 characters of a name: the name of %s",
    async (_what, query) => {
      const reply = await service.post({ query });
      expect(codesIn(reply)).toEqual(["GRAPHQL_VALIDATION_FAILED"]);
      for (const error of errorsIn(reply)) {
        expect(countOf("Q", error.message)).toBeLessThanOrEqual(MOST_OF_A_VALUE + 1);
      }
      expect(reply.text).toContain("…");
      expect(reply.text.length).toBeLessThan(2_000);
    },
  );

  it("Short names are not cut, even in a long message", async () => {
    const inside = (field: string) => `statements { nodes { meeting { place { x: ${field} } } } }`;
    const { json } = await service.post({
      query: `{ people { nodes { ${inside("slug")} ${inside("name")} } } }`,
    });
    expect(json.errors[0].message).toBe(
      'Fields "statements" conflict because subfields "nodes" conflict because subfields "meeting" conflict because ' +
        'subfields "place" conflict because subfields "x" conflict because "slug" and "name" are different fields. ' +
        "Use different aliases on the fields to fetch both if this was intentional.",
    );
  });
});

describe("Documents that are slow to validate", () => {
  it("Type definitions with long names are refused within two seconds", async () => {
    const name = "A".repeat(40_000);
    const types = times(8, (i) => `type ${name}${i} { a: Int }`).join(" ");
    const reply = await service.post({ query: `${types} { ... on ${name}X { slug } }` });
    expect(codesIn(reply)).toEqual(["GRAPHQL_VALIDATION_FAILED"]);
    expect(reply.cpu).toBeLessThan(2);
  });

  it("Errors in a document of very many lines have no locations", async () => {
    const fields = times(200, (i) => `a${i}: people(first: 101) { totalCount }`).join("\n");
    const reply = await service.post({ query: `{ ${"\n".repeat(400_000)} ${fields} }` });
    const errors = errorsIn(reply);
    expect(errors).toHaveLength(200);
    for (const error of errors) expect(error).not.toHaveProperty("locations");
    expect(reply.cpu).toBeLessThan(2);
  });

  it("Thirty thousand unknown fields in a variable are refused within three seconds", async () => {
    const query = `query ($f: StatementFilter, $n: String!) { __type(name: $n) { name } statements(filter: $f) { totalCount } }`;
    const f = Object.fromEntries(times(30_000, (i) => [`unknown${i}`, "x"]));
    const reply = await service.post({ query, variables: { f, n: "Person" } });
    expect(codesIn(reply)).toEqual(["BAD_USER_INPUT"]);
    expect(reply.cpu).toBeLessThan(3);
  });
});

describe("Many errors in one answer", () => {
  it("The errors take less than 100 kB when the variable is a megabyte", async () => {
    const filter = {
      text: "x".repeat(1_000_000),
      ...Object.fromEntries(times(60, (i) => [`wrong${i}`, i])),
    };
    const reply = await service.post({ query: FILTERED, variables: { f: filter } });
    expect(codesIn(reply)).toEqual(["BAD_USER_INPUT"]);
    expect(bytesOf(reply.json.errors)).toBeLessThan(MOST_BYTES);
    expect(countOf("x", errorsIn(reply)[0]!.message)).toBeLessThanOrEqual(MOST_OF_A_VALUE);
  });

  it.each([51, 60_000])(
    "Too many errors in variables are still the client's, and ten are listed: %d nulls",
    async (count) => {
      const query = "query ($ids: [ID!]) { statements(filter: { ids: $ids }) { totalCount } }";
      const reply = await service.post({ query, variables: { ids: times(count, () => null) } });
      expect(codesIn(reply)).toEqual(["BAD_USER_INPUT"]);
      expect(errorsIn(reply).map(({ extensions }) => extensions.argument)).toEqual([
        ...times(10, (i) => `ids[${i}]`),
        "ids",
      ]);
      expect(reply.json.data).toBeUndefined();
      expect(reply.status).toBe(200);
    },
  );

  it("The first ten errors are shown in full, and the others by path and code", async () => {
    const fields = times(60, (i) => `a${i}: statements(first: 101) { totalCount }`);
    const reply = await service.post({ query: `{ topics { slug } ${fields.join(" ")} }` });
    const errors = errorsIn(reply);
    const inFull = {
      message: "first: give a page size from 0 to 100.",
      locations: [expect.anything() as object],
      extensions: { code: "BAD_USER_INPUT", argument: "first" },
    };
    const briefly = {
      message: "There are more errors: only the first 10 are shown in full.",
      extensions: { code: "BAD_USER_INPUT" },
    };
    expect(errors).toEqual(times(60, (i) => ({ ...(i < 10 ? inFull : briefly), path: [`a${i}`] })));
    expect(reply.json.data.topics).toHaveLength(5);
  });

  it.each([
    ["there are very many", "a", 450, 6],
    ["a path is very long", "a".repeat(100_000), 1, 1],
  ])(
    "Errors over the size limit are replaced by one error when %s",
    async (_why, alias, count, first) => {
      const fields = times(count, (i) => {
        return `${alias}${i}: statements(first: 101) { pageInfo { hasNextPage } }`;
      });
      const query = `{ people(first: ${first}) { nodes { ${fields.join(" ")} } } }`;
      const reply = await service.post({ query });
      expect(reply.json).toEqual({
        data: null,
        errors: [
          {
            message:
              "The errors alone would take more than 100000 bytes. Request less at once, or use shorter aliases.",
            extensions: { code: "ANSWER_TOO_LARGE", limit: MOST_BYTES },
          },
        ],
      });
      expect(reply.status).toBe(200);
      expect(reply.cpu).toBeLessThan(3);
      const { text } = await service.get("/metrics");
      expect(text).toContain(
        `communique_requests_total{operation="anonymous",outcome="ANSWER_TOO_LARGE"}`,
      );
    },
  );

  it("An error has at most ten locations in the document", async () => {
    const fragments = times(300, (i) => `fragment F${i} on Person { ...F${(i + 1) % 300} }`);
    const reply = await service.post({
      query: `{ people { nodes { ...F0 } } } ${fragments.join(" ")}`,
    });
    expect(codesIn(reply)).toEqual(["GRAPHQL_VALIDATION_FAILED"]);
    expect(errorsIn(reply)[0]!.locations).toHaveLength(10);
    expect(bytesOf(reply.json)).toBeLessThan(5_000);
  });
});

describe("Long operation names", () => {
  it("Operation names are cut to 80 characters in metrics and logs", async () => {
    service.close();
    service = await productionService(url);
    const name = (i: number) => `Q${i}_${"A".repeat(1_000_000)}`;
    for (let i = 0; i < 17; i++) {
      const { json } = await service.post({ query: `query ${name(i)} { topics { slug } }` });
      expect(json.data.topics).toHaveLength(5);
    }
    const { text } = await service.get("/metrics");
    expect(text.length).toBeLessThan(200_000);
    await sleep(500); // lines are written together, a tenth of a second late at most
    const labels = [...text.matchAll(/requests_total\{operation="([^"]*)"/g)].map(
      ([, label]) => label,
    );
    expect(labels).toEqual(times(17, (i) => name(i).slice(0, 80)));
    const logged = service.lines.filter((line) => line.includes(`"operation completed"`));
    expect(logged).toHaveLength(17);
    expect(JSON.parse(logged[0]!)).toMatchObject({ operation: name(0).slice(0, 80) });
    for (const line of service.lines) expect(line.length).toBeLessThan(1_000);
  });
});

describe("Error messages of invalid HTTP requests", () => {
  it.each<[string, string, RequestInit, number]>([
    ["a path that leads nowhere", `/${"x".repeat(10_000)}`, {}, 404],
    ["a path that can't be read", `/${"x".repeat(10_000)}%zz`, {}, 400],
    [
      "a type of body",
      "/graphql",
      { method: "POST", body: "{}", headers: { "content-type": `text/${"x".repeat(10_000)}` } },
      415,
    ],
    [
      "a body",
      "/graphql",
      {
        method: "POST",
        body: "x".repeat(100_000),
        headers: { "content-type": "application/json" },
      },
      400,
    ],
  ])(
    "An error message repeats at most 200 characters of %s",
    async (_what, path, options, status) => {
      const response = await fetch(service.address + path, options);
      const text = await response.text();
      expect(response.status).toBe(status);
      expect(countOf("x", text)).toBeLessThanOrEqual(MOST_OF_A_VALUE);
      expect(text.length).toBeLessThan(500);
    },
  );

  it("A client can't set the request ID of its response", async () => {
    const options = { headers: { "x-request-id": "x".repeat(10_000), "request-id": "mine" } };
    const { headers } = await fetch(`${service.address}/health`, options);
    expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe("The size of log lines", () => {
  const longest = 20_000;
  let logging: ServingService;
  beforeAll(async () => {
    const broken = await recordedDatabase();
    const client = new pg.Client(broken);
    await client.connect();
    await client.query(`CREATE OR REPLACE FUNCTION folded(phrase text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT
      AS $$ BEGIN RAISE EXCEPTION '%', repeat('x', 1000000); END $$`);
    await client.end();
    const log = { ...parseConfig({}).log, level: "info" as const, variables: true };
    logging = await servingService(broken, {}, { log });
  });
  afterAll(() => logging.close());

  it("Ten internal errors of a request are logged, each cut, and the others are counted", async () => {
    const search = (i: number) =>
      `${"a".repeat(2_000)}${i}: people(filter: { text: "x" }) { totalCount }`;
    const { errors } = await logging.ask(
      `query ${"Q".repeat(90)} { ${times(30, search).join(" ")} }`,
    );
    expect(errors).toHaveLength(30);
    const lines = logging.log();
    const internal = lines.filter(({ msg }) => msg === "internal error");
    expect(internal).toHaveLength(10);
    expect(internal[0]).toMatchObject({
      operationName: "Q".repeat(80),
      path: [`${"a".repeat(79)}…`, "totalCount"],
      err: { message: `${"x".repeat(499)}…` },
    });
    expect(lines).toContainEqual(
      expect.objectContaining({ msg: "more internal errors", more: 20 }),
    );
    for (const line of lines) expect(JSON.stringify(line).length).toBeLessThan(longest);
  });

  it("Long variables are cut in the log", async () => {
    await logging.ask("query ($x: Int) { statements(first: $x) { totalCount } }", {
      x: "µ".repeat(400_000),
    });
    const line = logging.log().at(-1)!;
    expect(line.variables).toMatch(/^\{"x":"µ+…$/);
    expect(JSON.stringify(line).length).toBeLessThan(longest);
  });
});

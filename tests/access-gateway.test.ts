import { protectedBy } from "./harness/access.js";
import type { Subgraph } from "./harness/composition.js";
import { startNeighbour } from "./harness/neighbour.js";
import { recordedDatabase, servingService } from "./harness/serving.js";
import {
  type Answer,
  apolloGateway,
  hiveGateway,
  type HiveGateway,
  relayTo,
} from "./harness/supergraph.js";

jest.setTimeout(60_000);

const SECRET = "the-secret-of-the-router-and-of-nobody-else";

/** Of our fields: words need a client that is signed in, the history of a person a scope. */
const ACCESS = {
  "Statement.text": true,
  "Person.history": [["record:history"]],
  ExternalIdentifier: true,
  "Person.sortName": [["a", "b"], ["c"]],
};

/** A neighbour with our entities, and with requirements for fields of its own. */
const NEWSROOM = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
    import: ["@key", "@external", "@requires", "@authenticated", "@requiresScopes"])
  type Query { lead: Statement profile: Person }
  type Statement @key(fields: "id") {
    id: ID!
    text: String! @external
    headline: String @requires(fields: "text") @authenticated
  }
  type Person @key(fields: "slug") {
    slug: String!
    phone: String @requiresScopes(scopes: [["newsroom:phones"]])
    beat: String
  }`;

/** Whose token it is: what a gateway has read from a token that it has checked. */
const CLAIMS: Record<string, object> = {
  "Bearer reader": { sub: "Tove Reader" },
  "Bearer editor": { sub: "Odd Editor", scope: "record:history newsroom:phones" },
  "Bearer b": { sub: "Bo B", scope: "b d" },
  "Bearer ab": { sub: "Abe B", scope: "b a" },
  "Bearer c": { sub: "Cy C", scope: "c" },
};

describe("Access through Hive's gateway", () => {
  const closers: (() => unknown)[] = [];
  let rejecting: HiveGateway;
  let nulling: HiveGateway;
  let subgraphs: Subgraph[];
  let ours: Awaited<ReturnType<typeof relayTo>>;
  let theirs: Awaited<ReturnType<typeof relayTo>>;

  beforeAll(async () => {
    const settings = { COMMUNIQUE_ROUTER_SECRET: SECRET };
    const service = await servingService(await recordedDatabase(), {}, {}, settings);
    closers.push(() => service.close());
    const { data } = await askWithSecret(service.address);
    const newsroom = await startNeighbour(NEWSROOM, {
      Query: {
        lead: () => ({ __typename: "Statement", id: data.statements.nodes[0].id }),
        profile: () => ({ __typename: "Person", slug: "rajnath-singh" }),
      },
      Statement: { headline: ({ text }: { text: string }) => text.toUpperCase() },
      Person: { phone: () => "555-0100", beat: () => "defence" },
    });
    closers.push(newsroom.close);
    ours = await relayTo(`${service.address}/graphql`);
    theirs = await relayTo(newsroom.subgraph.url);
    closers.push(ours.close, theirs.close);

    subgraphs = [
      { name: "communique", url: ours.url, sdl: protectedBy(ACCESS) },
      { ...newsroom.subgraph, url: theirs.url },
    ];
    const genericAuth = {
      mode: "protect-granular",
      resolveUserFn: ({ headers }: { headers?: Record<string, string> }) =>
        CLAIMS[headers?.authorization ?? ""],
    };
    const propagateHeaders = {
      fromClientToSubgraphs: ({ subgraphName }: { subgraphName: string }) =>
        subgraphName === "communique" ? { "router-authorization": SECRET } : undefined,
    };
    rejecting = await hiveGateway(subgraphs, { genericAuth, propagateHeaders });
    closers.push(() => rejecting.close());
    const andNull = { ...genericAuth, rejectUnauthenticated: false };
    nulling = await hiveGateway(subgraphs, { genericAuth: andNull, propagateHeaders });
    closers.push(() => nulling.close());
  });
  afterAll(async () => {
    for (const close of closers.toReversed()) await close();
  });
  beforeEach(() => {
    for (const { heard } of [ours, theirs]) heard.length = 0;
  });

  const CODE = "UNAUTHORIZED_FIELD_OR_TYPE";
  const TEXT = "{ statements(first: 1) { nodes { id text } } }";
  const HISTORY = `{ person(slug: "rajnath-singh") { name history { nodes { key } } } }`;

  /** What a client with a token, or without, gets from a gateway. */
  async function asked(gateway: HiveGateway, query: string, token?: string, variables = {}) {
    const authorization = token && `Bearer ${token}`;
    const headers: Record<string, string> = authorization ? { authorization } : {};
    const response = await gateway.send(query, variables, headers);
    const { data, errors } = (await response.json()) as Answer;
    const codes = (errors ?? []).map(({ extensions }) => extensions?.code);
    return { status: response.status, data, codes };
  }
  const refused = { status: 401, data: null, codes: [CODE] };

  it("An anonymous client gets the public fields", async () => {
    const query = `{ person(slug: "rajnath-singh") { name } profile { name beat } lead { form } }`;
    const { status, data, codes } = await asked(rejecting, query);
    expect([status, codes]).toEqual([200, []]);
    expect(data).toEqual({
      person: { name: "Rajnath Singh" },
      profile: { name: "Rajnath Singh", beat: "defence" },
      lead: { form: expect.any(String) as string },
    });
  });

  it.each<[what: string, query: string, variables?: object]>([
    ["by its name", TEXT],
    ["beside public fields", `{ topics { slug } ${TEXT.slice(1)}`],
    ["by an alias", "{ s: statements(first: 1) { n: nodes { words: text } } }"],
    ["in an inline fragment", "{ statements { nodes { ... { ... on Statement { text } } } } }"],
    [
      "in fragments of fragments",
      `{ statements { ...A } } fragment A on StatementConnection { nodes { ...B } }
       fragment B on Statement { text }`,
    ],
    ["under a directive", "{ statements { nodes { text @include(if: true) } } }"],
    [
      "under a variable",
      "query ($x: Boolean!) { statements { nodes { text @skip(if: $x) } } }",
      { x: false },
    ],
    [
      "under a variable's default",
      "query ($x: Boolean = true) { statements { nodes { text @include(if: $x) } } }",
    ],
    [
      "under other objects",
      `{ person(slug: "xi-jinping") { meetings { nodes { statements { nodes { text } } } } } }`,
    ],
    ["in a union", `{ searchRecord(query: "trust") { nodes { ... on Statement { text } } } }`],
    ["by an entity of the other subgraph", "{ lead { text } }"],
    ["by the other subgraph's field that reads it", "{ lead { headline } }"],
    ["the other subgraph's own", "{ profile { name phone } }"],
    [
      "through the interface",
      "{ recordChanges { nodes { currentItem { history { nodes { key } } } } } }",
    ],
    [
      "through the interface, by its type",
      "{ recordChanges { nodes { currentItem { ... on Person { history { nodes { key } } } } } } }",
    ],
  ])(
    "A protected field is refused to an anonymous client: %s",
    async (_, query, variables = {}) => {
      expect(await asked(rejecting, query, undefined, variables)).toEqual(refused);
      // The whole operation, before a subgraph is asked.
      expect([ours.heard, theirs.heard]).toEqual([[], []]);
    },
  );

  it("Clients of the gateway can ask neither _entities nor _service", async () => {
    for (const query of [
      `{ _entities(representations: [{ __typename: "Statement", id: "x" }]) { ... on Statement { text } } }`,
      "{ _service { sdl } }",
    ]) {
      const { codes } = await asked(rejecting, query);
      expect(new Set(codes)).toEqual(new Set(["GRAPHQL_VALIDATION_FAILED"]));
    }
    expect(ours.heard).toEqual([]);
  });

  it("A client that is signed in gets @authenticated fields, and is refused those that need a scope", async () => {
    const { status, data } = await asked(rejecting, TEXT, "reader");
    expect([status, data.statements.nodes[0].text]).toEqual([
      200,
      expect.stringContaining("India"),
    ]);
    const { data: read } = await asked(rejecting, "{ lead { text headline } }", "reader");
    expect(read.lead.headline).toBe(read.lead.text.toUpperCase());
    for (const query of [HISTORY, "{ profile { phone } }"])
      expect(await asked(rejecting, query, "reader")).toEqual(refused);
    expect(await asked(rejecting, TEXT, "of nobody")).toEqual(refused);
  });

  it("A client with the scope gets the field, through the interface too", async () => {
    const { data } = await asked(rejecting, HISTORY, "editor");
    expect(data.person).toEqual({
      name: "Rajnath Singh",
      history: { nodes: [{ key: "rajnath-singh" }] },
    });
    expect((await asked(rejecting, "{ profile { phone } }", "editor")).data).toEqual({
      profile: { phone: "555-0100" },
    });
    const item = `{ recordChanges(first: 1, types: [PERSON]) {
      nodes { currentItem { history { nodes { key } } } } } }`;
    const through = await asked(rejecting, item, "editor");
    expect(through.data.recordChanges.nodes[0].currentItem.history.nodes).toHaveLength(1);
  });

  it("Of several lists of scopes, all of one list are needed", async () => {
    const sortName = `{ person(slug: "rajnath-singh") { sortName } }`;
    for (const token of ["ab", "c"])
      expect((await asked(rejecting, sortName, token)).data.person.sortName).toBe("Singh, Rajnath");
    for (const token of ["b", "editor"])
      expect(await asked(rejecting, sortName, token)).toEqual(refused);
  });

  it("A protected type is refused at its fields, but not that there is one", async () => {
    const identifiers = (fields: string) =>
      `{ person(slug: "rajnath-singh") { identifiers { ${fields} } } }`;
    expect(await asked(rejecting, identifiers("value"))).toEqual(refused);
    expect(await asked(rejecting, identifiers("__typename"))).toMatchObject({ status: 200 });
  });

  it("Apollo's JavaScript gateway does not start with the directives", async () => {
    const message = await apolloGateway(subgraphs).then(
      () => "it starts",
      (error: Error) => error.message,
    );
    expect(message).toContain("authenticated/v0.1 is for: SECURITY but is unsupported");
  });

  it("communique gets the router's secret, and nothing of the client's token", async () => {
    await rejecting.send(
      TEXT,
      {},
      {
        authorization: "Bearer reader",
        cookie: "session=of-the-client",
        "router-authorization": "a-secret-that-the-client-made-up",
      },
    );
    expect(ours.heard).toHaveLength(1);
    const [{ headers, body }] = ours.heard as [(typeof ours.heard)[0]];
    expect(headers["router-authorization"]).toBe(SECRET);
    expect(JSON.stringify([headers, body])).not.toMatch(/reader|Tove|of-the-client|made-up/i);
    await rejecting.send("{ profile { beat } }", {}, { authorization: "Bearer reader" });
    expect(JSON.stringify(theirs.heard)).not.toMatch(/reader|Tove|secret/i);
  });

  it("What a protected field holds can still be read from other fields, which need the same protection", async () => {
    const { data } = await asked(
      rejecting,
      `{ searchRecord(query: "disengagement", kinds: [STATEMENT], first: 1) { edges { snippet { text } } }
         statements(filter: { text: "disengagement" }) { totalCount }
         recordChanges(types: [STATEMENT]) { nodes { fields { field newJson } } } }`,
    );
    const [edge] = data.searchRecord.edges as [{ snippet: { text: string } }];
    expect(edge.snippet.text).toContain("disengagement");
    expect(data.statements.totalCount).toBeGreaterThan(0);
    expect(JSON.stringify(data.recordChanges)).toContain("disengagement");
  });

  describe("with rejectUnauthenticated: false", () => {
    it("The field is null, beside the answer to the rest", async () => {
      const { status, data, codes } = await asked(nulling, HISTORY);
      expect([status, codes]).toEqual([401, [CODE]]);
      expect(data).toEqual({ person: { name: "Rajnath Singh", history: null } });
      expect(ours.heard.map(({ body }) => body).join()).not.toContain("history");
    });

    // Why docs/federation.md advises against it.
    it("Answers can break the schema", async () => {
      const nonNull = await asked(nulling, TEXT);
      expect(nonNull.data.statements.nodes).toEqual([
        { id: expect.any(String) as string, text: null },
      ]);
      const nobody = await asked(
        nulling,
        `{ person(slug: "nobody") { name history { nodes { key } } } }`,
      );
      expect(nobody.data).toEqual({ person: { history: null } });
      const list = await asked(nulling, "{ statements(first: 2) { nodes { text } } }");
      expect(list.data).toEqual({ statements: { nodes: { text: null } } });
    });
  });
});

async function askWithSecret(address: string) {
  const response = await fetch(`${address}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", "router-authorization": SECRET },
    body: JSON.stringify({ query: "{ statements(first: 1) { nodes { id } } }" }),
  });
  return (await response.json()) as Answer;
}

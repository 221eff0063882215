import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { recordedDatabase, servingService, type ServingService } from "./harness/serving.js";
import type { Whatever } from "./harness/whatever.js";

const TOPICS = "query Topics { topics { slug } }\n";
const WHO = "query Who($slug: String!) { person(slug: $slug) { name } }";
const SECRET = "the-secret-of-the-router-and-of-nobody-else";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const manifest = (...operations: object[]) =>
  JSON.stringify({ format: "apollo-persisted-query-manifest", version: 1, operations });

let url: string;
let folder: string;
const services: ServingService[] = [];
beforeAll(async () => {
  url = await recordedDatabase();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "communique-trusted-"));
});
afterEach(async () => {
  for (const service of services.splice(0)) await service.close();
  await rm(folder, { recursive: true });
});

/** A service that trusts these files. */
async function trusting(files: Record<string, string>, environment: Record<string, string> = {}) {
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const service = await servingService(
    url,
    {},
    {},
    {
      COMMUNIQUE_TRUSTED_DOCUMENTS: folder,
      ...environment,
    },
  );
  services.push(service);
  return service;
}

const ONLY = { COMMUNIQUE_TRUSTED_DOCUMENTS_ONLY: "true" };

const byId = (sha256Hash: string) => ({ persistedQuery: { version: 1, sha256Hash } });

interface Reply {
  status: number;
  json: Whatever;
}

async function post({ address }: ServingService, body: object, headers = {}): Promise<Reply> {
  const response = await fetch(`${address}/graphql`, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json", ...headers },
  });
  return { status: response.status, json: await response.json() };
}

async function get(
  { address }: ServingService,
  parameters: Record<string, string>,
): Promise<Reply> {
  const response = await fetch(`${address}/graphql?${new URLSearchParams(parameters).toString()}`, {
    headers: { "apollo-require-preflight": "yes" },
  });
  return { status: response.status, json: await response.json() };
}

const REFUSED = {
  status: 200,
  json: {
    errors: [
      {
        message: expect.stringContaining("trusted documents") as string,
        extensions: { code: "PERSISTED_QUERY_NOT_IN_LIST" },
      },
    ],
  },
};

describe("Automatic persisted queries", () => {
  it("A persisted query can be asked by its hash after it was sent once", async () => {
    const service = await servingService(url);
    services.push(service);
    const extensions = byId(sha256(TOPICS));
    const unknown = await post(service, { extensions });
    expect([unknown.status, unknown.json.errors[0]]).toEqual([
      200,
      {
        message: "PersistedQueryNotFound",
        extensions: { code: "PERSISTED_QUERY_NOT_FOUND" },
      },
    ]);
    const inNewForm = await post(
      service,
      { extensions },
      { accept: "application/graphql-response+json" },
    );
    expect([inNewForm.status, inNewForm.json]).toEqual([400, unknown.json]);
    expect((await post(service, { query: TOPICS, extensions })).json.data.topics).toHaveLength(5);
    expect((await post(service, { extensions })).json.data.topics).toHaveLength(5);
    const got = await get(service, { extensions: JSON.stringify(extensions) });
    expect(got.json.data.topics).toHaveLength(5);
  });

  it("A query with a wrong hash or that is invalid is not stored", async () => {
    const service = await servingService(url);
    services.push(service);
    const wrong = await post(service, { query: TOPICS, extensions: byId(sha256(WHO)) });
    expect([wrong.status, wrong.json.errors[0].extensions.code]).toEqual([400, "BAD_REQUEST"]);
    const invalid = "{ wars }";
    await post(service, { query: invalid, extensions: byId(sha256(invalid)) });
    for (const hash of [sha256(WHO), sha256(invalid)]) {
      const { json } = await post(service, { extensions: byId(hash) });
      expect(json.errors[0].extensions.code).toBe("PERSISTED_QUERY_NOT_FOUND");
    }
  });
});

describe("Trusted documents", () => {
  it("A trusted document can be asked by the hash of its file", async () => {
    const service = await trusting({ "topics.graphql": TOPICS, "README.md": "no document" });
    for (const text of [TOPICS, TOPICS.trimEnd()]) {
      const { json } = await post(service, { extensions: byId(sha256(text)) });
      expect(json.data.topics).toHaveLength(5);
    }
  });

  it.each([
    ["Apollo's", (id: string) => manifest({ id, name: "Who", type: "query", body: WHO })],
    ["Relay's, or GraphQL Code Generator's", (id: string) => JSON.stringify({ [id]: WHO })],
  ])(
    "A trusted document can be asked by its id in a manifest of %s form",
    async (_whose, write) => {
      const service = await trusting({ "manifest.json": write("who-1") });
      const variables = { slug: "rajnath-singh" };
      for (const id of ["who-1", sha256(WHO)]) {
        const { json } = await post(service, { variables, extensions: byId(id) });
        expect(json).toEqual({ data: { person: { name: "Rajnath Singh" } } });
      }
      const got = await get(service, {
        variables: JSON.stringify(variables),
        extensions: JSON.stringify(byId("who-1")),
      });
      expect(got.json.data.person.name).toBe("Rajnath Singh");
    },
  );

  it("Other documents are answered too by default", async () => {
    const service = await trusting({ "topics.graphql": TOPICS });
    expect((await post(service, { query: "{ __typename }" })).json.data).toBeTruthy();
    const extensions = byId(sha256(WHO));
    expect((await post(service, { extensions })).json.errors[0].message).toBe(
      "PersistedQueryNotFound",
    );
  });
});

describe("documentId", () => {
  const variables = { slug: "rajnath-singh" };
  const MANIFEST = { "manifest.json": manifest({ id: "who-1", body: WHO }) };
  const FOUND = { status: 200, json: { data: { person: { name: "Rajnath Singh" } } } };
  const unknown = (message: string) => ({
    status: 200,
    json: {
      errors: [
        {
          message: expect.stringContaining(message) as string,
          extensions: { code: "PERSISTED_QUERY_NOT_IN_LIST" },
        },
      ],
    },
  });

  it("A trusted document can be asked by documentId, by POST and GET, plain or as sha256:HASH", async () => {
    const service = await trusting(MANIFEST);
    for (const documentId of ["who-1", sha256(WHO), `sha256:${sha256(WHO)}`]) {
      expect(await post(service, { documentId, variables })).toEqual(FOUND);
      expect(await post(service, { documentId, variables, query: null })).toEqual(FOUND);
      const got = await get(service, { documentId, variables: JSON.stringify(variables) });
      expect(got).toEqual(FOUND);
    }
  });

  it("An unknown documentId is refused, also one that a client has sent as a persisted query", async () => {
    const service = await trusting(MANIFEST);
    await post(service, { query: TOPICS, extensions: byId(sha256(TOPICS)) });
    const ids = [sha256(TOPICS), `sha256:${sha256(TOPICS)}`, "sha256:who-1", "sha256:", "toString"];
    for (const documentId of [...ids, `SHA256:${sha256(WHO)}`]) {
      expect(await post(service, { documentId })).toEqual(unknown("documentId"));
      expect(await get(service, { documentId })).toEqual(unknown("documentId"));
    }
    const inNewForm = { accept: "application/graphql-response+json" };
    expect((await post(service, { documentId: "who-2" }, inNewForm)).status).toBe(400);
  });

  it("A service without trusted documents refuses every documentId", async () => {
    const service = await servingService(url);
    services.push(service);
    expect(await post(service, { documentId: sha256(TOPICS) })).toEqual(unknown("documentId"));
  });

  it("A service that accepts trusted documents only accepts them by documentId", async () => {
    const service = await trusting(MANIFEST, ONLY);
    expect(await post(service, { documentId: "who-1", variables })).toEqual(FOUND);
    expect(await post(service, { documentId: "who-2", variables })).toEqual(REFUSED);
  });

  it.each<[string, object]>([
    ["query", { query: WHO }],
    ["query", { query: "" }],
    ["extensions.persistedQuery", { extensions: byId(sha256(WHO)) }],
  ])("documentId together with %s is a bad request: %j", async (field, beside) => {
    const service = await trusting(MANIFEST);
    const body = { documentId: "who-1", variables, ...beside };
    const inUrl = Object.entries(body).map(([name, value]): [string, string] => [
      name,
      typeof value === "string" ? value : JSON.stringify(value),
    ]);
    for (const reply of [
      await post(service, body),
      await get(service, Object.fromEntries(inUrl)),
    ]) {
      expect([reply.status, reply.json.errors[0].extensions.code]).toEqual([400, "BAD_REQUEST"]);
      expect(reply.json.errors[0].message).toMatch(`documentId: send it or ${field}, not both`);
    }
  });

  it("A documentId that is no string, is empty or is sent twice is a bad request", async () => {
    const service = await trusting(MANIFEST);
    const replies = [await get(service, { documentId: "" })];
    for (const documentId of [5, "", ["who-1"], {}, true]) {
      replies.push(await post(service, { documentId, variables }));
    }
    const twice = await fetch(`${service.address}/graphql?documentId=who-1&documentId=who-1`, {
      headers: { "apollo-require-preflight": "yes" },
    });
    replies.push({ status: twice.status, json: await twice.json() });
    for (const { status, json } of replies) {
      expect([status, json.errors[0].extensions.code]).toEqual([400, "BAD_REQUEST"]);
      expect(json.errors[0].message).toContain("documentId");
    }
  });
});

describe("Only trusted documents", () => {
  let service: ServingService;
  let trusted: string;
  beforeAll(async () => {
    trusted = await mkdtemp(join(tmpdir(), "communique-trusted-"));
    await writeFile(join(trusted, "topics.graphql"), TOPICS);
    service = await servingService(url, {}, {}, { COMMUNIQUE_TRUSTED_DOCUMENTS: trusted, ...ONLY });
  });
  afterAll(async () => {
    await service.close();
    await rm(trusted, { recursive: true });
  });

  it("Trusted documents are answered by hash or as text, by GET and POST", async () => {
    const extensions = byId(sha256(TOPICS));
    const answers = [
      await post(service, { extensions }),
      await post(service, { query: TOPICS }),
      await post(service, { query: TOPICS.trimEnd() }),
      await post(service, { query: TOPICS, operationName: "Topics", extensions }),
      await get(service, { query: TOPICS }),
      await get(service, { extensions: JSON.stringify(extensions) }),
    ];
    for (const { status, json } of answers) {
      expect([status, json.data?.topics?.length]).toEqual([200, 5]);
    }
  });

  it.each<[string, object]>([
    ["another document", { query: "{ __typename }" }],
    ["a document with one more space", { query: TOPICS.replace("{", "{ ") }],
    ["a trusted one and more", { query: `${TOPICS} query More { __typename }` }],
    ["one that can't be read", { query: "{" }],
    ["one that is not valid", { query: "{ wars }" }],
    ["the schema", { query: "{ __schema { types { name } } }" }],
    ["an unknown hash", { extensions: byId(sha256(WHO)) }],
    ["another document by its own hash", { query: WHO, extensions: byId(sha256(WHO)) }],
    ["another document by a trusted hash", { query: WHO, extensions: byId(sha256(TOPICS)) }],
    ["a hash that is none", { extensions: { persistedQuery: { version: 1, sha256Hash: {} } } }],
    ["what JavaScript has", { extensions: byId("constructor") }],
    ["an entity", { query: `{ _entities(representations: []) { __typename } }` }],
  ])("Any other request is refused with the same error: %s", async (_what, body) => {
    expect(await post(service, body)).toEqual(REFUSED);
    // Nor has it been learned.
    expect(await post(service, body)).toEqual(REFUSED);
    const inNewForm = await post(service, body, { accept: "application/graphql-response+json" });
    expect(inNewForm.status).toBe(400);
  });

  it("Other documents are refused by GET too", async () => {
    expect(await get(service, { query: "{ __typename }" })).toEqual(REFUSED);
    const twice = await fetch(
      `${service.address}/graphql?query=${encodeURIComponent(TOPICS)}&query={__typename}`,
      { headers: { "apollo-require-preflight": "yes" } },
    );
    expect(twice.status).toBe(400);
  });

  it("A request without a document is refused as a bad request", async () => {
    for (const body of [{}, { query: "" }, { query: 5 }, { extensions: {} }, []]) {
      const { status, json } = await post(service, body);
      expect([status, json.errors[0].extensions.code]).toEqual([400, "BAD_REQUEST"]);
    }
  });

  it("A router with the secret may send other documents", async () => {
    const service = await trusting(
      { "topics.graphql": TOPICS },
      { ...ONLY, NODE_ENV: "production", COMMUNIQUE_ROUTER_SECRET: SECRET },
    );
    const query = `{ _entities(representations: [{ __typename: "Country", code: "IN" }]) { __typename } }`;
    const { json } = await post(service, { query }, { "router-authorization": SECRET });
    expect(json).toEqual({ data: { _entities: [{ __typename: "Country" }] } });
    expect((await post(service, { query: TOPICS })).status).toBe(401);
    expect(JSON.stringify(service.log())).toContain("COMMUNIQUE_TRUSTED_DOCUMENTS_ONLY");
  });
});

describe("Invalid trusted documents", () => {
  const id = "who-1";
  it.each<[string, string, string, string | RegExp]>([
    ["can't be read", "a.graphql", "query A {\n topics { slug }", /a\.graphql \(line 2\): Syntax/],
    ["are not valid", "a.graphql", "query A {\n wars\n}", /a\.graphql \(line 2\): .*"wars"/],
    ["have no operation", "a.graphql", "fragment F on Person { name }", /a\.graphql/],
    ["are empty", "a.graphql", "", /a\.graphql/],
    [
      "are no queries",
      "a.graphql",
      "mutation { forget }",
      /a\.graphql: this service has no mutation/,
    ],
    ["are no JSON", "m.json", "{", /m\.json: /],
    ["are no manifest", "m.json", "[1]", /m\.json: expected a manifest/],
    [
      "are of another version",
      "m.json",
      manifest().replace("1", "2"),
      /m\.json: expected a manifest/,
    ],
    ["are wrong in a manifest", "m.json", manifest({ id, body: "{ wars }" }), /m\.json.*"wars"/],
    [
      "share an id",
      "m.json",
      manifest({ id, body: WHO }, { id, body: TOPICS }),
      /m\.json: the id who-1 is already used by another document/,
    ],
    ["are not there", "README.md", "", /contains no trusted documents/],
  ])("The service does not start when trusted documents %s", async (_how, name, text, message) => {
    await expect(trusting({ [name]: text })).rejects.toThrow(message);
  });

  it("The service does not start when the folder of trusted documents, or a file in it, is unreadable", async () => {
    const missing = { COMMUNIQUE_TRUSTED_DOCUMENTS: join(folder, "elsewhere") };
    await expect(trusting({}, missing)).rejects.toThrow(/COMMUNIQUE_TRUSTED_DOCUMENTS.*elsewhere/);
    await mkdir(join(folder, "b.graphql"));
    await expect(trusting({})).rejects.toThrow(/Cannot read .*b\.graphql/);
  });
});

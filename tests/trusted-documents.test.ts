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

describe("An automatic persisted query", () => {
  it("is asked for by its hash once it was sent whole", async () => {
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

  it("is not kept under another's hash, nor when it is not valid", async () => {
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

describe("A trusted document", () => {
  it("is asked for by the hash of its file, before anybody sent it", async () => {
    const service = await trusting({ "topics.graphql": TOPICS, "README.md": "no document" });
    for (const text of [TOPICS, TOPICS.trimEnd()]) {
      const { json } = await post(service, { extensions: byId(sha256(text)) });
      expect(json.data.topics).toHaveLength(5);
    }
  });

  it.each([
    ["Apollo's", (id: string) => manifest({ id, name: "Who", type: "query", body: WHO })],
    ["Relay's, or GraphQL Code Generator's", (id: string) => JSON.stringify({ [id]: WHO })],
  ])("is asked for by its id in a manifest of %s form", async (_whose, write) => {
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
  });

  it("is not the only thing that is answered, unless that is set", async () => {
    const service = await trusting({ "topics.graphql": TOPICS });
    expect((await post(service, { query: "{ __typename }" })).json.data).toBeTruthy();
    const extensions = byId(sha256(WHO));
    expect((await post(service, { extensions })).json.errors[0].message).toBe(
      "PersistedQueryNotFound",
    );
  });
});

describe("Where trusted documents alone are answered", () => {
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

  it("they are, by their id and as they are, got and posted", async () => {
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
  ])("nothing else is, and nothing is told of it: %s", async (_what, body) => {
    expect(await post(service, body)).toEqual(REFUSED);
    // Nor has it been learned.
    expect(await post(service, body)).toEqual(REFUSED);
    const inNewForm = await post(service, body, { accept: "application/graphql-response+json" });
    expect(inNewForm.status).toBe(400);
  });

  it("nothing else is got either, however it is written", async () => {
    expect(await get(service, { query: "{ __typename }" })).toEqual(REFUSED);
    const twice = await fetch(
      `${service.address}/graphql?query=${encodeURIComponent(TOPICS)}&query={__typename}`,
      { headers: { "apollo-require-preflight": "yes" } },
    );
    expect(twice.status).toBe(400);
  });

  it("what is no question is refused for that", async () => {
    for (const body of [{}, { query: "" }, { query: 5 }, { extensions: {} }, []]) {
      const { status, json } = await post(service, body);
      expect([status, json.errors[0].extensions.code]).toEqual([400, "BAD_REQUEST"]);
    }
  });

  it("a router may still ask what it plans", async () => {
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

describe("Trusted documents that are not right", () => {
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
  ])("keep the service from starting where they %s", async (_how, name, text, message) => {
    await expect(trusting({ [name]: text })).rejects.toThrow(message);
  });

  it("keep the service from starting where their folder can't be read, or a file in it", async () => {
    const missing = { COMMUNIQUE_TRUSTED_DOCUMENTS: join(folder, "elsewhere") };
    await expect(trusting({}, missing)).rejects.toThrow(/COMMUNIQUE_TRUSTED_DOCUMENTS.*elsewhere/);
    await mkdir(join(folder, "b.graphql"));
    await expect(trusting({})).rejects.toThrow(/Cannot read .*b\.graphql/);
  });
});

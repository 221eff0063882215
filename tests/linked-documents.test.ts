import * as jsonld from "jsonld";
import { exportLinked } from "../src/records/linked/record.linked.export.js";
import type { SourceRecordInput } from "../src/records/record.format.js";
import { configuredService, SHIPPED_RECORD, type TestService } from "./harness/service.js";
import { until } from "./harness/until.js";
import type { Whatever } from "./harness/whatever.js";

const SHIPPED = "/documents/vientiane-2024-11-20";

/** A document with more statements than one answer has, and a slash in its key and a dot. */
const LONG = {
  format: "communique-record/1",
  document: { key: "fables/long.fable", kind: "OTHER", language: "en" },
  people: [{ slug: "ada-floe", name: "Ada Floe", sortName: "Floe, Ada" }],
  statements: Array.from({ length: 201 }, (_, i) => ({
    key: `fish-${i}`,
    text: `Ada Floe counts ${i} fish.`,
    form: "REPORTED",
    language: "en",
    speakers: [{ person: "ada-floe" }],
    citations: [{ start: i, end: i + 1 }],
  })),
} as SourceRecordInput;

describe("/documents/KEY.jsonld", () => {
  let test: TestService;
  beforeAll(async () => {
    const environment = { COMMUNIQUE_EXPLORER: "true" };
    test = await configuredService(environment, SHIPPED_RECORD, LONG);
  });
  afterAll(() => test.close());

  const get = (url: string, method: "GET" | "HEAD" = "GET") =>
    test.service.app.inject({ url, method });

  it("A document's JSON-LD has the nodes of the export, by one context, and a parser reads them all", async () => {
    const { statusCode, headers, body } = await get(`${SHIPPED}.jsonld`);
    expect([statusCode, headers["content-type"]]).toEqual([200, "application/ld+json"]);
    expect(headers.link).toBe(`<${SHIPPED}>; rel="alternate"; type="text/html"`);
    const { "@context": context, "@graph": graph } = JSON.parse(body);
    let lines = "";
    for await (const part of exportLinked(test.dataSource, { keys: ["vientiane-2024-11-20"] }))
      lines += part;
    const exported: Whatever[] = lines
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(graph.map((node: Whatever) => ({ "@context": context, ...node }))).toEqual(exported);
    expect(graph.filter(({ type }: Whatever) => type.includes("cq:Statement"))).toHaveLength(14);
    const documentLoader = (url: string) => Promise.reject(new Error(`fetched ${url}`));
    const toRDF = jsonld.toRDF as (document: object, options: object) => Promise<unknown[]>;
    const quads = await toRDF(JSON.parse(body), { safe: true, documentLoader });
    expect(quads.length).toBeGreaterThan(500);
  });

  it("The page of a document links its JSON-LD, in its head and where people see it", async () => {
    const { body } = await get(SHIPPED);
    expect(body).toContain(
      `<link rel="alternate" type="application/ld+json" title="JSON-LD" href="${SHIPPED}.jsonld">`,
    );
    expect(body).toMatch(new RegExp(`<a href="${SHIPPED}.jsonld"[^>]*>JSON-LD</a>`));
    expect((await get("/people/rajnath-singh")).body).not.toContain("ld+json");
  });

  it("The JSON-LD of a document that proves more than one response holds says so", async () => {
    const { statusCode, body } = await get("/documents/fables/long%2Efable.jsonld?any=thing");
    expect(statusCode).toBe(200);
    const { "@graph": graph } = JSON.parse(body);
    expect(graph).toHaveLength(201);
    expect(graph[0]["cq:truncatedAt"]).toBe(200);
    expect(JSON.parse((await get(`${SHIPPED}.jsonld`)).body)["@graph"][0]).not.toHaveProperty(
      "cq:truncatedAt",
    );
  });

  it("The JSON-LD of what is no document is not found, whatever the address", async () => {
    for (const path of ["nothing", "%00", `${"x".repeat(600)}`, ".."])
      expect([path, (await get(`/documents/${path}.jsonld`)).statusCode]).toEqual([path, 404]);
    expect((await get("/documents/%ff.jsonld")).statusCode).toBe(400);
    expect((await get("/documents/.jsonld")).statusCode).toBe(404);
    expect((await get("/people/rajnath-singh.jsonld")).statusCode).toBe(404);
  });

  it("HEAD of a document's JSON-LD gets no body", async () => {
    const { statusCode, headers, body } = await get(`${SHIPPED}.jsonld`, "HEAD");
    expect([statusCode, headers["content-type"], body]).toEqual([200, "application/ld+json", ""]);
  });

  it("JSON-LD of documents is served only where the explorer is", async () => {
    const without = await configuredService({ COMMUNIQUE_EXPLORER: "false" }, SHIPPED_RECORD);
    const { statusCode } = await without.service.app.inject(`${SHIPPED}.jsonld`);
    await without.close();
    expect(statusCode).toBe(404);
  });

  it("A client can have two JSON-LD documents made at the same time, all clients four", async () => {
    const busy = await configuredService({ COMMUNIQUE_EXPLORER: "true" }, SHIPPED_RECORD);
    const other = busy.dataSource.createQueryRunner();
    await other.startTransaction();
    await other.query("LOCK TABLE source_document");
    const from = (remoteAddress: string) =>
      busy.service.app.inject({ url: `${SHIPPED}.jsonld`, remoteAddress });
    const clients = ["10.0.0.1", "10.0.0.1", "10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"];
    let refused = 0;
    const answers = clients.map(async (client) => {
      const { statusCode, headers } = await from(client);
      if (statusCode === 503) refused++;
      return statusCode === 503 ? `refused for ${String(headers["retry-after"])} s` : "made";
    });
    // None that has a place can be made as long as the table is locked.
    await until(() => Promise.resolve(refused === 2));
    await other.rollbackTransaction();
    await other.release();
    const all = await Promise.all(answers);
    expect(all.slice(0, 3).sort()).toEqual(["made", "made", "refused for 10 s"]);
    expect(all.slice(3).sort()).toEqual(["made", "made", "refused for 10 s"]);
    expect((await from("10.0.0.1")).statusCode).toBe(200);
    await busy.close();
  });

  it("JSON-LD that takes too long is answered as a timeout, and is no fault", async () => {
    const hasty = await configuredService(
      { COMMUNIQUE_EXPLORER: "true", COMMUNIQUE_REQUEST_TIMEOUT_MS: "300" },
      SHIPPED_RECORD,
    );
    const other = hasty.dataSource.createQueryRunner();
    await other.startTransaction();
    await other.query("LOCK TABLE source_document");
    const { statusCode, body } = await hasty.service.app.inject(`${SHIPPED}.jsonld`);
    await other.rollbackTransaction();
    await other.release();
    await hasty.close();
    expect([statusCode, JSON.parse(body).errors[0].extensions.code]).toEqual([503, "TIMEOUT"]);
  });
});

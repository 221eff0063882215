import { fableWith } from "./fixtures/fable.js";
import { serviceWith, type TestService } from "./harness/service.js";

describe("Looking up by key", () => {
  let service: TestService;
  beforeAll(async () => {
    service = await serviceWith(
      fableWith({
        "/topics": [{ slug: "herring", label: "Herring" }],
        "/statements/0/topics": ["herring"],
      }) as never,
    );
  });
  afterAll(() => service.close());

  it("A statement, a document and a topic are found by the keys that they show", async () => {
    const { data } = await service.ask(`{
      statements(filter: { topics: ["herring"] }) { nodes { id key topics { id slug } citations { document { id key } } } }
    }`);
    const [{ id, key, topics, citations }] = data.statements.nodes;
    const [{ document }] = citations;
    expect(key).toBe("the-herring-pact/whose-sea-it-is");
    expect(document.key).toBe("the-herring-pact");

    const found = await service.ask(
      `query ($statement: String!, $document: String!, $topic: String!) {
        statementByKey(key: $statement) { id key }
        sourceDocumentByKey(key: $document) { id key }
        topic(slug: $topic) { id slug }
      }`,
      { statement: key, document: document.key, topic: topics[0].slug },
    );
    expect(found.data).toEqual({
      statementByKey: { id, key },
      sourceDocumentByKey: document,
      topic: topics[0],
    });
  });

  it("What no record gives is null, whatever the key looks like", async () => {
    const keys = ["nothing", "", "THE-HERRING-PACT", "the-herring-pact/", "ключ"];
    for (const key of keys) {
      const { data } = await service.ask(
        `query ($key: String!) {
          statementByKey(key: $key) { id }
          sourceDocumentByKey(key: $key) { id }
          topic(slug: $key) { id }
        }`,
        { key },
      );
      expect(data).toEqual({ statementByKey: null, sourceDocumentByKey: null, topic: null });
    }
  });

  it("A topic lists the statements about it, filtered and counted", async () => {
    const { data, sql } = await service.ask(`{ topic(slug: "herring") {
      statements(filter: { forms: [VERBATIM] }) { totalCount nodes { key } facets(by: FORM) { value count } }
      none: statements(filter: { forms: [REPORTED] }) { totalCount }
    } }`);
    expect(data.topic).toEqual({
      statements: {
        totalCount: 1,
        nodes: [{ key: "the-herring-pact/whose-sea-it-is" }],
        facets: [{ value: "VERBATIM", count: 1 }],
      },
      none: { totalCount: 0 },
    });
    expect(sql.filter((name) => name === "statementsOfStatementTopic")).toHaveLength(1);
  });
});

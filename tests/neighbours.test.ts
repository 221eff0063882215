import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { startNeighbour } from "./harness/neighbour.js";
import { recordedDatabase, servingService, type ServingService } from "./harness/serving.js";
import { apolloGateway, type Gateway, hiveGateway, relayTo } from "./harness/supergraph.js";
import type { Whatever } from "./harness/whatever.js";

jest.setTimeout(60_000);

const SDL = readFileSync(resolve(__dirname, "../schema.graphql"), "utf8");

/** A neighbour that leads to tenures and citations, and answers two of our fields instead of us. */
const NEWSROOM = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@override"])
  type Query {
    postings: [Tenure]
    quotations: [Citation]
    person(slug: String!): Person @override(from: "communique")
  }
  type Tenure @key(fields: "id") { id: ID! salary: Int }
  type Citation @key(fields: "id") { id: ID! usedIn: String }
  type Person @key(fields: "slug") { slug: String! portrait: String }
  type Place @key(fields: "slug") {
    slug: String!
    name: String! @override(from: "communique")
  }`;

const GATEWAYS = ["Apollo's gateway", "Hive's gateway"] as const;

const LISTED = `{ people { nodes {
  tenures { id title person { name } citations { id start document { key } } } } } }`;

let service: ServingService;
/** What communique itself says of tenures and their citations. */
let tenures: Whatever[];
let citations: Whatever[];
const gateways = {} as Record<(typeof GATEWAYS)[number], Gateway>;
const relays = {} as Record<"ours" | "theirs", Awaited<ReturnType<typeof relayTo>>>;
const closers: (() => unknown)[] = [];

beforeAll(async () => {
  service = await servingService(await recordedDatabase());
  closers.push(() => service.close());
  const { data } = await service.ask(LISTED);
  tenures = (data.people.nodes as Whatever[]).flatMap((person) => person.tenures as Whatever[]);
  citations = tenures.flatMap((tenure) => tenure.citations as Whatever[]);

  const entity = (type: string) => (one: Whatever) => ({ __typename: type, id: one.id as string });
  const unknown = { __typename: "Tenure", id: "00000000-0000-5000-8000-000000000000" };
  const newsroom = await startNeighbour(NEWSROOM, {
    Query: {
      postings: () => [...tenures.map(entity("Tenure")), unknown],
      quotations: () => citations.map(entity("Citation")),
      person: (_: unknown, { slug }: { slug: string }) => ({ __typename: "Person", slug }),
    },
    Tenure: { salary: () => 7 },
    Citation: { usedIn: () => "the evening issue" },
    Person: { portrait: ({ slug }: { slug: string }) => `${slug}.png` },
    Place: { name: ({ slug }: { slug: string }) => slug.toUpperCase() },
  });
  closers.push(newsroom.close);
  relays.ours = await relayTo(`${service.address}/graphql`);
  relays.theirs = await relayTo(newsroom.subgraph.url);
  closers.push(relays.ours.close, relays.theirs.close);
  const subgraphs = [
    { name: "communique", url: relays.ours.url, sdl: SDL },
    { ...newsroom.subgraph, url: relays.theirs.url },
  ];
  gateways["Apollo's gateway"] = await apolloGateway(subgraphs);
  gateways["Hive's gateway"] = await hiveGateway(subgraphs);
  closers.push(...Object.values(gateways).map(({ close }) => close));
});
afterAll(async () => {
  for (const close of closers.toReversed()) await close();
});
beforeEach(() => {
  for (const { heard } of Object.values(relays)) heard.length = 0;
});

/** What a subgraph has been asked since the test began. */
const queriesTo = (name: keyof typeof relays) =>
  relays[name].heard.map(({ body }) => (JSON.parse(body) as { query: string }).query);

describe.each(GATEWAYS)("A neighbour of communique through %s", (name) => {
  it("Tenures are resolved by the ids that a neighbour gives, and an unknown one has no fields", async () => {
    const fields = "id title person { name } citations { id start document { key } }";
    const { data, errors } = await gateways[name].ask(`{ postings { salary ${fields} } }`);
    expect(tenures.length).toBeGreaterThan(1);
    // A title cannot be null, so that the item is, with an error or without.
    expect(data.postings).toEqual([...tenures.map((tenure) => ({ salary: 7, ...tenure })), null]);
    expect((errors ?? []).every(({ path }) => path?.[1] === tenures.length)).toBe(true);
    expect(queriesTo("ours").map((query) => query.includes("_entities"))).toEqual([true]);
  });

  it("Citations are resolved by the ids that a neighbour gives", async () => {
    const query = "{ quotations { id usedIn start document { key } } }";
    const { data, errors } = await gateways[name].ask(query);
    expect(errors).toBeUndefined();
    expect(citations.length).toBeGreaterThan(1);
    expect(data.quotations).toEqual(
      citations.map((citation) => ({ usedIn: "the evening issue", ...citation })),
    );
    expect(queriesTo("ours").map((query) => query.includes("_entities"))).toEqual([true]);
  });

  it("From our tenures and citations a neighbour's fields are reached by the same keys", async () => {
    const { data, errors } = await gateways[name].ask(
      "{ people { nodes { tenures { id salary citations { id usedIn } } } } }",
    );
    expect(errors).toBeUndefined();
    const found = (data.people.nodes as Whatever[]).flatMap(
      (person) => person.tenures as Whatever[],
    );
    expect(found).toEqual(
      tenures.map((tenure) => ({
        id: tenure.id as string,
        salary: 7,
        citations: (tenure.citations as Whatever[]).map((citation) => ({
          id: citation.id as string,
          usedIn: "the evening issue",
        })),
      })),
    );
  });

  it("A root field with @override is asked of the neighbour, and the rest of its type of us", async () => {
    const query = `{ person(slug: "rajnath-singh") { portrait name } }`;
    expect(await gateways[name].ask(query)).toEqual({
      data: { person: { portrait: "rajnath-singh.png", name: "Rajnath Singh" } },
    });
    expect(queriesTo("theirs").join()).toContain("person(");
    expect(queriesTo("ours").join()).toContain("_entities");
    expect(queriesTo("ours").join()).not.toContain("person(");
  });

  it("A field of an entity with @override is asked of the neighbour", async () => {
    const query = `{ place(slug: "vientiane") { slug name country { name } } }`;
    expect(await gateways[name].ask(query)).toEqual({
      data: { place: { slug: "vientiane", name: "VIENTIANE", country: { name: "Laos" } } },
    });
    expect(queriesTo("ours")).toHaveLength(1);
    expect(queriesTo("theirs").join()).toMatch(/_entities[^]*\bname\b/);
  });
});

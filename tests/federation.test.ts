import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { composeServices } from "@apollo/composition";
import fc from "fast-check";
import { parse } from "graphql";
import type { Whatever } from "./harness/whatever.js";
import { fableWith } from "./fixtures/fable.js";
import { SHIPPED_RECORD, serviceWith, type TestService } from "./harness/service.js";

const SDL = readFileSync(resolve(__dirname, "../schema.graphql"), "utf8");
const UNKNOWN_ID = "00000000-0000-5000-8000-000000000000";

const ENTITIES = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) {
    __typename
    ... on Person { id slug }
    ... on Country { id code }
    ... on Place { id slug }
    ... on Organization { id slug }
    ... on Meeting { id slug }
    ... on Agreement { id slug }
    ... on Statement { id }
    ... on SourceDocument { id }
    ... on StatementTopic { id slug }
    ... on Tenure { id }
    ... on Citation { id }
  }
}`;

let shipped: TestService;
beforeAll(async () => {
  shipped = await serviceWith(SHIPPED_RECORD);
});
afterAll(() => shipped.close());

async function entities(representations: unknown[]) {
  const { data, errors, sql } = await shipped.askExpectingErrors(ENTITIES, { representations });
  return { found: data._entities as unknown[], errors, sql };
}

describe("The subgraph schema", () => {
  it("_service returns the schema in schema.graphql", async () => {
    const { data } = await shipped.ask("{ _service { sdl } }");
    expect(`${data._service.sdl}`.trimEnd()).toBe(SDL.trimEnd());
  });

  it("The subgraph composes with one that knows countries by code", () => {
    const geography = parse(`
      extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
      scalar CountryCode
      type Country @key(fields: "code") { code: CountryCode! name: String! @shareable capital: String }
      type Query { country(code: CountryCode!): Country @shareable }
    `);
    const { errors, supergraphSdl } = composeServices([
      { name: "communique", typeDefs: parse(SDL) },
      { name: "geography", typeDefs: geography },
    ]);
    expect(errors).toBeUndefined();
    expect(supergraphSdl).toContain("capital: String");
  });
});

describe("Entities", () => {
  /** Everything on record, by type and key: what the lists of the root say. */
  async function onRecord(): Promise<[type: string, key: string, values: string[]][]> {
    const { data } = await shipped.ask(`{
      Person: people { nodes { id slug } }
      Country: countries { nodes { id code } }
      Place: places { nodes { id slug } }
      Organization: meetings { nodes { convener { id slug } } }
      Meeting: meetings { nodes { id slug } }
      Agreement: agreements { nodes { id slug } }
      Statement: statements { nodes { id } }
      SourceDocument: sourceDocuments { nodes { id } }
      StatementTopic: topics { id slug }
      Tenure: people { nodes { tenures { id } } }
      Citation: people { nodes { tenures { citations { id } } } }
      OfStatements: statements { nodes { citations { id } } }
    }`);
    data.Tenure = data.Tenure.nodes.flatMap(({ tenures }: Whatever) => tenures);
    const ofTenures = data.Citation.nodes.flatMap(({ tenures }: Whatever) => tenures);
    data.Citation = [...ofTenures, ...data.OfStatements.nodes].flatMap((one) => one.citations);
    delete data.OfStatements;
    const rows = Object.entries(data).map(([type, list]): [string, Record<string, string>[]] => {
      const nodes = list.nodes ?? list;
      return [type, type === "Organization" ? nodes.flatMap(convenerOf) : nodes];
    });
    return rows.flatMap(([type, nodes]) =>
      Object.keys(nodes[0]!).map((key): [string, string, string[]] => [
        type,
        key,
        nodes.map((node) => node[key]!),
      ]),
    );
  }

  function convenerOf({ convener }: { convener: Record<string, string> | null }) {
    return convener ?? [];
  }

  it("Entities are found by each key, in order, with one SQL statement for each type and key", async () => {
    const known = await onRecord();
    expect(known.map(([type, key, values]) => `${type} ${key} ${values.length}`)).toEqual([
      "Person id 6",
      "Person slug 6",
      "Country id 4",
      "Country code 4",
      "Place id 1",
      "Place slug 1",
      "Organization id 2",
      "Organization slug 2",
      "Meeting id 8",
      "Meeting slug 8",
      "Agreement id 2",
      "Agreement slug 2",
      "Statement id 14",
      "SourceDocument id 1",
      "StatementTopic id 5",
      "StatementTopic slug 5",
      "Tenure id 7",
      "Citation id 23",
    ]);
    // Key by key in turns, backwards, so that neither type nor order helps.
    const asked = known
      .flatMap(([type, key, values]) =>
        values.map((value, i) => ({ at: i, representation: { __typename: type, [key]: value } })),
      )
      .sort((a, b) => b.at - a.at)
      .map(({ representation }) => representation);

    const { found, errors, sql } = await entities(asked);
    expect(errors).toEqual([]);
    expect(found).toEqual(asked.map((representation) => expect.objectContaining(representation)));
    expect(sql.sort()).toEqual([
      "agreementsByIds",
      "agreementsBySlugs",
      "citationsByIds",
      "countriesByCodes", // by code and by id: they are the same
      "documentsByIds",
      "meetingsByIds",
      "meetingsBySlugs",
      "organizationsByIds",
      "organizationsBySlugs",
      "peopleByIds",
      "peopleBySlugs",
      "placesByIds",
      "placesBySlugs",
      "statementsByIds",
      "tenuresByIds",
      "topicsByIds",
      "topicsBySlugs",
    ]);
  });

  it("An entity with an unknown key is null, and the others are found", async () => {
    const { found, errors } = await entities([
      { __typename: "Person", slug: "nobody" },
      { __typename: "Person", slug: "dong-jun" },
      { __typename: "Person", id: UNKNOWN_ID },
      { __typename: "Statement", id: "not a UUID" },
      { __typename: "Country", code: "XX" },
      { __typename: "Country", code: "china" },
      { __typename: "Country", id: "FR" },
      { __typename: "StatementTopic", slug: "" },
      { __typename: "SourceDocument", id: UNKNOWN_ID },
      { __typename: "Tenure", id: UNKNOWN_ID },
      { __typename: "Citation", id: UNKNOWN_ID },
      { __typename: "Citation", id: "the-herring-pact#0-5" },
      { __typename: "Person", slug: "dong-jun" },
    ]);
    expect(errors).toEqual([]);
    const dong = expect.objectContaining({ slug: "dong-jun" }) as object;
    const france = { __typename: "Country", id: "FR", code: "FR" };
    expect(found).toEqual([
      null,
      dong,
      null,
      null,
      null,
      null,
      france,
      null,
      null,
      null,
      null,
      null,
      dong,
    ]);
  });

  it("An entity is found by an ID in capitals, and by a key beside fields of other subgraphs", async () => {
    const { data } = await shipped.ask(`{ person(slug: "xi-jinping") { id } }`);
    const { found } = await entities([
      { __typename: "Person", id: data.person.id.toUpperCase() },
      { __typename: "Person", slug: "xi-jinping", id: null, party: { name: "…" } },
    ]);
    const xi = { __typename: "Person", id: data.person.id as string, slug: "xi-jinping" };
    expect(found).toEqual([xi, xi]);
  });

  it("An entity is found by a former slug", async () => {
    const fable = await serviceWith(fableWith() as never);
    const representations = [{ __typename: "Person", slug: "b-drift" }];
    const { data } = await fable.ask(ENTITIES, { representations });
    await fable.close();
    expect(data._entities).toEqual([expect.objectContaining({ slug: "bo-drift" })]);
  });

  it("An entity answers its fields and filtered lists as the root field does", async () => {
    const fields = `
      name
      statements(filter: { places: ["vientiane"] }, first: 50) { totalCount nodes { id text } }
      quoted: statements(filter: { forms: [VERBATIM] }) { totalCount }`;
    const { data } = await shipped.ask(
      `query ($representations: [_Any!]!) {
        _entities(representations: $representations) { ... on Person { ${fields} } }
        person(slug: "rajnath-singh") { ${fields} }
      }`,
      { representations: [{ __typename: "Person", slug: "rajnath-singh" }] },
    );
    expect(data._entities).toEqual([data.person]);
    expect(data.person.statements.totalCount).toBe(14);
    expect(data.person.statements.nodes).toHaveLength(14);
    expect(data.person.quoted.totalCount).toBe(2);
  });

  it("A tenure and a citation answer as entities what they answer where they are listed", async () => {
    const citation = "id start end locator textSha256 exact document { key }";
    const tenure = `id title startDate endDate person { slug } country { code } citations { ${citation} }`;
    const { data } = await shipped.ask(`{ people { nodes { tenures { ${tenure} } } } }`);
    const tenures = data.people.nodes.flatMap((person: Whatever) => person.tenures) as Whatever[];
    const listed = tenures.flatMap(({ citations }) => citations as Whatever[]);
    const representations = [
      ...tenures.map(({ id }) => ({ __typename: "Tenure", id: id as string })),
      ...listed.map(({ id }) => ({ __typename: "Citation", id: id as string })),
    ];
    const found = await shipped.ask(
      `query ($representations: [_Any!]!) {
        _entities(representations: $representations) {
          ... on Tenure { ${tenure} }
          ... on Citation { ${citation} }
        }
      }`,
      { representations },
    );
    expect(tenures.length).toBeGreaterThan(1);
    expect(found.data._entities).toEqual([...tenures, ...listed]);
    expect(found.sql.filter((name) => /^(tenures|citations)/.test(name)).sort()).toEqual([
      "citationsByIds",
      "tenuresByIds",
    ]);
  });

  it("The lists of all entities of a type are read in one SQL statement", async () => {
    const slugs = ["rajnath-singh", "nobody", "dong-jun", "xi-jinping"];
    const { data, sql } = await shipped.ask(
      `query ($representations: [_Any!]!) {
        _entities(representations: $representations) {
          ... on Person { statements { nodes { speakers { country { code } } } } }
        }
      }`,
      { representations: slugs.map((slug) => ({ __typename: "Person", slug })) },
    );
    const lengths = (data._entities as (null | { statements: { nodes: unknown[] } })[]).map(
      (person) => person && person.statements.nodes.length,
    );
    expect(lengths).toEqual([14, null, 1, 0]);
    expect(sql).toEqual(["peopleBySlugs", "statementsOfPerson"]);
  });

  it("A thousand entities are found in one request with two SQL statements at most", async () => {
    const { data } = await shipped.ask("{ statements { nodes { id } } }");
    const ids = (data.statements.nodes as { id: string }[]).map(({ id }) => id);
    const asked = Array.from({ length: 1_000 }, (_, i) => ({
      __typename: "Statement",
      id: i % 10 === 9 ? UNKNOWN_ID : ids[i % ids.length],
    }));
    const { found, errors, sql } = await entities(asked);
    expect(errors).toEqual([]);
    expect(found).toEqual(asked.map((one) => (one.id === UNKNOWN_ID ? null : one)));
    // The unknown ones may be those of merged statements.
    expect(sql).toEqual(["statementsByIds", "statementsByIds_merged"]);
  });
});

describe("Invalid representations", () => {
  it.each<[string, unknown, string]>([
    ["no type", { slug: "dong-jun" }, "representations[1].__typename"],
    [
      "a type that is no name",
      { __typename: 5, slug: "dong-jun" },
      "representations[1].__typename",
    ],
    ["an unknown type", { __typename: "Planet", id: "3" }, "representations[1].__typename"],
    ["a type without keys", { __typename: "Speaker", id: "3" }, "representations[1].__typename"],
    ["a type like a property", { __typename: "constructor" }, "representations[1].__typename"],
    ["no key", { __typename: "Person", name: "Dong Jun" }, "representations[1]"],
    ["a key that is null", { __typename: "Person", slug: null }, "representations[1]"],
    ["a key of another type", { __typename: "Country", slug: "india" }, "representations[1]"],
    ["a key that is a number", { __typename: "Person", id: 5 }, "representations[1].id"],
    ["a key that is a list", { __typename: "Place", slug: ["x"] }, "representations[1].slug"],
    ["a key with a NUL byte", { __typename: "Person", slug: "a\0" }, "representations[1].slug"],
    ["half a surrogate pair", { __typename: "Person", id: "\ud800" }, "representations[1].id"],
    ["a number", 5, "representations[1]"],
    ["a text", "Person", "representations[1]"],
    ["a list", [], "representations[1].__typename"],
  ])(
    "An invalid representation is named by its index, and the others are answered: %s",
    async (_, bad, argument) => {
      const good = { __typename: "Person", slug: "dong-jun" };
      const { found, errors } = await entities([good, bad, good]);
      const dong = expect.objectContaining(good) as object;
      expect(found).toEqual([dong, null, dong]);
      expect(errors.map(({ path, extensions }) => ({ path, ...extensions }))).toEqual([
        { path: ["_entities", 1], code: "BAD_USER_INPUT", argument },
      ]);
    },
  );

  it("A null representation makes the whole list null", async () => {
    const good = { __typename: "Person", slug: "dong-jun" };
    const { data, errors } = await shipped.askExpectingErrors(ENTITIES, {
      representations: [good, null],
    });
    expect(data).toBeNull();
    expect(errors.map(({ extensions }) => extensions)).toEqual([
      { code: "BAD_USER_INPUT", argument: "representations[1]" },
    ]);
  });

  it("A representation of any JSON never causes an internal error", async () => {
    const key = fc.oneof(fc.string({ unit: "binary" }), fc.jsonValue());
    const type = fc.constantFrom(
      "Person",
      "Country",
      "Meeting",
      "Statement",
      "Tenure",
      "Citation",
      "Speaker",
      "toString",
    );
    const representation = fc.oneof(
      fc.jsonValue().filter((value) => value !== null),
      fc.record(
        { __typename: type, id: key, slug: key, code: key },
        { requiredKeys: ["__typename"] },
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(representation, { maxLength: 5 }), async (representations) => {
        const { found, errors } = await entities(representations);
        expect(found).toHaveLength(representations.length);
        for (const { path, extensions } of errors) {
          expect(extensions?.code).toBe("BAD_USER_INPUT");
          expect(extensions?.argument).toMatch(`representations[${path![1]}]`);
        }
      }),
      { numRuns: 200 },
    );
  });
});

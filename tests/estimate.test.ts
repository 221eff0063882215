import {
  buildSchema,
  getIntrospectionQuery,
  getOperationAST,
  type GraphQLObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
  print,
  validate,
} from "graphql";
import { declareCosts } from "../src/cost/declarations.js";
import { CostEstimator } from "../src/cost/estimate.js";
import { createSchema, printSchema } from "../src/schema.js";
import { composeApollo, composeCosmo, composeGuild } from "./harness/composition.js";

const schema = createSchema();
const estimator = new CostEstimator(schema);

function estimateOf(query: string, variables?: Record<string, unknown>) {
  const document = parse(query);
  expect(validate(schema, document).map(String)).toEqual([]);
  return estimator.estimate(document, getOperationAST(document)!, variables);
}

const costOf = (query: string, variables?: Record<string, unknown>) =>
  estimateOf(query, variables).cost;

describe("Cost declarations in the schema", () => {
  const directivesOn = (type: string, field: string) => {
    const { astNode } = (schema.getType(type) as GraphQLObjectType).getFields()[field]!;
    return astNode!.directives!.map(({ name, arguments: args = [] }) => [
      name.value,
      ...args.map((arg) => `${arg.name.value}: ${print(arg.value)}`),
    ]);
  };
  const pages = (...slicing: string[]) => [
    "listSize",
    "assumedSize: 20",
    `slicingArguments: [${slicing.map((name) => `"${name}"`).join(", ")}]`,
    `sizedFields: ["edges", "nodes"]`,
    "requireOneSlicingArgument: false",
  ];

  it("Every list field but Query._entities and the lists of a page has a @listSize", () => {
    const undeclared = Object.values(schema.getTypeMap()).flatMap((type) => {
      if (!isObjectType(type) || type.name.startsWith("__")) return [];
      return Object.values(type.getFields())
        .filter(({ type }) => isListType(isNonNullType(type) ? type.ofType : type))
        .map(({ name }) => `${type.name}.${name}`)
        .filter((name) => !/Connection\.(edges|nodes)$/.test(name))
        .filter(
          (name) => !directivesOn(type.name, name.split(".")[1]!).some(([it]) => it === "listSize"),
        );
    });
    expect(undeclared).toEqual(["Query._entities"]);
  });

  it("Fields that return pages take their list size from the arguments first and last", () => {
    expect(directivesOn("Query", "people")).toEqual([pages("first", "last")]);
    expect(directivesOn("Query", "statements")).toEqual([
      ["cost", "weight: 5000"],
      pages("first", "last"),
    ]);
    expect(directivesOn("Person", "counterparts")).toEqual([
      ["cost", "weight: 3000"],
      pages("first"),
    ]);
    expect(directivesOn("Query", "searchRecord")).toEqual([
      ["cost", "weight: 5000"],
      pages("first"),
    ]);
  });

  it("Counts and facets declare their cost, and facets are sized by the argument first", () => {
    expect(directivesOn("PersonConnection", "totalCount")).toEqual([["cost", "weight: 5"]]);
    expect(directivesOn("CounterpartConnection", "unknownSideCount")).toEqual([
      ["cost", "weight: 5"],
    ]);
    expect(directivesOn("StatementConnection", "facets")).toEqual([
      ["cost", "weight: 2"],
      ["listSize", `slicingArguments: ["first"]`, "requireOneSlicingArgument: false"],
    ]);
  });

  it("All three composition libraries pass the cost declarations on to the supergraph", () => {
    const sdl = printSchema(schema);
    const declared = countOf(sdl);
    expect(Math.min(...declared)).toBeGreaterThan(10);
    const subgraphs = [{ name: "communique", url: "http://communique.test", sdl }];
    for (const { supergraph } of [composeApollo(subgraphs), composeGuild(subgraphs)]) {
      expect(countOf(supergraph!)).toEqual(declared);
    }
    const { fieldWeights, listSizes } = composeCosmo(subgraphs).costs!;
    const weights = [...fieldWeights.values()].map(
      ({ weight, argumentWeights }) => argumentWeights.size + (weight === undefined ? 0 : 1),
    );
    expect([listSizes.size, weights.reduce((sum, count) => sum + count)]).toEqual(declared);
  });

  function countOf(sdl: string): number[] {
    const uses = [/(?<!directive )@listSize\(/g, /(?<!directive )@cost\(/g];
    return uses.map((use) => sdl.match(use)!.length);
  }

  it("A list field without a declared size is refused at the start", () => {
    const types = "type Person { friends: [Person!]! }";
    expect(() => declareCosts(parse(types), buildSchema(types))).toThrow(
      "Person.friends is a list without a size: declare it by @Extensions({ listSize: … })",
    );
  });
});

describe("The cost of a query", () => {
  it.each<[string, string, number]>([
    ["nothing for scalars of the root", "{ __typename }", 0],
    ["an object 1", `{ person(slug: "x") { name sortName } }`, 1],
    [
      "objects in objects 1 each",
      `{ statement(id: 1) { meeting { place { country { name } } } } }`,
      4,
    ],
    ["a list what it is assumed to hold", `{ statement(id: 1) { speakers { id } } }`, 1 + 3],
    [
      "lists in lists their product",
      `{ statement(id: 1) { speakers { tenures { person { name } } } } }`,
      1 + 3 * (1 + 3 * 2),
    ],
    ["a page the connection and its rows", "{ people(first: 7) { nodes { name } } }", 1 + 7],
    ["a page from the end the same", "{ people(last: 7) { nodes { name } } }", 1 + 7],
    ["a page of no rows the connection", "{ people(first: 0) { nodes { tenures { title } } } }", 1],
    ["a page of no size 20 rows", "{ people { nodes { name } } }", 1 + 20],
    ["a page of null 20 rows", "{ people(first: null) { nodes { name } } }", 1 + 20],
    ["the larger of two sizes", "{ people(first: 3, last: 9) { nodes { name } } }", 1 + 9],
    [
      "edges with their nodes twice the rows",
      "{ people(first: 7) { edges { node { name } } } }",
      1 + 14,
    ],
    ["edges beside nodes both", "{ people(first: 7) { edges { cursor } nodes { name } } }", 1 + 14],
    ["a page without rows the connection", "{ people(first: 100) { pageInfo { endCursor } } }", 2],
    [
      "pages in pages their product",
      "{ people(first: 5) { nodes { meetings(first: 3) { nodes { title } } } } }",
      1 + 5 * (1 + 1 + 3),
    ],
    ["a count 5", "{ people(first: 0) { totalCount } }", 1 + 5],
    [
      "a facet of statements 9,000 and 2 for each value",
      "{ statements(first: 0) { facets(by: YEAR, first: 4) { value } } }",
      5_000 + 9_000 + 8,
    ],
    [
      "a facet of no size ten values",
      "{ statements(first: 0) { facets(by: YEAR) { value } } }",
      5_000 + 9_000 + 20,
    ],
    [
      "a facet of null ten values",
      "{ statements(first: 0) { facets(by: YEAR, first: null) { value } } }",
      5_000 + 9_000 + 20,
    ],
    [
      "a search 5,000 and its rows",
      `{ searchRecord(query: "x", first: 3) { nodes { __typename } } }`,
      5_000 + 3,
    ],
    ["a count of statements 600", "{ statements(first: 0) { totalCount } }", 5_000 + 600],
    [
      "a facet of meetings 2,500",
      "{ meetings(first: 0) { facets(by: YEAR, first: 4) { value } } }",
      300 + 2_500 + 8,
    ],
    [
      "a filter 1, and what each value of it may have to read",
      `{ statements(first: 0, filter: { places: ["x", "y"], date: { from: "2024" }, ids: ["x"] }) { __typename } }`,
      5_000 + 1 + 2 * 40 + 100,
    ],
    [
      "words what it takes to rank all that have them",
      `{ statements(filter: { text: "fog" }, orderBy: RELEVANCE) { __typename } }`,
      5_000 + 1 + 12_000,
    ],
    [
      "the most expensive member of a union",
      `{ searchRecord(query: "x", first: 2) { nodes { ... on Person { tenures { title } } ... on Place { country { name } } } } }`,
      5_000 + 2 * 11,
    ],
    [
      "aliases each for itself",
      `{ a: person(slug: "x") { name } b: person(slug: "x") { name } }`,
      2,
    ],
    ["nothing for the schema itself", getIntrospectionQuery(), 0],
  ])("The cost counts %s", (_what, query, cost) => {
    expect(costOf(query)).toBe(cost);
  });

  it("The cost uses the values of variables and their defaults", () => {
    const query = "query ($n: Int) { people(first: $n) { nodes { name } } }";
    const preset = "query ($n: Int = 50) { people(first: $n) { nodes { name } } }";
    expect(costOf(query, { n: 7 })).toBe(8);
    expect(costOf(query, { n: null })).toBe(21);
    expect(costOf(query, {})).toBe(21);
    expect(costOf(query, { n: "7" })).toBe(21); // refused when its type is checked
    expect(costOf(query, { n: -7 })).toBe(1);
    expect(costOf(preset, { n: 7 })).toBe(8);
    expect(costOf(preset, { n: null })).toBe(21);
    expect(costOf(preset, {})).toBe(51);
    const facets = "query ($n: Int) { statements { facets(by: YEAR, first: $n) { value } } }";
    expect(costOf(facets, { n: 50 })).toBe(5_000 + 9_000 + 100);
    expect(costOf(facets, {})).toBe(5_000 + 9_000 + 20);
  });

  it("A filter in a variable costs the same as a literal one", () => {
    const query =
      "query ($f: StatementFilter, $d: PartialDateRange) { a: statements(filter: $f) { __typename } b: statements(filter: { date: $d }) { __typename } }";
    const d = { from: "2024" };
    expect(costOf(query, { f: { date: d, places: ["x"], nonsense: { a: 1 } }, d })).toBe(
      2 * 5_000 + 2 + 40 + 100 + 100,
    );
    expect(costOf(query, {})).toBe(2 * 5_000 + 1);
  });

  it("The cost of _entities counts the representations", () => {
    const query = (r: string) => `query ($r: [_Any!]!, $one: [_Any!]! = {}) {
      a: _entities(representations: ${r}) { ... on Person { name } }
      b: _entities(representations: $r) { __typename }
      c: _entities(representations: $one) { __typename }
    }`;
    const r = Array.from({ length: 30 }, () => ({ __typename: "Person" }));
    expect(costOf(query("[{}, {}]"), { r })).toBe(2 + 30 + 1);
    expect(costOf(query("$r"), { r })).toBe(30 + 30 + 1);
    expect(costOf(query("$one"), { r: [] })).toBe(1 + 0 + 1);
  });

  it("Fields skipped by @skip or @include cost nothing", () => {
    const query = `query ($yes: Boolean!, $no: Boolean!) {
      a: topics @skip(if: true) { slug }
      b: topics @include(if: false) { slug }
      c: topics @skip(if: $yes) { slug }
      d: topics @include(if: $no) { slug }
      ... @skip(if: $yes) { e: topics { slug } }
      ...F @include(if: $no)
      person(slug: "x") @include(if: $yes) @skip(if: $no) { name }
    } fragment F on Query { f: topics { slug } }`;
    expect(costOf(query, { yes: true, no: false })).toBe(1);
    expect(costOf(query, { yes: false, no: true })).toBe(400);
  });

  it("A fragment costs as much as its fields, wherever it is spread", () => {
    const query = `{
      people(first: 3) { ...Rows }
      more: people(first: 5) { ... on PersonConnection { ...Rows } }
    } fragment Rows on PersonConnection { nodes { ...Name tenures { title } } }
    fragment Name on Person { name }`;
    expect(costOf(query)).toBe(1 + 3 * 11 + (1 + 5 * 11));
  });

  it("A fragment is estimated once, however often it is spread", () => {
    const bomb = Array.from(
      { length: 200 },
      (_, i) => `fragment F${i} on Person { ...F${i + 1} ...F${i + 1} }`,
    );
    const query = `{ person(slug: "x") { ...F0 } } ${bomb.join("\n")} fragment F200 on Person { tenures { id } }`;
    const document = parse(query);
    const { cost } = estimator.estimate(document, getOperationAST(document)!);
    expect(cost).toBe(Number.MAX_SAFE_INTEGER); // and not 2 to the power of 200 steps later
  });

  it("The cost stays a safe integer for pages nested very deep", () => {
    const pages = "children(first: 2147483647) { nodes { ".repeat(60) + "id" + "} }".repeat(60);
    expect(costOf(`{ meeting(slug: "x") { ${pages} } }`)).toBe(Number.MAX_SAFE_INTEGER);
    const none = pages.replace("2147483647", "0");
    expect(costOf(`{ meeting(slug: "x") { ${none} } }`)).toBe(2);
  });

  it("The estimate of values counts each scalar and list item", () => {
    expect(estimateOf("{ people(first: 2) { nodes { name otherNames } totalCount } }").values).toBe(
      1 + (1 + 2 * (1 + 1 + (1 + 20))) + 1,
    );
  });

  it("Variables named like properties of Object are counted correctly", () => {
    const query =
      "query ($constructor: Int, $__proto__: Int) { a: people(first: $constructor) { nodes { name } } b: people(first: $__proto__) { nodes { name } } }";
    expect(costOf(query, {})).toBe(42);
    expect(costOf(query, JSON.parse(`{ "__proto__": 3, "constructor": 4 }`) as never)).toBe(4 + 5);
  });

  it("A cached document is estimated with the variables of each request", () => {
    const document = parse(
      "query ($first: Int, $filter: StatementFilter, $more: Boolean = false) { statements(first: $first, filter: $filter) { nodes { id meeting @include(if: $more) { id } } } }",
    );
    const several = [
      {},
      { first: 2 },
      { first: 30 },
      { first: null },
      { first: 30, more: true },
      { filter: null },
      { filter: { places: ["a"] } },
      { filter: { places: ["a", "b", "c"] } },
      { filter: { places: ["d"] } },
      { filter: { text: "a" } },
      { filter: { text: '":{"text":"",' } },
      { filter: { places: Array.from({ length: 100 }, (_, n) => `place-${n}`) } },
    ];
    const cost = (by: CostEstimator, variables: object) =>
      by.estimate(document, getOperationAST(document)!, { ...variables });
    const alone = several.map((variables) => cost(new CostEstimator(schema), variables));
    for (let times = 0; times < 3; times++) {
      expect(several.map((variables) => cost(estimator, variables))).toEqual(alone);
    }
    expect(new Set(alone.map(({ cost }) => cost)).size).toBeGreaterThan(6);
  });
});

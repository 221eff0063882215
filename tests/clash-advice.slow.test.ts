import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { buildSchema, type GraphQLSchema } from "graphql";
import {
  composeApollo,
  composeCosmo,
  composeGuild,
  LIBRARIES,
  namedIn,
  type Subgraph,
} from "./harness/composition.js";

// What docs/federation.md advises a neighbour with clashing names to do, and what it says does not help.

const SDL = readFileSync(resolve(__dirname, "../schema.graphql"), "utf8");
const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@shareable", "@override", "@inaccessible", "@tag"])`;
const beside = (sdl: string): Subgraph[] => [
  { name: "communique", url: "http://communique.test", sdl: SDL },
  { name: "newsroom", url: "http://newsroom.test", sdl: `${LINK} ${sdl}` },
];

const ENTITIES: Record<string, string> = {
  Agreement: "slug: String!",
  Country: "code: CountryCode!",
  Meeting: "slug: String!",
  Organization: "slug: String!",
  Person: "slug: String!",
  Place: "slug: String!",
  SourceDocument: "id: ID!",
  Statement: "id: ID!",
  Tenure: "id: ID!",
};
/** A subgraph with all our entities, each with these fields. */
const entities = (fields: (type: string) => string) => `scalar CountryCode
  type Query { ${Object.keys(ENTITIES)
    .map((type) => `${type.toLowerCase()}InTheNews: ${type}`)
    .join("\n")} }
  ${Object.keys(ENTITIES)
    .map((type) => `type ${type} ${fields(type)}`)
    .join("\n")}`;
const byKey = (type: string) =>
  `@key(fields: "${ENTITIES[type]!.split(":")[0]}") { ${ENTITIES[type]} photo: String }`;

const root = (field: string, directive: string) => `type Query { ${field} ${directive} }
  type Person @key(fields: "slug") { slug: String! portrait: String }`;
const person = (directive: string) => root("person(slug: String!): Person", directive);
const placeName = (directive: string) => `type Query { desks: Int }
  type Place @key(fields: "slug") { slug: String! name: String! ${directive} }`;
const countryName = (directive: string) => `type Query { desks: Int } scalar CountryCode
  type Country @key(fields: "code") { code: CountryCode! name: String! ${directive} }`;
const pageInfo = (directive: string) => `type Query { desks: PageInfo }
  type PageInfo ${directive} {
    hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }`;
const edge = (directive: string) => `type Query { desks: PlaceEdge }
  type PlaceEdge { cursor: String! ${directive} node: Place! ${directive} }
  type Place @key(fields: "slug") { slug: String! }`;
const kind = (name: string, directive = "") => `type Query { desks(kind: ${name}): ${name} }
  enum ${name} ${directive} { BRIEFING INTERVIEW }`;
const filter = (name: string) => `type Query { desks(filter: ${name}): Int }
  input ${name} { text: [String!] city: String }`;
const cited = (type: string) => `type Query { desks: ${type} } type ${type} { quote: String }`;

const OVERRIDE = `@override(from: "communique")`;

describe.each(LIBRARIES)("Advice for clashing names, with %s library", (_, compose) => {
  const composed = (sdl: string) => compose(beside(sdl)).messages;

  it.each<[advice: string, before: string, clashing: string[], after: string]>([
    [
      "joins our entities by their keys",
      entities(() => "{ id: ID! photo: String }"),
      Object.keys(ENTITIES),
      entities(byKey),
    ],
    [
      "leaves the root field to us",
      person(""),
      ["Query.person"],
      root("employee(slug: String!): Person", ""),
    ],
    ["shares PageInfo", pageInfo(""), ["PageInfo"], pageInfo("@shareable")],
    ["shares a country's name", countryName(""), ["Country"], countryName("@shareable")],
    ["renames a type", cited("Citation"), [], cited("NewsroomCitation")],
    ["renames an enum", kind("MeetingKind"), ["MeetingKind"], kind("CalendarKind")],
    ["renames a filter", filter("PlaceFilter"), ["PlaceFilter"], filter("VenueFilter")],
    ["overrides a root field", person(""), ["Query.person"], person(OVERRIDE)],
    ["overrides a field of an entity", placeName(""), ["Place"], placeName(OVERRIDE)],
  ])("A neighbour clashes before it %s, and composes after", (_, before, clashing, after) => {
    const messages = composed(before);
    expect(messages).not.toEqual([]);
    if (clashing.length > 0) expect(namedIn(messages)).toEqual(clashing);
    expect(composed(after)).toEqual([]);
  });

  it.each<[what: string, sdl: (directive: string) => string, clashing: string]>([
    ["a root field", person, "Query.person"],
    ["a field of an entity", placeName, "Place"],
    ["the fields of another type", edge, "PlaceEdge"],
  ])("Neither @shareable nor @inaccessible nor @tag on their side helps %s", (_, sdl, clashing) => {
    for (const directive of ["@shareable", "@inaccessible", `@tag(name: "internal")`])
      expect(namedIn(composed(sdl(directive)))).toContain(clashing);
  });

  it("Neither @inaccessible nor @tag helps an enum", () => {
    for (const directive of ["@inaccessible", `@tag(name: "internal")`])
      expect(namedIn(composed(kind("MeetingKind", directive)))).toContain("MeetingKind");
  });

  it.each([
    ["another type of argument", "person(slug: ID!): Person"],
    ["another argument that is required", "person(slug: String!, desk: ID!): Person"],
    ["an argument less", "person: Person"],
    ["another type", "person(slug: String!): Employee"],
  ])("An override with %s does not compose", (_, field) => {
    const messages = composed(`${root(field, OVERRIDE)} type Employee { name: String }`);
    expect(messages.join()).toContain("person");
  });
});

it("An optional argument of an override is lost, but not by Cosmo's library", () => {
  const subgraphs = beside(root("person(slug: String!, lang: String): Person", OVERRIDE));
  const argumentsIn = (schema: GraphQLSchema) =>
    schema
      .getQueryType()!
      .getFields()
      .person!.args.map(({ name }) => name);
  const apollo = composeApollo(subgraphs);
  expect(apollo.hints).toContain("INCONSISTENT_ARGUMENT_PRESENCE");
  for (const { supergraph } of [apollo, composeGuild(subgraphs)])
    expect(argumentsIn(buildSchema(supergraph!, { assumeValidSDL: true }))).toEqual(["slug"]);
  expect(argumentsIn(composeCosmo(subgraphs).schema!)).toEqual(["slug", "lang"]);
});

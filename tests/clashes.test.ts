import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import {
  type ASTNode,
  buildSchema,
  type DocumentNode,
  type GraphQLEnumType,
  type GraphQLInputObjectType,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  print,
  visit,
} from "graphql";
import {
  composeApollo,
  composeCosmo,
  composeGuild,
  LIBRARIES,
  namedIn,
  type Subgraph,
} from "./harness/composition.js";

const read = (path: string) => readFileSync(resolve(__dirname, path), "utf8");
const communique: Subgraph = {
  name: "communique",
  url: "http://communique.test",
  sdl: read("../schema.graphql"),
};
/** A subgraph of everyday names, whose authors have not heard of communique. */
const NEIGHBOUR = read("fixtures/neighbour.graphql");
const beside = (sdl: string): Subgraph[] => [
  communique,
  { name: "newsroom", url: "http://newsroom.test", sdl },
];

/** What composition refuses of that neighbour: docs/federation.md lists it, and what to do. */
const ROOT_FIELDS = [
  ...["agreement", "agreements", "countries", "country", "meeting", "meetings", "organization"],
  "organizations",
  ...["people", "person", "place", "places", "statement", "statements", "topic", "topics"],
].map((field) => `Query.${field}`);
const TYPES = [
  ...[
    "Agreement",
    "Country",
    "DocumentKind",
    "Meeting",
    "MeetingKind",
    "MeetingStatus",
    "Organization",
  ],
  ...["PageInfo", "Person", "Place", "PlaceConnection", "PlaceEdge", "Speaker", "Statement"],
];
/** What it mixes instead, or refuses only once the others are gone; one scalar of both is right. */
const MIXED = ["Citation", "DateTime", "MeetingFilter", "PlaceFilter"];

/** The names of types, and of the fields of Query. */
function namesIn(document: DocumentNode): string[] {
  return document.definitions.flatMap((definition) => {
    if (!("name" in definition) || !definition.name) return [];
    const name = definition.name.value;
    if (name !== "Query" || definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return [name];
    return definition.fields!.map((field) => `Query.${field.name.value}`);
  });
}

/** A subgraph with some of its types and root fields by other names. */
function renamed(sdl: string, names: string[]): string {
  const document = visit(parse(sdl), {
    Name(name, _key, parent, _path, ancestors) {
      const isField = (parent as ASTNode).kind === Kind.FIELD_DEFINITION;
      const type = isField ? (ancestors.at(-2) as ObjectTypeDefinitionNode).name.value : "";
      const known = isField ? `${type}.${name.value}` : name.value;
      return names.includes(known) ? { ...name, value: `Newsroom${name.value}` } : undefined;
    },
  });
  return print(document);
}

describe("Composition with a neighbour that uses common names", () => {
  it("The two subgraphs share exactly the listed names", () => {
    const [ours, theirs] = beside(NEIGHBOUR).map(({ sdl }) => namesIn(parse(sdl)));
    expect(ours!.filter((name) => theirs!.includes(name)).sort()).toEqual(
      [...ROOT_FIELDS, ...TYPES, ...MIXED].sort(),
    );
  });

  it("docs/federation.md names every clash", () => {
    const [section] = /## Name clashes[^]*?(?=\n## )/.exec(read("../docs/federation.md"))!;
    const names = [...ROOT_FIELDS, ...TYPES, ...MIXED].map((name) => name.replace("Query.", ""));
    expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(section))).toEqual([]);
  });

  it.each(LIBRARIES)("Composition with %s library reports each clashing name", (_, compose) => {
    expect(namedIn(compose(beside(NEIGHBOUR)).messages)).toEqual([...ROOT_FIELDS, ...TYPES].sort());
  });

  it.each(LIBRARIES)(
    "Composition with %s library succeeds when the neighbour renames its types and fields",
    (_, compose) => {
      const sdl = renamed(NEIGHBOUR, [...ROOT_FIELDS, ...TYPES, ...MIXED]);
      expect(compose(beside(sdl)).messages).toEqual([]);
    },
  );

  it("Shared inputs and enums are merged, and only Apollo's library hints at it", () => {
    const sdl = `${LINK}
      type Query { venues(filter: PlaceFilter): [String!] sure: FactCertainty }
      input PlaceFilter { text: String city: String }
      enum FactCertainty { STATED RUMOURED }`;
    const apollo = composeApollo(beside(sdl));
    const guild = composeGuild(beside(sdl));
    const cosmo = composeCosmo(beside(sdl));
    expect([apollo.messages, guild.messages, cosmo.messages]).toEqual([[], [], []]);
    expect([new Set(apollo.hints), cosmo.warnings]).toEqual([
      new Set(["INCONSISTENT_INPUT_OBJECT_FIELD", "INCONSISTENT_ENUM_VALUE_FOR_OUTPUT_ENUM"]),
      [],
    ]);
    const schemas = [apollo, guild].map(({ supergraph }) =>
      buildSchema(supergraph!, { assumeValidSDL: true }),
    );
    for (const schema of [...schemas, cosmo.schema!]) {
      const filter = schema.getType("PlaceFilter") as GraphQLInputObjectType;
      expect(Object.keys(filter.getFields())).toEqual(["text"]); // and neither slugs nor countries
      const kind = schema.getType("FactCertainty") as GraphQLEnumType;
      const values = kind.getValues().map(({ name }) => name);
      expect(values).toEqual(expect.arrayContaining(["STATED", "RUMOURED", "INFERRED"]));
    }
  });

  it.each(LIBRARIES)(
    "Composition with %s library refuses a Citation type with other fields",
    (_, compose) => {
      const sdl = `${LINK} type Query { quotations: [Citation] } type Citation { quote: String }`;
      expect(compose(beside(sdl)).messages.join()).toMatch(/\b(quotations|quote)\b/);
    },
  );

  const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
    import: ["@key"])`;
});

// A name of one word is one that somebody else has too. The rest of the schema has longer ones.
it("The schema has no other one-word names than the listed ones", () => {
  const names = namesIn(parse(communique.sdl)).filter(
    (name) => /^[A-Z][a-z]+$/.test(name) || /^Query\.[a-z]+$/.test(name),
  );
  expect(names.sort()).toEqual(
    [
      ...ROOT_FIELDS,
      ...["Addressee", "Agreement", "Citation", "Country", "Meeting", "Organization"],
      ...["Participation", "Person", "Place", "Speaker", "Statement", "Tenure"],
    ].sort(),
  );
});

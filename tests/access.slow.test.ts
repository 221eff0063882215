import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type ASTNode, parse, print, visit } from "graphql";
import { ACCESS, protect, protectedBy } from "./harness/access.js";
import {
  composeApollo,
  composeCosmo,
  composeGuild,
  LIBRARIES,
  type Subgraph,
} from "./harness/composition.js";

jest.setTimeout(60_000);

const SDL = readFileSync(resolve(__dirname, "../schema.graphql"), "utf8");
/** The schema as the example's file protects it. */
const EXAMPLE = protectedBy(JSON.parse(ACCESS) as object);

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import:
  ["@key", "@external", "@requires", "@shareable", "@override", "@authenticated", "@requiresScopes"])`;

const beside = (sdl: string, neighbour?: string): Subgraph[] => [
  { name: "communique", url: "http://communique.test", sdl },
  ...(neighbour
    ? [{ name: "newsroom", url: "http://newsroom.test", sdl: `${LINK} ${neighbour}` }]
    : []),
];

/** What a supergraph requires, by type or field. */
function requirementsIn(supergraph: string): string[] {
  const found: string[] = [];
  visit(parse(supergraph), {
    Directive(directive, _key, _parent, _path, ancestors) {
      if (!["authenticated", "requiresScopes", "policy"].includes(directive.name.value)) return;
      const named = (ancestors as ASTNode[]).flatMap((node) =>
        "name" in node && node.name ? [node.name.value] : [],
      );
      found.push(`${named.join(".")} ${print(directive)}`);
    },
  });
  return found.sort();
}

/** What a field requires by the configuration for Cosmo's router. */
const requirementsOfCosmo = (subgraphs: Subgraph[]) =>
  composeCosmo(subgraphs)
    .fields.filter((field) => field.requiresAuthentication || field.requiredScopes?.length)
    .map(({ typeName, fieldName }) => `${typeName}.${fieldName}`)
    .sort();

const WITH_SUPERGRAPH = [
  ["Apollo's", composeApollo],
  ["The Guild's", composeGuild],
] as const;

describe("The script protect.js", () => {
  it("protect.js adds the directives and their import, and changes nothing else", () => {
    const lines = (sdl: string) => print(parse(sdl)).split("\n");
    const [before, after] = [lines(SDL), lines(EXAMPLE)];
    const changed = after.filter((line, i) => line !== before[i]);
    expect(after).toHaveLength(before.length);
    expect(changed[0]).toContain(`"@listSize", "@requiresScopes", "@authenticated"]`);
    const words =
      /( @authenticated| @requiresScopes\(scopes: \[\["record:history"\]\]\))(?= \{$|$)/;
    expect(changed.slice(1).every((line) => words.test(line))).toBe(true);
    const without = after.map((line) => line.replace(words, ""));
    expect(without.slice(1)).toEqual(before.slice(1));
    expect(changed).toHaveLength(1 + Object.keys(JSON.parse(ACCESS) as object).length);
  });

  it.each<[what: string, access: string, error: RegExp]>([
    ["a type that there is not", `{ "Envoy": true }`, /no such .*: Envoy/],
    ["a field that there is not", `{ "Person.age": true }`, /no such .*: Person\.age/],
    ["an interface", `{ "RecordItem.history": true }`, /no such .*: RecordItem\.history/],
    ["false", `{ "Person": false }`, /Person: expected true/],
    ["no scopes", `{ "Person": [] }`, /Person: expected true/],
    ["a scope in no list", `{ "Person": ["a"] }`, /Person: expected true/],
    ["a scope that is a number", `{ "Person": [["a", 1]] }`, /Person: expected true/],
    ["a list", "[]", /expected an object/],
    ["what is no JSON", "{", /JSON/],
  ])("It ends with an error for %s", (_, access, error) => {
    const { status, stdout, stderr } = protect(access);
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(error);
  });
});

describe("Composition of a schema with access directives", () => {
  const HISTORY = `@requiresScopes(scopes: [["record:history"]])`;

  it.each(WITH_SUPERGRAPH)("%s library keeps the directives of types and fields", (_, compose) => {
    const { messages, supergraph } = compose(beside(EXAMPLE));
    expect(messages).toEqual([]);
    expect(requirementsIn(supergraph!)).toEqual([
      ...["exact", "passageUrl", "prefix", "suffix"].map((at) => `Citation.${at} @authenticated`),
      `RecordChange ${HISTORY}`,
      `RecordRevision ${HISTORY}`,
      "SourceDocument.text @authenticated",
    ]);
  });

  it("Cosmo's library requires it at the fields, and at those that lead to a protected type", () => {
    expect(requirementsOfCosmo(beside(EXAMPLE))).toEqual([
      ...["exact", "passageUrl", "prefix", "suffix"].map((field) => `Citation.${field}`),
      "Query.recordRevision",
      "RecordChange.revision",
      "RecordChangeConnection.nodes",
      "RecordChangeEdge.node",
      "RecordRevisionConnection.nodes",
      "RecordRevisionEdge.node",
      "SourceDocument.text",
    ]);
  });

  it("A requirement of one type's field is one of its interface, but not with Cosmo's library", () => {
    const subgraphs = beside(protectedBy({ "Person.history": true }));
    for (const [, compose] of WITH_SUPERGRAPH) {
      const both = ["Person.history @authenticated", "RecordItem.history @authenticated"];
      expect(requirementsIn(compose(subgraphs).supergraph!)).toEqual(both);
    }
    expect(requirementsOfCosmo(subgraphs)).toEqual(["Person.history"]);
  });

  it("An interface requires the scopes of all its types, and what a whole type requires", () => {
    const sdl = protectedBy({ "Person.history": [["p"]], "Place.history": [["q"]], Tenure: true });
    for (const [, compose] of WITH_SUPERGRAPH)
      expect(requirementsIn(compose(beside(sdl)).supergraph!)).toEqual(
        expect.arrayContaining([
          "RecordItem @authenticated",
          `RecordItem.history @requiresScopes(scopes: [["p", "q"]])`,
        ]),
      );
  });

  it("A requirement on an interface is refused, but not by Cosmo's library", () => {
    const sdl = protectedBy({ "Person.birthDate": true }).replace(
      "interface RecordItem {",
      "interface RecordItem @authenticated {",
    );
    for (const [, compose] of WITH_SUPERGRAPH)
      expect(compose(beside(sdl)).messages.join()).toContain("cannot be applied on interfaces");
    expect(composeCosmo(beside(sdl)).messages).toEqual([]);
  });

  it("The directives under their full names are refused by Cosmo's library", () => {
    const sdl = protectedBy({ "Person.birthDate": true })
      .replace(`, "@authenticated"`, "")
      .replace("@authenticated", "@federation__authenticated");
    expect(composeCosmo(beside(sdl)).messages.join()).toContain(`"@federation__authenticated"`);
  });

  it("@policy composes with Apollo's and The Guild's libraries, and Cosmo's refuses it", () => {
    const sdl = protectedBy({ "Person.birthDate": true })
      .replace(`"@authenticated"]`, `"@policy"]`)
      .replace("@authenticated", `@policy(policies: [["staff"]])`);
    for (const [, compose] of WITH_SUPERGRAPH) {
      const { supergraph } = compose(beside(sdl));
      expect(requirementsIn(supergraph!)).toEqual([
        `Person.birthDate @policy(policies: [["staff"]])`,
      ]);
    }
    expect(composeCosmo(beside(sdl)).messages.join()).toContain(`The directive "@policy"`);
  });

  it("A neighbour that reads a protected field has to require the same, except by Cosmo's library", () => {
    const label = (directive: string) => `type Query { desks: Int }
      type Place @key(fields: "slug") {
        slug: String! name: String! @external label: String @requires(fields: "name") ${directive} }`;
    const sdl = protectedBy({ "Place.name": true });
    for (const [, compose] of LIBRARIES)
      expect(compose(beside(sdl, label("@authenticated"))).messages).toEqual([]);
    for (const [, compose] of WITH_SUPERGRAPH)
      expect(compose(beside(sdl, label(""))).errors).toEqual([
        "MISSING_TRANSITIVE_AUTH_REQUIREMENTS",
      ]);
    expect(composeCosmo(beside(sdl, label(""))).messages).toEqual([]);
  });

  const country = (directive: string) => `type Query { desks: Int } scalar CountryCode
    type Country @key(fields: "code") { code: CountryCode! name: String! ${directive} }`;

  it.each(["@shareable", `@override(from: "communique")`])(
    "A neighbour with %s does not take a requirement away",
    (directive) => {
      const subgraphs = beside(protectedBy({ "Country.name": true }), country(directive));
      for (const [, compose] of WITH_SUPERGRAPH)
        expect(requirementsIn(compose(subgraphs).supergraph!)).toEqual([
          "Country.name @authenticated",
        ]);
      expect(requirementsOfCosmo(subgraphs)).toEqual(["Country.name"]);
    },
  );

  it.each(LIBRARIES)(
    "With %s library a neighbour can protect its own field and a whole entity of ours",
    (_, compose) => {
      const subgraphs = beside(
        SDL,
        `type Query { desks: Int }
        type Person @key(fields: "slug") { slug: String! phone: String @authenticated }
        type Statement @key(fields: "id") @authenticated { id: ID! }`,
      );
      const composed = compose(subgraphs);
      expect(composed.messages).toEqual([]);
      const required =
        "supergraph" in composed
          ? requirementsIn(composed.supergraph!)
          : requirementsOfCosmo(subgraphs);
      expect(required).toEqual(
        expect.arrayContaining(
          "supergraph" in composed
            ? ["Person.phone @authenticated", "Statement @authenticated"]
            : ["Person.phone", "Query.statement", "StatementConnection.nodes"],
        ),
      );
    },
  );
});

import { buildSchema, type GraphQLSchema } from "graphql";

const { unnamedBreaks } = jest.requireActual<{
  unnamedBreaks: (
    released: GraphQLSchema,
    present: GraphQLSchema,
    changelog: string,
  ) => Promise<{ path?: string }[]>;
}>("../bin/breaking.js");

const released = `
  directive @key(fields: String!) repeatable on OBJECT
  type Query { fish(name: String, filter: FishFilter): Fish }
  type Fish @key(fields: "id") { id: ID! name(in: Water = SALT): String! mates(first: Int): [Fish!]! }
  input FishFilter { names: [String!] fresh: Boolean = false }
  union Catch = Fish | Net
  type Net { id: ID! }
  scalar Weight
  enum Water { SALT FRESH }`;

describe("The check for breaking changes", () => {
  async function breaksOf(before: string, after: string, changelog = "## Unreleased\n") {
    const present = released.replace(before, after);
    const breaks = await unnamedBreaks(buildSchema(released), buildSchema(present), changelog);
    return breaks.map(({ path }) => path);
  }

  it.each([
    ["a field that went", "name(in: Water = SALT): String!", "", "Fish.name"],
    ["a field that may be null now", "SALT): String!", "SALT): String", "Fish.name"],
    ["an argument that is needed now", "first: Int", "first: Int!", "Fish.mates.first"],
    ["an argument that was renamed", "first: Int", "top: Int", "Fish.mates.first"],
    ["another default of an argument", "Water = SALT", "Water = FRESH", "Fish.name.in"],
    ["another default of an input field", "= false", "= true", "FishFilter.fresh"],
    ["a filter that is needed now", "names: [String!]", "names: [String!]!", "FishFilter.names"],
    ["a key that went", ' @key(fields: "id")', "", "Fish.@key"],
    ["a key of other fields", '@key(fields: "id")', '@key(fields: "name")', "Fish.@key.fields"],
    ["a member that went", "Fish | Net", "Fish", "Catch"],
    ["a type of another kind", "scalar Weight", "enum Weight { KG }", "Weight"],
    ["an enum value that went", "SALT FRESH", "SALT", "Water.FRESH"],
  ])("The check finds %s", async (_, before, after, path) => {
    expect(await breaksOf(before, after)).toEqual([path]);
  });

  it("An added field or argument is not a breaking change", async () => {
    expect(await breaksOf("id: ID!", "id: ID! weight(unit: String): Float")).toEqual([]);
  });

  it("A breaking change is accepted only when the changelog's Unreleased part names it as breaking", async () => {
    const named = "# Changelog\n\n## Unreleased\n\n- **Breaking** `Fish.name` is gone.\n";
    const mentioned = "# Changelog\n\n## Unreleased\n\n- `Fish.name` is gone.\n";
    const earlier =
      "# Changelog\n\n## Unreleased\n\n## 1.0.0\n\n- **Breaking** `Fish.name` is gone.\n";
    expect(await breaksOf("name(in: Water = SALT): String!", "", named)).toEqual([]);
    expect(await breaksOf("name(in: Water = SALT): String!", "", mentioned)).toEqual(["Fish.name"]);
    expect(await breaksOf("name(in: Water = SALT): String!", "", earlier)).toEqual(["Fish.name"]);
  });
});

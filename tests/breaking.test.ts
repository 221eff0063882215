import { buildSchema, type GraphQLSchema } from "graphql";

const { unnamedBreaks } = jest.requireActual<{
  unnamedBreaks: (
    released: GraphQLSchema,
    present: GraphQLSchema,
    changelog: string,
  ) => Promise<{ path?: string }[]>;
}>("../bin/breaking.js");

const released = `
  type Query { fish(name: String): Fish }
  type Fish { id: ID! name: String! mates(first: Int): [Fish!]! }
  enum Water { SALT FRESH }`;

describe("The check for breaking changes", () => {
  async function breaksOf(before: string, after: string, changelog = "## Unreleased\n") {
    const present = released.replace(before, after);
    const breaks = await unnamedBreaks(buildSchema(released), buildSchema(present), changelog);
    return breaks.map(({ path }) => path);
  }

  it.each([
    ["a field that went", "name: String!", "", "Fish.name"],
    ["a field that may be null now", "name: String!", "name: String", "Fish.name"],
    ["an argument that is needed now", "first: Int", "first: Int!", "Fish.mates.first"],
    ["an enum value that went", "SALT FRESH", "SALT", "Water.FRESH"],
  ])("finds %s", async (_, before, after, path) => {
    expect(await breaksOf(before, after)).toEqual([path]);
  });

  it("lets everything be added", async () => {
    expect(await breaksOf("id: ID!", "id: ID! weight(unit: String): Float")).toEqual([]);
  });

  it("is content where the changelog names the change as breaking, and not where it only mentions it", async () => {
    const named = "# Changelog\n\n## Unreleased\n\n- **Breaking** `Fish.name` is gone.\n";
    const mentioned = "# Changelog\n\n## Unreleased\n\n- `Fish.name` is gone.\n";
    const earlier =
      "# Changelog\n\n## Unreleased\n\n## 1.0.0\n\n- **Breaking** `Fish.name` is gone.\n";
    expect(await breaksOf("name: String!", "", named)).toEqual([]);
    expect(await breaksOf("name: String!", "", mentioned)).toEqual(["Fish.name"]);
    expect(await breaksOf("name: String!", "", earlier)).toEqual(["Fish.name"]);
  });
});

import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { compareToContract } from "./harness/contract.js";

/** The agreed public interface: beside the project where it is developed, and not part of it. */
const CONTRACT = resolve(__dirname, "../../shared/contract.graphql");
const schema = readFileSync(resolve(__dirname, "../schema.graphql"), "utf8");

describe("The schema", () => {
  const contract = existsSync(CONTRACT) ? readFileSync(CONTRACT, "utf8") : schema;
  const where = contract === schema ? " (not at hand: compared with itself)" : "";
  it(`has all that the contract names, and nothing under another name or type${where}`, () => {
    expect(compareToContract(contract, schema).broken).toEqual([]);
  });
});

describe("The comparison with a contract", () => {
  const contract = `
    type Fish @key(fields: "id") { id: ID! name(in: Lang = EN): String! mates(first: Int): [Fish!]! }
    input FishFilter { names: [String!] fresh: Boolean = false }
    enum Lang { EN FR }
    union Catch = Fish
    scalar Weight`;

  it.each([
    ["nothing", "", "", []],
    ["a missing field", " mates(first: Int): [Fish!]!", "", ["Fish.mates", "Fish.mates:first"]],
    ["a renamed argument", "first: Int", "top: Int", ["Fish.mates:first"]],
    [
      "another nullability",
      "name(in: Lang = EN): String!",
      "name(in: Lang = EN): String",
      ["Fish.name"],
    ],
    ["another default", "in: Lang = EN", "in: Lang = FR", ["Fish.name:in"]],
    ["a key that went", ' @key(fields: "id")', "", ["Fish"]],
    ["an enum value that went", "EN FR", "EN", ["Lang.FR"]],
    ["another input type", "names: [String!]", "names: [String]", ["FishFilter.names"]],
    ["a member that went", "union Catch = Fish", "union Catch = Weight", ["Catch|Fish"]],
    ["a type of another kind", "scalar Weight", "enum Weight { KG }", ["Weight"]],
  ])("tells of %s", (_, before, after, broken) => {
    const report = compareToContract(contract, contract.replace(before, after));
    expect(report.broken.map((fault) => fault.split(" ")[0])).toEqual(broken);
  });

  it("lists what is there beyond it, without complaint", () => {
    const more = contract.replace("id: ID!", "id: ID! weight: Weight");
    expect(compareToContract(contract, more)).toEqual({ broken: [], additions: ["Fish.weight"] });
  });
});

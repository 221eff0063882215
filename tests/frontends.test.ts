import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { buildSchema, getNamedType, isAbstractType, isObjectType } from "graphql";
import { LISTS, PARTS, POSSIBLE_TYPES } from "../examples/frontends/cache.js";
import { FRONTENDS } from "./harness/frontends.js";

const ROOT = resolve(__dirname, "..");
const PAGE = readFileSync(join(ROOT, "docs/frontends.md"), "utf8");

/** The blocks of code of the page, each with the file that the line above it links to. */
const BLOCKS = [...PAGE.matchAll(/^(.*)\n\n```(?:ts|json)\n([^]*?)\n```$/gm)].map(
  ([, above, code]) => [/^\[(\S+)\]\(\.\.\/\1\):$/.exec(above!)?.[1] ?? above!, code!] as const,
);

describe("docs/frontends.md", () => {
  it.each(BLOCKS)("The code of %s is that of the file", (path, code) => {
    const file = readFileSync(join(ROOT, path), "utf8");
    expect(`\n${file}`).toContain(`\n${code}\n`);
  });

  it("Every file of the example is shown", () => {
    const files = readdirSync(FRONTENDS, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(ts|json)$/.test(name) && !/__generated__|trusted|tsconfig/.test(name))
      .map((name) => `examples/frontends/${name}`);
    expect(BLOCKS.map(([path]) => path).sort()).toEqual(files.sort());
  });
});

describe("What caches are given of the schema", () => {
  const schema = buildSchema(readFileSync(join(ROOT, "schema.api.graphql"), "utf8"));
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith("__"));
  const objects = types.filter(isObjectType);

  it("LISTS has every field that is a connection, by its type", () => {
    const lists = objects.flatMap((type) => {
      const fields = Object.values(type.getFields())
        .filter((field) => getNamedType(field.type).name.endsWith("Connection"))
        .map(({ name }) => name);
      return fields.length > 0 ? [[type.name, fields.sort()]] : [];
    });
    expect(LISTS).toEqual(Object.fromEntries(lists));
  });

  it("POSSIBLE_TYPES has the members of every union and interface", () => {
    const members = types.filter(isAbstractType).map((type) => {
      const possible = schema.getPossibleTypes(type);
      return [type.name, possible.map(({ name }) => name).sort()];
    });
    const known = Object.entries(POSSIBLE_TYPES).map(([name, all]) => [name, all.toSorted()]);
    expect(Object.fromEntries(known)).toEqual(Object.fromEntries(members));
  });

  it("PARTS has every type without an id that is no connection", () => {
    const parts = objects
      .filter((type) => !type.getFields().id)
      .map(({ name }) => name)
      .filter((name) => !/^(Query|PageInfo)$|(Connection|Edge)$/.test(name));
    expect(PARTS.toSorted()).toEqual(parts.sort());
  });
});

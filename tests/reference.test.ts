import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import Fastify from "fastify";
import {
  buildASTSchema,
  type ConstDirectiveNode,
  type GraphQLArgument,
  type GraphQLEnumValue,
  type GraphQLInputField,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  parse,
} from "graphql";
import { serveReference } from "../src/pages/reference.js";

const ROOT = resolve(__dirname, "..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");

/** What clients can ask, and the same with costs, for routers. */
const schema = buildASTSchema(parse(read("schema.api.graphql")));
const subgraph = buildASTSchema(parse(read("schema.graphql")), { assumeValidSDL: true });

let html: string;
/** What the page says of each name, as text: from its anchor to the next one. */
let said: Map<string, string>;
beforeAll(async () => {
  const app = Fastify();
  serveReference(app);
  const { statusCode, body } = await app.inject("/reference");
  expect(statusCode).toBe(200);
  html = body;
  const parts = html.split(/<[a-z0-9]+ id="([^"]+)"/).slice(1);
  said = new Map();
  for (let i = 0; i < parts.length; i += 2) said.set(parts[i]!, textOf(`<i${parts[i + 1]!}`));
});

/** What a reader reads of some HTML. */
function textOf(markup: string): string {
  const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
  return markup
    .replace(/<\/(p|h\d|li|pre)>/g, " ")
    .replace(/<[^>]*>/g, "")
    .replace(/&#x([0-9A-F]+);/g, (_, code: string) => String.fromCodePoint(parseInt(code, 16)))
    .replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name]!)
    .replace(/\s+/g, " ")
    .trim();
}

/** A description of the schema as it is read: Markdown marks code and links. */
const plain = (text: string | null | undefined) =>
  text!.replace(/`|\]\([^)]*\)|\[(?=[^\]]*\]\()/g, "").replace(/\s+/g, " ");

interface Described {
  id: string;
  description?: string | null;
  /** What else is said of it: its type or name. */
  shown: string;
  defaultValue?: unknown;
  /** Where it is declared, with its directives. */
  astNode?: { readonly directives?: readonly ConstDirectiveNode[] } | null;
}

/** Everything that has a name in a schema. */
function everything(schema: GraphQLSchema): Described[] {
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith("__"));
  const inputs = (of: string, all: readonly (GraphQLArgument | GraphQLInputField)[]) =>
    all.map((input) => ({ ...input, id: `${of}.${input.name}`, shown: String(input.type) }));
  return types.flatMap((type): Described[] => {
    const { name, description } = type;
    const own = { id: name, description, shown: type === schema.getQueryType() ? "" : name };
    if (isEnumType(type)) {
      const idOf = (value: GraphQLEnumValue) => `${name}.${value.name}`;
      return [own, ...type.getValues().map((value) => ({ ...value, id: idOf(value), shown: "" }))];
    }
    if (isInputObjectType(type)) return [own, ...inputs(name, Object.values(type.getFields()))];
    if (!isObjectType(type) && !isInterfaceType(type)) return [own];
    const fields = Object.values(type.getFields()).flatMap((field): Described[] => {
      const id = `${name}.${field.name}`;
      return [{ ...field, id, shown: String(field.type) }, ...inputs(id, field.args)];
    });
    return [own, ...fields];
  });
}

/** What the page has to say of a declaration: default, cost, size of a list, deprecation. */
function declared({ astNode, defaultValue }: Described): string[] {
  const said = (astNode?.directives ?? []).flatMap(({ name, arguments: given = [] }) => {
    const value = (of: string) => {
      const node = given.find((arg) => arg.name.value === of)?.value;
      return node && "value" in node ? String(node.value) : "";
    };
    if (name.value === "cost") return [`cost: ${value("weight")}`];
    if (name.value === "listSize") return ["size: ", value("assumedSize")];
    return name.value === "deprecated" ? [`Deprecated. ${value("reason")}`] : [];
  });
  return defaultValue === undefined ? said : [...said, " = "];
}

describe("The API reference", () => {
  it("Every type, field, argument and enum value of schema.api.graphql is there with its description", () => {
    const all = everything(schema);
    expect(all.length).toBeGreaterThan(900);
    const missing = all.filter(({ id, description, shown }) => {
      const text = said.get(id) ?? "";
      return !text.includes(plain(description)) || !text.includes(shown);
    });
    expect(missing.map(({ id }) => [id, said.get(id)])).toEqual([]);
  });

  it("Every directive is there with its description and arguments", () => {
    for (const { name, description, args } of schema.getDirectives()) {
      expect(said.get(`@${name}`)).toContain(plain(description));
      for (const arg of args) expect(said.get(`@${name}.${arg.name}`)).toContain(String(arg.type));
    }
    for (const id of ["@cost.weight", "@listSize.assumedSize"]) expect(said.has(id)).toBe(true);
  });

  it("Defaults, deprecations and costs are shown where they are declared", () => {
    const expected = everything(subgraph).flatMap((one) =>
      declared(one).map((text): [string, string] => [one.id, text]),
    );
    expect(expected.length).toBeGreaterThan(200);
    expect(expected.filter(([id, text]) => !said.get(id)?.includes(text))).toEqual([]);
    expect(said.get("Query.statements.orderBy")).toContain("StatementOrder = DATE_DESC");
    expect(said.get("Query.statements")).toContain("cost: 5000 size: first or last, else 20");
  });

  it("Every link within the page leads to an anchor, and every anchor is there once", () => {
    const anchors = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(anchors.length).toBe(new Set(anchors).size);
    const links = [...html.matchAll(/ href="#([^"]*)"/g)].map(([, id]) => id);
    expect(links.length).toBeGreaterThan(1_000);
    expect(links.filter((id) => !anchors.includes(id))).toEqual([]);
  });

  it("The page has no script, no style of elements and nothing to load but the icon", () => {
    expect(html).not.toMatch(/<script|<img|<iframe|<link(?! rel="icon")| style=| on\w+=/);
  });
});

describe("The build of the API reference", () => {
  let dist: string;
  beforeAll(() => {
    dist = mkdtempSync(join(tmpdir(), "communique-reference-"));
  });
  afterAll(() => rmSync(dist, { recursive: true }));

  const build = () =>
    execFileSync(
      process.execPath,
      ["-e", `require("./bin/reference.js").buildReference(process.argv[1])`, dist],
      { cwd: ROOT },
    );

  it("Until the reference is built it is answered 503 with what to do, and then it is served", async () => {
    const app = Fastify();
    const pages = join(dist, "pages");
    serveReference(app, pages);
    const before = await app.inject("/reference");
    expect([before.statusCode, before.headers["retry-after"]]).toEqual([503, "5"]);
    expect(before.body).toContain("npm run build");
    build();
    expect((await app.inject("/reference")).body).toBe(html);
  });

  it("The reference is built once, and again when it was made from something else", () => {
    const facts = join(dist, "pages/reference.json");
    build();
    const made = readFileSync(facts, "utf8");
    writeFileSync(facts, made.replace(`"madeFrom":"`, `"madeFrom":"earlier `));
    writeFileSync(join(dist, "pages/reference-earlier.html.gz"), "");
    build();
    expect(readFileSync(facts, "utf8")).toBe(made);
    expect(existsSync(join(dist, "pages/reference-earlier.html.gz"))).toBe(false);
  });
});

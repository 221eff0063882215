import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildSchema, printSchema } from "graphql";

const ROOT = resolve(__dirname, "..");
const API = readFileSync(join(ROOT, "schema.api.graphql"), "utf8");
const EXAMPLES = join(ROOT, "examples");
const QUESTIONS = readdirSync(EXAMPLES).filter((name) => name.endsWith(".graphql"));
/** Without its comments, in which are backticks. */
const questionIn = (name: string) =>
  readFileSync(join(EXAMPLES, name), "utf8").replace(/^#.*$/gm, "");

/** A use of the first example's answer, by whatever type a tool gave it. Were that `any`, the last line would be one error less. */
const USE = `
  const statements = answer.person?.statements;
  export const count: number | null | undefined = statements?.totalCount;
  export const texts: string[] | undefined = statements?.nodes.map(({ text }) => text);
  export const form: "VERBATIM" | "REPORTED" | "RECORDED" | "%future added value" | undefined = statements?.nodes[0]?.form;
  export const date: string | null | undefined = statements?.nodes[0]?.date;
  // @ts-expect-error The query does not select it, so that a type made from the query does not have it.
  export const language: unknown = statements?.nodes[0]?.language;
`;

jest.setTimeout(60_000); // each runs a compiler

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "communique-client-tools-"));
  symlinkSync(join(ROOT, "node_modules"), join(directory, "node_modules"));
});
afterAll(() => rm(directory, { recursive: true }));

/** A client's project, with the API schema beside it. */
async function project(name: string, files: Record<string, string>): Promise<string> {
  const folder = join(directory, name);
  mkdirSync(folder);
  copyFileSync(join(ROOT, "schema.api.graphql"), join(folder, "schema.graphql"));
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
  return folder;
}

const tsconfig = (options: object = {}) =>
  JSON.stringify({
    compilerOptions: {
      ...{ strict: true, noEmit: true, skipLibCheck: true, types: [] },
      ...{ target: "es2023", module: "esnext", moduleResolution: "bundler" },
      ...options,
    },
    include: ["."],
  });

/** What the compiler says of a project; nothing when its types are right. */
function typeFaults(folder: string): string {
  const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
  return spawnSync(process.execPath, [tsc, "-p", folder], { encoding: "utf8" }).stdout;
}

describe("Client tools on the API schema", () => {
  it("The API schema is the subgraph's schema without the federation parts", () => {
    const subgraph = readFileSync(join(ROOT, "schema.graphql"), "utf8");
    expect(API).toBe(`${printSchema(buildSchema(subgraph, { assumeValidSDL: true }))}\n`);
    expect(API).not.toMatch(/@(?!specifiedBy|deprecated)\w+|_Any|_Service|_entities|FieldSet/);
    // Also for tools that know nothing but what is in it.
    expect(() => buildSchema(API)).not.toThrow();
  });

  it("relay-compiler generates types for every example and for a connection", async () => {
    const examples = QUESTIONS.map(questionIn).map((text) =>
      text.replace(/^query (\w+)/m, "query ask$1Query"),
    );
    const people = `
      fragment ask_people on Query
      @argumentDefinitions(count: { type: "Int", defaultValue: 20 }, cursor: { type: "String" })
      @refetchable(queryName: "askForMorePeopleQuery") {
        people(first: $count, after: $cursor) @connection(key: "ask_people") { edges { node { name } } }
      }`;
    const tagged = [...examples, people].map((text) => `graphql\`${text}\`,\n`);
    const folder = await project("relay", {
      "relay.config.json": JSON.stringify({
        ...{ src: ".", schema: "schema.graphql", language: "typescript" },
        ...{
          eagerEsModules: true,
          customScalarTypes: { PartialDate: "string", CountryCode: "string" },
        },
      }),
      "ask.ts": `declare function graphql(text: TemplateStringsArray): void;\nexport const asked = [\n${tagged.join("")}];`,
      "use.ts": `import type { askWhatHeSaidThereQuery } from "./__generated__/askWhatHeSaidThereQuery.graphql";
        import type { ask_people$data } from "./__generated__/ask_people.graphql";
        declare const answer: askWhatHeSaidThereQuery["response"];
        declare const page: ask_people$data;
        export const name: string | undefined = page.people?.edges[0]?.node.name;
        ${USE}`,
      "tsconfig.json": tsconfig(),
    });
    execFileSync(jest.requireActual<string>("relay-compiler"), [], { cwd: folder, stdio: "pipe" });
    expect(readdirSync(join(folder, "__generated__"))).toHaveLength(QUESTIONS.length + 2);
    expect(typeFaults(folder)).toBe("");
  });

  it("GraphQL Code Generator generates types for every example", async () => {
    const generator = join(__dirname, "harness/code-generator.cjs");
    const documents = QUESTIONS.map((name) => join(EXAMPLES, name));
    const args = [generator, join(ROOT, "schema.api.graphql"), ...documents];
    const types = execFileSync(process.execPath, args, { encoding: "utf8" });
    expect(types.match(/^export type \w+Query =/gm)).toHaveLength(QUESTIONS.length);
    const folder = await project("codegen", {
      "types.ts": types,
      "use.ts": `import type { WhatHeSaidThereQuery } from "./types";
        declare const answer: WhatHeSaidThereQuery; ${USE}`,
      "tsconfig.json": tsconfig(),
    });
    expect(typeFaults(folder)).toBe("");
  });

  it("gql.tada infers the type of an example query", async () => {
    const plugin = {
      ...{ name: "gql.tada/ts-plugin", schema: "schema.graphql" },
      tadaOutputLocation: "schema.d.ts",
    };
    const folder = await project("tada", {
      "use.ts": `import { initGraphQLTada, type ResultOf } from "gql.tada";
        import type { introspection } from "./schema";
        const graphql = initGraphQLTada<{ introspection: introspection; scalars: { PartialDate: string } }>();
        const question = graphql(\`${questionIn("01-what-he-said-there.graphql")}\`);
        declare const answer: ResultOf<typeof question>; ${USE}`,
      "tsconfig.json": tsconfig({ plugins: [plugin] }),
    });
    const cli = join(ROOT, "node_modules/gql.tada/bin/cli.js");
    const args = [cli, "generate", "output", "-c", join(folder, "tsconfig.json")];
    execFileSync(process.execPath, args, { cwd: folder, stdio: "pipe" });
    expect(typeFaults(folder)).toBe("");
  });
});

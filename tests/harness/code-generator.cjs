"use strict";
// Prints the TypeScript that GraphQL Code Generator makes of a schema and documents: `code-generator.cjs SCHEMA DOCUMENT…`
// A program of its own, because jest on Node.js 20 can't require the ES modules among its packages.

const { readFileSync } = require("node:fs");
const { codegen } = require("@graphql-codegen/core");
const operations = require("@graphql-codegen/typescript-operations");
const { parse } = require("graphql");

const [schema, ...documents] = process.argv.slice(2);
const parsed = (file) => parse(readFileSync(file, "utf8"));

async function main() {
  const types = await codegen({
    filename: "types.ts",
    schema: parsed(schema),
    documents: documents.map((file) => ({ location: file, document: parsed(file) })),
    plugins: [{ operations: {} }],
    pluginMap: { operations },
    config: { scalars: { PartialDate: "string", CountryCode: "string" } },
  });
  process.stdout.write(types);
}

void main();

"use strict";
// `npm run bench:agents`: how many tokens an agent reads for each of the sixty questions of tests/agents/questions.json, by the tools at
// /mcp, and by GraphQL alone: the whole introspection once, and raw answers to queries for the same. Writes results/agents.md.

const { spawn } = require("node:child_process");
const { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } = require("node:fs");
const { cpus, tmpdir } = require("node:os");
const { join } = require("node:path");
const { Client } = require("@modelcontextprotocol/sdk/client/index.js");
const {
  StreamableHTTPClientTransport,
} = require("@modelcontextprotocol/sdk/client/streamableHttp.js");
const { countTokens } = require("gpt-tokenizer/encoding/o200k_base");
const { getIntrospectionQuery } = require("graphql");
const { compileIfNeeded } = require("../bin/compile.js");
const { ended, ROOT } = require("./database.js");
const { RAW } = require("./agents.queries.js");
const { writeResult } = require("./report.js");

const QUESTIONS = JSON.parse(readFileSync(join(ROOT, "tests/agents/questions.json"), "utf8"));

/** The documents that are tools, by the tools' names. */
const DOCUMENTS = new Map(
  readdirSync(join(ROOT, "agents")).map((file) => [
    file.replace(".graphql", "").replaceAll("-", "_"),
    readFileSync(join(ROOT, "agents", file), "utf8"),
  ]),
);

async function main() {
  if (!compileIfNeeded()) process.exit(1);
  const directory = mkdtempSync(join(tmpdir(), "communique-agents-"));
  chmodSync(directory, 0o755); // when root runs it, another user runs PostgreSQL
  const { address, stop } = await startService(join(directory, "data"));
  try {
    const client = new Client({ name: "bench", version: "1" });
    await client.connect(new StreamableHTTPClientTransport(new URL(`${address}/mcp`)));
    await writeResult("agents.md", await measure(client, address));
    await client.close();
  } finally {
    await stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Starts the service with the records that it comes with. */
async function startService(data) {
  const { DATABASE_URL: _, ...rest } = process.env;
  const child = spawn(process.execPath, [join(ROOT, "bin/communique.js"), "start"], {
    env: { ...rest, NODE_ENV: "development", PORT: "0", COMMUNIQUE_DATA_DIR: data },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const address = await new Promise((up, fail) => {
    let said = "";
    child.stdout.on("data", (text) => {
      said += text;
      const found = /POST (http:\S+)\/graphql/.exec(said);
      if (found) up(found[1]);
    });
    child.on("exit", (code) => fail(new Error(`the service has ended with ${code}`)));
  });
  const stop = async () => {
    child.kill("SIGTERM");
    await ended(child);
  };
  return { address, stop };
}

async function measure(client, address) {
  const { tools } = await client.listTools();
  const introspection = await rawAnswer(address, getIntrospectionQuery());
  const rows = new Map();
  for (const { tool, arguments: args } of QUESTIONS) {
    const answer = await client.callTool({ name: tool, arguments: args });
    const [{ text }] = answer.content;
    if (answer.isError) throw new Error(`${tool} ${JSON.stringify(args)}: ${text}`);
    const { document, variablesOf } = RAW[tool] ?? { document: DOCUMENTS.get(tool) };
    const raw = await rawAnswer(address, document, variablesOf ? variablesOf(args) : args);
    const row = rows.get(tool) ?? { questions: 0, text: 0, data: 0, raw: 0 };
    row.questions++;
    row.text += countTokens(text);
    row.data += countTokens(JSON.stringify(answer.structuredContent));
    row.raw += countTokens(raw);
    rows.set(tool, row);
  }
  return report(tools, countTokens(introspection), rows);
}

/** The answer of the service to a query, as it is sent. */
async function rawAnswer(address, query, variables) {
  const response = await fetch(`${address}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  if (JSON.parse(text).errors) throw new Error(`${query}\n${text}`);
  return text;
}

function report(tools, introspection, rows) {
  const listed = tools.map(({ name, description, inputSchema }) => ({
    name,
    description,
    inputSchema,
  }));
  const [list, whole] = [listed, tools].map((each) => countTokens(JSON.stringify(each)));
  const sum = (key) => [...rows.values()].reduce((total, row) => total + row[key], 0);
  const count = (number) => Math.round(number).toLocaleString("en");
  const line = (name, row) =>
    `| ${name} | ${row.questions} | ${["text", "data", "raw"].map((key) => count(row[key] / row.questions)).join(" | ")} |`;
  const all = {
    questions: QUESTIONS.length,
    text: sum("text"),
    data: sum("data"),
    raw: sum("raw"),
  };
  const first = (before, key) => count(before + all[key] / all.questions);
  return `# Tokens that an agent reads

${new Date().toISOString().slice(0, 10)}, Node.js ${process.versions.node}, ${cpus().length} × ${cpus()[0].model.trim()}. Tokens are those of o200k_base (gpt-tokenizer); other models count otherwise, in much
the same proportion. The record is the one that ships with the service.

| read once, before the first question | tokens |
| --- | --- |
| list of the ${tools.length} tools: names, descriptions, arguments | ${count(list)} |
| the same with the schemas of answers, which few clients show to the model | ${count(whole)} |
| introspection of the GraphQL schema | ${count(introspection)} |

Mean tokens of an answer. "Raw" is the JSON of a GraphQL query for the same facts and their citations:

| tool | questions | text | data | raw |
| --- | --- | --- | --- | --- |
${[...rows].map(([name, row]) => line(`\`${name}\``, row)).join("\n")}
${line("all", all)}

So one question takes ${first(list, "text")} tokens by the tools, list included, and ${first(introspection, "raw")} by introspection and a raw answer; all ${QUESTIONS.length} in one
session ${count(list + all.text)} and ${count(introspection + all.raw)}. A raw answer to \`verify_quote\` is all that the person is quoted with, among which the agent has to look for itself.
`;
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});

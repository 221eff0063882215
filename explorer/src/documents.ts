import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { sendable } from "./graphql.js";
// Imports all pages, and with them their documents.
import "./explorer.js";

/**
 * The documents that the explorer sends, each with its id, its SHA-256: a manifest in the format of Apollo's tools. A service that
 * takes trusted documents only reads it from a folder, and then answers an explorer that runs elsewhere.
 */
export function manifest(): string {
  const operations = [...new Set(sendable())].sort().map((body) => ({
    id: createHash("sha256").update(body).digest("hex"),
    name: /^query (\w+)/.exec(body)![1],
    type: "query",
    body,
  }));
  const content = { format: "apollo-persisted-query-manifest", version: 1, operations };
  return `${JSON.stringify(content, null, 2)}\n`;
}

if (require.main === module) {
  const [file] = process.argv.slice(2);
  if (file === undefined) process.stdout.write(manifest());
  else writeFileSync(file, manifest());
}

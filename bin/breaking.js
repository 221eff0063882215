"use strict";
// `npm run check:breaking`: breaking changes in schema.graphql since the last release (released.graphql). Exits 1 unless
// CHANGELOG.md lists the path of each in an unreleased line that begins with **Breaking**.

const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { CriticalityLevel, diff } = require("@graphql-inspector/core");
const { buildSchema } = require("graphql");

const read = (name) => readFileSync(join(__dirname, "..", name), "utf8");
// Federation directives are defined by their specification, not in the file.
const schemaIn = (name) => buildSchema(read(name), { assumeValidSDL: true });

/** The paths (in backticks) of breaking changes in the unreleased part of the changelog. */
function namedIn(changelog) {
  const unreleased = changelog.split(/^## /m).find((part) => part.startsWith("Unreleased")) ?? "";
  const items = unreleased.split(/^- /m).filter((item) => item.startsWith("**Breaking**"));
  return new Set(items.flatMap((item) => [...item.matchAll(/`([^`]+)`/g)].map(([, path]) => path)));
}

/** Changes that GraphQL Inspector only calls dangerous: other defaults change results, and routers need entity keys. */
function isDangerous({ type, path }) {
  if (/^(FIELD_ARGUMENT_DEFAULT|INPUT_FIELD_DEFAULT_VALUE)_CHANGED$/.test(type)) return true;
  return /^DIRECTIVE_USAGE_\w+_REMOVED$/.test(type) && /\.@key(\.|$)/.test(path ?? "");
}

/** The breaking changes that the changelog does not list. */
async function unnamedBreaks(released, present, changelog) {
  const named = namedIn(changelog);
  const changes = await diff(released, present);
  return changes.filter(
    (change) =>
      (change.criticality.level === CriticalityLevel.Breaking || isDangerous(change)) &&
      !named.has(change.path ?? ""),
  );
}

async function main() {
  const breaks = await unnamedBreaks(
    schemaIn("released.graphql"),
    schemaIn("schema.graphql"),
    read("CHANGELOG.md"),
  );
  for (const { path, message } of breaks) console.error(`${path}: ${message}`);
  if (breaks.length === 0) return;
  console.error(
    "\nThese changes break clients of the last release. Keep the old element as @deprecated, or list each path " +
      "in the Unreleased part of CHANGELOG.md, in a line that begins with `- **Breaking**`.",
  );
  process.exitCode = 1;
}

if (require.main === module) void main();

module.exports = { unnamedBreaks };

"use strict";
// `npm run check:breaking`: what a client or a router could trip over in schema.graphql, compared with the schema of the
// last release (released.graphql). Exits 1 unless CHANGELOG.md names each such change, by its path, in an unreleased
// line that begins with **Breaking**.

const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { CriticalityLevel, diff } = require("@graphql-inspector/core");
const { buildSchema } = require("graphql");

const read = (name) => readFileSync(join(__dirname, "..", name), "utf8");
// The directives of federation are defined by their specification, not here.
const schemaIn = (name) => buildSchema(read(name), { assumeValidSDL: true });

/** The paths that the unreleased part of a changelog calls broken: those between backticks. */
function namedIn(changelog) {
  const unreleased = changelog.split(/^## /m).find((part) => part.startsWith("Unreleased")) ?? "";
  const items = unreleased.split(/^- /m).filter((item) => item.startsWith("**Breaking**"));
  return new Set(items.flatMap((item) => [...item.matchAll(/`([^`]+)`/g)].map(([, path]) => path)));
}

/** The breaking changes that a changelog does not name. */
async function unnamedBreaks(released, present, changelog) {
  const named = namedIn(changelog);
  const changes = await diff(released, present);
  return changes.filter(
    ({ criticality, path }) =>
      criticality.level === CriticalityLevel.Breaking && !named.has(path ?? ""),
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
    "\nThese break clients of the last release. Keep what was there beside the new (@deprecated), or, if it must go, " +
      "name each path in a line of CHANGELOG.md's Unreleased part that begins with `- **Breaking**`.",
  );
  process.exitCode = 1;
}

if (require.main === module) void main();

module.exports = { unnamedBreaks };

"use strict";
// Which indexes no query uses: every one of examples/, of the bench and of bench/plans.questions.js is run.

const { readdirSync, readFileSync } = require("node:fs");
const { join } = require("node:path");
const { askAll, requestOf } = require("./client.js");
const { ROOT, rowsOf } = require("./database.js");
const plans = require("./plans.questions.js");
const { startServer } = require("./servers.js");

/** The indexes for queries that none has used, with their size in bytes. */
async function unusedIndexes(url, directory, asked) {
  await rowsOf(url, "SELECT pg_stat_reset()");
  const service = await startServer("service", url, directory);
  const requests = [...examples(), ...plans.questions(), ...others()].map(({ query }) =>
    requestOf("/graphql", { query }),
  );
  await askAll(service.port, [...requests, ...asked]);
  // A connection reports its counters when it ends.
  await service.stop();
  return rowsOf(
    url,
    `SELECT relname AS table, indexrelname AS index, pg_relation_size(indexrelid)::float8 AS bytes
     FROM pg_stat_user_indexes JOIN pg_index USING (indexrelid)
     WHERE schemaname = 'public' AND idx_scan = 0 AND NOT indisunique ORDER BY bytes DESC, index`,
  );
}

/** What the others do not ask: what proves each fact, in whose name something was said, and every list in its order. */
function others() {
  const nodes = "(first: 5) { nodes { __typename } }";
  const proof = "citations { start }";
  return [
    `meetings(first: 5) { nodes { ${proof} agreements { ${proof} } participations { nodes { ${proof} } } } }`,
    `statements(first: 5) { nodes { relations { ${proof} } speakers { tenures { ${proof} } } } }`,
    `organization(slug: "council-1") { statements${nodes} meetings${nodes} }`,
    `people${nodes} places${nodes} agreements${nodes} sourceDocuments${nodes}`,
    `people(filter: { accreditedTo: ["FR"] }, first: 5) { nodes { __typename } }`,
    `places(filter: { countries: ["FR"] }, first: 5) { nodes { __typename } }`,
    `country(code: "FR") { agreements${nodes} }`,
  ].map((fields) => ({ query: `{ ${fields} }` }));
}

function examples() {
  const folder = join(ROOT, "examples");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".graphql"))
    .map((name) => ({ query: readFileSync(join(folder, name), "utf8") }));
}

module.exports = { unusedIndexes };

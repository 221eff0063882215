"use strict";
// The feed of changes as who follows it reads it, page by page, and what a page costs the database.

const { askAll, onConnections, requestOf } = require("./client.js");
const { connected, rowsOf } = require("./database.js");

const PAGE = 100;
const FIELDS = "kind type key mergedIntoKey fields { field newJson } revision { number operation }";
/** A statement that has been asked before is prepared, and planned once and for all after five more times. */
const TIMES = { before: 9, counted: 3 };

function requestFor(after, fields) {
  const query = `query ($after: String) {
    recordChanges(first: ${PAGE}, after: $after) { nodes { ${fields} } pageInfo { endCursor hasNextPage } } }`;
  return requestOf("/graphql", { query, variables: { after } });
}

/** Reads the whole feed, and gives whether it has every change once; and the cursors before its 10,000th and its last changes. */
async function readFeed(url, port) {
  const ids = new Set();
  let changes = 0;
  const cursors = {};
  const began = performance.now();
  await onConnections(port, 1, async (connection) => {
    for (let after = null, isLast = false, previous = null; !isLast;) {
      const answer = JSON.parse(await connection.ask(requestFor(after, "id")));
      const { nodes, pageInfo } = answer.data.recordChanges;
      for (const { id } of nodes) ids.add(id);
      changes += nodes.length;
      if (changes <= 10_000) cursors.early = after;
      cursors.last = previous;
      [previous, after] = [after, pageInfo.endCursor];
      isLast = !pageInfo.hasNextPage;
    }
  });
  const [{ stored, revisions, last }] = await rowsOf(
    url,
    `SELECT (SELECT count(*)::int FROM record_change) AS stored, count(*)::int AS revisions, max(number) AS last FROM record_revision`,
  );
  return {
    changes,
    revisions,
    cursors,
    perSecond: changes / ((performance.now() - began) / 1_000),
    isWhole: changes === stored && ids.size === stored && revisions === last,
  };
}

/** The shared buffers and the milliseconds that the statements of one page take. */
async function buffersOfPages(url, port, cursors) {
  return connected(url, async (client) => {
    await client.query("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
    await client.query("VACUUM ANALYZE");
    const pages = {};
    for (const [name, after] of Object.entries(cursors)) {
      const some = (count) => Array.from({ length: count }, () => requestFor(after, FIELDS));
      await askAll(port, some(TIMES.before), 1);
      await client.query("SELECT pg_stat_statements_reset()");
      const [answer] = await askAll(port, some(TIMES.counted), 1);
      // PostgreSQL 18 keeps no comment at the start of a statement. That of the page is the only one that makes a list of JSON.
      const { rows } = await client.query(
        `SELECT query LIKE 'SELECT json_build_array%' AS "isPage", shared_blks_hit + shared_blks_read AS buffers, total_exec_time AS ms
         FROM pg_stat_statements WHERE query NOT LIKE '%pg_stat_statements%'`,
      );
      const { nodes } = JSON.parse(answer).data.recordChanges;
      const perPage = (some, of) =>
        some.reduce((sum, row) => sum + Number(row[of]), 0) / TIMES.counted;
      pages[name] = {
        rows: nodes.length,
        types: countsOf(nodes),
        feed: perPage(
          rows.filter(({ isPage }) => isPage),
          "buffers",
        ),
        buffers: perPage(rows, "buffers"),
        ms: perPage(rows, "ms"),
      };
    }
    return pages;
  });
}

function countsOf(nodes) {
  const counts = {};
  for (const { type } of nodes) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

module.exports = { buffersOfPages, readFeed };

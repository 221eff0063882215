"use strict";
// The tables of the record, as the load bench copies and compares them.

const { connected } = require("./database.js");

/** In the order in which rows can be put in: what is referred to before what refers to it, parents before children. */
const TABLES = {
  source_document: "ctid",
  organization: "cardinality(lineage), ctid",
  person: "ctid",
  place: "ctid",
  statement_topic: "ctid",
  tenure: "ctid",
  meeting: "cardinality(lineage), ctid",
  meeting_place: "ctid",
  participation: "ctid",
  agreement: "ctid",
  agreement_party: "ctid",
  statement: "ctid",
  speaker: "ctid",
  addressee: "ctid",
  topic_of_statement: "ctid",
  statement_relation: "ctid",
  citation: "ctid",
  record_claim: "ctid",
};
/** What triggers fill in. */
const FILLED = ["words", "lineage"];

/** Writes the rows of every table to a file that the server keeps; gives the statements that read them into another database. */
async function exportRows(url) {
  return connected(url, async (client) => {
    const { rows } = await client.query("SELECT current_setting('data_directory') AS directory");
    const statements = [];
    for (const [table, order] of Object.entries(TABLES)) {
      const columns = await columnsOf(client, table);
      const file = `${rows[0].directory}/bench-${table}.copy`;
      await client.query(`COPY (SELECT ${columns} FROM ${table} ORDER BY ${order}) TO '${file}'`);
      statements.push(`COPY ${table} (${columns}) FROM '${file}'`);
    }
    return statements;
  });
}

async function columnsOf(client, table) {
  const { rows } = await client.query(
    `SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) AS columns FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
       AND attname <> ALL ($2)`,
    [table, FILLED],
  );
  return rows[0].columns;
}

/** Which transaction wrote what, and which connection counted: not the same for a load that was killed, nor for COPY. */
const OF_TRANSACTIONS = [
  "migration",
  "record_revision",
  "record_change",
  "document_of_revision",
  "item_before",
  "kept_count",
  "load_position",
];

/** A digest of all rows of each table of what is on record, whatever order they are in and whatever revision they are of. */
async function digestsOf(url) {
  return connected(url, async (client) => {
    const { rows: tables } = await client.query(
      `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
         AND relname <> ALL ($1) ORDER BY 1`,
      [OF_TRANSACTIONS],
    );
    const digests = {};
    for (const { name } of tables) {
      const { rows } = await client.query(
        `SELECT count(*)::int AS rows, md5(string_agg(hash, '' ORDER BY hash COLLATE "C")) AS digest
         FROM (SELECT md5((to_jsonb(t) - '{recorded_in,changed_in}'::text[])::text) AS hash FROM ${name} t) AS hashes`,
      );
      digests[name] = rows[0];
    }
    return digests;
  });
}

/** The tables whose digests are not the same. */
function differing(one, other) {
  return Object.keys(one).filter((table) => one[table].digest !== other[table].digest);
}

module.exports = { differing, digestsOf, exportRows };

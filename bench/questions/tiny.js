"use strict";
const { bySlug } = require("./shape.js");

/** What is somebody's name? Nearly nothing but the way there and back. */
module.exports = {
  name: "tiny",
  query: `query Tiny($person: String!) {
  person(slug: $person) { name }
}`,
  sql: `SELECT json_build_object('data', json_build_object('person', (
  SELECT json_build_object('name', p.name) FROM ${bySlug("person", "$1")} AS p)))::text`,
  parameters: ({ person }) => [person],
  draw: `SELECT json_build_object('person', slug) AS variables FROM person ORDER BY md5(slug) LIMIT $1`,
  targets: { total: 2.4 },
};

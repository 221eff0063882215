"use strict";
const { drawn, SPEAKERS } = require("./draw.js");

/** Who is that? Nearly nothing but the way there and back. */
module.exports = {
  name: "tiny",
  query: `query Tiny($person: String!) {
  person(slug: $person) { slug name }
}`,
  sql: `SELECT json_build_object('data', json_build_object('person', (
  SELECT json_build_object('slug', p.slug, 'name', p.name) FROM floor.person p WHERE p.slug = $1)))::text`,
  parameters: ({ person }) => [person],
  async draw({ ask, count }) {
    return drawn(await ask(SPEAKERS), count, "tiny").map(({ person }) => ({ person }));
  },
  targets: { total: 2.2, own: 4 },
};

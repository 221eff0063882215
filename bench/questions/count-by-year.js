"use strict";
const { drawn, SPEAKERS } = require("./draw.js");
const { list } = require("./shape.js");

/** How much did somebody say, and how much of it in each year? */
module.exports = {
  name: "count by year",
  query: `query CountByYear($person: String!) {
  person(slug: $person) {
    statements {
      totalCount
      facets(by: YEAR, first: 100) { value label count }
    }
  }
}`,
  sql: `SELECT json_build_object('data', json_build_object('person', (
  SELECT json_build_object('statements', json_build_object(
    'totalCount', (SELECT coalesce(sum(count), 0) FROM floor.said_in_year WHERE person = p.slug),
    'facets', ${list(
      `json_build_object('value', year, 'label', year, 'count', count)`,
      `(SELECT * FROM floor.said_in_year WHERE person = p.slug AND year <> ''
        ORDER BY count DESC, year LIMIT 100) AS most`,
    )}))
  FROM floor.person p WHERE p.slug = $1)))::text`,
  parameters: ({ person }) => [person],
  async draw({ ask, count }) {
    return drawn(await ask(SPEAKERS), count, "count by year").map(({ person }) => ({ person }));
  },
  targets: { total: 2.0, own: 4 },
};

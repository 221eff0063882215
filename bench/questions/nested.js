"use strict";
const { date, list, meeting, NEWEST } = require("./shape.js");

/** Fifty people, the latest five statements of each, and where they were made. */
module.exports = {
  name: "nested",
  query: `query Nested($people: [String!]!) {
  people(filter: { slugs: $people }, first: 50) {
    nodes {
      slug name
      statements(first: 5) {
        nodes { text date meeting { title startDate } }
      }
    }
  }
}`,
  sql: `SELECT json_build_object('data', json_build_object('people', json_build_object('nodes', ${list(
    `json_build_object('slug', p.slug, 'name', p.name, 'statements', json_build_object('nodes', ${list(
      `json_build_object('text', s.text, 'date', ${date("s.date_from", "s.date_to")},
        'meeting', ${meeting(`'startDate', ${date("meeting.start_from", "meeting.start_to")}`)})`,
      `(SELECT * FROM statement s
        WHERE s.standing <> 'RETRACTED'
          AND EXISTS (SELECT FROM speaker x WHERE x.statement_id = s.id AND x.person_id = p.id)
        ORDER BY ${NEWEST} LIMIT 5) AS s`,
    )}))`,
    `(SELECT * FROM person p WHERE p.slug = ANY ($1::text[]) OR (p.former_slugs <> '{}' AND p.former_slugs && $1::text[])
      ORDER BY p.sort_name, p.id LIMIT 50) AS p`,
  )})))::text`,
  parameters: ({ people }) => [people],
  /** Any fifty: as a list of everyone has them, few who speak much and many who speak little. */
  draw: `
    SELECT json_build_object('people', (
      SELECT json_agg(slug) FROM (
        SELECT slug FROM person ORDER BY md5(slug || n) LIMIT 50) AS fifty)) AS variables
    FROM generate_series(1, $1) n`,
  targets: { total: 2.0, own: 5 },
};

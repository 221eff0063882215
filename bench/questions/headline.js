"use strict";
const { drawn } = require("./draw.js");
const { JOINED, list } = require("./shape.js");

const { MEETING_AND_DATE, SPEAKERS, STATEMENT } = JOINED;

/** What did somebody say in a place? The question that the project began with. */
module.exports = {
  name: "headline",
  query: `query Headline($person: String!, $place: String!) {
  person(slug: $person) {
    name
    statements(filter: { places: [$place] }, first: 20) {
      nodes {
        text form joint date
        meeting { title startDate }
        speakers { person { name } country { name } }
      }
    }
  }
}`,
  sql: `SELECT json_build_object('data', json_build_object('person', (
  SELECT json_build_object('name', p.name, 'statements', json_build_object('nodes', ${list(
    `json_build_object('text', s.text, 'form', s.form, 'joint', s.joint, 'date', s.date,
      'meeting', ${MEETING_AND_DATE}, 'speakers', ${SPEAKERS})`,
    `(SELECT s.* FROM floor.said_by x JOIN ${STATEMENT} s USING (n)
      WHERE x.person = $1 AND x.place = $2 ORDER BY x.n LIMIT 20) AS s`,
  )}))
  FROM floor.person p WHERE p.slug = $1)))::text`,
  parameters: ({ person, place }) => [person, place],
  /** Who is asked for has said something there. */
  async draw({ ask, count }) {
    const pairs = await ask(
      `SELECT person, place, count(*)::int AS times FROM floor.said_by WHERE place IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2`,
    );
    return drawn(pairs, count, "headline").map(({ person, place }) => ({ person, place }));
  },
  targets: { total: 1.8, own: 4 },
};

"use strict";
const { Chance } = require("../world.js");
const { SPEAKERS, weighted } = require("./draw.js");
const { COPIED, list } = require("./shape.js");

const { MEETING_AND_DATE, STATEMENT } = COPIED;

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
      `json_build_object('text', s.text, 'date', s.date, 'meeting', ${MEETING_AND_DATE})`,
      `(SELECT s.* FROM floor.said_by x JOIN ${STATEMENT} s USING (n)
        WHERE x.person = p.slug ORDER BY x.n LIMIT 5) AS s`,
    )}))`,
    `(SELECT * FROM floor.person WHERE slug = ANY ($1::text[]) ORDER BY sort LIMIT 50) AS p`,
  )})))::text`,
  parameters: ({ people }) => [people],
  /** Half of the fifty by how much they speak, and the first of all in every other query. */
  async draw({ ask, count }) {
    const people = await ask(SPEAKERS);
    const [top] = people.toSorted((a, b) => b.times - a.times);
    return Array.from({ length: count }, (_, n) => {
      const chance = new Chance(`nested ${n}`);
      const byTimes = weighted(people, chance);
      const fifty = new Set(n % 2 === 0 ? [top.person] : []);
      while (fifty.size < 25) fifty.add(byTimes().person);
      while (fifty.size < 50) fifty.add(people[chance.below(people.length)].person);
      return { people: [...fifty] };
    });
  },
  targets: { total: 1.8, own: 4 },
};

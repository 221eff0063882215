"use strict";
const { Chance } = require("../world.js");
const { COPIED, list } = require("./shape.js");

const { MEETING_TITLE, SPEAKERS, STATEMENT } = COPIED;

/** What a router asks when another subgraph has a hundred statements' ids. */
module.exports = {
  name: "_entities",
  query: `query Entities($representations: [_Any!]!) {
  _entities(representations: $representations) {
    ... on Statement {
      text form date
      speakers { person { name } country { name } }
      meeting { title }
    }
  }
}`,
  sql: `SELECT json_build_object('data', json_build_object('_entities', ${list(
    `CASE WHEN s.id IS NOT NULL THEN json_build_object('text', s.text, 'form', s.form,
      'date', s.date, 'speakers', ${SPEAKERS}, 'meeting', ${MEETING_TITLE}) END`,
    `(SELECT s.* FROM unnest($1::uuid[]) WITH ORDINALITY AS asked (id, nth)
      LEFT JOIN ${STATEMENT} s ON s.id = asked.id ORDER BY nth) AS s`,
  )}))::text`,
  parameters: ({ representations }) => [representations.map(({ id }) => id)],
  async draw({ ask, count }) {
    const many = await ask(`SELECT id FROM floor.statement ORDER BY md5(id::text) LIMIT 50000`);
    return Array.from({ length: count }, (_, n) => {
      const chance = new Chance(`entities ${n}`);
      const asked = new Set();
      while (asked.size < 100) asked.add(many[chance.below(many.length)].id);
      return { representations: [...asked].map((id) => ({ __typename: "Statement", id })) };
    });
  },
  targets: { total: 1.8, own: 4 },
};

"use strict";
const { list } = require("./shape.js");

/** In subselects, so that they are made once and not for every name that is looked at. */
const NAME = `(SELECT folded($1))`;
const WORDS = `(SELECT websearch_to_tsquery('simple', folded($1)) || websearch_to_tsquery('english', folded($1)))`;

/** Who is meant by a name that is spelt wrongly? */
module.exports = {
  name: "misspelt",
  query: `query Misspelt($name: String!) {
  searchRecord(query: $name, kinds: [PERSON], first: 5) {
    edges { score node { ... on Person { slug name } } }
  }
}`,
  sql: `WITH found AS (
    SELECT item_id, 1000000 AS score FROM record_name WHERE kind = 'PERSON' AND folded = ${NAME}
    UNION ALL SELECT item_id, least(999999, 500000 + (ts_rank(words, ${WORDS}, 1 | 32) * 500000)::int)
    FROM record_name WHERE kind = 'PERSON' AND words @@ ${WORDS}
    UNION ALL SELECT item_id, greatest(1, least(499999,
      ((similarity(folded, ${NAME}) + word_similarity(${NAME}, folded)) * 250000)::int))
    FROM record_name WHERE kind = 'PERSON' AND (folded % ${NAME} OR folded %> ${NAME}))
  SELECT json_build_object('data', json_build_object('searchRecord', json_build_object('edges', ${list(
    `json_build_object('score', score / 1e6::float8, 'node', (
      SELECT json_build_object('slug', p.slug, 'name', p.name) FROM person p WHERE p.id = item_id::uuid))`,
    `(SELECT item_id, max(score) AS score FROM found GROUP BY item_id
      ORDER BY score DESC, item_id COLLATE "C" LIMIT 5) AS best`,
  )})))::text`,
  parameters: ({ name }) => [name],
  async draw(ask, count) {
    const people = await ask(`SELECT name FROM person ORDER BY md5(slug) LIMIT $1`, [count]);
    return people.map(({ name }, n) => ({ name: misspelt(name, n) }));
  },
  targets: { total: 2.4 },
};

/** The family name with a letter left out, doubled, or in the place of the next. */
function misspelt(name, n) {
  const at = name.indexOf(" ") + 2 + (n % 4);
  const [before, letter, next, after] = [
    name.slice(0, at),
    name[at],
    name[at + 1] ?? "",
    name.slice(at + 2),
  ];
  return before + [next, letter + letter + next, next + letter][n % 3] + after;
}

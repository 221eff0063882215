"use strict";
const { drawn } = require("./draw.js");
const { list } = require("./shape.js");

/** In subselects, so that they are made once and not for every name that is looked at. */
const NAME = `(SELECT lower($1))`;
const WORDS = `(SELECT websearch_to_tsquery('simple', lower($1)) || websearch_to_tsquery('english', lower($1)))`;

/** Who is meant by a name that is spelt wrongly? */
module.exports = {
  name: "misspelt",
  query: `query Misspelt($name: String!) {
  searchRecord(query: $name, kinds: [PERSON], first: 5) {
    edges { score node { ... on Person { slug name } } }
  }
}`,
  sql: `WITH found AS (
    SELECT id, person, 1000000 AS score FROM floor.name WHERE name = ${NAME}
    UNION ALL SELECT id, person, least(999999, 500000 + (ts_rank(words, ${WORDS}, 1 | 32) * 500000)::int)
    FROM floor.name WHERE words @@ ${WORDS}
    UNION ALL SELECT id, person, greatest(1, least(499999,
      ((2 * word_similarity(${NAME}, name) + 2 * strict_word_similarity(${NAME}, name) + similarity(name, ${NAME}))
        / 5 * 500000)::int))
    FROM floor.name WHERE name % ${NAME} OR name %> ${NAME})
  SELECT json_build_object('data', json_build_object('searchRecord', json_build_object('edges', ${list(
    `json_build_object('score', score / 1e6::float8, 'node', (
      SELECT json_build_object('slug', p.slug, 'name', p.name) FROM floor.person p WHERE p.slug = person))`,
    `(SELECT id, person, max(score) AS score FROM found GROUP BY 1, 2
      ORDER BY score DESC, id::text COLLATE "C" LIMIT 5) AS best`,
  )})))::text`,
  parameters: ({ name }) => [name],
  async draw({ ask, count }) {
    const people = await ask(
      `SELECT p.name, count(*)::int AS times FROM floor.person p JOIN floor.said_by x ON x.person = p.slug
       GROUP BY p.slug ORDER BY p.slug`,
    );
    return drawn(people, count, "misspelt").map(({ name }, n) => ({ name: misspelt(name, n) }));
  },
  targets: { total: 2.4, own: 4 },
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

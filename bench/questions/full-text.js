"use strict";
const { Chance, COMMON_WORDS, word } = require("../world.js");
const { JOINED, list } = require("./shape.js");

const { SPEAKERS, STATEMENT } = JOINED;

/** What very many statements have: nobody asks for two of these. */
const FREQUENT = new Set([...COMMON_WORDS, ...Array.from({ length: 30 }, (_, i) => word(i))]);

/** Who said these two words last? */
module.exports = {
  name: "full text",
  query: `query FullText($text: String!) {
  statements(filter: { text: $text }, first: 20) {
    nodes {
      text date
      speakers { person { name } country { name } }
    }
  }
}`,
  // All that match are found by the index on words, whatever the planner takes two unknown words for.
  sql: `WITH found AS MATERIALIZED (
    SELECT n FROM floor.words WHERE words @@ websearch_to_tsquery('english', $1))
  SELECT json_build_object('data', json_build_object('statements', json_build_object('nodes', ${list(
    `json_build_object('text', s.text, 'date', s.date, 'speakers', ${SPEAKERS})`,
    `(SELECT s.* FROM (SELECT n FROM found ORDER BY n LIMIT 20) AS newest
      JOIN ${STATEMENT} s USING (n) ORDER BY n) AS s`,
  )})))::text`,
  parameters: ({ text }) => [text],
  /** Half of them any two words of any statement, the others two words that few have. */
  async draw({ ask, count }) {
    const texts = await ask(`SELECT text FROM floor.statement ORDER BY md5(id::text) LIMIT $1`, [
      count * 4,
    ]);
    const chance = new Chance("full text");
    const pairs = texts.flatMap(({ text }, n) => {
      const words = [...new Set(text.toLowerCase().replace(".", "").split(" "))];
      const rare = words.filter((each) => !FREQUENT.has(each));
      const from = n % 2 === 0 ? words : rare;
      const some = [from[chance.below(from.length)], from[chance.below(from.length)]];
      const isPair = some[0] !== some[1] && some.some((each) => rare.includes(each));
      return isPair ? [some.join(" ")] : [];
    });
    const meant = await ask(
      `SELECT text FROM unnest($1::text[]) WITH ORDINALITY AS asked (text, nth)
       WHERE numnode(plainto_tsquery('english', text)) = 3 ORDER BY nth`,
      [pairs],
    );
    return meant.slice(0, count);
  },
  targets: { total: 1.25, own: 4 },
};

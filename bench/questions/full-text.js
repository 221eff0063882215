"use strict";
const { COMMON_WORDS, word } = require("../world.js");
const { date, list, NEWEST, SPEAKERS } = require("./shape.js");

/** The words as they stand or by their stems in English, the one language of this world. */
const WORDS = `(websearch_to_tsquery('simple', folded($1)) || websearch_to_tsquery('english', folded($1)))`;

/** What few statements have: the most frequent words are in every second one, and nobody asks for these alone. */
const FREQUENT = new Set(Array.from({ length: 300 }, (_, i) => word(i)));
const isTelling = (text) => text.length > 3 && !FREQUENT.has(text) && !COMMON_WORDS.includes(text);

/** Who said these words? The best matches first. */
module.exports = {
  name: "full text",
  query: `query FullText($text: String!) {
  statements(filter: { text: $text }, orderBy: RELEVANCE, first: 20) {
    nodes {
      text date
      speakers { person { name } country { name } }
    }
  }
}`,
  sql: `SELECT json_build_object('data', json_build_object('statements', json_build_object('nodes', ${list(
    `json_build_object('text', s.text, 'date', ${date("s.date_from", "s.date_to")}, 'speakers', ${SPEAKERS})`,
    `(SELECT s.* FROM statement s
      WHERE s.words @@ ${WORDS} AND s.standing <> 'RETRACTED'
      ORDER BY -(ts_rank(s.words, ${WORDS}) * 1e6)::int, ${NEWEST} LIMIT 20) AS s`,
  )})))::text`,
  parameters: ({ text }) => [text],
  isPlannedEachTime: true,
  /** What somebody remembers of a statement: a word, a word and another, two words in a row, either of two. */
  async draw(ask, count) {
    const told = await ask(
      `SELECT lower(rtrim(text, '.')) AS text FROM statement ORDER BY md5(key) LIMIT $1`,
      [count * 3],
    );
    const texts = told.map(({ text }) => text.split(" ")).filter((words) => words.some(isTelling));
    return texts.slice(0, count).map((words, n) => {
      const at = words.findIndex(isTelling);
      const [word, next, other] = [words[at], words[at + 1] ?? "", words.at(-1)];
      return {
        text: [word, `${other} ${word}`, `"${word} ${next}"`, `${word} or "${other} ${word}"`][
          n % 4
        ],
      };
    });
  },
  targets: { total: 1.2 },
};

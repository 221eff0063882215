"use strict";
const { Chance } = require("../world.js");
const { drawn, shuffled } = require("./draw.js");
const { JOINED } = require("./shape.js");

const { CITATIONS, MEETING_AND_PLACE, SPEAKERS, STATEMENT } = JOINED;

/** What a row of a page shows: three levels deep, and the passages that prove it. */
const FIELDS = `
      text form date
      speakers { person { name } country { name } }
      meeting { title place { name country { name } } }
      citations { start end document { title } }`;

/** A page of statements as JSON: the first twenty of these numbers; one more shows whether more follow. */
const pageOf = (numbers) => `SELECT json_build_object('data', json_build_object('statements', (
  SELECT json_build_object(
    'nodes', coalesce(json_agg(json_build_object(
      'text', s.text, 'form', s.form, 'date', s.date, 'speakers', ${SPEAKERS},
      'meeting', ${MEETING_AND_PLACE}, 'citations', ${CITATIONS}) ORDER BY n) FILTER (WHERE nth <= 20), '[]'),
    'pageInfo', json_build_object('hasNextPage', count(*) > 20, 'endCursor', max(n) FILTER (WHERE nth <= 20)))
  FROM (SELECT n, row_number() OVER (ORDER BY n) AS nth FROM (${numbers} ORDER BY n LIMIT 21) AS page) AS page
    JOIN ${STATEMENT} s USING (n))))::text`;

/** Every server has cursors of its own. */
function withoutCursor({ data }) {
  const { nodes, pageInfo } = data.statements;
  return { nodes, hasNextPage: pageInfo.hasNextPage };
}

/** What was said in a country from one day to another? */
const page = {
  name: "page",
  query: `query Page($country: CountryCode!, $from: PartialDate!, $to: PartialDate!) {
  statements(filter: { placeCountries: [$country], date: { from: $from, to: $to } }, first: 20) {
    nodes {${FIELDS}
    }
    pageInfo { hasNextPage endCursor }
  }
}`,
  sql: pageOf(`
    SELECT n FROM floor.said_in
    WHERE country = $1 AND date_until >= $2::date AND n >= (SELECT first FROM floor.day WHERE day = $3::date)
      AND n <= (SELECT last FROM floor.day WHERE day = $2::date)`),
  parameters: ({ country, from, to }) => [country, from, to],
  compared: withoutCursor,
  /** Any month, season or year. */
  async draw({ ask, count }) {
    const countries = await ask(
      `SELECT country, count(*)::int AS times FROM floor.said_in GROUP BY 1 ORDER BY 1`,
    );
    const days = await ask(
      `SELECT day::text, (day + 30)::text AS month, (day + 91)::text AS season, (day + 365)::text AS year FROM floor.day
       WHERE first > 1 AND last > first ORDER BY day`,
    );
    const chance = new Chance("page of a range");
    return drawn(countries, count, "page").map(({ country }) => {
      const { day, ...ends } = days[chance.below(days.length)];
      return { country, from: day, to: Object.values(ends)[chance.below(3)] };
    });
  },
  targets: { total: 1.8, own: 4 },
};

/** How far in a deep page is, and the statements of its range, where the world has as many. */
const DEEP = 5_000;
/** A number of ranges, with several pages deep in each. */
const RANGES = 50;

/** And after very many rows? A list is read on from a cursor, however far. */
const deepPage = {
  name: "deep page",
  query: `query DeepPage($from: PartialDate!, $to: PartialDate!, $after: String!) {
  statements(filter: { date: { from: $from, to: $to } }, first: 20, after: $after) {
    nodes {${FIELDS}
    }
    pageInfo { hasNextPage endCursor }
  }
}`,
  sql: pageOf(`
    SELECT n FROM floor.statement
    WHERE date_until >= $1::date AND n > $3 AND n >= (SELECT first FROM floor.day WHERE day = $2::date)
      AND n <= (SELECT last FROM floor.day WHERE day = $1::date)`),
  parameters: ({ from, to, n }) => [from, to, n],
  /** What the service is asked with; where a page begins, it alone can tell. */
  graphql: ({ from, to, after }) => ({ from, to, after }),
  taught: ({ from, to, id }) => ({ from, to, after: id }),
  compared: withoutCursor,
  async draw({ ask, asksService, count }) {
    const [{ rows }] = await ask(`SELECT count(*)::int AS rows FROM floor.statement`);
    const deep = Math.min(DEEP, Math.floor(rows / 4 / 100) * 100);
    const chance = new Chance("deep page");
    const pages = [];
    for (let range = 0; range < RANGES; range++) {
      const newest = 1 + chance.below(rows - 2 * deep);
      const [{ from, to }] = await ask(
        `SELECT (SELECT date_from::text FROM floor.statement WHERE n = $1) AS to,
           (SELECT date_from::text FROM floor.statement WHERE n = $2) AS "from"`,
        [newest, newest + 2 * deep],
      );
      pages.push(...(await pagesDeepIn({ from, to }, deep, count / RANGES, { ask, asksService })));
    }
    return shuffled(pages, chance);
  },
  targets: { total: 1.6, own: 4 },
};

/** A number of cursors that many rows in, each twenty rows after the one before. */
async function pagesDeepIn({ from, to }, deep, count, { ask, asksService }) {
  const walk = `query Walk($from: PartialDate!, $to: PartialDate!, $first: Int!, $after: String) {
    statements(filter: { date: { from: $from, to: $to } }, first: $first, after: $after) {
      nodes { id } pageInfo { endCursor }
    }
  }`;
  const pages = [];
  let after = null;
  for (let passed = 0; pages.length < count;) {
    const first = passed < deep ? 100 : 20;
    const { statements } = await asksService(walk, { from, to, first, after });
    after = statements.pageInfo.endCursor;
    passed += first;
    if (passed < deep) continue;
    const { id } = statements.nodes.at(-1);
    const [{ n }] = await ask(`SELECT n FROM floor.statement WHERE id = $1`, [id]);
    pages.push({ from, to, after, n, id });
  }
  return pages;
}

module.exports = { deepPage, page };

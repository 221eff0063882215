"use strict";
const { CITATIONS, date, meeting, named, NEWEST, one, SPEAKERS } = require("./shape.js");

/** What a row of a page shows: three levels deep, and the passages that prove it. */
const FIELDS = `
      text form date
      speakers { person { name } country { name } }
      meeting { title place { name country { name } } }
      citations { start end document { title } }`;

const PLACE = one(
  "place",
  "meeting.place_id",
  `'name', place.name, 'country', ${named("country", "place.country_code")}`,
);

/** A page of statements as JSON: the first twenty of some that are in order; one more tells whether more follow. */
const pageOf = (where) => `SELECT json_build_object('data', json_build_object('statements', (
  SELECT json_build_object(
    'nodes', coalesce(json_agg(json_build_object(
      'text', s.text, 'form', s.form, 'date', ${date("s.date_from", "s.date_to")}, 'speakers', ${SPEAKERS},
      'meeting', ${meeting(`'place', ${PLACE}`)}, 'citations', ${CITATIONS})) FILTER (WHERE n <= 20), '[]'),
    'pageInfo', json_build_object('hasNextPage', count(*) > 20, 'endCursor', max(${cursor()}) FILTER (WHERE n = least(20, rows))))
  FROM (SELECT *, row_number() OVER () AS n, count(*) OVER () AS rows FROM (
    SELECT s.* FROM statement s WHERE s.standing <> 'RETRACTED' AND ${where}
    ORDER BY ${NEWEST} LIMIT 21) AS s) AS s)))::text`;

/** Where a row stands, as the service writes it (src/paging/cursor.ts): JSON in base64url. */
function cursor() {
  const key = `format('["Query.statements","DATE_DESC",%s,%s,%s,"%s",%s,"%s"]', ${NEWEST})`;
  return `translate(encode(convert_to(${key}, 'UTF8'), 'base64'), E'+/=\\n', '-_')`;
}

/** What was said on a country's behalf from one day to another? */
const page = {
  name: "page",
  query: `query Page($country: CountryCode!, $from: PartialDate!, $to: PartialDate!) {
  statements(filter: { speakerCountries: [$country], date: { from: $from, to: $to } }, first: 20) {
    nodes {${FIELDS}
    }
    pageInfo { hasNextPage endCursor }
  }
}`,
  // The dates are bounds of the index that gives the order, so that no row outside them is read.
  sql: pageOf(`newest_first(s.date_from) >= newest_first($3::date)
      AND newest_first(s.date_until) <= newest_first($2::date)
      AND EXISTS (SELECT FROM speaker x WHERE x.statement_id = s.id AND x.country_code = $1)`),
  parameters: ({ country, from, to }) => [country, from, to],
  /** Every country that speaks, in a month, a season or a year. */
  draw: `
    SELECT json_build_object('country', country_code, 'from', day, 'to', day + days) AS variables
    FROM (SELECT DISTINCT country_code FROM speaker) AS country,
      generate_series(0, $1 - 1) n,
      LATERAL (SELECT date '2000-03-01' + n * 17 AS day, (ARRAY[30, 91, 365])[1 + n % 3] AS days) AS range
    ORDER BY md5(country_code || n) LIMIT $1`,
  targets: { total: 2.0, own: 5 },
};

/** And after very many rows? A list is read on from a cursor, however far. */
const deepPage = {
  name: "deep page",
  query: `query DeepPage($after: String!) {
  statements(first: 20, after: $after) {
    nodes {${FIELDS}
    }
    pageInfo { hasNextPage endCursor }
  }
}`,
  sql: pageOf(`(${NEWEST}) > ($1::int, $2::int, $3::int, $4::uuid, $5::int, $6::uuid)`),
  parameters: ({ after }) => JSON.parse(Buffer.from(after, "base64url").toString()).slice(2),
  /** After 100,000 rows and more; in a smaller world from its middle on. */
  draw: `
    SELECT json_build_object('after', ${cursor()}) AS variables
    FROM (SELECT *, row_number() OVER (ORDER BY ${NEWEST}) AS n, count(*) OVER () AS rows FROM statement s) AS s
    WHERE n > least(100000, rows / 2) AND n % greatest(1, least(97, rows / 2 / $1)) = 0
    ORDER BY n LIMIT $1`,
  targets: { total: 2.4 },
};

module.exports = { deepPage, page };

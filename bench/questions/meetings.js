"use strict";
const { date, list, named } = require("./shape.js");

/** Which meetings did a country's people take part in, from one day to another, and with whom? */
module.exports = {
  name: "meetings",
  query: `query Meetings($country: CountryCode!, $from: PartialDate!, $to: PartialDate!) {
  country(code: $country) {
    name
    meetings(filter: { date: { from: $from, to: $to } }, first: 20) {
      nodes {
        title kind startDate
        participations(first: 10) {
          nodes { role person { name } country { name } }
        }
      }
    }
  }
}`,
  sql: `SELECT json_build_object('data', json_build_object('country', (
  SELECT json_build_object('name', c.name, 'meetings', json_build_object('nodes', ${list(
    `json_build_object('title', m.title, 'kind', m.kind, 'startDate', ${date("m.start_from", "m.start_to")},
      'participations', json_build_object('nodes', ${list(
        `json_build_object('role', x.role, 'person', ${named("person", "x.person_id")},
          'country', ${named("country", "x.country_code")})`,
        `(SELECT * FROM participation x WHERE x.meeting_id = m.id ORDER BY x.position, x.id LIMIT 10) AS x`,
      )}))`,
    `(SELECT * FROM meeting m
      WHERE newest_first(m.date_from) >= newest_first($3::date) AND newest_first(m.date_until) <= newest_first($2::date)
        AND EXISTS (SELECT FROM participation x WHERE x.meeting_id = m.id AND x.country_code = c.code)
      ORDER BY newest_first(m.date_from), newest_first(m.date_until), m.id LIMIT 20) AS m`,
  )}))
  FROM country c WHERE c.code = $1)))::text`,
  parameters: ({ country, from, to }) => [country, from, to],
  draw: `
    SELECT json_build_object('country', country_code, 'from', day, 'to', day + days) AS variables
    FROM (SELECT DISTINCT country_code FROM participation) AS country,
      generate_series(0, $1 - 1) n,
      LATERAL (SELECT date '2000-03-01' + n * 17 AS day, (ARRAY[30, 91, 365])[1 + n % 3] AS days) AS range
    ORDER BY md5(country_code || n) LIMIT $1`,
  targets: { total: 2.4 },
};

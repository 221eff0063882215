"use strict";

/** How much was said on a country's behalf about a topic, and how much of it in each year? */
module.exports = {
  name: "count by year",
  query: `query CountByYear($country: CountryCode!, $topic: String!) {
  statements(filter: { speakerCountries: [$country], topics: [$topic] }) {
    totalCount
    facets(by: YEAR, first: 100) { value label count }
  }
}`,
  // Both at once: a row is found once, by indexes alone till it is known to count, and counted by its year.
  sql: `WITH years AS (
    SELECT lpad(date_part('year', s.date_from)::text, 4, '0') AS year, count(*) AS count
    FROM (
      SELECT x.statement_id FROM topic_of_statement x
      WHERE x.topic_id = (SELECT id FROM statement_topic WHERE slug = $2)
        AND EXISTS (SELECT FROM speaker y WHERE y.statement_id = x.statement_id AND y.country_code = $1)
      OFFSET 0) AS said
      JOIN statement s ON s.id = said.statement_id
    WHERE s.standing <> 'RETRACTED'
    GROUP BY date_part('year', s.date_from))
  SELECT json_build_object('data', json_build_object('statements', json_build_object(
    'totalCount', (SELECT coalesce(sum(count), 0) FROM years),
    'facets', (SELECT coalesce(json_agg(json_build_object('value', year, 'label', year, 'count', count)), '[]')
      FROM (SELECT * FROM years WHERE year IS NOT NULL ORDER BY count DESC, year COLLATE "C" LIMIT 100) AS most))))::text`,
  parameters: ({ country, topic }) => [country, topic],
  draw: `
    SELECT json_build_object('country', country_code, 'topic', slug) AS variables
    FROM (SELECT DISTINCT country_code FROM speaker) AS country, statement_topic
    ORDER BY md5(country_code || slug) LIMIT $1`,
  targets: { total: 2.4 },
};

"use strict";
const { bySlug, date, list, meeting, NEWEST, SPEAKERS } = require("./shape.js");

/** What did somebody say in a place? The question that the project began with. */
module.exports = {
  name: "headline",
  query: `query Headline($person: String!, $place: String!) {
  person(slug: $person) {
    name
    statements(filter: { places: [$place] }, first: 20) {
      nodes {
        text form joint date
        meeting { title startDate }
        speakers { person { name } country { name } }
      }
    }
  }
}`,
  // What somebody said is an array, so that it is found by two indexes at once and most rows are never read.
  sql: `SELECT json_build_object('data', json_build_object('person', (
  SELECT json_build_object('name', p.name, 'statements', json_build_object('nodes', ${list(
    `json_build_object('text', s.text, 'form', s.form, 'joint', s.joint, 'date', ${date("s.date_from", "s.date_to")},
      'meeting', ${meeting(`'startDate', ${date("meeting.start_from", "meeting.start_to")}`)},
      'speakers', ${SPEAKERS})`,
    `(SELECT * FROM statement s
      WHERE s.place_id = (SELECT id FROM ${bySlug("place", "$2")} AS place) AND s.standing <> 'RETRACTED'
        AND s.id = ANY (ARRAY(SELECT x.statement_id FROM speaker x WHERE x.person_id = p.id))
      ORDER BY ${NEWEST} LIMIT 20) AS s`,
  )}))
  FROM ${bySlug("person", "$1")} AS p)))::text`,
  parameters: ({ person, place }) => [person, place],
  /** Half of them pairs that fill a page, the rest ever shorter ones: who is asked for has said something. */
  draw: `
    WITH pair AS (
      SELECT p.slug AS person, l.slug AS place, count(*) AS statements
      FROM statement s JOIN speaker x ON x.statement_id = s.id JOIN person p ON p.id = x.person_id
        JOIN place l ON l.id = s.place_id
      GROUP BY 1, 2)
    SELECT json_build_object('person', person, 'place', place) AS variables
    FROM (
      SELECT *, CASE WHEN statements >= 20 THEN 1 WHEN statements >= 5 THEN 2 ELSE 3 END AS fullness,
        row_number() OVER (PARTITION BY CASE WHEN statements >= 20 THEN 1 WHEN statements >= 5 THEN 2 ELSE 3 END
          ORDER BY md5(person || place)) AS nth
      FROM pair) AS pairs
    ORDER BY nth > (ARRAY[$1 / 2, $1 / 4, $1 / 4])[fullness], md5(person || place) LIMIT $1`,
  targets: { total: 2.0, own: 5 },
};

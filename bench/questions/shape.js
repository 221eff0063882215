"use strict";
// SQL that several of the floor's statements have in common. Each piece gives the JSON that the service answers with: for
// the statement s, the meeting m.

/** What a subselect of ordered rows comes to as a list; an empty list where there are none. */
const list = (object, rows) => `(SELECT coalesce(json_agg(${object}), '[]') FROM ${rows})`;

/** The object of which this row is the one; null where there is none. */
const one = (fields, row) => `(SELECT json_build_object(${fields}) FROM ${row})`;

const COUNTRY = one(`'name', c.name`, `floor.country c WHERE c.code = x.country`);

/** The meeting of a statement: its title, and more. */
const joinedMeeting = (more = "") =>
  one(`'title', m.title${more}`, `floor.meeting m WHERE m.m = s.m`);
const copiedMeeting = (more = "") =>
  `CASE WHEN s.meeting IS NOT NULL THEN json_build_object('title', s.meeting${more}) END`;

/** Rows that hold copies of all that is shown, so that nothing is joined. Whoever renames a place writes them anew. */
const COPIED = {
  STATEMENT: "floor.statement_shown",
  SPEAKERS: "s.speakers",
  CITATIONS: "s.citations",
  MEETING_TITLE: copiedMeeting(),
  MEETING_AND_DATE: copiedMeeting(", 'startDate', s.start_date"),
  MEETING_AND_PLACE:
    copiedMeeting(`, 'place', CASE WHEN s.place IS NOT NULL THEN json_build_object('name', s.place,
        'country', CASE WHEN s.country IS NOT NULL THEN json_build_object('name', s.country) END) END`),
  MEETING: "floor.meeting_shown",
  PARTICIPATIONS: "m.participations",
};

/** Rows that are joined with what is shown beside them, by their keys. */
const JOINED = {
  STATEMENT: "floor.statement",
  SPEAKERS: list(
    `json_build_object(
      'person', ${one(`'name', p.name`, `floor.person p WHERE p.slug = x.person`)}, 'country', ${COUNTRY})`,
    `(SELECT * FROM floor.speaker x WHERE x.n = s.n ORDER BY x.position) AS x`,
  ),
  CITATIONS: list(
    `json_build_object('start', x."start", 'end', x."end", 'document', json_build_object('title', x.title))`,
    `(SELECT x."start", x."end", d.title FROM floor.citation x JOIN floor.document d ON d.id = x.document
      WHERE x.n = s.n ORDER BY x.position) AS x`,
  ),
  MEETING_TITLE: joinedMeeting(),
  MEETING_AND_DATE: joinedMeeting(", 'startDate', m.start_date"),
  MEETING_AND_PLACE: joinedMeeting(
    `, 'place', ${one(`'name', x.name, 'country', ${COUNTRY}`, `floor.place x WHERE x.slug = m.place`)}`,
  ),
  MEETING: "floor.meeting",
  // As many as there are of a country's meetings, the names are in their rows.
  PARTICIPATIONS: list(
    `json_build_object('role', x.role,
      'person', CASE WHEN x.person IS NOT NULL THEN json_build_object('name', x.person_name) END,
      'country', CASE WHEN x.country IS NOT NULL THEN json_build_object('name', x.country_name) END)`,
    `(SELECT * FROM floor.participation x WHERE x.m = m.m ORDER BY x.position LIMIT 10) AS x`,
  ),
};

module.exports = { COPIED, JOINED: process.env.FLOOR_COPIES === "1" ? COPIED : JOINED, list };

"use strict";
// SQL that several of the floor's statements have in common. Each piece gives the JSON that the service answers with.

/** What a subselect of ordered rows comes to as a list; an empty list where there are none. */
const list = (object, rows) => `(SELECT coalesce(json_agg(${object}), '[]') FROM ${rows})`;

/** The meeting of the statement s, and more of it. */
const meeting = (more = "") =>
  `CASE WHEN s.meeting IS NOT NULL THEN json_build_object('title', s.meeting${more}) END`;

/** The same with its first day. */
const MEETING_AND_DATE = meeting(", 'startDate', s.start_date");

module.exports = { list, meeting, MEETING_AND_DATE };

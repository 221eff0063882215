"use strict";
// SQL that several of the floor's statements have in common. Each piece gives the JSON that the service answers with.

/** The newest first, as the service orders statements: the index statement_newest has just this. */
const NEWEST = `newest_first(s.date_from), newest_first(s.date_until), oldest_first(s.told_on), s.told_in_id, s.position, s.id`;

/** A date as precise as it is known, from its bounds. */
const date = (from, to) =>
  `left(${from}::text, CASE WHEN ${from} = ${to} THEN 10
     WHEN date_trunc('month', ${from}) = date_trunc('month', ${to}) THEN 7 ELSE 4 END)`;

/** Who has this slug, present or former; the former ones are looked at only where no present one is found. */
const bySlug = (table, slug) => `(SELECT * FROM (
    SELECT * FROM ${table} WHERE slug = ${slug}
    UNION ALL SELECT * FROM ${table} WHERE former_slugs <> '{}' AND former_slugs && ARRAY[${slug}]) AS either LIMIT 1)`;

/** The object with this id; null where there is none. */
const one = (table, id, fields) =>
  `(SELECT json_build_object(${fields}) FROM ${table}
    WHERE ${table}.${table === "country" ? "code" : "id"} = ${id})`;

/** The same of which the name is enough. */
const named = (table, id) => one(table, id, `'name', ${table}.name`);

/** What a subselect of ordered rows comes to as a list; an empty list where there are none. */
const list = (object, rows) => `(SELECT coalesce(json_agg(${object}), '[]') FROM ${rows})`;

/** The sides of the statement s. */
const SPEAKERS = list(
  `json_build_object(
    'person', ${named("person", "x.person_id")}, 'country', ${named("country", "x.country_code")})`,
  `(SELECT * FROM speaker x WHERE x.statement_id = s.id ORDER BY x.position) AS x`,
);

/** The passages that prove the statement s. */
const CITATIONS = list(
  `json_build_object('start', c.start_offset, 'end', c.end_offset, 'document', json_build_object('title', c.title))`,
  `(SELECT c.start_offset, c.end_offset, d.title FROM citation c JOIN source_document d ON d.id = c.document_id
    WHERE c.statement_id = s.id ORDER BY oldest_first(d.date_from), d.id, c.start_offset, c.locator, c.id) AS c`,
);

/** The meeting of the statement s, and more of it. */
const meeting = (more) =>
  one("meeting", "s.meeting_id", `'title', meeting.title${more ? `, ${more}` : ""}`);

module.exports = { bySlug, CITATIONS, date, list, meeting, named, NEWEST, one, SPEAKERS };

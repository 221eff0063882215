import type { Sql } from "../db/sql.js";

/** What questions can be asked of: a key of the API, and how it is called. */
export interface Subject {
  /** A slug; of a country its code. */
  key: string;
  name: string;
}

/** Who and what a record tells most of; null where it tells of none. */
export interface Subjects {
  /** Who made the most statements, and where the most of these; the place is null when none is known. */
  speaker: { person: Subject; place: Subject | null } | null;
  /** On whose behalf the most was said. */
  spokenFor: Subject | null;
  /** Two countries that made the most statements together. */
  spokeTogether: [Subject, Subject] | null;
  /** The latest meeting at which something was said. */
  meeting: Subject | null;
  /** Who met somebody of another country most often. */
  guest: Subject | null;
  /** Two countries that met most often. */
  met: [Subject, Subject] | null;
}

/**
 * Only the newest part of a record is looked at, by the index that lists it: what it costs does not grow with the record.
 * Of what many take part in, only the first few sides are paired.
 */
const STATEMENTS = 1_000;
const MEETINGS = 500;
const SIDES = 6;

const RECENT_STATEMENTS = `
  WITH newest AS MATERIALIZED (
    SELECT id, place_id, standing FROM statement
    ORDER BY newest_first(date_from), newest_first(date_until), oldest_first(told_on), told_in_id, position, id
    LIMIT ${STATEMENTS}
  ), recent AS (SELECT id, place_id FROM newest WHERE standing <> 'RETRACTED')`;

const RECENT_MEETINGS = `
  WITH recent AS MATERIALIZED (
    SELECT id, slug, title, status, row_number() OVER () AS rank FROM (
      SELECT id, slug, title, status FROM meeting
      ORDER BY newest_first(date_from), newest_first(date_until), id LIMIT ${MEETINGS}
    ) newest
  )`;

/** Finds what to offer questions about. */
export async function readSubjects(sql: Sql): Promise<Subjects> {
  const [speaker, spokenFor, spokeTogether, meeting, guest, met] = await Promise.all([
    mostFrequentSpeaker(sql),
    mostSpokenFor(sql),
    mostFrequentPair(sql, "pairsThatSpoke", RECENT_STATEMENTS, "speaker", "statement_id", "true"),
    latestMeeting(sql),
    mostFrequentGuest(sql),
    mostFrequentPair(
      sql,
      "pairsThatMet",
      RECENT_MEETINGS,
      "participation",
      "meeting_id",
      "r.status = 'HELD'",
    ),
  ]);
  return { speaker, spokenFor, spokeTogether, meeting, guest, met };
}

async function mostFrequentSpeaker(sql: Sql): Promise<Subjects["speaker"]> {
  const [row] = await sql.query<Subject & { placeKey: string | null; placeName: string | null }>(
    "mostFrequentSpeaker",
    `${RECENT_STATEMENTS}, counted AS (
       SELECT s.person_id, r.place_id, count(*) AS here, sum(count(*)) OVER (PARTITION BY s.person_id) AS anywhere
       FROM recent r JOIN speaker s ON s.statement_id = r.id
       WHERE s.person_id IS NOT NULL GROUP BY s.person_id, r.place_id
     ), most AS (
       SELECT * FROM counted ORDER BY anywhere DESC, person_id, place_id IS NULL, here DESC, place_id LIMIT 1
     )
     SELECT p.slug AS key, p.name, l.slug AS "placeKey", l.name AS "placeName"
     FROM most JOIN person p ON p.id = most.person_id LEFT JOIN place l ON l.id = most.place_id`,
  );
  if (!row) return null;
  const { key, name, placeKey, placeName } = row;
  const place = placeKey === null ? null : { key: placeKey, name: placeName! };
  return { person: { key, name }, place };
}

async function mostSpokenFor(sql: Sql): Promise<Subject | null> {
  const [row] = await sql.query<Subject>(
    "mostSpokenFor",
    `${RECENT_STATEMENTS}, most AS (
       SELECT s.country_code FROM recent r JOIN speaker s ON s.statement_id = r.id
       WHERE s.country_code IS NOT NULL GROUP BY s.country_code ORDER BY count(*) DESC, s.country_code LIMIT 1
     )
     SELECT c.code AS key, c.name FROM most JOIN country c ON c.code = most.country_code`,
  );
  return row ?? null;
}

async function latestMeeting(sql: Sql): Promise<Subject | null> {
  const [row] = await sql.query<Subject>(
    "latestMeeting",
    `${RECENT_MEETINGS}
     SELECT slug AS key, title AS name FROM recent r
     WHERE EXISTS (SELECT FROM statement s WHERE s.meeting_id = r.id AND s.standing <> 'RETRACTED')
     ORDER BY rank LIMIT 1`,
  );
  return row ?? null;
}

async function mostFrequentGuest(sql: Sql): Promise<Subject | null> {
  const [row] = await sql.query<Subject>(
    "mostFrequentGuest",
    `${RECENT_MEETINGS}, most AS (
       SELECT p.person_id FROM recent r
       JOIN participation p ON p.meeting_id = r.id AND p.position < ${SIDES}
       WHERE r.status = 'HELD' AND p.person_id IS NOT NULL AND EXISTS (
         SELECT FROM participation o WHERE o.meeting_id = r.id AND o.position < ${SIDES}
           AND o.person_id IS NOT NULL AND o.country_code <> p.country_code)
       GROUP BY p.person_id ORDER BY count(*) DESC, p.person_id LIMIT 1
     )
     SELECT p.slug AS key, p.name FROM most JOIN person p ON p.id = most.person_id`,
  );
  return row ?? null;
}

/** Two countries that are most often on two sides of the same. */
async function mostFrequentPair(
  sql: Sql,
  name: string,
  recent: string,
  side: string,
  belongsTo: string,
  condition: string,
): Promise<[Subject, Subject] | null> {
  const [row] = await sql.query<Subject & { otherKey: string; otherName: string }>(
    name,
    `${recent}, sides AS (
       SELECT DISTINCT r.id, s.country_code AS code FROM recent r
       JOIN ${side} s ON s.${belongsTo} = r.id AND s.position < ${SIDES}
       WHERE s.country_code IS NOT NULL AND ${condition}
     ), most AS (
       SELECT one.code, other.code AS other_code
       FROM sides one JOIN sides other ON other.id = one.id AND other.code > one.code
       GROUP BY one.code, other.code ORDER BY count(*) DESC, one.code, other.code LIMIT 1
     )
     SELECT one.code AS key, one.name, other.code AS "otherKey", other.name AS "otherName"
     FROM most JOIN country one ON one.code = most.code JOIN country other ON other.code = most.other_code`,
  );
  if (!row) return null;
  return [
    { key: row.key, name: row.name },
    { key: row.otherKey, name: row.otherName },
  ];
}

import type { Sql } from "../db/sql.js";

/** The subject of a question: its API key and its name. */
export interface Subject {
  /** A slug, or the code of a country. */
  key: string;
  name: string;
}

/** The most frequent subjects of a record; null if there is none. */
export interface Subjects {
  /** The person with the most statements, and the place with most of these, if any is known. */
  speaker: { person: Subject; place: Subject | null } | null;
  /** The country on whose behalf most statements were made. */
  spokenFor: Subject | null;
  /** The two countries with the most joint statements. */
  spokeTogether: [Subject, Subject] | null;
  /** The latest meeting with statements. */
  meeting: Subject | null;
  /** The person who most often met someone of another country. */
  guest: Subject | null;
  /** The two countries that met most often. */
  met: [Subject, Subject] | null;
}

/**
 * Only the newest items are read, by the index of that order, and only the first few sides of each, so that the cost does not
 * grow with the record.
 */
const STATEMENTS = 1_000;
const MEETINGS = 500;
const SIDES = 6;

const RECENT_STATEMENTS = `
  WITH newest AS MATERIALIZED (
    SELECT id, place_id FROM statement WHERE newest IS NOT NULL ORDER BY newest, told, id
    LIMIT ${STATEMENTS}
  ), sides AS (
    SELECT n.id, n.place_id, s.* FROM newest n CROSS JOIN LATERAL (
      SELECT person_id, country_code FROM speaker WHERE statement_id = n.id ORDER BY position LIMIT ${SIDES}
    ) s
  )`;

const RECENT_MEETINGS = `
  WITH newest AS MATERIALIZED (
    SELECT id, slug, title, status, newest FROM meeting ORDER BY newest, id
    LIMIT ${MEETINGS}
  ), sides AS (
    SELECT n.id, p.* FROM newest n CROSS JOIN LATERAL (
      SELECT person_id, country_code FROM participation WHERE meeting_id = n.id ORDER BY position, id LIMIT ${SIDES}
    ) p WHERE n.status = 'HELD'
  )`;

/** Finds subjects for the questions on the landing page. */
export async function readSubjects(sql: Sql): Promise<Subjects> {
  const [speaker, spokenFor, spokeTogether, meeting, guest, met] = await Promise.all([
    mostFrequentSpeaker(sql),
    mostSpokenFor(sql),
    mostFrequentPair(sql, "pairThatSpoke", RECENT_STATEMENTS),
    latestMeeting(sql),
    mostFrequentGuest(sql),
    mostFrequentPair(sql, "pairThatMet", RECENT_MEETINGS),
  ]);
  return { speaker, spokenFor, spokeTogether, meeting, guest, met };
}

async function mostFrequentSpeaker(sql: Sql): Promise<Subjects["speaker"]> {
  const [row] = await sql.query<Subject & { placeKey: string | null; placeName: string | null }>(
    "mostFrequentSpeaker",
    `${RECENT_STATEMENTS}, counted AS (
       SELECT person_id, place_id, count(*) AS here, sum(count(*)) OVER (PARTITION BY person_id) AS anywhere
       FROM sides WHERE person_id IS NOT NULL GROUP BY person_id, place_id
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
       SELECT country_code FROM sides
       WHERE country_code IS NOT NULL GROUP BY country_code ORDER BY count(*) DESC, country_code LIMIT 1
     )
     SELECT c.code AS key, c.name FROM most JOIN country c ON c.code = most.country_code`,
  );
  return row ?? null;
}

async function latestMeeting(sql: Sql): Promise<Subject | null> {
  const [row] = await sql.query<Subject>(
    "latestMeeting",
    `${RECENT_MEETINGS}
     SELECT slug AS key, title AS name FROM newest n
     WHERE EXISTS (SELECT FROM statement s WHERE s.meeting_id = n.id AND s.newest IS NOT NULL)
     ORDER BY newest, id LIMIT 1`,
  );
  return row ?? null;
}

async function mostFrequentGuest(sql: Sql): Promise<Subject | null> {
  const [row] = await sql.query<Subject>(
    "mostFrequentGuest",
    `${RECENT_MEETINGS}, most AS (
       SELECT one.person_id FROM sides one JOIN sides other ON other.id = one.id
         AND other.country_code <> one.country_code AND other.person_id <> one.person_id
       GROUP BY one.person_id ORDER BY count(DISTINCT one.id) DESC, one.person_id LIMIT 1
     )
     SELECT p.slug AS key, p.name FROM most JOIN person p ON p.id = most.person_id`,
  );
  return row ?? null;
}

/** The two countries most often on two sides of the same meeting or statement. */
async function mostFrequentPair(
  sql: Sql,
  name: string,
  recent: string,
): Promise<[Subject, Subject] | null> {
  const [row] = await sql.query<Subject & { otherKey: string; otherName: string }>(
    name,
    `${recent}, most AS (
       SELECT one.country_code AS code, other.country_code AS other_code
       FROM sides one JOIN sides other ON other.id = one.id AND other.country_code > one.country_code
       GROUP BY code, other_code ORDER BY count(DISTINCT one.id) DESC, code, other_code LIMIT 1
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

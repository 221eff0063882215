-- The floor's own tables, filled from a loaded world: laid out for the questions of the bench, with whatever copies and
-- indexes each of them wants. Nothing here refers to the service's tables, indexes or functions once it is filled.
DROP SCHEMA IF EXISTS floor CASCADE;
CREATE SCHEMA floor;
SET search_path = pg_catalog, public;
SET work_mem = '256MB';
SET maintenance_work_mem = '512MB';

-- A date as precise as it is known, from its bounds.
CREATE FUNCTION floor.partial(a date, b date) RETURNS text LANGUAGE sql IMMUTABLE
  RETURN left(a::text, CASE WHEN a = b THEN 10 WHEN date_trunc('month', a) = date_trunc('month', b) THEN 7 ELSE 4 END);

CREATE TABLE floor.country (code text COLLATE "C" PRIMARY KEY, name text NOT NULL);
INSERT INTO floor.country SELECT code, name FROM country;

-- `sort` is where somebody stands in a list of all.
CREATE TABLE floor.person (slug text COLLATE "C" PRIMARY KEY, name text NOT NULL, sort int NOT NULL);
INSERT INTO floor.person SELECT slug, name, row_number() OVER (ORDER BY sort_name, id) FROM person;

CREATE TABLE floor.place (
  slug text COLLATE "C" PRIMARY KEY, name text NOT NULL, country text COLLATE "C" REFERENCES floor.country);
INSERT INTO floor.place SELECT slug, name, country_code FROM place;

-- Meetings and statements are numbered as they are listed, the newest first: a number is the whole order.
CREATE TABLE floor.meeting (
  m int PRIMARY KEY, id uuid NOT NULL, title text NOT NULL, kind text NOT NULL, start_date text, date_from date,
  date_until date, place text COLLATE "C" REFERENCES floor.place);
INSERT INTO floor.meeting
SELECT row_number() OVER newest, m.id, m.title, m.kind, floor.partial(m.start_from, m.start_to), m.date_from,
  m.date_until, p.slug
FROM meeting m LEFT JOIN place p ON p.id = m.place_id
WINDOW newest AS (ORDER BY m.date_from DESC NULLS LAST, m.date_until DESC NULLS LAST, m.id)
ORDER BY 1;
CREATE UNIQUE INDEX meeting_id ON floor.meeting (id);

CREATE TABLE floor.participation (
  m int NOT NULL REFERENCES floor.meeting, position int NOT NULL, role text NOT NULL,
  person text COLLATE "C" REFERENCES floor.person, country text COLLATE "C" REFERENCES floor.country,
  person_name text, country_name text, PRIMARY KEY (m, position));
INSERT INTO floor.participation
SELECT f.m, row_number() OVER (PARTITION BY f.m ORDER BY x.position, x.id), x.role, p.slug, x.country_code, p.name, c.name
FROM participation x JOIN floor.meeting f ON f.id = x.meeting_id LEFT JOIN person p ON p.id = x.person_id
  LEFT JOIN country c ON c.code = x.country_code
ORDER BY 1, 2;

-- Those retracted are in no list, and not here.
CREATE TABLE floor.statement (
  n int PRIMARY KEY, id uuid NOT NULL, text text NOT NULL, form text NOT NULL, joint boolean NOT NULL, date text,
  date_from date, date_until date, m int REFERENCES floor.meeting,
  place text COLLATE "C" REFERENCES floor.place, country text COLLATE "C" REFERENCES floor.country);
INSERT INTO floor.statement
SELECT row_number() OVER newest, s.id, s.text, s.form, s.joint, floor.partial(s.date_from, s.date_to), s.date_from,
  s.date_until, f.m, p.slug, s.place_country_code
FROM statement s LEFT JOIN floor.meeting f ON f.id = s.meeting_id LEFT JOIN place p ON p.id = s.place_id
WHERE s.standing <> 'RETRACTED'
WINDOW newest AS (ORDER BY s.date_from DESC NULLS LAST, s.date_until DESC NULLS LAST, s.told_on ASC NULLS LAST,
  s.told_in_id, s.position, s.id)
ORDER BY 1;
CREATE UNIQUE INDEX statement_id ON floor.statement (id);

CREATE TABLE floor.speaker (
  n int NOT NULL REFERENCES floor.statement, position int NOT NULL,
  person text COLLATE "C" REFERENCES floor.person, country text COLLATE "C" REFERENCES floor.country,
  PRIMARY KEY (n, position));
INSERT INTO floor.speaker
SELECT f.n, x.position, p.slug, x.country_code
FROM speaker x JOIN floor.statement f ON f.id = x.statement_id LEFT JOIN person p ON p.id = x.person_id
ORDER BY 1, 2;

CREATE TABLE floor.document (id uuid PRIMARY KEY, title text);
INSERT INTO floor.document SELECT id, title FROM source_document;

CREATE TABLE floor.citation (
  n int NOT NULL REFERENCES floor.statement, position int NOT NULL, "start" int, "end" int,
  document uuid NOT NULL REFERENCES floor.document, PRIMARY KEY (n, position));
INSERT INTO floor.citation
SELECT f.n, row_number() OVER (PARTITION BY f.n ORDER BY d.date_from NULLS LAST, d.id, c.start_offset, c.locator, c.id),
  c.start_offset, c.end_offset, c.document_id
FROM citation c JOIN floor.statement f ON f.id = c.statement_id JOIN source_document d ON d.id = c.document_id
ORDER BY 1, 2;

-- A statement and a meeting with all that is shown of them, so that a page reads one row an item.
CREATE TABLE floor.statement_shown (
  n int PRIMARY KEY, id uuid NOT NULL, text text NOT NULL, form text NOT NULL, joint boolean NOT NULL, date text,
  meeting text, start_date text, place text, country text, speakers json NOT NULL, citations json NOT NULL);
INSERT INTO floor.statement_shown
SELECT s.n, s.id, s.text, s.form, s.joint, s.date, m.title, m.start_date, p.name, c.name, x.speakers, y.citations
FROM floor.statement s
  LEFT JOIN floor.meeting m USING (m) LEFT JOIN floor.place p ON p.slug = m.place
  LEFT JOIN floor.country c ON c.code = p.country
  JOIN (
    SELECT n, json_agg(json_build_object(
      'person', CASE WHEN p.slug IS NOT NULL THEN json_build_object('name', p.name) END,
      'country', CASE WHEN c.code IS NOT NULL THEN json_build_object('name', c.name) END) ORDER BY position) AS speakers
    FROM floor.speaker x LEFT JOIN floor.person p ON p.slug = x.person LEFT JOIN floor.country c ON c.code = x.country
    GROUP BY n) x USING (n)
  JOIN (
    SELECT n, json_agg(json_build_object(
      'start', "start", 'end', "end", 'document', json_build_object('title', d.title)) ORDER BY position) AS citations
    FROM floor.citation y JOIN floor.document d ON d.id = y.document
    GROUP BY n) y USING (n)
ORDER BY 1;
-- Whoever has an id reads its row at once.
CREATE UNIQUE INDEX statement_shown_id ON floor.statement_shown (id);

CREATE TABLE floor.meeting_shown (
  m int PRIMARY KEY, title text NOT NULL, kind text NOT NULL, start_date text, participations json NOT NULL);
INSERT INTO floor.meeting_shown
SELECT m.m, m.title, m.kind, m.start_date, coalesce((
  SELECT json_agg(json_build_object('role', role,
    'person', CASE WHEN person IS NOT NULL THEN json_build_object('name', person_name) END,
    'country', CASE WHEN country IS NOT NULL THEN json_build_object('name', country_name) END) ORDER BY position)
  FROM floor.participation x WHERE x.m = m.m AND position <= 10), '[]')
FROM floor.meeting m ORDER BY 1;

-- Lists: what somebody said, and where; what was said in a country; which meetings with a date a country's people took
-- part in.
CREATE TABLE floor.said_by (
  person text COLLATE "C" NOT NULL REFERENCES floor.person, n int NOT NULL REFERENCES floor.statement,
  place text COLLATE "C" REFERENCES floor.place, PRIMARY KEY (person, n));
INSERT INTO floor.said_by
SELECT DISTINCT x.person, x.n, s.place FROM floor.speaker x JOIN floor.statement s USING (n)
WHERE x.person IS NOT NULL ORDER BY 1, 2;
CREATE INDEX said_by_place ON floor.said_by (person, place, n);

CREATE TABLE floor.said_in (
  country text COLLATE "C" NOT NULL REFERENCES floor.country, n int NOT NULL REFERENCES floor.statement,
  date_until date, PRIMARY KEY (country, n) INCLUDE (date_until));
INSERT INTO floor.said_in SELECT country, n, date_until FROM floor.statement WHERE country IS NOT NULL ORDER BY 1, 2;

CREATE TABLE floor.met_by (
  country text COLLATE "C" NOT NULL REFERENCES floor.country, m int NOT NULL REFERENCES floor.meeting,
  PRIMARY KEY (country, m));
INSERT INTO floor.met_by
SELECT DISTINCT x.country, m FROM floor.participation x JOIN floor.meeting USING (m)
WHERE x.country IS NOT NULL AND date_from IS NOT NULL ORDER BY 1, 2;

-- Of each day: the first statement and meeting in the order that begin no later, and the last that goes on till then.
CREATE TABLE floor.day (day date PRIMARY KEY, first int NOT NULL, last int NOT NULL, first_meeting int NOT NULL);
INSERT INTO floor.day
WITH bounds AS (SELECT min(date_from) AS begins, max(date_until) AS ends, max(n) AS rows FROM floor.statement),
  days AS (SELECT generate_series(begins - 400, ends + 400, interval '1 day')::date AS day FROM bounds)
SELECT day, coalesce(min(s.n) OVER till, rows + 1), coalesce(max(u.n) OVER since, 0),
  coalesce(min(m.m) OVER till, 2147483647)
FROM days CROSS JOIN bounds
  LEFT JOIN (SELECT date_from AS day, min(n) AS n FROM floor.statement GROUP BY 1) s USING (day)
  LEFT JOIN (SELECT date_until AS day, max(n) AS n FROM floor.statement GROUP BY 1) u USING (day)
  LEFT JOIN (SELECT date_from AS day, min(m) AS m FROM floor.meeting GROUP BY 1) m USING (day)
WINDOW till AS (ORDER BY day), since AS (ORDER BY day DESC);

-- What has no date has no year.
CREATE TABLE floor.said_in_year (
  person text COLLATE "C" NOT NULL REFERENCES floor.person, year text COLLATE "C" NOT NULL, count int NOT NULL,
  PRIMARY KEY (person, year));
INSERT INTO floor.said_in_year
SELECT b.person, coalesce(to_char(s.date_from, 'YYYY'), ''), count(*)
FROM floor.said_by b JOIN floor.statement s USING (n) GROUP BY 1, 2 ORDER BY 1, 2;

-- Words by their stems: whoever looks for a word as it stands finds it by its stem too. They are kept apart from their
-- row, since what is found is read for its number alone.
CREATE TABLE floor.words (n int PRIMARY KEY REFERENCES floor.statement, words tsvector NOT NULL)
  WITH (toast_tuple_target = 128);
ALTER TABLE floor.words ALTER words SET STORAGE EXTERNAL;
INSERT INTO floor.words SELECT n, to_tsvector('english', lower(text)) FROM floor.statement ORDER BY 1;
CREATE INDEX words_words ON floor.words USING gin (words) WITH (fastupdate = off);

CREATE TABLE floor.name (
  person text COLLATE "C" NOT NULL REFERENCES floor.person, id uuid NOT NULL, name text COLLATE "C" NOT NULL,
  words tsvector NOT NULL);
INSERT INTO floor.name
SELECT slug, id, lower(each), to_tsvector('simple', lower(each)) FROM person, unnest(name || other_names) AS each;
CREATE INDEX name_name ON floor.name USING hash (name);
CREATE INDEX name_words ON floor.name USING gin (words) WITH (fastupdate = off);
CREATE INDEX name_spelling ON floor.name USING gin (name public.gin_trgm_ops) WITH (fastupdate = off);

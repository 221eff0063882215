-- An invented record of :statements statements, with people and meetings as unevenly spread as in life. Triggers are
-- off, so what they would fill in is written here. Run as a superuser, in a migrated database without records.
SET session_replication_role = replica;
SELECT setseed(0.5);

CREATE TEMP TABLE size AS SELECT
  :statements::int AS statements, greatest(:statements / 10, 10) AS meetings, greatest(:statements / 40, 10) AS people,
  greatest(:statements / 1000, 5) AS places, greatest(:statements / 100, 5) AS documents, 20 AS organizations, 40 AS topics;
CREATE FUNCTION pg_temp.id(kind text, i numeric) RETURNS uuid LANGUAGE sql IMMUTABLE RETURN md5(kind || i::int)::uuid;
-- From 1 to n, the small ones far more often.
CREATE FUNCTION pg_temp.skewed(n int) RETURNS int LANGUAGE sql VOLATILE RETURN 1 + floor(power(random(), 3) * n)::int;
CREATE FUNCTION pg_temp.any_of(many text[]) RETURNS text LANGUAGE sql VOLATILE
  RETURN many[1 + floor(random() * cardinality(many))::int];
CREATE FUNCTION pg_temp.country() RETURNS text LANGUAGE sql VOLATILE
  RETURN (ARRAY['AQ','BV','HM','TF','GS','IO','PN','SJ','UM','XK','IN','CN','LA','MY','US','FR'])[1 + floor(power(random(), 2) * 16)::int];
CREATE FUNCTION pg_temp.certainty() RETURNS fact_certainty LANGUAGE sql VOLATILE
  RETURN CASE WHEN random() < 0.8 THEN 'STATED' ELSE 'INFERRED' END::fact_certainty;
-- Words of very different frequency.
CREATE FUNCTION pg_temp.words(n int) RETURNS text LANGUAGE sql VOLATILE AS $$
  SELECT string_agg(CASE WHEN random() < 0.3 THEN pg_temp.any_of(ARRAY['fog','herring','ice','penguin','pact','shore'])
    ELSE 'w' || pg_temp.skewed(20000) END, ' ') FROM generate_series(1, n) $$;

INSERT INTO source_document (id, key, kind, language, date_from, date_to, date_certainty)
SELECT pg_temp.id('document', i), 'document-' || i, CASE WHEN i % 5 = 0 THEN 'READOUT' ELSE 'NEWS' END::document_kind, 'en',
  date '2000-01-01' + i % 9000, date '2000-01-01' + i % 9000, 'STATED'
FROM size, generate_series(1, documents) i;

INSERT INTO organization (id, slug, name, lineage, owner_id)
SELECT pg_temp.id('organization', i), 'organization-' || i, 'Council ' || i, ARRAY[pg_temp.id('organization', i)], pg_temp.id('document', 1)
FROM size, generate_series(1, organizations) i;
INSERT INTO person (id, slug, name, sort_name, owner_id)
SELECT pg_temp.id('person', i), 'person-' || i, 'Penguin ' || i, 'Penguin ' || i, pg_temp.id('document', 1)
FROM size, generate_series(1, people) i;
INSERT INTO place (id, slug, name, country_code, owner_id)
SELECT pg_temp.id('place', i), 'place-' || i, 'Iceburg ' || i, pg_temp.country(), pg_temp.id('document', 1)
FROM size, generate_series(1, places) i;
INSERT INTO statement_topic (id, slug, label, owner_id)
SELECT pg_temp.id('topic', i), 'topic-' || i, 'Topic ' || i, pg_temp.id('document', 1)
FROM size, generate_series(1, topics) i;
INSERT INTO tenure (id, key, title, start_from, start_to, end_from, end_to, certainty, person_id, country_code, owner_id)
SELECT pg_temp.id('tenure', i), 'tenure-' || i, pg_temp.any_of(ARRAY['Minister of Fog','Keeper of the Ice','Herring Envoy']),
  day, day, day + 1500, day + 1500, 'STATED', pg_temp.id('person', i), pg_temp.country(), pg_temp.id('document', 1)
FROM size, generate_series(1, people) i, LATERAL (SELECT date '2000-01-01' + (i * 7) % 8000 AS day) d;

-- Every tenth meeting is a conference, and the nine after it belong to it.
INSERT INTO meeting (id, slug, title, kind, status, coverage, start_from, start_to, date_from, date_until, date_certainty,
  place_id, place_country_code, place_certainty, convener_id, parent_id, parent_relation, lineage,
  newest, owner_id)
SELECT pg_temp.id('meeting', i), 'meeting-' || i, 'Talks ' || i || ' about ' || pg_temp.words(3),
  CASE WHEN conference = i THEN 'MULTILATERAL' ELSE 'BILATERAL' END::meeting_kind, 'HELD', 'REPORTED',
  day, day, day, day, pg_temp.certainty(), pg_temp.id('place', place), pg_temp.country(), pg_temp.certainty(),
  CASE WHEN conference = i THEN pg_temp.id('organization', 1 + i % 20) END,
  CASE WHEN conference <> i THEN pg_temp.id('meeting', conference) END,
  CASE WHEN conference <> i THEN 'PART_OF'::parent_relation END,
  CASE WHEN conference <> i THEN ARRAY[pg_temp.id('meeting', i), pg_temp.id('meeting', conference)]
    ELSE ARRAY[pg_temp.id('meeting', i)] END,
  newest_key(day, day), pg_temp.id('document', 1 + i % documents)
FROM size, generate_series(0, meetings - 1) i,
  LATERAL (SELECT i - i % 10 AS conference, date '2000-01-01' + (i * 13) % 9000 AS day, pg_temp.skewed(places + i * 0) AS place) m;
INSERT INTO meeting_place (meeting_id, position, place_id) SELECT id, 0, place_id FROM meeting;
INSERT INTO participation (id, meeting_id, position, person_id, person_certainty, country_code, country_certainty, role, owner_id)
SELECT pg_temp.id('participation', i * 3 + position), pg_temp.id('meeting', i), position,
  pg_temp.id('person', pg_temp.skewed(people + i * 0)), pg_temp.certainty(), pg_temp.country(), pg_temp.certainty(),
  'PARTICIPANT', pg_temp.id('document', 1)
FROM size, generate_series(0, meetings - 1) i, generate_series(0, 2) position;

INSERT INTO agreement (id, slug, title, kind, date_from, date_to, signed_at_id, owner_id)
SELECT pg_temp.id('agreement', i), 'agreement-' || i, 'Pact ' || i || ' about ' || pg_temp.words(3), 'AGREEMENT',
  m.date_from, m.date_from, m.id, pg_temp.id('document', 1)
FROM size, generate_series(0, meetings - 1, 5) i, meeting m WHERE m.id = pg_temp.id('meeting', i);
INSERT INTO agreement_party (agreement_id, position, country_code, certainty)
SELECT pg_temp.id('agreement', i), position, pg_temp.country(), pg_temp.certainty()
FROM size, generate_series(0, meetings - 1, 5) i, generate_series(0, 1) position;

INSERT INTO statement (id, key, text, form, language, date_inherited, date_from, date_to, date_until, date_certainty, meeting_id,
  place_inherited, place_id, place_country_code, place_certainty, joint, told_on, told_in_id, position, owner_id)
SELECT pg_temp.id('statement', i), 'document-' || document || '/s' || i, pg_temp.words(20 + i * 0),
  CASE WHEN i % 4 = 0 THEN 'VERBATIM' ELSE 'REPORTED' END::statement_form, 'en', true, m.date_from, m.date_from, m.date_until,
  m.date_certainty, m.id, true, m.place_id, m.place_country_code, m.place_certainty, i % 10 = 0,
  date '2000-01-01' + document % 9000, pg_temp.id('document', document), i, pg_temp.id('document', document)
FROM size, generate_series(1, statements) i, LATERAL (SELECT 1 + i % documents AS document) d, meeting m
WHERE m.id = pg_temp.id('meeting', i % meetings);
UPDATE statement SET words = words_of(language, text);
INSERT INTO speaker (id, statement_id, position, person_id, person_certainty, country_code, country_certainty)
SELECT pg_temp.id('speaker', i * 2 + position), pg_temp.id('statement', i), position,
  pg_temp.id('person', pg_temp.skewed(people + i * 0)), pg_temp.certainty(), pg_temp.country(), pg_temp.certainty()
FROM size, generate_series(1, statements) i, generate_series(0, 1) position WHERE position = 0 OR i % 10 = 0;
INSERT INTO addressee (statement_id, position, person_id, country_code, certainty)
SELECT pg_temp.id('statement', i), 0, pg_temp.id('person', pg_temp.skewed(people + i * 0)), pg_temp.country(), pg_temp.certainty()
FROM size, generate_series(1, statements, 3) i;
INSERT INTO topic_of_statement (statement_id, topic_id)
SELECT pg_temp.id('statement', i), pg_temp.id('topic', pg_temp.skewed(topics + i * 0))
FROM size, generate_series(1, statements, 2) i;
INSERT INTO citation (id, start_offset, end_offset, document_id, statement_id, owner_id)
SELECT gen_random_uuid(), position * 10, position * 10 + 9, told_in_id, id, owner_id FROM statement;
INSERT INTO citation (id, start_offset, end_offset, document_id, meeting_id, owner_id)
SELECT gen_random_uuid(), 0, 9, owner_id, id, owner_id FROM meeting;
INSERT INTO citation (id, start_offset, end_offset, document_id, agreement_id, owner_id)
SELECT gen_random_uuid(), 0, 9, owner_id, id, owner_id FROM agreement;
INSERT INTO citation (id, start_offset, end_offset, document_id, tenure_id, owner_id)
SELECT gen_random_uuid(), 0, 9, owner_id, id, owner_id FROM tenure;

INSERT INTO record_name (kind, item_id, position, folded, words)
SELECT 'PERSON'::record_kind, id::text, 1, folded(name), words_of('und', name) FROM person
UNION ALL SELECT 'PLACE', id::text, 1, folded(name), words_of('und', name) FROM place
UNION ALL SELECT 'ORGANIZATION', id::text, 1, folded(name), words_of('en', name) FROM organization
UNION ALL SELECT 'MEETING', id::text, 1, folded(title), words_of('en', title) FROM meeting
UNION ALL SELECT 'AGREEMENT', id::text, 1, folded(title), words_of('en', title) FROM agreement
UNION ALL SELECT 'TOPIC', id::text, 1, folded(label), words_of('en', label) FROM statement_topic;

UPDATE statement SET newest = newest_key(date_from, date_until), told = told_key(told_on, told_in_id, position);
SELECT remake_lists();

SET session_replication_role = DEFAULT;
ANALYZE;

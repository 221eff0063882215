-- Added to world.sql by `npm run bench:cost`: the lists of a thousand people, meetings and statements get as many items as
-- @listSize assumes, so that a question for them reads what it costs. Triggers are off, so list tables are made again.
SET session_replication_role = replica;

CREATE TEMP TABLE full_one AS SELECT i, md5('person' || i)::uuid AS person_id, md5('statement' || i)::uuid AS statement_id,
  md5('meeting' || i * 10)::uuid AS meeting_id, md5('agreement' || i * 10)::uuid AS agreement_id, md5('document1')::uuid AS owner_id
FROM generate_series(1, least(1000, :statements / 200)) i;

-- Ten tenures, of which three are for one country each.
DELETE FROM citation WHERE tenure_id IN (SELECT id FROM tenure JOIN full_one USING (person_id));
DELETE FROM tenure WHERE person_id IN (SELECT person_id FROM full_one);
INSERT INTO tenure (id, key, title, start_from, start_to, end_from, end_to, certainty, person_id, country_code, owner_id)
SELECT md5('full tenure' || i || ' ' || n)::uuid, 'full-tenure-' || i || '-' || n, 'Warden of the Shore ' || n,
  date '1995-01-01' + n, date '1995-01-01' + n, date '2040-01-01' + n, date '2040-01-01' + n, 'STATED', person_id,
  (ARRAY['AQ', 'BV', 'HM', 'TF'])[1 + n / 3], owner_id
FROM full_one, generate_series(0, 9) n;

DELETE FROM participation WHERE meeting_id IN (SELECT meeting_id FROM full_one);
INSERT INTO participation (id, meeting_id, position, person_id, person_certainty, country_code, country_certainty, role, owner_id)
SELECT md5('full participation' || i || ' ' || n)::uuid, meeting_id, n, md5('person' || 1 + (i * 7 + n) % least(1000, :statements / 200))::uuid, 'STATED',
  (ARRAY['AQ','BV','HM','TF','GS','IO','PN','SJ','UM','XK'])[1 + n], 'STATED', 'PARTICIPANT', owner_id
FROM full_one, generate_series(0, 9) n;
INSERT INTO meeting_place (meeting_id, position, place_id)
SELECT meeting_id, n, md5('place' || 1 + (i + n * 50) % least(200, :statements / 1000))::uuid FROM full_one, generate_series(1, 2) n
ON CONFLICT DO NOTHING;

INSERT INTO agreement (id, slug, title, kind, date_from, date_to, signed_at_id, owner_id)
SELECT md5('full agreement' || i || ' ' || n)::uuid, 'full-agreement-' || i || '-' || n, 'Pact about ice ' || n, 'AGREEMENT',
  m.date_from, m.date_from, m.id, f.owner_id
FROM full_one f JOIN meeting m ON m.id = f.meeting_id, generate_series(1, 2) n;
DELETE FROM agreement_party WHERE agreement_id IN (SELECT agreement_id FROM full_one);
INSERT INTO agreement_party (agreement_id, position, country_code, certainty)
SELECT agreement_id, n, (ARRAY['AQ', 'BV', 'HM', 'TF'])[1 + n], 'STATED' FROM full_one, generate_series(0, 3) n;

DELETE FROM speaker WHERE statement_id IN (SELECT statement_id FROM full_one);
INSERT INTO speaker (id, statement_id, position, person_id, person_certainty, country_code, country_certainty)
SELECT md5('full speaker' || i || ' ' || n)::uuid, statement_id, n, md5('person' || 1 + (i + n * 300) % least(1000, :statements / 200))::uuid, 'STATED',
  (ARRAY['AQ', 'BV', 'HM'])[1 + n], 'STATED'
FROM full_one, generate_series(0, 2) n;
-- Half of the organizations convene meetings and say something, the others nothing.
UPDATE meeting SET convener_id = md5('organization' || 1 + floor(random() * 10))::uuid WHERE convener_id IS NOT NULL;
UPDATE speaker SET organization_id = md5('organization' || 1 + floor(random() * 10))::uuid, organization_certainty = 'STATED'
WHERE position = 1;
DELETE FROM addressee WHERE statement_id IN (SELECT statement_id FROM full_one);
INSERT INTO addressee (statement_id, position, person_id, country_code, certainty)
SELECT statement_id, n, md5('person' || 1 + (i + n * 300) % least(1000, :statements / 200))::uuid, 'AQ', 'STATED' FROM full_one, generate_series(0, 2) n;
DELETE FROM topic_of_statement WHERE statement_id IN (SELECT statement_id FROM full_one);
INSERT INTO topic_of_statement (statement_id, topic_id)
SELECT statement_id, md5('topic' || 1 + (i + n * 8) % 40)::uuid FROM full_one, generate_series(0, 4) n;
INSERT INTO statement_relation (id, statement_id, kind, other_id, owner_id)
SELECT md5('full relation' || i || ' ' || n)::uuid, statement_id, 'REPEATS', md5('statement' || i * 3 + n + 1000)::uuid, owner_id
FROM full_one, generate_series(1, 3) n;
INSERT INTO statement_topic (id, slug, label, owner_id)
SELECT md5('topic' || i)::uuid, 'topic-' || i, 'Topic ' || i, md5('document1')::uuid FROM generate_series(41, 100) i;

-- Five citations of each, and five identifiers.
DELETE FROM citation WHERE statement_id IN (SELECT statement_id FROM full_one)
  OR meeting_id IN (SELECT meeting_id FROM full_one) OR agreement_id IN (SELECT agreement_id FROM full_one);
INSERT INTO citation (id, start_offset, end_offset, document_id, statement_id, meeting_id, agreement_id, tenure_id, participation_id,
  relation_id, owner_id)
SELECT gen_random_uuid(), n * 10, n * 10 + 9, md5('document' || 1 + n)::uuid, c.*, md5('document1')::uuid
FROM (
  SELECT statement_id, NULL::uuid AS meeting_id, NULL::uuid AS agreement_id, NULL::uuid AS tenure_id, NULL::uuid, NULL::uuid
    FROM full_one
  UNION ALL SELECT NULL, meeting_id, NULL, NULL, NULL, NULL FROM full_one
  UNION ALL SELECT NULL, NULL, agreement_id, NULL, NULL, NULL FROM full_one
  UNION ALL SELECT NULL, NULL, NULL, t.id, NULL, NULL FROM tenure t JOIN full_one USING (person_id)
  UNION ALL SELECT NULL, NULL, NULL, NULL, p.id, NULL FROM participation p JOIN full_one USING (meeting_id)
  UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, id FROM statement_relation
) c, generate_series(0, 4) n;
UPDATE person SET identifiers = (SELECT jsonb_agg(jsonb_build_object('scheme', 'scheme-' || n, 'value', slug)) FROM generate_series(1, 5) n),
  other_names = (SELECT array_agg('Warden ' || n) FROM generate_series(1, 20) n)
WHERE id IN (SELECT person_id FROM full_one);
UPDATE place SET identifiers = (SELECT jsonb_agg(jsonb_build_object('scheme', 'scheme-' || n, 'value', slug)) FROM generate_series(1, 5) n);
UPDATE organization SET identifiers = (SELECT jsonb_agg(jsonb_build_object('scheme', 'scheme-' || n, 'value', slug)) FROM generate_series(1, 5) n);

-- A hundred documents give each of them, with three spellings each and a birth date that is another's every fifth time.
INSERT INTO record_claim (item_id, document_id, given, is_shown)
SELECT f.person_id, md5('document' || n)::uuid, jsonb_build_object(
    'slug', p.slug, 'name', p.name || ' ' || n % 50, 'sort_name', p.sort_name, 'birth_from', date '1950-01-01' + n / 5, 'birth_to', date '1950-01-01' + n / 5,
    'other_names', jsonb_build_array(p.name, p.name || ' of the Ice ' || n % 50)),
  n <= 50
FROM full_one f JOIN person p ON p.id = f.person_id, generate_series(1, 100) n
ON CONFLICT DO NOTHING;

-- Five people were merged into each of them.
INSERT INTO record_merge (id, key, kind, stays_id, goes_id, because, owner_id)
SELECT md5('merge' || i || ' ' || n)::uuid, 'merge-' || i || '-' || n, 'person', person_id, md5('gone' || i || ' ' || n)::uuid, 'One warden.', owner_id
FROM full_one, generate_series(1, 5) n;
INSERT INTO item_as_recorded (id, noun, root_id, root_noun, keys, tables, because)
SELECT md5('gone' || i || ' ' || n)::uuid, 'person', person_id, 'person', ARRAY['gone-' || i || '-' || n],
  jsonb_build_object('person', jsonb_build_array(to_jsonb(p) || jsonb_build_object('slug', 'gone-' || i || '-' || n, 'name', p.name || ' the ' || n))),
  ARRAY[md5('gone' || i || ' ' || n)::uuid]
FROM full_one JOIN person p ON p.id = person_id, generate_series(1, 5) n;

SELECT remake_lists();
SET session_replication_role = DEFAULT;
ANALYZE;

-- What PostGraphile is given beside the floor's tables: a function each for questions that no relation answers, written
-- so that PostgreSQL plans them as a part of the statement that asks for them.

CREATE FUNCTION floor.people_named(slugs text[]) RETURNS SETOF floor.person LANGUAGE sql STABLE AS $$
  SELECT * FROM floor.person WHERE slug = ANY (slugs) ORDER BY sort $$;

CREATE FUNCTION floor.statements_in(place_country text, since date, till date) RETURNS SETOF floor.statement
  LANGUAGE sql STABLE AS $$
  SELECT s.* FROM floor.said_in x JOIN floor.statement s USING (n)
  WHERE x.country = place_country AND x.date_until >= since AND x.n >= (SELECT first FROM floor.day WHERE day = till)
    AND x.n <= (SELECT last FROM floor.day WHERE day = since)
  ORDER BY x.n $$;

CREATE FUNCTION floor.statements_between(since date, till date, after_n int) RETURNS SETOF floor.statement
  LANGUAGE sql STABLE AS $$
  SELECT * FROM floor.statement s
  WHERE s.date_until >= since AND s.n > after_n AND s.n >= (SELECT first FROM floor.day WHERE day = till)
    AND s.n <= (SELECT last FROM floor.day WHERE day = since)
  ORDER BY s.n $$;

CREATE FUNCTION floor.statements_with(words text) RETURNS SETOF floor.statement LANGUAGE sql STABLE AS $$
  SELECT s.* FROM (
      SELECT w.n FROM floor.words w WHERE w.words @@ websearch_to_tsquery('english', $1) ORDER BY w.n) AS found
    JOIN floor.statement s USING (n)
  ORDER BY n $$;

CREATE FUNCTION floor.statements_by_ids(ids uuid[]) RETURNS SETOF floor.statement LANGUAGE sql STABLE AS $$
  SELECT s.* FROM unnest(ids) WITH ORDINALITY AS asked (id, nth) JOIN floor.statement s USING (id) ORDER BY nth $$;

CREATE FUNCTION floor.country_meetings_till(country floor.country, till date) RETURNS SETOF floor.meeting
  LANGUAGE sql STABLE AS $$
  SELECT m.* FROM floor.met_by x JOIN floor.meeting m USING (m)
  WHERE x.country = country.code AND x.m >= (SELECT first_meeting FROM floor.day WHERE day = till)
  ORDER BY x.m $$;

CREATE FUNCTION floor.person_statement_count(person floor.person) RETURNS int LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(x.count), 0)::int FROM floor.said_in_year x WHERE x.person = person.slug $$;

CREATE FUNCTION floor.person_years(person floor.person) RETURNS SETOF floor.said_in_year LANGUAGE sql STABLE AS $$
  SELECT * FROM floor.said_in_year x WHERE x.person = person.slug AND year <> '' ORDER BY count DESC, year $$;

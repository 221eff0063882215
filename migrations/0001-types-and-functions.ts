import type { MigrationInterface, QueryRunner } from "typeorm";

/** The values that columns can have. */
const TYPES = {
  fact_certainty: ["STATED", "INFERRED"],
  record_standing: ["CURRENT", "CORRECTED", "RETRACTED", "DISPUTED"],
  document_kind: [
    ...["NEWS", "READOUT", "JOINT_STATEMENT", "TRANSCRIPT", "DATASET", "JUDGEMENT", "MEMORANDUM"],
    ...["MINUTES", "VERBATIM_RECORD", "SUMMARY_RECORD", "PRESS_RELEASE", "SPEECH", "INTERVIEW"],
    "OTHER",
  ],
  organization_kind: [
    ...["INTERGOVERNMENTAL", "GOVERNMENT_BODY", "PARTY", "UNCODED_STATE", "OTHER"],
  ],
  meeting_kind: [
    ...["BILATERAL", "MULTILATERAL", "SUMMIT", "VISIT", "JOURNEY", "COMMUNITY_EVENT"],
    ...["PRESS_EVENT", "SESSION", "OTHER"],
  ],
  meeting_status: ["HELD", "PLANNED", "CANCELLED"],
  meeting_mode: ["IN_PERSON", "CALL", "VIDEO", "HYBRID"],
  meeting_coverage: ["REPORTED", "REFERRED_TO"],
  parent_relation: ["PART_OF", "ON_SIDELINES_OF"],
  participation_role: ["HOST", "GUEST", "CHAIR", "PARTICIPANT", "INTERPRETER", "NOTE_TAKER"],
  agreement_kind: [
    ...["MEMORANDUM_OF_UNDERSTANDING", "TREATY", "AGREEMENT", "JOINT_DECLARATION", "OTHER"],
  ],
  statement_form: ["VERBATIM", "REPORTED", "RECORDED"],
  statement_speech: ["DIRECT", "INDIRECT"],
  statement_relation_kind: ["REPEATS", "RESPONDS_TO", "CONTRADICTS", "CORRECTS", "TRANSLATES"],
  // Whatever has a name or a title.
  record_kind: [
    ...["PERSON", "COUNTRY", "MEETING", "STATEMENT", "PLACE", "ORGANIZATION", "AGREEMENT"],
    ...["SOURCE_DOCUMENT", "TOPIC"],
  ],
  record_change_kind: ["ADDED", "CHANGED", "REMOVED", "MERGED", "UNMERGED", "REDACTED"],
  // Whatever changes are told of.
  record_item_type: [
    ...["PERSON", "PLACE", "ORGANIZATION", "TENURE", "MEETING", "AGREEMENT", "STATEMENT"],
    ...["SOURCE_DOCUMENT", "TOPIC"],
  ],
};

const ORDERS = `
  -- Dates as numbers that ascend in the order wanted, unknown dates last. So every list ascends in all
  -- of its keys, and a page is one comparison of rows on one index, forwards and backwards.
  CREATE FUNCTION oldest_first(day date) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN coalesce(day - date '1970-01-01', 2147483647);
  CREATE FUNCTION newest_first(day date) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN coalesce(date '1970-01-01' - day, 2147483647);

  -- Two dates in one number that ascends from the newest to the oldest, none last: the days from 1970 back to the first
  -- date, and in the lower 24 bits those to the last one. It is exact in a number of JavaScript.
  CREATE FUNCTION newest_key(first date, last date) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN least(newest_first(first), 8388607)::bigint * 16777216 + least(newest_first(last), 8388607) + 8388608;
  -- A position in one value: the date of the document that first told it (3 bytes), the document (the first 9 bytes of its
  -- id, which is as good as random) and the place in it (4 bytes).
  CREATE FUNCTION told_key(day date, document_id uuid, place int) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (lpad(to_hex(least(oldest_first(day), 8388607) + 8388608), 6, '0')
      || left(translate(document_id::text, '-', ''), 18) || lpad(to_hex(place), 8, '0'))::uuid;
`;

const WORDS = `
  -- There already when the service migrates, which tells better what to do where they can't be made.
  CREATE EXTENSION IF NOT EXISTS unaccent;
  CREATE EXTENSION IF NOT EXISTS pg_trgm;

  -- A text as it is compared: without accents, in lower case, the same on every server.
  CREATE FUNCTION folded(phrase text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN lower(unaccent('unaccent'::regdictionary, normalize(phrase, NFKC)) COLLATE "und-x-icu");

  -- How PostgreSQL 15 stems a language (BCP 47); simple, which stems nothing, where it does not know it.
  -- Not STRICT: as it is, it is inlined, which for a name is half of its cost.
  CREATE FUNCTION text_config(language text) RETURNS regconfig
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE split_part(lower(language), '-', 1)
      WHEN 'ar' THEN 'arabic'::regconfig WHEN 'ca' THEN 'catalan' WHEN 'da' THEN 'danish'
      WHEN 'de' THEN 'german' WHEN 'el' THEN 'greek' WHEN 'en' THEN 'english' WHEN 'es' THEN 'spanish'
      WHEN 'eu' THEN 'basque' WHEN 'fi' THEN 'finnish' WHEN 'fr' THEN 'french' WHEN 'ga' THEN 'irish'
      WHEN 'hi' THEN 'hindi' WHEN 'hu' THEN 'hungarian' WHEN 'hy' THEN 'armenian'
      WHEN 'id' THEN 'indonesian' WHEN 'it' THEN 'italian' WHEN 'lt' THEN 'lithuanian'
      WHEN 'nb' THEN 'norwegian' WHEN 'ne' THEN 'nepali' WHEN 'nl' THEN 'dutch'
      WHEN 'nn' THEN 'norwegian' WHEN 'no' THEN 'norwegian' WHEN 'pt' THEN 'portuguese'
      WHEN 'ro' THEN 'romanian' WHEN 'ru' THEN 'russian' WHEN 'sr' THEN 'serbian'
      WHEN 'sv' THEN 'swedish' WHEN 'ta' THEN 'tamil' WHEN 'tr' THEN 'turkish'
      WHEN 'yi' THEN 'yiddish' ELSE 'simple' END;

  -- The words of a text as they stand, and once more by their stems. The gap between the two keeps
  -- the last word of the one from being a phrase with the first word of the other. These bodies are
  -- bound to what they call when they are made: an index is built where no search path leads here.
  CREATE FUNCTION words_in(config regconfig, plain text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE config WHEN 'simple'::regconfig THEN to_tsvector('simple', plain)
      ELSE to_tsvector('simple', plain) || '|:20'::tsvector || to_tsvector(config, plain) END;
  CREATE FUNCTION words_of(language text, phrase text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN words_in(text_config(language), folded(phrase));
`;

const IN_JSON = `
  -- The ids that a record gives of an item: its columns whose names end in _id, those of parts ("speaker/0/person_id") included.
  CREATE FUNCTION references_in(given jsonb) RETURNS uuid[] IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql RETURN ARRAY(
    SELECT value::uuid FROM jsonb_each_text(given) WHERE key LIKE '%\\_id' AND value IS NOT NULL);
  -- The names of the fields that a change tells of, in the order of jsonb, which is always the same.
  CREATE FUNCTION fields_in(given jsonb) RETURNS text[] IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql RETURN ARRAY(
    SELECT jsonb_object_keys(given));
`;

/** The values that columns can have; orders by date; words of texts; what is in JSON. */
export class TypesAndFunctions implements MigrationInterface {
  readonly name = "TypesAndFunctions0000000000001";

  async up(runner: QueryRunner): Promise<void> {
    for (const [type, values] of Object.entries(TYPES)) {
      const list = values.map((value) => `'${value}'`).join(", ");
      await runner.query(`CREATE TYPE ${type} AS ENUM (${list})`);
    }
    await runner.query(ORDERS);
    await runner.query(WORDS);
    await runner.query(IN_JSON);
  }

  /** The extensions stay: somebody else may use them by now. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION oldest_first, newest_first, newest_key, told_key, folded, text_config, words_in, words_of,
        references_in, fields_in;
      DROP TYPE ${Object.keys(TYPES).join(", ")};
    `);
  }
}

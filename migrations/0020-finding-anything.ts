import type { MigrationInterface, QueryRunner } from "typeorm";
import {
  BY_CERTAINTY,
  CHANGING,
  columnsOf,
  following,
  indexesOf,
  type Item,
  list,
  listing,
  listingNoMore,
  MEETING,
  remaking,
  rowsOf,
  STATEMENT,
  tableOf,
} from "./0013-flat-lists.js";

const TO_ORGANIZATION = list(
  "statement_to_organization",
  "addressee",
  "organization_id",
  BY_CERTAINTY,
);

/** Statements with one list more: what is said to an organization. */
const STATEMENT_NOW: Item = { ...STATEMENT, lists: [...STATEMENT.lists, TO_ORGANIZATION] };

const DOCUMENT_KINDS = ["NEWS", "READOUT", "JOINT_STATEMENT", "TRANSCRIPT", "DATASET"];
const MORE_DOCUMENT_KINDS = [
  ...["JUDGEMENT", "MEMORANDUM", "MINUTES", "VERBATIM_RECORD", "SUMMARY_RECORD"],
  ...["PRESS_RELEASE", "SPEECH", "INTERVIEW", "OTHER"],
];

const NAMED = ["PERSON", "COUNTRY", "PLACE", "ORGANIZATION"];
const TITLED = ["MEETING", "AGREEMENT"];
const RECORD_KINDS = [
  ...["PERSON", "COUNTRY", "MEETING", "STATEMENT", "PLACE", "ORGANIZATION", "AGREEMENT"],
];

/** Indexes for finding organizations and documents, statements by more of what they have, and anything by its identifiers. */
const INDEXES = `
  -- organizations, whose order it is.
  CREATE INDEX organization_name ON organization (name COLLATE "und-x-icu", id);
  -- people(filter: { identifiers }).
  CREATE INDEX person_identifiers ON person USING gin (identifiers jsonb_path_ops);
  -- places(filter: { identifiers }).
  CREATE INDEX place_identifiers ON place USING gin (identifiers jsonb_path_ops);
  -- organizations(filter: { identifiers }).
  CREATE INDEX organization_identifiers ON organization USING gin (identifiers jsonb_path_ops);

  -- sourceDocuments(filter: { kinds }), in the order of the list.
  CREATE INDEX source_document_kind
    ON source_document (kind, newest_first(date_from), newest_first(date_to), id);
  -- sourceDocuments(filter: { languages }), and which languages words are read in.
  CREATE INDEX source_document_language
    ON source_document (language, newest_first(date_from), newest_first(date_to), id);
  -- sourceDocuments(filter: { publishers }). A name of any length would not fit into an index.
  CREATE INDEX source_document_publisher
    ON source_document (left(publisher, 200), newest_first(date_from), newest_first(date_to), id)
    WHERE publisher IS NOT NULL;
  -- sourceDocuments(filter: { issuers }), pruning organizations.
  CREATE INDEX source_document_issuer
    ON source_document (issuer_id, newest_first(date_from), newest_first(date_to), id) WHERE issuer_id IS NOT NULL;
  -- sourceDocuments(filter: { text }).
  CREATE INDEX source_document_words
    ON source_document USING gin (words_of(language, coalesce(title, '') || ' ' || coalesce(publisher, '')));

  -- statements(filter: { reportedBy }).
  CREATE INDEX citation_reported_by ON citation USING gin (words_of('und', reported_by))
    WHERE reported_by IS NOT NULL;
  -- pruning organizations, and the facet ADDRESSEE_ORGANIZATION.
  CREATE INDEX addressee_organization ON addressee (organization_id) WHERE organization_id IS NOT NULL;
`;

/** Lists, search and filters for whatever is on record: organizations, documents and topics too. */
export class FindingAnything implements MigrationInterface {
  readonly name = "FindingAnything0000000000020";

  async up(runner: QueryRunner): Promise<void> {
    for (const kind of MORE_DOCUMENT_KINDS) {
      await runner.query(`ALTER TYPE document_kind ADD VALUE '${kind}'`);
    }
    await runner.query(INDEXES);
    await runner.query(
      retyped(
        [...RECORD_KINDS, "SOURCE_DOCUMENT", "TOPIC"],
        [...NAMED, "TOPIC"],
        [...TITLED, "SOURCE_DOCUMENT"],
      ),
    );
    await runner.query(`
      ${namesFollow(`
        ELSIF of_kind = 'SOURCE_DOCUMENT' THEN
          -- What is retracted is not found.
          names := CASE WHEN NEW.standing <> 'RETRACTED' THEN ARRAY[NEW.title] END;
          language := NEW.language;`)}
      CREATE TRIGGER source_document_names AFTER INSERT OR DELETE OR UPDATE OF title, language, standing ON source_document
        FOR EACH ROW EXECUTE FUNCTION names_follow('SOURCE_DOCUMENT', 'id');
      CREATE TRIGGER statement_topic_names AFTER INSERT OR DELETE OR UPDATE OF label ON statement_topic
        FOR EACH ROW EXECUTE FUNCTION names_follow('TOPIC', 'id', 'label', 'en');
      UPDATE source_document SET title = title WHERE title IS NOT NULL;
      UPDATE statement_topic SET label = label;
    `);
    await runner.query(`
      ${tableOf(STATEMENT_NOW, TO_ORGANIZATION)}
      INSERT INTO statement_to_organization (${columnsOf(STATEMENT_NOW, TO_ORGANIZATION)})
        ${rowsOf(STATEMENT_NOW, TO_ORGANIZATION, "addressee")};
      ${indexesOf(STATEMENT_NOW, TO_ORGANIZATION)}
      ${listsFollow(STATEMENT_NOW, [...CHANGING.addressee, TO_ORGANIZATION.table])}
      ANALYZE statement_to_organization, record_name;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${listsFollow(STATEMENT, CHANGING.addressee)}
      DROP TABLE statement_to_organization;
      DROP TRIGGER source_document_names ON source_document;
      DROP TRIGGER statement_topic_names ON statement_topic;
      DELETE FROM record_name WHERE kind IN ('SOURCE_DOCUMENT', 'TOPIC');
      ${namesFollow("")}
      ${retyped(RECORD_KINDS, NAMED, TITLED)}
      DROP INDEX organization_name, person_identifiers, place_identifiers, organization_identifiers, source_document_kind,
        source_document_language, source_document_publisher, source_document_issuer, source_document_words,
        citation_reported_by, addressee_organization;
      ALTER TYPE document_kind RENAME TO document_kind_before;
      CREATE TYPE document_kind AS ENUM (${literals(DOCUMENT_KINDS)});
      ALTER TABLE source_document ALTER COLUMN kind TYPE document_kind USING kind::text::document_kind;
      DROP TYPE document_kind_before;
    `);
  }
}

/** The functions of migration 13 for these lists of statements. */
function listsFollow(statement: Item, ofAddressees: readonly string[]): string {
  const items = [statement, MEETING];
  return [
    remaking(items),
    following(statement),
    listing("addressee", items, ofAddressees),
    listingNoMore("addressee", ofAddressees),
  ]
    .map((definition) => `CREATE OR REPLACE ${definition}`)
    .join("\n");
}

/** Makes the type of record_name.kind anew: a value that is added to it could not be used before the migration ends. */
function retyped(kinds: string[], named: string[], titled: string[]): string {
  return `
    DROP INDEX record_name_spelling, record_title_spelling;
    ALTER TYPE record_kind RENAME TO record_kind_before;
    CREATE TYPE record_kind AS ENUM (${literals(kinds)});
    ALTER TABLE record_name ALTER COLUMN kind TYPE record_kind USING kind::text::record_kind;
    DROP TYPE record_kind_before;
    -- searchRecord: names that are spelt nearly so (migration 6).
    CREATE INDEX record_name_spelling ON record_name USING gin (folded gin_trgm_ops)
      WITH (gin_pending_list_limit = 64) WHERE kind IN (${literals(named)});
    -- searchRecord: titles that are spelt nearly so.
    CREATE INDEX record_title_spelling ON record_name USING gin (folded gin_trgm_ops)
      WITH (gin_pending_list_limit = 64) WHERE kind IN (${literals(titled)});`;
}

/** The trigger function of migration 19, with more kinds. */
function namesFollow(moreKinds: string): string {
  return `
    CREATE OR REPLACE FUNCTION names_follow() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      of_kind record_kind := TG_ARGV[0];
      id text := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END) ->> TG_ARGV[1];
      language text := TG_ARGV[3];
      names text[];
    BEGIN
      IF TG_OP <> 'INSERT' THEN
        DELETE FROM record_name WHERE kind = of_kind AND item_id = id;
      END IF;
      IF TG_OP = 'DELETE' THEN RETURN NULL; END IF;
      IF of_kind IN ('PERSON', 'PLACE', 'ORGANIZATION') THEN names := NEW.name || NEW.other_names;
      ELSIF of_kind = 'COUNTRY' THEN names := NEW.name || NEW.names;
      ${moreKinds}
      ELSE names := ARRAY[to_jsonb(NEW) ->> TG_ARGV[2]];
      END IF;
      INSERT INTO record_name (kind, item_id, position, folded, words)
        SELECT of_kind, id, row_number() OVER (ORDER BY min(position)), name, words_of(language, name)
        FROM (SELECT folded(given), position FROM unnest(names) WITH ORDINALITY AS x (given, position)
          WHERE given IS NOT NULL) AS each (name, position)
        GROUP BY name;
      RETURN NULL;
    END $$;`;
}

function literals(values: readonly string[]): string {
  return values.map((value) => `'${value}'`).join(", ");
}

import type { MigrationInterface, QueryRunner } from "typeorm";

/** A plan is kept for a connection: one made while there was little would read all of what comes to be much. */
const BY_INDEX = "SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off";

/** What names people: its table, the column with the id of the fact, and the column of citations that refers to that. */
const LINKS = [
  { links: "speaker", fact: "statement_id", cited: "statement_id" },
  { links: "addressee", fact: "statement_id", cited: "statement_id" },
  { links: "participation", fact: "id", cited: "participation_id" },
  { links: "tenure", fact: "id", cited: "tenure_id" },
] as const;

/** The facts that can go together with their citations, by the column of citations that refers to them. */
const FACTS = { statement_id: "statement", participation_id: "participation", tenure_id: "tenure" };

type Link = (typeof LINKS)[number];

/** The people whom citations are about, from rows of both tables: one row for each citation and link. */
const pairs = ({ fact, cited }: Link, links: string, citations: string) =>
  `SELECT c.document_id, x.person_id FROM ${links} x JOIN ${citations} c ON c.${cited} = x.${fact} WHERE x.person_id IS NOT NULL`;

const EVENTS = {
  INSERT: "REFERENCING NEW TABLE AS added",
  UPDATE: "REFERENCING OLD TABLE AS gone NEW TABLE AS added",
  DELETE: "REFERENCING OLD TABLE AS gone",
  TRUNCATE: "",
};

const TABLE = `
  -- Everyone whom a document's facts are about, once.
  CREATE TABLE person_of_document (
    document_id uuid NOT NULL,
    person_id uuid NOT NULL,
    sort_name text COLLATE "und-x-icu" NOT NULL,
    PRIMARY KEY (person_id, document_id)
  );
  -- SourceDocument.people, whose order it is.
  CREATE INDEX person_of_document_name ON person_of_document (document_id, sort_name, person_id);
  CREATE VIEW document_of_person AS
    ${LINKS.map((link) => pairs(link, link.links, "citation")).join("\n    UNION ALL ")};

  -- Makes the people of some documents anew; of all, if null.
  CREATE FUNCTION remake_people_of_documents(wanted uuid[]) RETURNS void LANGUAGE plpgsql AS $$
  BEGIN
    DELETE FROM person_of_document WHERE wanted IS NULL OR document_id = ANY (wanted);
    INSERT INTO person_of_document
      SELECT DISTINCT d.document_id, d.person_id, p.sort_name FROM document_of_person d JOIN person p ON p.id = d.person_id
      WHERE wanted IS NULL OR d.document_id = ANY (wanted);
  END $$;

  -- Makes all lists from the links, for a database that was filled while its triggers were off.
  CREATE FUNCTION remake_lists() RETURNS void LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM remake_lists_before_documents();
    PERFORM remake_people_of_documents(NULL);
  END $$;

  CREATE FUNCTION person_of_document_is_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    UPDATE person_of_document SET sort_name = NEW.sort_name WHERE person_id = NEW.id;
    RETURN NULL;
  END $$;
  CREATE TRIGGER person_of_document_is_renamed AFTER UPDATE OF sort_name ON person
    FOR EACH ROW WHEN (OLD.sort_name IS DISTINCT FROM NEW.sort_name)
    EXECUTE FUNCTION person_of_document_is_renamed();
`;

/**
 * Lists the people whom new rows of a table link to documents, and those no more whom only old ones did. What is asked is whether
 * there is any link, not how many: one statement may change both tables, and each of their triggers sees all of it. With OFFSET 0 it
 * is looked up for each pair, by index: as a join, the planner would read the people of all documents, for as many as were deleted.
 */
const listing = (table: string, pairsOf: (rows: string) => string, before = "") => {
  // In one order, so that two transactions do not wait for each other.
  const inOrder = "ORDER BY person_id, document_id";
  const unlisted = (except = "") => `
      SELECT array_agg(document_id ${inOrder}), array_agg(person_id ${inOrder}) INTO documents, people
        FROM (SELECT DISTINCT * FROM (${pairsOf("gone")}) AS linked ${except && `EXCEPT (${except})`}) AS pair;
      -- Waits for those that link them at this moment; the next statement sees what they have done.
      PERFORM FROM person_of_document l JOIN unnest(documents, people) AS c (document_id, person_id) USING (document_id, person_id)
        ${inOrder} FOR UPDATE OF l;
      DELETE FROM person_of_document l USING unnest(documents, people) AS c (document_id, person_id)
        WHERE l.person_id = c.person_id AND l.document_id = c.document_id AND NOT EXISTS (
          SELECT FROM document_of_person d WHERE d.person_id = c.person_id AND d.document_id = c.document_id OFFSET 0);`;
  const listed = (except = "") => `
      INSERT INTO person_of_document
        SELECT pair.document_id, pair.person_id, p.sort_name
        FROM (SELECT DISTINCT * FROM (${pairsOf("added")}) AS linked ${except && `EXCEPT (${except})`}) AS pair
          JOIN person p ON p.id = pair.person_id
        ${inOrder}
        -- Locks it, so that nobody who deletes another link of it now takes it away.
        ON CONFLICT (person_id, document_id) DO UPDATE SET sort_name = EXCLUDED.sort_name;`;
  return `
  CREATE FUNCTION ${table}_links_documents() RETURNS trigger LANGUAGE plpgsql ${BY_INDEX} AS $$
  DECLARE
    documents uuid[];
    people uuid[];
  BEGIN
    IF TG_OP = 'INSERT' THEN ${listed()}
    ELSIF TG_OP = 'DELETE' THEN ${before} ${unlisted()}
    ELSIF TG_OP = 'UPDATE' THEN ${listed(pairsOf("gone"))} ${unlisted(pairsOf("added"))}
    ELSE
      PERFORM remake_people_of_documents(NULL);
    END IF;
    RETURN NULL;
  END $$;
  ${Object.entries(EVENTS)
    .map(
      ([event, tables]) => `
  CREATE TRIGGER ${table}_links_documents_${event.toLowerCase()} AFTER ${event} ON ${table} ${tables}
    FOR EACH STATEMENT EXECUTE FUNCTION ${table}_links_documents();`,
    )
    .join("")}`;
};

/**
 * Of a fact that goes with its citations and whom it names, at once (ON DELETE CASCADE), nothing tells any more who that was: the
 * people of those documents are made anew. A load deletes citations first.
 */
const VANISHED = `
      SELECT array_agg(DISTINCT g.document_id) INTO documents FROM gone g
        WHERE ${Object.entries(FACTS)
          .map(
            ([cited, facts]) =>
              `(g.${cited} IS NOT NULL AND NOT EXISTS (SELECT FROM ${facts} f WHERE f.id = g.${cited}))`,
          )
          .join(" OR ")};
      IF documents IS NOT NULL THEN
        PERFORM remake_people_of_documents(documents);
        RETURN NULL;
      END IF;
      `;

/**
 * What records fill, and lists are read from. The planner is to know that it is empty: of a table that was never analyzed it expects ten
 * pages, and a plan that it makes for the first load is kept for the whole of it.
 */
const EMPTY = [
  ...["country", "source_document", "organization", "person", "place", "tenure", "meeting"],
  ...["meeting_place", "participation", "agreement", "agreement_party", "statement", "speaker"],
  ...["addressee", "statement_topic", "topic_of_statement", "citation", "record_name"],
  ...["statement_relation", "statement_of_person", "statement_of_country"],
  ...["statement_of_organization", "statement_to_person", "statement_to_country"],
  ...["statement_on_topic", "statement_in_document", "statement_to_organization"],
  ...["meeting_of_person", "meeting_of_country", "meeting_of_organization", "meeting_at_place"],
  ...["meeting_in_document", "person_of_country", "person_activity", "person_of_document"],
];

/** Whom each document is about: a page reads as many rows as it shows. */
export class PeopleOfDocuments implements MigrationInterface {
  readonly name = "PeopleOfDocuments0000000000014";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
    for (const link of LINKS)
      await runner.query(listing(link.links, (rows) => pairs(link, rows, "citation")));
    const ofCitations = (rows: string) =>
      LINKS.map((link) => pairs(link, link.links, rows)).join(" UNION ALL ");
    await runner.query(listing("citation", ofCitations, VANISHED));
    await runner.query(`ANALYZE ${EMPTY.join(", ")}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION ${[...LINKS.map(({ links }) => links), "citation"]
        .map((table) => `${table}_links_documents`)
        .join(
          ", ",
        )}, person_of_document_is_renamed, remake_people_of_documents, remake_lists CASCADE;
      DROP VIEW document_of_person;
      DROP TABLE person_of_document;
    `);
  }
}

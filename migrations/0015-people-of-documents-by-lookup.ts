import type { MigrationInterface, QueryRunner } from "typeorm";

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

/** How the people whom citations are about are read: from the rows of a table that were just written, which are few. */
interface Pairs {
  /** From these rows of a table of links. */
  ofLinks(link: Link, rows: string): string;
  /** From these rows of citations. */
  ofCitations(link: Link, rows: string): string;
}

/** As a join, of which the planner chooses where to start. */
const JOINED: Pairs = {
  ofLinks: (link, rows) => joined(link, rows, "citation"),
  ofCitations: (link, rows) => joined(link, link.links, rows),
};

function joined({ fact, cited }: Link, links: string, citations: string): string {
  return `SELECT c.document_id, x.person_id FROM ${links} x JOIN ${citations} c ON c.${cited} = x.${fact} WHERE x.person_id IS NOT NULL`;
}

/** Each row by itself, with OFFSET 0, so that it is looked up by index whatever the planner takes the other table for. */
const LOOKED_UP: Pairs = {
  ofLinks: ({ fact, cited }, rows) =>
    `SELECT c.document_id, x.person_id FROM ${rows} x CROSS JOIN LATERAL (
       SELECT document_id FROM citation WHERE ${cited} = x.${fact} OFFSET 0) AS c WHERE x.person_id IS NOT NULL`,
  ofCitations: ({ links, fact, cited }, rows) =>
    `SELECT c.document_id, x.person_id FROM ${rows} c CROSS JOIN LATERAL (
       SELECT person_id FROM ${links} WHERE ${fact} = c.${cited} OFFSET 0) AS x WHERE x.person_id IS NOT NULL`,
};

/** The function of a table's triggers, as it was but for how it reads the pairs of documents and people. */
const listing = (table: string, pairsOf: (rows: string) => string, before = "") => {
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
          CROSS JOIN LATERAL (SELECT sort_name FROM person WHERE id = pair.person_id OFFSET 0) AS p
        ${inOrder}
        -- Locks it, so that nobody who deletes another link of it now takes it away.
        ON CONFLICT (person_id, document_id) DO UPDATE SET sort_name = EXCLUDED.sort_name;`;
  return `
  CREATE OR REPLACE FUNCTION ${table}_links_documents() RETURNS trigger LANGUAGE plpgsql ${BY_INDEX} AS $$
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
  END $$;`;
};

/** Of a fact that goes with its citations and whom it names, at once: the people of those documents are made anew. */
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

function functionsWith(pairs: Pairs): string[] {
  const ofCitations = (rows: string) =>
    LINKS.map((link) => pairs.ofCitations(link, rows)).join(" UNION ALL ");
  return [
    ...LINKS.map((link) => listing(link.links, (rows) => pairs.ofLinks(link, rows))),
    listing("citation", ofCitations, VANISHED),
  ];
}

/**
 * Looks up the people of new citations, and the citations of new facts, each by index. A connection keeps the plan that it made while
 * there were no citations: a join began with all citations then, for each batch of a first load.
 */
export class PeopleOfDocumentsByLookup implements MigrationInterface {
  readonly name = "PeopleOfDocumentsByLookup0000000000015";

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of functionsWith(LOOKED_UP)) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const sql of functionsWith(JOINED)) await runner.query(sql);
  }
}

/** Runs a statement and gives its rows. */
type Ask = (text: string) => Promise<unknown[]>;

const of = (links: string, parent: string, item: string, stated: string) =>
  `SELECT ${parent} AS parent, ${item}_id AS item, bool_or(${stated}) AS stated FROM ${links} WHERE ${parent} IS NOT NULL AND ${item}_id IS NOT NULL GROUP BY 1, 2`;

/** What each table made for lists should hold, from the links as they are recorded: its parent, and that. */
const LISTS: Record<string, [parent: string, rows: string]> = {
  statement_of_person: [
    "person_id",
    of("speaker", "person_id", "statement", "person_certainty = 'STATED'"),
  ],
  statement_of_country: [
    "country_code",
    of("speaker", "country_code", "statement", "country_certainty = 'STATED'"),
  ],
  statement_of_organization: [
    "organization_id",
    of("speaker", "organization_id", "statement", "organization_certainty = 'STATED'"),
  ],
  statement_to_person: [
    "person_id",
    of("addressee", "person_id", "statement", "certainty = 'STATED'"),
  ],
  statement_to_country: [
    "country_code",
    of("addressee", "country_code", "statement", "certainty = 'STATED'"),
  ],
  statement_to_organization: [
    "organization_id",
    of("addressee", "organization_id", "statement", "certainty = 'STATED'"),
  ],
  statement_on_topic: ["topic_id", of("topic_of_statement", "topic_id", "statement", "true")],
  statement_in_document: ["document_id", of("citation", "document_id", "statement", "true")],
  meeting_of_person: [
    "person_id",
    of("participation", "person_id", "meeting", "person_certainty = 'STATED'"),
  ],
  meeting_of_country: [
    "country_code",
    of("participation", "country_code", "meeting", "country_certainty = 'STATED'"),
  ],
  meeting_of_organization: [
    "organization_id",
    `SELECT parent, item, bool_or(stated) FROM (
       SELECT organization_id, meeting_id, organization_certainty = 'STATED' FROM participation
       WHERE organization_id IS NOT NULL
       UNION ALL SELECT convener_id, id, true FROM meeting WHERE convener_id IS NOT NULL
     ) AS either (parent, item, stated) GROUP BY 1, 2`,
  ],
  meeting_at_place: ["place_id", of("meeting_place", "place_id", "meeting", "true")],
  meeting_in_document: ["document_id", of("citation", "document_id", "meeting", "true")],
};

/** The rows that tables made for lists have and should not have, or should have and don't; with the table of each. */
export async function wrongInLists(ask: Ask): Promise<unknown[]> {
  const wrong: unknown[] = [];
  for (const [table, [parent, rows]] of Object.entries(LISTS)) {
    const item = table.startsWith("statement") ? "statement" : "meeting";
    const copied = [
      "newest",
      ...(item === "statement" ? ["told"] : []),
      ...(table === "statement_of_person" ? ["place_id", "place_country_code"] : []),
    ];
    const has = `SELECT ${parent}::text AS parent, ${item}_id AS item, stated, ${copied.join(", ")} FROM ${table}`;
    const should = `SELECT links.parent::text, links.item, links.stated, ${copied.map((column) => `i.${column}`).join(", ")}
      FROM (${rows}) AS links (parent, item, stated) JOIN ${item} i ON i.id = links.item`;
    const found = await ask(
      `(SELECT 'not wanted' AS what, * FROM (${has} EXCEPT ${should}) AS a)
       UNION ALL (SELECT 'missing', * FROM (${should} EXCEPT ${has}) AS b)`,
    );
    wrong.push(...found.map((row) => ({ table, ...(row as object) })));
  }
  const everyone =
    "SELECT person_id, sort_name, minus_statements, minus_meetings FROM person_activity";
  const counted = `SELECT p.id, p.sort_name,
      -(SELECT count(DISTINCT s.id) FROM speaker x JOIN statement s ON s.id = x.statement_id
        WHERE x.person_id = p.id AND s.standing <> 'RETRACTED')::int,
      -(SELECT count(DISTINCT x.meeting_id) FROM participation x WHERE x.person_id = p.id)::int
    FROM person p`;
  const people = "SELECT country_code, person_id, sort_name FROM person_of_country";
  const linked = `SELECT country_code, person_id, sort_name FROM (
      SELECT country_code, person_id FROM speaker UNION SELECT country_code, person_id FROM participation
      UNION SELECT country_code, person_id FROM tenure) AS links JOIN person ON id = person_id
    WHERE country_code IS NOT NULL`;
  const inDocuments = "SELECT document_id, person_id, sort_name FROM person_of_document";
  const named = `SELECT document_id, p.id, p.sort_name FROM (
      SELECT document_id, s.person_id FROM citation c JOIN speaker s ON s.statement_id = c.statement_id
      UNION ALL SELECT document_id, a.person_id FROM citation c JOIN addressee a ON a.statement_id = c.statement_id
      UNION ALL SELECT document_id, m.person_id FROM citation c JOIN participation m ON m.id = c.participation_id
      UNION ALL SELECT document_id, t.person_id FROM citation c JOIN tenure t ON t.id = c.tenure_id) AS links
    JOIN person p ON p.id = person_id`;
  const kept =
    "SELECT list, parent, year, sum(n)::int FROM kept_count GROUP BY 1, 2, 3 HAVING sum(n) <> 0";
  // From the date, not from the order key of which the database takes it.
  const year = "coalesce(date_part('year', i.date_from), 0)::int";
  const stands = "WHERE i.standing <> 'RETRACTED'";
  const listCounts = Object.keys(LISTS)
    .filter((table) => /_of_(?:person|country|organization)|_on_topic|_at_place/.test(table))
    .map((table) => {
      const [item, which] = table.startsWith("statement") ? ["statement", stands] : ["meeting", ""];
      return `SELECT '${table}', parent::text, ${year}, count(*)::int
        FROM (${LISTS[table]![1]}) AS l (parent, item, stated) JOIN ${item} i ON i.id = l.item ${which} GROUP BY 2, 3`;
    });
  const lists = `SELECT * FROM (${listCounts.join(" UNION ALL ")}
    UNION ALL SELECT 'statement_at_place', place_id::text, ${year}, count(*)::int FROM statement i
      ${stands} AND place_id IS NOT NULL GROUP BY 2, 3
    UNION ALL SELECT 'statement', '', ${year}, count(*)::int FROM statement i ${stands} GROUP BY 3
    UNION ALL SELECT 'meeting', '', ${year}, count(*)::int FROM meeting i GROUP BY 3
    UNION ALL SELECT 'source_document', '', 0, count(*)::int FROM source_document i ${stands} GROUP BY 3) AS counts`;
  for (const [has, should] of [
    [kept, lists],
    [everyone, counted],
    [people, linked],
    [inDocuments, named],
  ] as const) {
    wrong.push(
      ...(await ask(
        `(SELECT 'not wanted' AS what, * FROM (${has} EXCEPT ${should}) AS a)
         UNION ALL (SELECT 'missing', * FROM (${should} EXCEPT ${has}) AS b)`,
      )),
    );
  }
  return wrong;
}

import {
  country,
  id,
  link,
  other,
  position,
  type RecordTable,
  reference,
  side,
  text,
} from "./record.table.js";

/** The files of items that have several names and identifiers, with the column that refers to them. */
const NAMED = [
  ["person", "person_id", "people"],
  ["place", "place_id", "places"],
  ["organization", "organization_id", "organizations"],
] as const;

/** References to the one item of several kinds that a row is of. */
const NAMED_ITEMS = NAMED.map(([noun, name, file]) =>
  link(name, file, `The ${noun} that it is of.`, false),
);

const OTHER_NAMES = NAMED.map(
  (
    [noun],
    at,
  ) => `SELECT ${NAMED.map(([, name], i) => `${i === at ? "i.id" : "NULL::uuid"} AS ${name}`).join(", ")},
    n.name, n.position - 1 AS position, note.value->>'language' AS language, note.value->>'kind' = 'FORMER' AS former
    FROM ${noun} i CROSS JOIN unnest(i.other_names) WITH ORDINALITY AS n (name, position)
    LEFT JOIN LATERAL (SELECT value FROM jsonb_array_elements(i.name_notes) WHERE value->>'text' = n.name LIMIT 1) AS note ON true`,
).join(" UNION ALL ");

const IDENTIFIERS = [
  ...NAMED.map(
    ([noun], at) =>
      `SELECT ${NAMED.map(([, name], i) => `${i === at ? "i.id" : "NULL::uuid"} AS ${name}`).join(", ")},
      NULL AS country_code, v.value->>'scheme' AS scheme, v.value->>'value' AS value
      FROM ${noun} i CROSS JOIN jsonb_array_elements(i.identifiers) AS v`,
  ),
  `SELECT NULL::uuid, NULL::uuid, NULL::uuid, i.code, v.value->>'scheme', v.value->>'value'
   FROM country i CROSS JOIN jsonb_array_elements(i.identifiers) AS v`,
].join(" UNION ALL ");

/** The facts that a citation can prove, by its column. Those of merges prove judgements, which are not in these files. */
const PROVED = [
  ["statement_id", "statements"],
  ["meeting_id", "meetings"],
  ["participation_id", "participations"],
  ["tenure_id", "tenures"],
  ["agreement_id", "agreements"],
  ["relation_id", "statement_relations"],
] as const;

/** A CSV file for each list inside items: a row of it for each entry. */
export const PART_FILES: readonly RecordTable[] = [
  {
    name: "other_names",
    description: "Other names of people, places and organizations: one of the three is set.",
    primaryKey: [],
    from: `(${OTHER_NAMES}) x`,
    order: "x.person_id, x.place_id, x.organization_id, x.position",
    columns: [
      ...NAMED_ITEMS,
      text("name", "RecordedName.text", { required: true }),
      text("language", "RecordedName.language"),
      other("former", "boolean", "Whether it is a name of the past.", {
        sql: "coalesce(x.former, false)",
      }),
    ],
  },
  {
    name: "identifiers",
    description:
      "What other authorities call people, places, organizations and countries: one of the four is set.",
    primaryKey: [],
    from: `(${IDENTIFIERS}) x`,
    order: "x.person_id, x.place_id, x.organization_id, x.country_code, x.scheme",
    columns: [
      ...NAMED_ITEMS,
      other("country_code", "string", "The country that it is of.", {
        refersTo: ["countries", "code"],
      }),
      text("scheme", "ExternalIdentifier.scheme", { required: true }),
      text("value", "ExternalIdentifier.value", { required: true }),
    ],
  },
  {
    name: "meeting_places",
    description: "Where meetings were.",
    primaryKey: ["meeting_id", "place_id"],
    from: "meeting_place x",
    order: "x.meeting_id, x.position, x.place_id",
    columns: [
      link("meeting_id", "meetings", "The meeting."),
      position(),
      link("place_id", "places", "The place."),
    ],
  },
  {
    name: "participations",
    description: "Who took part in meetings, and for whom.",
    primaryKey: ["id"],
    from: "participation x",
    order: "x.id",
    columns: [
      id("Participation.id"),
      link("meeting_id", "meetings", "The meeting."),
      position(),
      ...side("Participation"),
      text("role", "Participation.role", { required: true }),
    ],
  },
  {
    name: "agreement_parties",
    description: "Between whom agreements are.",
    primaryKey: ["agreement_id", "position"],
    from: "agreement_party x",
    order: "x.agreement_id, x.position",
    columns: [
      link("agreement_id", "agreements", "The agreement."),
      position(),
      country("country_code", "AgreementParty.country"),
      reference("organization_id", "AgreementParty.organization", "organizations"),
      text("certainty", "AgreementParty.certainty", { required: true }),
    ],
  },
  {
    name: "speakers",
    description: "Who made statements, and for whom: one row for each side.",
    primaryKey: ["id"],
    from: "speaker x",
    order: "x.statement_id, x.position",
    columns: [
      id("Speaker.id"),
      link("statement_id", "statements", "The statement."),
      position(),
      ...side("Speaker"),
    ],
  },
  {
    name: "addressees",
    description: "To whom statements were made.",
    primaryKey: ["statement_id", "position"],
    from: "addressee x",
    order: "x.statement_id, x.position",
    columns: [
      link("statement_id", "statements", "The statement."),
      position(),
      reference("person_id", "Addressee.person", "people"),
      country("country_code", "Addressee.country"),
      reference("organization_id", "Addressee.organization", "organizations"),
      text("certainty", "Addressee.certainty", { required: true }),
    ],
  },
  {
    name: "statement_topics",
    description: "What statements are about.",
    primaryKey: ["statement_id", "topic_id"],
    from: "topic_of_statement x",
    order: "x.statement_id, x.topic_id",
    columns: [
      link("statement_id", "statements", "The statement."),
      link("topic_id", "topics", "The topic."),
    ],
  },
  {
    name: "statement_relations",
    description:
      "What statements are to others, each relation once: at the statement that holds it.",
    primaryKey: ["id"],
    from: "statement_relation x",
    order: "x.id",
    columns: [
      id("Statement.id"),
      link("statement_id", "statements", "The statement that holds the relation."),
      text("kind", "StatementRelation.kind", { required: true }),
      link("other_id", "statements", "The other statement."),
    ],
  },
  {
    name: "citations",
    description: "The passages that prove facts: one of the ids of a fact is set.",
    primaryKey: ["id"],
    from: "(SELECT * FROM citation WHERE merge_id IS NULL) x",
    order: "x.id",
    columns: [
      id("Citation.id"),
      reference("document_id", "Citation.document", "documents", { required: true }),
      ...PROVED.map(([name, file]) =>
        link(name, file, `What it proves, if that is in ${file}.csv.`, false),
      ),
      text("start", "Citation.start", { type: "integer", sql: "x.start_offset" }),
      text("end", "Citation.end", { type: "integer", sql: "x.end_offset" }),
      text("text_sha256", "Citation.textSha256"),
      text("locator", "Citation.locator"),
      other(
        "exact",
        "string",
        "The words of the passage or row, where its record gives them, which takes an open licence; those of held texts are not in the file.",
      ),
      text("reported_by", "Citation.reportedBy"),
    ],
  },
];

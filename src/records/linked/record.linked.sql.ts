import { citationOrder } from "../../source/citation.sql.js";

const named = (table: string, id: string, name = "name") =>
  `(SELECT json_build_object('id', r.id, 'name', r.${name}) FROM ${table} r WHERE r.id = ${id})`;
const country = (code: string) =>
  `(SELECT json_build_object('code', r.code, 'name', r.name) FROM country r WHERE r.code = ${code})`;

/** A partial date by its bounds. */
const date = (from: string, to: string) =>
  `CASE WHEN x.${from} = x.${to} THEN x.${from}::text
    WHEN to_char(x.${from}, 'YYYY-MM') = to_char(x.${to}, 'YYYY-MM') THEN to_char(x.${from}, 'YYYY-MM')
    ELSE to_char(x.${from}, 'YYYY') END`;

/** The citations of a fact, in the order of the API. */
const citations = (column: string, id: string) =>
  `(SELECT json_agg(json_build_object('id', c.id, 'documentId', c.document_id, 'start', c.start_offset, 'end', c.end_offset,
      'textSha256', c.text_sha256, 'locator', c.locator, 'exact', c.exact, 'reportedBy', c.reported_by)
      ORDER BY ${citationOrder("c", "d")})
    FROM citation c JOIN source_document d ON d.id = c.document_id WHERE c.${column} = ${id})`;

/** The documents whose records give an item. */
const GIVEN_BY = `(SELECT json_agg(g.id ORDER BY g.id) FROM (
    SELECT x.owner_id AS id UNION SELECT document_id FROM record_claim WHERE item_id = x.id) AS g)`;

const side = (more: string) =>
  `json_build_object('id', s.id, 'person', ${named("person", "s.person_id")}, 'personCertainty', s.person_certainty,
    'country', ${country("s.country_code")}, 'countryCertainty', s.country_certainty,
    'organization', ${named("organization", "s.organization_id")}, 'organizationCertainty', s.organization_certainty,
    'description', s.description${more})`;

const party = (more: string) =>
  `json_build_object(${more}'country', ${country("p.country_code")},
    'organization', ${named("organization", "p.organization_id")}, 'certainty', p.certainty)`;

const NAMES = `x.id, x.slug, x.name, x.other_names AS "otherNames", x.name_notes AS "nameNotes", x.identifiers, ${GIVEN_BY} AS "givenBy"`;

/** How the items of a type are read: with everything that their node says. */
export interface LinkedSource {
  /** The table, of which `x` is a row. */
  table: string;
  /** The columns, as the interfaces of rows have them. */
  columns: string;
  /** The column of `citation` that leads to it, if citations do. */
  citedBy?: string;
}

/** The types of items, in the order of the export: each after those that it mostly refers to. */
export type LinkedType =
  | "country"
  | "organization"
  | "person"
  | "place"
  | "topic"
  | "document"
  | "tenure"
  | "meeting"
  | "agreement"
  | "statement";

/** How the items of each type are read. */
export const SOURCES: Readonly<Record<LinkedType, LinkedSource>> = {
  country: {
    table: "country",
    columns: `x.code, x.name, x.identifiers, ${date("withdrawn_from", "withdrawn_to")} AS withdrawn`,
  },
  organization: {
    table: "organization",
    columns: `${NAMES}, x.kind, ${country("x.country_code")} AS country, ${named("organization", "x.parent_id")} AS parent`,
  },
  person: {
    table: "person",
    columns: `${NAMES}, ${date("birth_from", "birth_to")} AS "birthDate", ${date("death_from", "death_to")} AS "deathDate"`,
  },
  place: {
    table: "place",
    columns: `${NAMES}, ${country("x.country_code")} AS country, x.latitude, x.longitude`,
  },
  topic: {
    table: "statement_topic",
    columns: `x.id, x.slug, x.label AS name, ${GIVEN_BY} AS "givenBy"`,
  },
  document: {
    table: "source_document",
    columns: `x.id, x.key, x.kind, x.title, x.publisher, x.url, x.language, ${date("date_from", "date_to")} AS "datePublished",
      x.date_certainty AS "dateCertainty", x.licence, x.version, x.sha256, x.attribution, x.archived_url AS "archivedUrl",
      x.standing, x.standing_note AS "standingNote", ${named("organization", "x.issuer_id")} AS issuer,
      ${named("source_document", "x.syndicated_from_id", "title")} AS "syndicatedFrom"`,
  },
  tenure: {
    table: "tenure",
    citedBy: "tenure_id",
    columns: `x.id, x.title, ${named("person", "x.person_id")} AS person, ${country("x.country_code")} AS country,
      ${country("x.accredited_to_code")} AS "accreditedTo", ${named("organization", "x.organization_id")} AS organization,
      ${date("start_from", "start_to")} AS "startDate", ${date("end_from", "end_to")} AS "endDate", x.ongoing, x.certainty,
      ${citations("tenure_id", "x.id")} AS citations`,
  },
  meeting: {
    table: "meeting",
    citedBy: "meeting_id",
    columns: `x.id, x.slug, x.title, x.kind, x.status, x.mode, x.coverage, ${date("start_from", "start_to")} AS "startDate",
      ${date("end_from", "end_to")} AS "endDate", x.start_time AS "startTime", x.end_time AS "endTime",
      x.date_certainty AS "dateCertainty",
      (SELECT json_agg(json_build_object('id', r.id, 'name', r.name) ORDER BY p.position)
        FROM meeting_place p JOIN place r ON r.id = p.place_id WHERE p.meeting_id = x.id) AS places,
      ${country("x.place_country_code")} AS "placeCountry", x.place_certainty AS "placeCertainty",
      ${named("organization", "x.convener_id")} AS convener, ${named("meeting", "x.parent_id", "title")} AS parent,
      x.parent_relation AS "parentRelation",
      (SELECT json_agg(${side(`, 'role', s.role, 'citations', ${citations("participation_id", "s.id")}`)} ORDER BY s.position, s.id)
        FROM participation s WHERE s.meeting_id = x.id) AS participations,
      ${citations("meeting_id", "x.id")} AS citations`,
  },
  agreement: {
    table: "agreement",
    citedBy: "agreement_id",
    columns: `x.id, x.slug, x.title, x.kind, ${date("date_from", "date_to")} AS date,
      (SELECT json_agg(${party("")} ORDER BY p.position) FROM agreement_party p WHERE p.agreement_id = x.id) AS parties,
      ${named("meeting", "x.signed_at_id", "title")} AS "signedAt", ${named("meeting", "x.exchanged_at_id", "title")} AS "exchangedAt",
      ${citations("agreement_id", "x.id")} AS citations`,
  },
  statement: {
    table: "statement",
    citedBy: "statement_id",
    columns: `x.id, x.key, x.text, x.form, x.speech, x.language, x.original_language AS "originalLanguage",
      ${date("date_from", "date_to")} AS date, x.date_certainty AS "dateCertainty",
      ${named("meeting", "x.meeting_id", "title")} AS meeting, ${named("place", "x.place_id")} AS place,
      ${country("x.place_country_code")} AS "placeCountry", x.place_certainty AS "placeCertainty", x.joint, x.audience,
      x.standing, x.standing_note AS "standingNote",
      (SELECT json_agg(${side("")} ORDER BY s.position) FROM speaker s WHERE s.statement_id = x.id) AS speakers,
      (SELECT json_agg(${party(`'person', ${named("person", "p.person_id")}, `)} ORDER BY p.position)
        FROM addressee p WHERE p.statement_id = x.id) AS addressees,
      (SELECT json_agg(json_build_object('id', r.id, 'name', r.label) ORDER BY r.slug)
        FROM topic_of_statement p JOIN statement_topic r ON r.id = p.topic_id WHERE p.statement_id = x.id) AS topics,
      (SELECT json_agg(json_build_object('kind', r.kind, 'otherId', r.other_id) ORDER BY r.kind, r.other_id)
        FROM statement_relation r WHERE r.statement_id = x.id) AS relations,
      ${citations("statement_id", "x.id")} AS citations`,
  },
};

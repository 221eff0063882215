import { partialDateOf } from "../../scalars/partial-date.js";
import { isCertainty } from "./record.export.said.js";
import { type ItemTable, partRows, type Row } from "../load/record.tables.js";

/** A part of a record, with its properties in the format's order. */
export type Json = Record<string, unknown>;

/** The key of something that is referred to; undefined where nothing is. */
export type KeyOf = (table: ItemTable, id: unknown) => string | undefined;

/** What is listed in an item and has an owner of its own. */
export interface Entries {
  participations?: Json[];
  relations?: Json[];
  citations?: Json[];
}

/** The properties of an item of each table, from the columns that are said of it and its entries. */
export const PROPERTIES: Record<ItemTable, (said: Row, keyOf: KeyOf, entries: Entries) => Json> = {
  source_document: (said, keyOf) => ({
    key: said.key,
    kind: said.kind,
    title: said.title,
    publisher: said.publisher,
    issuer: keyOf("organization", said.issuer_id),
    url: said.url,
    language: said.language,
    dateline: said.dateline,
    datePublished: date(said, "date"),
    dateCertainty: certaintyOf(said.date_from, said.date_certainty),
    licence: said.licence,
    version: said.version,
    sha256: said.sha256,
    syndicatedFrom: keyOf("source_document", said.syndicated_from_id),
    standing: said.standing,
    standingNote: said.standing_note,
  }),
  person: (said) => ({
    ...slugs(said),
    name: said.name,
    sortName: said.sort_name,
    otherNames: said.other_names,
    identifiers: identifiers(said),
  }),
  place: (said) => ({
    ...slugs(said),
    name: said.name,
    country: said.country_code,
    identifiers: identifiers(said),
  }),
  organization: (said) => ({ ...slugs(said), name: said.name, identifiers: identifiers(said) }),
  statement_topic: (said) => ({ slug: said.slug, label: said.label }),
  tenure: (said, keyOf, { citations }) => ({
    key: said.key,
    person: keyOf("person", said.person_id),
    title: said.title,
    country: said.country_code,
    accreditedTo: said.accredited_to_code,
    organization: keyOf("organization", said.organization_id),
    startDate: date(said, "start"),
    endDate: date(said, "end"),
    ongoing: said.ongoing,
    certainty: certaintyOf(said, said.certainty),
    citations,
  }),
  meeting: (said, keyOf, { participations, citations }) => {
    const places = partRows("meeting_place", said);
    return {
      ...slugs(said),
      title: said.title,
      kind: said.kind,
      status: said.status,
      mode: said.mode,
      coverage: said.coverage,
      startDate: date(said, "start"),
      endDate: date(said, "end"),
      dateCertainty: certaintyOf(said.start_from ?? said.end_from, said.date_certainty),
      places: places.map(({ place_id }) => keyOf("place", place_id)),
      placeCountry: said.place_country_code,
      placeCertainty: certaintyOf(places[0] ?? said.place_country_code, said.place_certainty),
      convener: keyOf("organization", said.convener_id),
      parent: keyOf("meeting", said.parent_id),
      parentRelation: said.parent_relation,
      participations,
      citations,
    };
  },
  participation: (said, keyOf, { citations }) => ({
    ...side(said, keyOf),
    role: said.role,
    citations,
  }),
  agreement: (said, keyOf, { citations }) => ({
    ...slugs(said),
    title: said.title,
    kind: said.kind,
    date: date(said, "date"),
    parties: listed("agreement_party", said).map((party) =>
      compact({
        country: party.country_code,
        organization: keyOf("organization", party.organization_id),
        certainty: certaintyOf(party, party.certainty),
      }),
    ),
    signedAt: keyOf("meeting", said.signed_at_id),
    exchangedAt: keyOf("meeting", said.exchanged_at_id),
    citations,
  }),
  statement: (said, keyOf, { relations, citations }) => ({
    key: said.key,
    text: said.text,
    form: said.form,
    language: said.language,
    originalLanguage: said.original_language,
    date: date(said, "date"),
    dateCertainty: certaintyOf(said.date_from, said.date_certainty),
    meeting: keyOf("meeting", said.meeting_id),
    place: keyOf("place", said.place_id),
    placeCountry: said.place_country_code,
    placeCertainty: certaintyOf(said.place_id ?? said.place_country_code, said.place_certainty),
    speakers: listed("speaker", said).map((speaker) => compact(side(speaker, keyOf))),
    addressees: listed("addressee", said).map((addressee) =>
      compact({
        person: keyOf("person", addressee.person_id),
        country: addressee.country_code,
        organization: keyOf("organization", addressee.organization_id),
        certainty: certaintyOf(addressee, addressee.certainty),
      }),
    ),
    audience: said.audience,
    topics: partRows("topic_of_statement", said)
      .map(({ topic_id }) => keyOf("statement_topic", topic_id))
      .sort(),
    relations,
    standing: said.standing,
    standingNote: said.standing_note,
    citations,
  }),
  statement_relation: (said, keyOf, { citations }) => ({
    kind: said.kind,
    statement: keyOf("statement", said.other_id),
    citations,
  }),
  citation: (said, keyOf) => ({
    document: keyOf("source_document", said.document_id),
    start: said.start_offset,
    end: said.end_offset,
    locator: said.locator,
    exact: said.exact,
    reportedBy: said.reported_by,
  }),
};

/** Without the properties that are left out because they say nothing. */
export function compact(properties: Json): Json {
  return Object.fromEntries(
    Object.entries(properties).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  );
}

function slugs(said: Row): Json {
  return { slug: said.slug, formerSlugs: said.former_slugs };
}

/** The database keeps properties in an order of its own. */
function identifiers(said: Row): Json[] | undefined {
  const given = said.identifiers as { scheme: string; value: string }[] | undefined;
  return given?.map(({ scheme, value }) => ({ scheme, value }));
}

function side(said: Row, keyOf: KeyOf): Json {
  return {
    person: keyOf("person", said.person_id),
    personCertainty: certaintyOf(said.person_id, said.person_certainty),
    country: said.country_code,
    countryCertainty: certaintyOf(said.country_code, said.country_certainty),
    organization: keyOf("organization", said.organization_id),
    organizationCertainty: certaintyOf(said.organization_id, said.organization_certainty),
    description: said.description,
  };
}

function date(said: Row, prefix: string): string | undefined {
  const [from, to] = [said[`${prefix}_from`], said[`${prefix}_to`]];
  return partialDateOf((from ?? null) as string | null, (to ?? null) as string | null) ?? undefined;
}

/** Said only of a fact that is said too, and only where it is not STATED. */
function certaintyOf(fact: unknown, certainty: unknown): unknown {
  return fact === undefined || certainty === "STATED" ? undefined : certainty;
}

/** The rows of a list, but for those of which nothing is said. */
function listed(table: string, said: Row): Row[] {
  return partRows(table, said).filter((row) =>
    Object.keys(row).some((column) => !isCertainty(column)),
  );
}

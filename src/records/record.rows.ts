import { idOf } from "./record.ids.js";
import type { SourceRecord } from "./record.format.js";
import { idBySlugs, type KnownIds } from "./record.known.js";
import { parentsFirst } from "./record.parents.js";
import { bounds, certaintyOf, type Rows, RowWriter } from "./record.row-writer.js";
import { addStatement } from "./record.statement-rows.js";

/** The rows that a checked record stands for, each after those it refers to. */
export function rowsOf(record: SourceRecord, known: KnownIds): Rows {
  const writer = new RowWriter(record, known);
  addDocument(writer, record);
  addNouns(writer, record);
  addTenures(writer, record);
  parentsFirst(record.meetings).forEach((meeting) => addMeeting(writer, meeting));
  addAgreements(writer, record);
  record.statements.forEach((statement) => addStatement(writer, record, statement));
  return writer.rows;
}

function addDocument(writer: RowWriter, { document }: SourceRecord): void {
  if (typeof document === "string") return;
  const { issuer, syndicatedFrom, datePublished, dateCertainty, standingNote, ...rest } = document;
  writer.add("source_document", {
    id: writer.owner,
    ...rest,
    ...bounds("date", datePublished),
    date_certainty: certaintyOf(datePublished, dateCertainty),
    standing_note: standingNote,
    issuer_id: writer.id("organization", issuer),
    syndicated_from_id: writer.id("document", syndicatedFrom),
  });
}

function addNouns(writer: RowWriter, record: SourceRecord): void {
  const owner_id = writer.owner;
  for (const item of record.organizations) {
    const { slug, name, identifiers } = item;
    const id = idBySlugs("organization", item);
    writer.add("organization", {
      id,
      slug,
      former_slugs: item.formerSlugs,
      name,
      identifiers,
      owner_id,
    });
  }
  for (const item of record.people) {
    const { slug, name, identifiers } = item;
    writer.add("person", {
      id: idBySlugs("person", item),
      slug,
      former_slugs: item.formerSlugs,
      name,
      sort_name: item.sortName,
      other_names: item.otherNames,
      identifiers,
      owner_id,
    });
  }
  for (const item of record.places) {
    const { slug, name, identifiers } = item;
    writer.add("place", {
      id: idBySlugs("place", item),
      slug,
      former_slugs: item.formerSlugs,
      name,
      identifiers,
      country_code: item.country,
      owner_id,
    });
  }
  for (const { slug, label } of record.topics) {
    writer.add("statement_topic", { id: idOf("topic", slug), slug, label, owner_id });
  }
}

function addTenures(writer: RowWriter, record: SourceRecord): void {
  for (const tenure of record.tenures) {
    const id = idOf("tenure", tenure.key);
    writer.add("tenure", {
      id,
      key: tenure.key,
      title: tenure.title,
      ...bounds("start", tenure.startDate),
      ...bounds("end", tenure.endDate),
      ongoing: tenure.ongoing,
      certainty: tenure.certainty ?? "STATED",
      person_id: writer.id("person", tenure.person),
      country_code: tenure.country,
      accredited_to_code: tenure.accreditedTo,
      organization_id: writer.id("organization", tenure.organization),
      owner_id: writer.owner,
    });
    writer.citations("tenure", id, tenure.citations);
  }
}

function addMeeting(writer: RowWriter, meeting: SourceRecord["meetings"][number]): void {
  const id = idBySlugs("meeting", meeting);
  const placeIds = meeting.places.map((slug) => writer.id("place", slug));
  const dated = meeting.startDate ?? meeting.endDate;
  const placed = meeting.places[0] ?? meeting.placeCountry;
  writer.add("meeting", {
    id,
    slug: meeting.slug,
    former_slugs: meeting.formerSlugs,
    title: meeting.title,
    kind: meeting.kind,
    status: meeting.status,
    mode: meeting.mode,
    coverage: meeting.coverage,
    ...bounds("start", meeting.startDate),
    ...bounds("end", meeting.endDate),
    date_certainty: certaintyOf(dated, meeting.dateCertainty),
    place_id: placeIds.length === 1 ? placeIds[0] : null,
    place_country_code: meeting.placeCountry,
    place_certainty: certaintyOf(placed, meeting.placeCertainty),
    convener_id: writer.id("organization", meeting.convener),
    parent_id: writer.id("meeting", meeting.parent),
    parent_relation: meeting.parentRelation,
    owner_id: writer.owner,
  });
  placeIds.forEach((place_id, position) =>
    writer.add("meeting_place", { meeting_id: id, position, place_id }),
  );
  writer.citations("meeting", id, meeting.citations);
  meeting.participations.forEach((participation, position) => {
    const side = writer.sideKey(participation);
    const participationId = idOf(
      "participation",
      `${writer.firstKey("meeting", meeting.slug)}/${side}`,
    );
    writer.add("participation", {
      id: participationId,
      meeting_id: id,
      position,
      ...writer.side(participation),
      role: participation.role,
      owner_id: writer.owner,
    });
    writer.citations("participation", participationId, participation.citations);
  });
}

function addAgreements(writer: RowWriter, record: SourceRecord): void {
  for (const agreement of record.agreements) {
    const id = idBySlugs("agreement", agreement);
    writer.add("agreement", {
      id,
      slug: agreement.slug,
      former_slugs: agreement.formerSlugs,
      title: agreement.title,
      kind: agreement.kind,
      ...bounds("date", agreement.date),
      signed_at_id: writer.id("meeting", agreement.signedAt),
      exchanged_at_id: writer.id("meeting", agreement.exchangedAt),
      owner_id: writer.owner,
    });
    agreement.parties.forEach((party, position) =>
      writer.add("agreement_party", {
        agreement_id: id,
        position,
        country_code: party.country,
        organization_id: writer.id("organization", party.organization),
        certainty: party.certainty ?? "STATED",
      }),
    );
    writer.citations("agreement", id, agreement.citations);
  }
}

import { idOf } from "../record.ids.js";
import type { SourceRecord } from "../record.format.js";
import { idBySlugs, type KnownIds } from "./record.known.js";
import { bounds, certaintyOf, type Mention, RowWriter } from "./record.row-writer.js";
import { addStatement } from "./record.statement-rows.js";
import { flatParts } from "./record.tables.js";

/** What a checked record says, item by item. */
export function mentionsIn(record: SourceRecord, known: KnownIds): Mention[] {
  const writer = new RowWriter(record, known);
  addDocument(writer, record);
  addNouns(writer, record);
  record.tenures.forEach((tenure, i) => addTenure(writer, tenure, i));
  record.meetings.forEach((meeting, i) => addMeeting(writer, meeting, i));
  record.agreements.forEach((agreement, i) => addAgreement(writer, agreement, i));
  record.statements.forEach((statement, i) => addStatement(writer, record, statement, i));
  return writer.mentions;
}

function addDocument(writer: RowWriter, { document }: SourceRecord): void {
  if (typeof document === "string") return;
  writer.add(["document"], "source_document", writer.owner, {
    key: document.key,
    kind: document.kind,
    title: document.title ?? null,
    publisher: document.publisher ?? null,
    url: document.url ?? null,
    language: document.language,
    dateline: document.dateline ?? null,
    ...bounds("date", document.datePublished),
    date_certainty: certaintyOf(document.datePublished, document.dateCertainty),
    licence: document.licence ?? null,
    version: document.version ?? null,
    sha256: document.sha256 ?? null,
    standing: document.standing,
    standing_note: document.standingNote ?? null,
    issuer_id: writer.id("organization", document.issuer),
    syndicated_from_id: writer.id("document", document.syndicatedFrom),
  });
}

function addNouns(writer: RowWriter, record: SourceRecord): void {
  for (const [i, item] of record.organizations.entries()) {
    const { slug, formerSlugs: former_slugs, name, identifiers } = item;
    const row = { slug, former_slugs, name, identifiers };
    writer.add(["organizations", i], "organization", idBySlugs("organization", item), row);
  }
  for (const [i, item] of record.people.entries()) {
    const { slug, formerSlugs: former_slugs, name, identifiers } = item;
    writer.add(["people", i], "person", idBySlugs("person", item), {
      slug,
      former_slugs,
      name,
      sort_name: item.sortName,
      other_names: item.otherNames,
      identifiers,
    });
  }
  for (const [i, item] of record.places.entries()) {
    const { slug, formerSlugs: former_slugs, name, identifiers, country } = item;
    const row = { slug, former_slugs, name, identifiers, country_code: country ?? null };
    writer.add(["places", i], "place", idBySlugs("place", item), row);
  }
  for (const [i, { slug, label }] of record.topics.entries()) {
    writer.add(["topics", i], "statement_topic", idOf("topic", slug), { slug, label });
  }
}

function addTenure(writer: RowWriter, tenure: SourceRecord["tenures"][number], i: number): void {
  const id = idOf("tenure", tenure.key);
  writer.add(["tenures", i], "tenure", id, {
    key: tenure.key,
    title: tenure.title,
    ...bounds("start", tenure.startDate),
    ...bounds("end", tenure.endDate),
    ongoing: tenure.ongoing,
    certainty: tenure.certainty ?? "STATED",
    person_id: writer.id("person", tenure.person),
    country_code: tenure.country ?? null,
    accredited_to_code: tenure.accreditedTo ?? null,
    organization_id: writer.id("organization", tenure.organization),
  });
  writer.citations(["tenures", i], "tenure", id, tenure.citations);
}

function addMeeting(writer: RowWriter, meeting: SourceRecord["meetings"][number], i: number): void {
  const id = idBySlugs("meeting", meeting);
  const placed = meeting.places[0] ?? meeting.placeCountry;
  const places = meeting.places.map((slug) => ({ place_id: writer.id("place", slug) }));
  writer.add(["meetings", i], "meeting", id, {
    slug: meeting.slug,
    former_slugs: meeting.formerSlugs,
    title: meeting.title,
    kind: meeting.kind,
    status: meeting.status ?? null,
    mode: meeting.mode ?? null,
    coverage: meeting.coverage,
    ...bounds("start", meeting.startDate),
    ...bounds("end", meeting.endDate),
    date_certainty: certaintyOf(meeting.startDate ?? meeting.endDate, meeting.dateCertainty),
    ...flatParts("meeting_place", places),
    place_country_code: meeting.placeCountry ?? null,
    place_certainty: certaintyOf(placed, meeting.placeCertainty),
    convener_id: writer.id("organization", meeting.convener),
    parent_id: writer.id("meeting", meeting.parent),
    parent_relation: meeting.parentRelation ?? null,
  });
  writer.citations(["meetings", i], "meeting", id, meeting.citations);
  for (const [position, participation] of meeting.participations.entries()) {
    const path = ["meetings", i, "participations", position];
    const side = writer.sideKey(participation);
    const own = idOf("participation", `${writer.firstKey("meeting", meeting.slug)}/${side}`);
    writer.add(path, "participation", own, {
      meeting_id: id,
      position,
      ...writer.side(participation),
      role: participation.role,
    });
    writer.citations(path, "participation", own, participation.citations);
  }
}

function addAgreement(
  writer: RowWriter,
  agreement: SourceRecord["agreements"][number],
  i: number,
): void {
  const id = idBySlugs("agreement", agreement);
  const parties = agreement.parties.map((party) => ({
    country_code: party.country ?? null,
    organization_id: writer.id("organization", party.organization),
    certainty: party.certainty ?? "STATED",
  }));
  writer.add(["agreements", i], "agreement", id, {
    slug: agreement.slug,
    former_slugs: agreement.formerSlugs,
    title: agreement.title,
    kind: agreement.kind,
    ...bounds("date", agreement.date),
    signed_at_id: writer.id("meeting", agreement.signedAt),
    exchanged_at_id: writer.id("meeting", agreement.exchangedAt),
    ...flatParts("agreement_party", parties),
  });
  writer.citations(["agreements", i], "agreement", id, agreement.citations);
}

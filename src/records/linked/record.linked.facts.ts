import type { Citations } from "./record.linked.citations.js";
import {
  compact,
  dateValue,
  factsOf,
  iri,
  inLanguage,
  type Node,
  term,
} from "./record.linked.context.js";
import { derivedFrom, named, namedCountry } from "./record.linked.nouns.js";
import type {
  AgreementRow,
  CitationRow,
  MeetingRow,
  PartyRow,
  SideRow,
  StatementRow,
  TenureRow,
} from "./record.linked.rows.js";

/** What proves a fact: its citations, and the documents that they are of. */
async function proofOf(citations: readonly CitationRow[], to: Citations): Promise<Node> {
  return {
    "prov:wasDerivedFrom": derivedFrom(citations.map(({ documentId }) => documentId)),
    citations: await to.nodes(citations),
  };
}

const person = (item: PartyRow["person"]) => named("schema:Person", item);
const organization = (item: PartyRow["organization"]) => named("schema:Organization", item);
const day = (date: string | null) => date && dateValue(date);

/** A participant or speaker, as a Role of schema.org, which repeats the property that it stands in. */
async function sideNode(property: string, side: SideRow, to: Citations): Promise<Node> {
  return compact({
    id: iri(side.id),
    type: "schema:Role",
    "schema:description": side.description,
    "cq:role": term(side.role ?? null),
    citations: await to.nodes(side.citations),
    ...factsOf(iri(side.id), [
      [property, person(side.person), side.personCertainty],
      ["cq:onBehalfOf", namedCountry(side.country), side.countryCertainty],
      ["cq:onBehalfOf", organization(side.organization), side.organizationCertainty],
    ]),
  });
}

/** An addressee or a party, of which only that it is one has a certainty. */
function partyNode(property: string, { person: who, country, organization: body }: PartyRow): Node {
  const sides = [namedCountry(country), organization(body)].filter((one) => one !== undefined);
  const someone = person(who);
  if (!someone && sides.length === 1) return sides[0]!;
  return compact({ type: "schema:Role", [property]: someone, "cq:onBehalfOf": sides });
}

/** An office that somebody held. */
export async function tenureNode(tenure: TenureRow, to: Citations): Promise<Node> {
  const { id, certainty } = tenure;
  return compact({
    id: iri(id),
    type: ["schema:Role", "cq:Tenure", "prov:Entity"],
    "cq:certainty": term(certainty),
    "cq:ongoing": tenure.ongoing || null,
    ...(await proofOf(tenure.citations, to)),
    ...factsOf(iri(id), [
      ["schema:roleName", tenure.title, certainty],
      ["cq:heldBy", person(tenure.person), certainty],
      ["cq:onBehalfOf", namedCountry(tenure.country), certainty],
      ["cq:onBehalfOf", organization(tenure.organization), certainty],
      ["cq:accreditedTo", namedCountry(tenure.accreditedTo), certainty],
      ["schema:startDate", day(tenure.startDate), certainty],
      ["schema:endDate", day(tenure.endDate), certainty],
    ]),
  });
}

const MODES: Readonly<Record<string, string>> = {
  IN_PERSON: "schema:OfflineEventAttendanceMode",
  CALL: "schema:OnlineEventAttendanceMode",
  VIDEO: "schema:OnlineEventAttendanceMode",
  HYBRID: "schema:MixedEventAttendanceMode",
};

const time = (hours: string | null) => hours && { "@value": `${hours}:00`, "@type": "xsd:time" };

/** A meeting with who took part in it. */
export async function meetingNode(meeting: MeetingRow, to: Citations): Promise<Node> {
  const { id, places, placeCertainty, dateCertainty, mode, status, parentRelation } = meeting;
  const parent = named("schema:Event", meeting.parent);
  const attendees = (meeting.participations ?? []).map((one) =>
    sideNode("schema:attendee", one, to),
  );
  return compact({
    id: iri(id),
    type: ["schema:Event", "prov:Entity"],
    "schema:identifier": meeting.slug,
    "schema:name": inLanguage(meeting.title, "en"),
    "cq:kind": term(meeting.kind),
    "cq:coverage": term(meeting.coverage),
    "cq:status": term(status),
    "schema:eventStatus": status === "CANCELLED" ? { id: "schema:EventCancelled" } : null,
    "cq:mode": term(mode),
    "schema:eventAttendanceMode": mode === null ? null : { id: MODES[mode] },
    "schema:organizer": organization(meeting.convener),
    [parentRelation === "PART_OF" ? "schema:superEvent" : "cq:onSidelinesOf"]: parent,
    "schema:attendee": await Promise.all(attendees),
    ...(await proofOf(meeting.citations, to)),
    ...factsOf(iri(id), [
      ["schema:startDate", day(meeting.startDate), dateCertainty],
      ["schema:endDate", day(meeting.endDate), dateCertainty],
      ["cq:startTime", time(meeting.startTime), dateCertainty ?? "STATED"],
      ["cq:endTime", time(meeting.endTime), dateCertainty ?? "STATED"],
      ...(places ?? []).map(
        (place) => ["schema:location", named("schema:Place", place), placeCertainty] as const,
      ),
      ["schema:location", namedCountry(meeting.placeCountry), placeCertainty],
    ]),
  });
}

/** An agreement. */
export async function agreementNode(agreement: AgreementRow, to: Citations): Promise<Node> {
  const { id, parties } = agreement;
  return compact({
    id: iri(id),
    type: ["schema:CreativeWork", "cq:Agreement", "prov:Entity"],
    "schema:identifier": agreement.slug,
    "schema:name": inLanguage(agreement.title, "en"),
    "cq:kind": term(agreement.kind),
    "schema:dateCreated": day(agreement.date),
    "cq:signedAt": named("schema:Event", agreement.signedAt),
    "cq:exchangedAt": named("schema:Event", agreement.exchangedAt),
    ...(await proofOf(agreement.citations, to)),
    ...factsOf(
      iri(id),
      (parties ?? []).map((party) => ["cq:party", partyNode("cq:party", party), party.certainty]),
    ),
  });
}

/** What statements are to others. */
const RELATIONS: Readonly<Record<string, string>> = {
  CORRECTS: "prov:wasRevisionOf",
  TRANSLATES: "schema:translationOfWork",
  REPEATS: "cq:repeats",
  RESPONDS_TO: "cq:respondsTo",
  CONTRADICTS: "cq:contradicts",
};

/** A statement. Only VERBATIM words are a Quotation; a summary is an abstract, not what was said. */
export async function statementNode(statement: StatementRow, to: Citations): Promise<Node> {
  const { id, form, language, placeCertainty, audience } = statement;
  const isQuoted = form === "VERBATIM";
  const speakers = statement.speakers.map((one) => sideNode("schema:creator", one, to));
  return compact({
    id: iri(id),
    type: [isQuoted ? "schema:Quotation" : "schema:CreativeWork", "cq:Statement", "prov:Entity"],
    "schema:identifier": statement.key,
    [form === "REPORTED" ? "schema:abstract" : "schema:text"]: inLanguage(statement.text, language),
    "cq:form": term(form),
    "cq:speech": term(statement.speech),
    "cq:originalLanguage": statement.originalLanguage,
    "cq:joint": statement.joint,
    "schema:creator": await Promise.all(speakers),
    "schema:recordedAt": named("schema:Event", statement.meeting),
    "schema:audience": audience && { type: "schema:Audience", "schema:audienceType": audience },
    "schema:about": (statement.topics ?? []).map((topic) => ({
      id: iri(topic.id),
      type: "skos:Concept",
      "skos:prefLabel": inLanguage(topic.name!, "en"),
    })),
    "cq:standing": term(statement.standing),
    "cq:standingNote": statement.standingNote,
    ...relationsOf(statement),
    ...(await proofOf(statement.citations, to)),
    ...factsOf(iri(id), [
      ["schema:dateCreated", day(statement.date), statement.dateCertainty],
      ["schema:locationCreated", named("schema:Place", statement.place), placeCertainty],
      ["schema:locationCreated", namedCountry(statement.placeCountry), placeCertainty],
      ...(statement.addressees ?? []).map(
        (one) => ["schema:recipient", partyNode("schema:recipient", one), one.certainty] as const,
      ),
    ]),
  });
}

function relationsOf({ relations }: StatementRow): Node {
  const node: Record<string, Node[]> = {};
  for (const { kind, otherId } of relations ?? [])
    (node[RELATIONS[kind]!] ??= []).push({ id: iri(otherId) });
  return node;
}

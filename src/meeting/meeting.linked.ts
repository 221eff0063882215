import { referenceToCountry } from "../country/country.linked.js";
import { referenceToOrganization } from "../organization/organization.linked.js";
import { SIDE, sideNodes } from "../person/side.linked.js";
import { referenceToPlace } from "../place/place.linked.js";
import { citationsOf } from "../records/linked/record.linked.citations.js";
import { columnsOf, list, referenceTo } from "../records/linked/record.linked.columns.js";
import { dateValue, factsOf, inLanguage, term } from "../records/linked/record.linked.context.js";
import { linkedNoun } from "../records/linked/record.linked.noun.js";
import { Meeting } from "./meeting.entity.js";
import { MeetingMode, MeetingStatus, ParentRelation } from "./meeting.enums.js";
import { Participation } from "./participation.entity.js";

const TYPE = "schema:Event";

/** A reference to the meeting with this id. */
export const referenceToMeeting = referenceTo(Meeting, TYPE, "title");

const MODES: Readonly<Record<MeetingMode, string>> = {
  [MeetingMode.IN_PERSON]: "schema:OfflineEventAttendanceMode",
  [MeetingMode.CALL]: "schema:OnlineEventAttendanceMode",
  [MeetingMode.VIDEO]: "schema:OnlineEventAttendanceMode",
  [MeetingMode.HYBRID]: "schema:MixedEventAttendanceMode",
};

const time = (hours: string | null) => hours && { "@value": `${hours}:00`, "@type": "xsd:time" };

/** How a meeting, with who took part in it, is written as JSON-LD. */
export const linkedMeeting = linkedNoun(Meeting, {
  citedBy: "meeting_id",
  columns: {
    places: list(
      { place: referenceToPlace("p.place_id") },
      "meeting_place p WHERE p.meeting_id = x.id",
      "p.position",
    ),
    placeCountry: referenceToCountry("x.place_country_code"),
    convener: referenceToOrganization("x.convener_id"),
    parent: referenceToMeeting("x.parent_id"),
    participations: list(
      {
        ...columnsOf(Participation, "s"),
        ...SIDE,
        citations: citationsOf("participation_id", "s.id"),
      },
      "participation s WHERE s.meeting_id = x.id",
      "s.position, s.id",
    ),
    citations: citationsOf("meeting_id", "x.id"),
  },
  node: async ({ id, status, mode, dateCertainty, placeCertainty, ...meeting }, citations) => ({
    type: [TYPE, "prov:Entity"],
    "schema:identifier": meeting.slug,
    "schema:name": inLanguage(meeting.title, "en"),
    "cq:kind": term(meeting.kind),
    "cq:coverage": term(meeting.coverage),
    "cq:status": term(status),
    "schema:eventStatus":
      status === MeetingStatus.CANCELLED ? { id: "schema:EventCancelled" } : null,
    "cq:mode": term(mode),
    "schema:eventAttendanceMode": mode === null ? null : { id: MODES[mode] },
    "schema:organizer": meeting.convener,
    [meeting.parentRelation === ParentRelation.PART_OF ? "schema:superEvent" : "cq:onSidelinesOf"]:
      meeting.parent,
    "schema:attendee": await sideNodes("schema:attendee", meeting.participations, citations),
    ...(await citations.proof(meeting.citations)),
    ...factsOf(id, [
      ["schema:startDate", dateValue(meeting.startDate), dateCertainty],
      ["schema:endDate", dateValue(meeting.endDate), dateCertainty],
      ["cq:startTime", time(meeting.startTime), dateCertainty ?? "STATED"],
      ["cq:endTime", time(meeting.endTime), dateCertainty ?? "STATED"],
      ...meeting.places.map(({ place }) => ["schema:location", place, placeCertainty] as const),
      ["schema:location", meeting.placeCountry, placeCertainty],
    ]),
  }),
});

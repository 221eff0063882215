import { z } from "zod";
import { country } from "../country/country.field.js";
import { certainty, date, optional, reference, value } from "../records/record.fields.js";
import { entries, recordItem } from "../records/record.item.js";
import { recordedDepth } from "../records/record.depth.js";
import { slugs } from "../records/record.naming.js";
import { KEY, keys, recordPart } from "../records/record.parts.js";
import { partRows } from "../records/record.row.js";
import { entriesOrNone, slug, text } from "../records/record.values.js";
import { citations } from "../source/citation.record.js";
import type { MeetingPlace } from "./meeting-place.entity.js";
import type { Meeting } from "./meeting.entity.js";
import {
  MeetingCoverage,
  MeetingKind,
  MeetingMode,
  MeetingStatus,
  ParentRelation,
} from "./meeting.enums.js";
import { participation } from "./participation.record.js";

const place = recordPart<MeetingPlace>()({
  table: "meeting_place",
  container: "meetingId",
  key: ["meetingId", "placeId"],
  managed: ["meetingId", "position"],
  fields: { [KEY]: reference("place", "placeId", "Slug of the place.") },
});

const timeOfDay = () =>
  z.string().regex(/^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/, "expected hh:mm, from 00:00 to 23:59");

/** The record format of a meeting. */
export const meeting = recordItem<Meeting>()({
  noun: "meeting",
  type: "MEETING",
  typename: "Meeting",
  table: "meeting",
  fields: {
    ...slugs("Names the meeting in this and other records: `admm-plus-2024`."),
    title: value("title", text(), "What lists call it, in the record's own words."),
    kind: value("kind", z.enum(MeetingKind), "What sort of event it is."),
    status: optional(
      "status",
      z.enum(MeetingStatus),
      "Whether it took place, where that is known.",
    ),
    mode: optional("mode", z.enum(MeetingMode), "In person or from afar, where that is known."),
    coverage: value(
      "coverage",
      z.enum(MeetingCoverage),
      "REPORTED: the document is about it. REFERRED_TO: it is only mentioned.",
    ),
    startDate: date("startFrom", "startTo", "Its first day."),
    endDate: date("endFrom", "endTo", "Its last day, where it took several.", "startDate"),
    dateCertainty: certainty("dateCertainty", "the dates", ["startDate", "endDate"]),
    startTime: optional(
      "startTime",
      timeOfDay(),
      "When it began, on its first day: local time at its place.",
    ),
    endTime: optional(
      "endTime",
      timeOfDay(),
      "When it ended, on its last day: local time at its place.",
    ),
    places: keys(place, entriesOrNone(slug()).describe("Slugs of the places where it was held.")),
    placeCountry: country(
      "placeCountryCode",
      "The country of that date, as the document gives it; may be known alone.",
    ),
    placeCertainty: certainty("placeCertainty", "the place", ["places", "placeCountry"]),
    convener: reference("organization", "convenerId", "Slug of the organization that holds it."),
    parent: reference("meeting", "parentId", "Slug of the meeting above it."),
    parentRelation: optional(
      "parentRelation",
      z.enum(ParentRelation),
      "Whether it is part of its parent or on its sidelines.",
    ),
    participations: entries(
      participation,
      "meetingId",
      entriesOrNone(participation.schema).describe("Who took part, one entry each."),
    ),
    citations: citations("meetingId"),
  },
  together: [
    ["parent", "parentRelation"],
    ["startTime", "endTime"],
  ],
  computed: ["dateFrom", "dateUntil", "lineage", "newest", "recordedIn", "changedIn"],
  derived: ["placeId"],
  derive: (row) => {
    const places = partRows("meeting_place", row);
    return { place_id: places.length === 1 ? places[0]!.place_id : null };
  },
  depth: recordedDepth("meeting"),
  constraints: {
    meeting_dates: [
      "reversed-dates",
      "with the dates on record, a meeting would end before it starts",
    ],
  },
});

import { SQL } from "../db/sql-text.js";
import { countedOf, keptCount } from "../query/kept-counts.js";
import type { List } from "../query/list.js";
import { nameRelevance, onlyOrder } from "../query/ordering.js";
import { Meeting } from "./meeting.entity.js";
import { MEETING_FACETS, type MeetingFacet } from "./meeting.facets.js";
import type { MeetingFilter } from "./meeting.filter.js";
import type { MeetingOrder } from "./meeting.order.js";
import { MEETING_ORDERINGS } from "./meeting.order.js";
import {
  MEETING_CRITERIA,
  MEETING_ITEM,
  type MeetingParent,
  whereMeeting,
} from "./meeting.where.js";
import { Participation } from "./participation.entity.js";

/** All meetings, or those of a parent. */
export const MEETINGS: List<Meeting, MeetingParent, MeetingFilter, MeetingOrder, MeetingFacet> = {
  field: "meetings",
  fieldOf: { Meeting: "children" },
  entity: Meeting,
  item: MEETING_ITEM,
  criteria: MEETING_CRITERIA,
  conditions: whereMeeting,
  orderings: MEETING_ORDERINGS,
  relevance: (query) => nameRelevance("MEETING", "m.id", query),
  facets: MEETING_FACETS,
  slugs: {
    people: { noun: "person", instead: "organizations" },
    allPeople: { noun: "person", instead: "organizations" },
    organizations: { noun: "organization", instead: "people" },
  },
  keptCounts: {
    Query: keptCount("meeting"),
    Person: countedOf("meetings"),
    Country: keptCount("meeting_of_country"),
    Place: keptCount("meeting_at_place"),
    Organization: keptCount("meeting_of_organization"),
  },
  keptYears: {
    Query: "meeting",
    Person: "meeting_of_person",
    Country: "meeting_of_country",
    Place: "meeting_at_place",
    Organization: "meeting_of_organization",
  },
};

/** The participations of a meeting, in the order of the record. */
export const PARTICIPATIONS: List<Participation, "Meeting"> = {
  field: "participations",
  entity: Participation,
  item: { table: "participation", alias: "p" },
  orderings: onlyOrder(
    "POSITION",
    { sql: "p.position", type: "int" },
    { sql: "p.id", type: "uuid" },
  ),
  conditions: (where) => where.and(SQL`p.meeting_id = parent.id`),
};

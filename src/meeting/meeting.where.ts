import { raw, SQL } from "../db/sql-text.js";
import { idsOfNames, idsOfSlugs as idsOf, type Where } from "../query/where.js";
import {
  type Criterion,
  idsOfDocuments,
  idsOfSlugs,
  type ListedBy,
  type ListSource,
} from "../query/list-source.js";
import { overlaps } from "../scalars/date-range.js";
import { madeWithin } from "../scalars/time-range.js";
import type { MeetingFilter } from "./meeting.filter.js";
import { whereInRoles } from "./meeting.roles.js";

/** The types with a list of meetings; for a Meeting, its children. */
export type MeetingParent =
  "Person" | "Country" | "Place" | "Organization" | "Meeting" | "SourceDocument";

/** The table of meetings. */
export const MEETING_ITEM = {
  table: "meeting",
  alias: "m",
  id: "meeting_id",
  keys: ["newest"],
  ownKeys: ["recorded_in"],
};

/** The criteria for meetings, in the order of how few a value is likely to have. */
export const MEETING_CRITERIA: readonly Criterion<MeetingParent, MeetingFilter>[] = [
  {
    parent: "SourceDocument",
    filter: "documents",
    table: "meeting_in_document",
    column: "document_id",
    idsOf: idsOfDocuments,
  },
  { parent: "Meeting", filter: "parents", column: "parent_id", idsOf: idsOfSlugs("meeting") },
  {
    parent: "Person",
    filter: "people",
    all: "allPeople",
    table: "meeting_of_person",
    column: "person_id",
    idsOf: idsOfSlugs("person"),
  },
  {
    parent: "Organization",
    filter: "organizations",
    table: "meeting_of_organization",
    column: "organization_id",
    idsOf: idsOfSlugs("organization"),
  },
  {
    parent: "Place",
    filter: "places",
    table: "meeting_at_place",
    column: "place_id",
    idsOf: idsOfSlugs("place"),
  },
  {
    parent: "Country",
    filter: "participantCountries",
    all: "allParticipantCountries",
    table: "meeting_of_country",
    column: "country_code",
  },
  { filter: "placeCountries", column: "place_country_code" },
];

/** Adds the conditions of the other filters on meetings `m`. */
export function whereMeeting(
  where: Where,
  filter: MeetingFilter | null | undefined,
  { source, parent }: ListedBy<MeetingParent>,
): void {
  const stated = filter?.statedOnly ? "= 'STATED'" : "";
  if (stated && (parent === "Place" || filter?.places || filter?.placeCountries)) {
    where.and(raw(`m.place_certainty ${stated}`));
  }
  if (filter) whereFiltered(where, filter, source, stated);
  if (filter?.roles) whereInRoles(where, filter, source.keys.id!, parent);
}

function whereFiltered(
  where: Where,
  filter: MeetingFilter,
  { keys }: ListSource,
  stated: string,
): void {
  if (filter.slugs) {
    where.and(SQL`${raw(keys.id!)} IN (${idsOf("meeting", filter.slugs)})`);
  }
  if (typeof filter.text === "string") {
    const named = idsOfNames("MEETING", where.words(filter.text), "uuid");
    where.and(SQL`${raw(keys.id!)} IN (${named})`);
  }
  where.isOneOf("m.parent_relation", filter.parentRelations, "parent_relation");
  if (filter.within) {
    where.and(SQL`m.lineage && ARRAY(${idsOf("meeting", filter.within)})`);
  }
  if (filter.date) {
    overlaps(where, filter.date, { id: keys.id!, newest: keys.newest!, table: "meeting" });
    if (stated) where.and(raw(`m.date_certainty ${stated}`));
  }
  if (filter.recordedAt) madeWithin(where, "m.recorded_in", filter.recordedAt);
  if (filter.changedAt) madeWithin(where, "m.changed_in", filter.changedAt);
  where.isOneOf("m.kind", filter.kinds, "meeting_kind");
  where.isOneOf("m.status", filter.statuses, "meeting_status");
  where.isOneOf("m.mode", filter.modes, "meeting_mode");
  where.isOneOf("m.coverage", filter.coverages, "meeting_coverage");
}

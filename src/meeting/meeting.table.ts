import type { Where } from "../db/where.js";
import type { Listing } from "../paging/list-table.js";
import type { MeetingFilter, MeetingParent } from "./meeting.filter.js";

/** What a meeting is called where lists are read. */
export const MEETING_ITEM = { table: "meeting", row: "m", id: "meeting_id", keys: ["newest"] };

const slugsOf =
  (table: "person" | "place" | "organization" | "meeting") =>
  (where: Where, slugs: readonly string[]) =>
    where.idsOfSlugs(table, slugs);

/** What meetings are listed under, that first which most likely has the fewest. */
export const MEETING_LISTINGS: readonly Listing<MeetingParent, MeetingFilter>[] = [
  { parent: "SourceDocument", table: "meeting_in_document", column: "document_id" },
  { parent: "Meeting", filter: "parents", column: "parent_id", idsOf: slugsOf("meeting") },
  {
    parent: "Person",
    filter: "people",
    table: "meeting_of_person",
    column: "person_id",
    idsOf: slugsOf("person"),
  },
  {
    parent: "Organization",
    filter: "organizations",
    table: "meeting_of_organization",
    column: "organization_id",
    idsOf: slugsOf("organization"),
  },
  {
    parent: "Place",
    filter: "places",
    table: "meeting_at_place",
    column: "place_id",
    idsOf: slugsOf("place"),
  },
  {
    parent: "Country",
    filter: "participantCountries",
    table: "meeting_of_country",
    column: "country_code",
  },
  { filter: "placeCountries", column: "place_country_code" },
];

import type { Where } from "../db/where.js";
import type { Listing } from "../paging/list-table.js";
import type { StatementFilter, StatementParent } from "./statement.filter.js";

/** What a statement is called where lists are read. */
export const STATEMENT_ITEM = {
  table: "statement",
  row: "s",
  id: "statement_id",
  keys: ["newest", "told"],
};

const slugsOf =
  (table: "person" | "place" | "organization" | "meeting") =>
  (where: Where, slugs: readonly string[]) =>
    where.idsOfSlugs(table, slugs);

/** What statements are listed under, that first which most likely has the fewest. */
export const STATEMENT_LISTINGS: readonly Listing<StatementParent, StatementFilter>[] = [
  {
    parent: "Person",
    filter: "speakers",
    table: "statement_of_person",
    column: "person_id",
    copied: ["place_id", "place_country_code"],
    idsOf: slugsOf("person"),
  },
  {
    filter: "addressees",
    table: "statement_to_person",
    column: "person_id",
    idsOf: slugsOf("person"),
  },
  { parent: "Meeting", filter: "meetings", column: "meeting_id", idsOf: slugsOf("meeting") },
  { parent: "SourceDocument", table: "statement_in_document", column: "document_id" },
  {
    parent: "Organization",
    filter: "speakerOrganizations",
    table: "statement_of_organization",
    column: "organization_id",
    idsOf: slugsOf("organization"),
  },
  {
    filter: "topics",
    table: "statement_on_topic",
    column: "topic_id",
    idsOf: (where, slugs) =>
      `SELECT id FROM statement_topic WHERE slug = ANY (${where.bound(slugs, "text[]")})`,
  },
  { parent: "Place", filter: "places", column: "place_id", idsOf: slugsOf("place") },
  {
    parent: "Country",
    filter: "speakerCountries",
    table: "statement_of_country",
    column: "country_code",
  },
  { filter: "addresseeCountries", table: "statement_to_country", column: "country_code" },
  { filter: "placeCountries", column: "place_country_code" },
];

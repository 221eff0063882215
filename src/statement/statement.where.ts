import type { Where } from "../query/where.js";
import { NEWEST, type Ordering } from "../query/ordering.js";
import { type Listing, type ListSource, listSource, slugsOf } from "../query/list-table.js";
import { overlaps } from "../scalars/date-range.js";
import { isUuid } from "../scalars/text.js";
import { RecordStanding } from "../source/source.enums.js";
import type { StatementFilter } from "./statement.filter.js";

/** The types that have a list of their statements. */
export type StatementParent =
  "Person" | "Country" | "Place" | "Organization" | "Meeting" | "SourceDocument";

/** What a statement is called where lists are read. */
const STATEMENT_ITEM = {
  table: "statement",
  row: "s",
  id: "statement_id",
  keys: ["newest", "told"],
};

/** What statements are listed under, that first which most likely has the fewest. */
const STATEMENT_LISTINGS: readonly Listing<StatementParent, StatementFilter>[] = [
  {
    parent: "Person",
    filter: "speakers",
    all: "allSpeakers",
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
    all: "allSpeakerCountries",
    table: "statement_of_country",
    column: "country_code",
  },
  { filter: "addresseeCountries", table: "statement_to_country", column: "country_code" },
  { filter: "placeCountries", column: "place_country_code" },
];

/**
 * Where the statements `s` of a parent and a filter are read from; adds the filter's conditions. Retracted ones are left out
 * unless asked for.
 */
export function whereStatement(
  where: Where,
  filter: StatementFilter | null | undefined,
  parent?: StatementParent,
  ordering?: Ordering,
): ListSource {
  const stated = filter?.statedOnly ? "= 'STATED'" : "";
  const source = listSource(where, STATEMENT_ITEM, STATEMENT_LISTINGS, {
    parent,
    filter,
    statedOnly: Boolean(stated),
  });
  if (filter?.standings?.includes(RecordStanding.RETRACTED)) {
    // Retracted ones have no keys of their own.
    source.keys.newest = "newest_key(s.date_from, s.date_until)";
    source.keys.told = "told_key(s.told_on, s.told_in_id, s.position)";
  } else {
    // By the key of the list's order, so that no index made for another order is taken for it.
    where.and(`${isByAnother(ordering) ? source.keys.told : source.keys.newest} IS NOT NULL`);
  }
  if (stated && (parent === "Place" || filter?.places || filter?.placeCountries)) {
    where.and(`s.place_certainty ${stated}`);
  }
  if (filter) whereFiltered(where, filter, source, stated, ordering);
  return source;
}

function whereFiltered(
  where: Where,
  filter: StatementFilter,
  { keys }: ListSource,
  stated: string,
  ordering: Ordering | undefined,
): void {
  where.isOneOf("s.standing", filter.standings, "record_standing");
  where.isOneOf(keys.id!, filter.ids && uuidsIn(filter.ids), "uuid");
  if (typeof filter.text === "string") where.and(`s.words @@ ${where.words(filter.text)}`);
  if (filter.within) {
    const above = where.idsOfSlugs("meeting", filter.within);
    // An array: the planner takes a join for one with very many, and reads all statements in their order.
    where.and(
      `s.meeting_id = ANY (ARRAY(SELECT id FROM meeting WHERE lineage && ARRAY(${above})))`,
    );
  }
  if (filter.date) {
    overlaps(where, filter.date, {
      id: keys.id!,
      newest: keys.newest!,
      table: "statement",
      isByAnother: isByAnother(ordering),
    });
    if (stated) where.and(`s.date_certainty ${stated}`);
  }
  where.isOneOf("s.form", filter.forms, "statement_form");
  if (typeof filter.joint === "boolean")
    where.and(`s.joint = ${where.bound(filter.joint, "boolean")}`);
}

/** Whether the list is in another order than that of its dates. */
function isByAnother(ordering: Ordering | undefined): boolean {
  return ordering !== undefined && ordering.keys[0] !== NEWEST;
}

/** What is no UUID is the id of nothing. */
function uuidsIn(ids: string[]): string[] {
  return ids.map((id) => id.toLowerCase()).filter(isUuid);
}

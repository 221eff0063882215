import { generic, isUuid, raw, SQL } from "../db/sql-text.js";
import { idsOfSlugs as idsOf, type Where } from "../query/where.js";
import { NEWEST, type Ordering } from "../query/ordering.js";
import {
  type Criterion,
  idsOfDocuments,
  idsOfSlugs,
  type ListedBy,
  type ListSource,
} from "../query/list-source.js";
import { overlaps } from "../scalars/date-range.js";
import { madeWithin } from "../scalars/time-range.js";
import { RecordStanding } from "../source/source.enums.js";
import type { StatementFilter } from "./statement.filter.js";

/** The types with a list of statements. */
export type StatementParent =
  "Person" | "Country" | "Place" | "Organization" | "Meeting" | "SourceDocument" | "StatementTopic";

/** The table of statements. */
export const STATEMENT_ITEM = {
  table: "statement",
  alias: "s",
  id: "statement_id",
  keys: ["newest", "told"],
  ownKeys: ["recorded_in"],
};

/** The criteria for statements, in the order of how few a value is likely to have. */
export const STATEMENT_CRITERIA: readonly Criterion<StatementParent, StatementFilter>[] = [
  {
    parent: "Person",
    filter: "speakers",
    all: "allSpeakers",
    table: "statement_of_person",
    column: "person_id",
    copied: ["place_id", "place_country_code"],
    idsOf: idsOfSlugs("person"),
  },
  {
    filter: "addressees",
    table: "statement_to_person",
    column: "person_id",
    idsOf: idsOfSlugs("person"),
  },
  {
    filter: "addresseeOrganizations",
    table: "statement_to_organization",
    column: "organization_id",
    idsOf: idsOfSlugs("organization"),
  },
  { parent: "Meeting", filter: "meetings", column: "meeting_id", idsOf: idsOfSlugs("meeting") },
  {
    parent: "SourceDocument",
    filter: "documents",
    table: "statement_in_document",
    column: "document_id",
    idsOf: idsOfDocuments,
  },
  {
    parent: "Organization",
    filter: "speakerOrganizations",
    table: "statement_of_organization",
    column: "organization_id",
    idsOf: idsOfSlugs("organization"),
  },
  {
    parent: "StatementTopic",
    filter: "topics",
    table: "statement_on_topic",
    column: "topic_id",
    idsOf: (slugs) =>
      SQL`SELECT id FROM statement_topic WHERE slug = ANY (${generic(slugs, "text[]")})
        UNION SELECT root_id FROM item_as_recorded WHERE noun = 'topic' AND keys && ${generic(slugs, "text[]")}`,
  },
  { parent: "Place", filter: "places", column: "place_id", idsOf: idsOfSlugs("place") },
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

/** Adds the conditions of the other filters on statements `s`. Retracted ones are excluded unless `standings` includes them. */
export function whereStatement(
  where: Where,
  filter: StatementFilter | null | undefined,
  { source, parent, ordering }: ListedBy<StatementParent>,
): void {
  const stated = filter?.statedOnly ? "= 'STATED'" : "";
  if (filter?.standings?.includes(RecordStanding.RETRACTED)) {
    // Retracted statements have no stored order keys.
    source.keys.newest = "newest_key(s.date_from, s.date_until)";
    source.keys.told = "told_key(s.told_on, s.told_in_id, s.position)";
  } else {
    // Compares the key of the list's order, so that the planner does not choose an index for another order.
    const key = isOrderedOtherwise(ordering) ? source.keys.told : source.keys.newest;
    where.and(raw(`${key} IS NOT NULL`));
  }
  if (stated && (parent === "Place" || filter?.places || filter?.placeCountries)) {
    where.and(raw(`s.place_certainty ${stated}`));
  }
  if (filter) whereFiltered(where, filter, source, stated, ordering);
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
  if (typeof filter.text === "string") where.and(SQL`s.words @@ ${where.words(filter.text)}`);
  if (filter.within) {
    const above = idsOf("meeting", filter.within);
    // An array, since for a join the planner expects many matches, and scans all statements in list order.
    where.and(
      SQL`s.meeting_id = ANY (ARRAY(SELECT id FROM meeting WHERE lineage && ARRAY(${above})))`,
    );
  }
  if (filter.date) {
    overlaps(where, filter.date, {
      id: keys.id!,
      newest: keys.newest!,
      table: "statement",
      // A few days are looked up by the stored key, which retracted statements lack.
      isOrderedOtherwise:
        isOrderedOtherwise(ordering) && !filter.standings?.includes(RecordStanding.RETRACTED),
    });
    if (stated) where.and(raw(`s.date_certainty ${stated}`));
  }
  if (typeof filter.reportedBy === "string") {
    const words = where.words(filter.reportedBy);
    where.and(SQL`${raw(keys.id!)} IN (SELECT c.statement_id FROM citation c
      WHERE c.reported_by IS NOT NULL AND words_of('und', c.reported_by) @@ ${words})`);
  }
  if (filter.recordedAt) madeWithin(where, "s.recorded_in", filter.recordedAt);
  if (filter.changedAt) madeWithin(where, "s.changed_in", filter.changedAt);
  where.isOneOf("s.form", filter.forms, "statement_form");
  if (typeof filter.joint === "boolean")
    where.and(SQL`s.joint = ${generic(filter.joint, "boolean")}`);
}

/** Whether the list has another order than by date. */
function isOrderedOtherwise(ordering: Ordering | undefined): boolean {
  return ordering !== undefined && ordering.keys[0] !== NEWEST;
}

/** Returns the ids that are UUIDs; others match nothing. */
function uuidsIn(ids: string[]): string[] {
  return ids.map((id) => id.toLowerCase()).filter(isUuid);
}

import { Field, InputType } from "type-graphql";
import { andStated, whereAllOf } from "../db/all-of.js";
import { idsOfNames, isUneven, type Where } from "../db/where.js";
import { CountryCode } from "../scalars/country-code.js";
import { overlaps, PartialDateRange } from "../scalars/date-range.js";
import { MeetingCoverage, MeetingKind, MeetingStatus, ParentRelation } from "./meeting.enums.js";

@InputType({
  description:
    "Which meetings to list. A list means any of its values unless its name says all, an empty one matches nothing; " +
    "different fields must all hold; null is absent. Slugs may be former ones; at most 100 values a list.",
})
export class MeetingFilter {
  @Field(() => [String], { nullable: true, description: "Their slugs." })
  slugs?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Words of the title, in web-search syntax: words, "a phrase", or, -not. Accents and case do not matter; words are ' +
      "also found by their English stem. A text without words matches nothing. At most 300 characters.",
  })
  text?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: "Slugs of people, one of whom takes part.",
  })
  people?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Slugs of people who all take part." })
  allPeople?: string[] | null;

  @Field(() => [CountryCode], {
    nullable: true,
    description: "Countries, on behalf of one of which somebody takes part.",
  })
  participantCountries?: string[] | null;

  @Field(() => [CountryCode], {
    nullable: true,
    description: "Countries, on behalf of each of which somebody takes part.",
  })
  allParticipantCountries?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: "Slugs of organizations, one of which takes part or convenes it.",
  })
  organizations?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: "Slugs of meetings, one of which it is directly under.",
  })
  parents?: string[] | null;

  @Field(() => [ParentRelation], {
    nullable: true,
    description: "How it belongs to its parent; one without a parent never matches.",
  })
  parentRelations?: ParentRelation[] | null;

  @Field(() => [String], {
    nullable: true,
    description: "Slugs of meetings: each of them, and all below it at any depth.",
  })
  within?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Slugs of places, one of which it is at." })
  places?: string[] | null;

  @Field(() => [CountryCode], {
    nullable: true,
    description: "Countries of that date, in one of which it is.",
  })
  placeCountries?: string[] | null;

  @Field(() => PartialDateRange, {
    nullable: true,
    description: "When it is, from its first day to its last: any overlap counts.",
  })
  date?: PartialDateRange | null;

  @Field(() => [MeetingKind], { nullable: true, description: "Sorts of event." })
  kinds?: MeetingKind[] | null;

  @Field(() => [MeetingStatus], {
    nullable: true,
    description: "Whether it took place; one of which no document says so never matches.",
  })
  statuses?: MeetingStatus[] | null;

  @Field(() => [MeetingCoverage], {
    nullable: true,
    description: "Whether a document is about it or only mentions it.",
  })
  coverages?: MeetingCoverage[] | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description:
      "Whether every fact that this filter, or the field's parent, asks about must be STATED: the person of `people`, the place of `places`, the date of `date` … " +
      "docs/certainty.md has a table of them.",
  })
  statedOnly?: boolean | null;
}

/** The types that have a list of their meetings; of a Meeting those under it. */
export type MeetingParent =
  "Person" | "Country" | "Place" | "Organization" | "Meeting" | "SourceDocument";

const PARTICIPATIONS = { table: "participation", key: "meeting_id", of: "m.id" };
const PLACES = { ...PARTICIPATIONS, table: "meeting_place" };
const CITATIONS = { ...PARTICIPATIONS, table: "citation" };

/** What makes the meeting `m` one of the parent `parent.id`, and which certainty that link has. */
const OF_PARENT: Record<MeetingParent, (where: Where, stated: string) => void> = {
  Person: (where, stated) => takesPart(where, "person_id", "= parent.id", stated),
  Country: (where, stated) => takesPart(where, "country_code", "= parent.id", stated),
  Organization: (where, stated) => where.and(hasOrganization("= parent.id", stated)),
  Place: (where, stated) => {
    where.has(PLACES, (x) => `${x}.place_id = parent.id`);
    if (stated) where.and(`m.place_certainty ${stated}`);
  },
  Meeting: (where) => where.and(`m.parent_id = parent.id`),
  SourceDocument: (where) => where.has(CITATIONS, (x) => `${x}.document_id = parent.id`),
};

/** Adds the conditions of a filter on the meeting `m`. */
export function whereMeeting(
  where: Where,
  filter: MeetingFilter | null | undefined,
  parent?: MeetingParent,
): void {
  const stated = filter?.statedOnly ? "= 'STATED'" : "";
  if (parent) OF_PARENT[parent](where, stated);
  if (isUneven(parent)) where.planned = "with its values";
  if (!filter) return;
  if (filter.slugs) {
    where.and(`m.id IN (${where.idsOfSlugs("meeting", filter.slugs)})`);
  }
  if (typeof filter.text === "string") {
    where.and(`m.id IN (${idsOfNames("MEETING", where.words(filter.text), "uuid")})`);
  }
  whereAttended(where, filter, stated);
  whereBelongs(where, filter);
  whereHeld(where, filter, stated);
  if (filter.kinds) where.and(`m.kind = ANY (${where.value(filter.kinds, "meeting_kind[]")})`);
  if (filter.statuses) {
    where.and(`m.status = ANY (${where.value(filter.statuses, "meeting_status[]")})`);
  }
  if (filter.coverages) {
    where.and(`m.coverage = ANY (${where.value(filter.coverages, "meeting_coverage[]")})`);
  }
}

function whereAttended(where: Where, filter: MeetingFilter, stated: string): void {
  const person = (slugs: string[]) => {
    const people = where.idsOfSlugs("person", slugs);
    takesPart(where, "person_id", `IN (${people})`, stated);
  };
  const country = (codes: string[]) =>
    takesPart(where, "country_code", `= ANY (${where.value(codes, "text[]")})`, stated);
  if (filter.people) person(filter.people);
  if (filter.allPeople) {
    whereAllOf(where, filter.allPeople, { ...PARTICIPATIONS, column: "person_id", stated }, person);
  }
  if (filter.participantCountries) country(filter.participantCountries);
  if (filter.allParticipantCountries) {
    const all = { ...PARTICIPATIONS, column: "country_code", stated } as const;
    whereAllOf(where, filter.allParticipantCountries, all, country);
  }
  if (filter.organizations) {
    const organizations = where.idsOfSlugs("organization", filter.organizations);
    const any = `IN (${organizations})`;
    where.and(hasOrganization(any, stated));
  }
}

/** Adds that somebody who takes part is this, and how certain that is. */
function takesPart(
  where: Where,
  column: "person_id" | "country_code",
  is: string,
  stated: string,
): void {
  where.has(PARTICIPATIONS, (x) => `${x}.${column} ${is}${andStated(x, column, stated)}`);
}

/** That an organization takes part or convenes it: by an index each, where one OR of both would read all meetings. */
function hasOrganization(is: string, stated: string): string {
  const certain = stated && ` AND organization_certainty ${stated}`;
  return `m.id = ANY (ARRAY(SELECT id FROM meeting WHERE convener_id ${is}
    UNION SELECT meeting_id FROM participation WHERE organization_id ${is}${certain}))`;
}

function whereBelongs(where: Where, filter: MeetingFilter): void {
  if (filter.parents) {
    const parents = where.idsOfSlugs("meeting", filter.parents);
    where.and(`m.parent_id IN (${parents})`);
  }
  if (filter.parentRelations) {
    const relations = where.value(filter.parentRelations, "parent_relation[]");
    where.and(`m.parent_relation = ANY (${relations})`);
  }
  if (filter.within) {
    const above = where.idsOfSlugs("meeting", filter.within);
    where.and(`m.lineage && ARRAY(${above})`);
  }
}

function whereHeld(where: Where, filter: MeetingFilter, stated: string): void {
  if (filter.places) {
    const places = where.idsOfSlugs("place", filter.places);
    where.has(PLACES, (x) => `${x}.place_id IN (${places})`);
  }
  if (filter.placeCountries) {
    where.and(`m.place_country_code = ANY (${where.value(filter.placeCountries, "text[]")})`);
  }
  if (stated && (filter.places || filter.placeCountries)) where.and(`m.place_certainty ${stated}`);
  if (filter.date) {
    overlaps(where, filter.date, "m.date_from", "m.date_until");
    if (stated) where.and(`m.date_certainty ${stated}`);
  }
}

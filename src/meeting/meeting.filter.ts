import { Field, InputType } from "type-graphql";
import { andStated, whereAllOf } from "../db/all-of.js";
import { idsOfNames, type Own, type Where } from "../db/where.js";
import { type ListSource, listSource } from "../paging/list-table.js";
import { CountryCode } from "../scalars/country-code.js";
import { overlaps, PartialDateRange } from "../scalars/date-range.js";
import { MEETING_ITEM, MEETING_LISTINGS } from "./meeting.table.js";
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

const PARTICIPATIONS = { table: "participation", key: "meeting_id" };

/**
 * Where the meetings `m` of a parent and a filter are read from; adds the filter's conditions. Of those that another
 * table is joined to (`isJoined`) each is asked.
 */
export function whereMeeting(
  where: Where,
  filter: MeetingFilter | null | undefined,
  parent?: MeetingParent,
  isJoined = false,
): ListSource {
  const stated = filter?.statedOnly ? "= 'STATED'" : "";
  const source = listSource(where, MEETING_ITEM, MEETING_LISTINGS, {
    parent,
    filter,
    statedOnly: Boolean(stated),
    isJoined,
  });
  if (stated && (parent === "Place" || filter?.places || filter?.placeCountries)) {
    where.and(`m.place_certainty ${stated}`);
  }
  if (filter) whereFiltered(where, filter, source, stated);
  return source;
}

function whereFiltered(
  where: Where,
  filter: MeetingFilter,
  { keys }: ListSource,
  stated: string,
): void {
  if (filter.slugs) {
    where.and(`${keys.id} IN (${where.idsOfSlugs("meeting", filter.slugs)})`);
  }
  if (typeof filter.text === "string") {
    where.and(`${keys.id} IN (${idsOfNames("MEETING", where.words(filter.text), "uuid")})`);
  }
  whereAttended(where, filter, { ...PARTICIPATIONS, of: keys.id! }, stated);
  if (filter.parentRelations) {
    const relations = where.bound(filter.parentRelations, "parent_relation[]");
    where.and(`m.parent_relation = ANY (${relations})`);
  }
  if (filter.within) {
    const above = where.idsOfSlugs("meeting", filter.within);
    where.and(`m.lineage && ARRAY(${above})`);
  }
  if (filter.date) {
    overlaps(where, filter.date, keys.newest!, "meeting");
    if (stated) where.and(`m.date_certainty ${stated}`);
  }
  if (filter.kinds) where.and(`m.kind = ANY (${where.bound(filter.kinds, "meeting_kind[]")})`);
  if (filter.statuses) {
    where.and(`m.status = ANY (${where.bound(filter.statuses, "meeting_status[]")})`);
  }
  if (filter.coverages) {
    where.and(`m.coverage = ANY (${where.bound(filter.coverages, "meeting_coverage[]")})`);
  }
}

function whereAttended(where: Where, filter: MeetingFilter, own: Own, stated: string): void {
  if (filter.allPeople) {
    const person = (slugs: string[]) => {
      const people = where.idsOfSlugs("person", slugs);
      where.has(own, (x) => `${x}.person_id IN (${people})${andStated(x, "person_id", stated)}`);
    };
    whereAllOf(where, filter.allPeople, { ...own, column: "person_id", stated }, person);
  }
  if (filter.allParticipantCountries) {
    const country = (codes: string[]) => {
      const any = where.bound(codes, "text[]");
      where.has(
        own,
        (x) => `${x}.country_code = ANY (${any})${andStated(x, "country_code", stated)}`,
      );
    };
    const all = { ...own, column: "country_code", stated } as const;
    whereAllOf(where, filter.allParticipantCountries, all, country);
  }
}

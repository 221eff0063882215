import { Field, InputType, registerEnumType } from "type-graphql";
import { idsOfSlugs, type Where } from "../db/where.js";
import type { Ordering } from "../paging/ordering.js";
import { CountryCode } from "../scalars/country-code.js";
import { overlaps, PartialDateRange } from "../scalars/date-range.js";
import { MeetingCoverage, MeetingKind } from "./meeting.enums.js";

@InputType({
  description:
    "Which meetings to list. A list means any of its values (an empty one matches nothing); different fields must all hold; null is absent.",
})
export class MeetingFilter {
  @Field(() => [String], {
    nullable: true,
    description: "Slugs of people, one of whom takes part.",
  })
  people?: string[] | null;

  @Field(() => [CountryCode], {
    nullable: true,
    description: "Countries, on behalf of one of which somebody takes part.",
  })
  participantCountries?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Slugs of places, one of which it is at." })
  places?: string[] | null;

  @Field(() => PartialDateRange, {
    nullable: true,
    description: "When it is, from its first day to its last: any overlap counts.",
  })
  date?: PartialDateRange | null;

  @Field(() => [MeetingKind], { nullable: true, description: "Sorts of event." })
  kinds?: MeetingKind[] | null;

  @Field(() => [MeetingCoverage], {
    nullable: true,
    description: "Whether a document is about it or only mentions it.",
  })
  coverages?: MeetingCoverage[] | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description:
      "Whether every fact that this filter, or the field's parent, asks about must be STATED: the person of `people`, the place of `places`, the date of `date` …",
  })
  statedOnly?: boolean | null;
}

export enum MeetingOrder {
  DATE_DESC = "DATE_DESC",
  DATE_ASC = "DATE_ASC",
}

registerEnumType(MeetingOrder, {
  name: "MeetingOrder",
  description: "How meetings are listed. May gain values.",
  valuesConfig: {
    DATE_DESC: { description: "Newest first; those without a date last." },
    DATE_ASC: { description: "Oldest first; those without a date last." },
  },
});

export const MEETING_ORDERINGS: Record<MeetingOrder, Ordering> = {
  DATE_DESC: {
    name: "DATE_DESC",
    keys: [
      { sql: "newest_first(m.date_from)", type: "int" },
      { sql: "newest_first(m.date_until)", type: "int" },
      { sql: "m.id", type: "uuid" },
    ],
  },
  DATE_ASC: {
    name: "DATE_ASC",
    keys: [
      { sql: "oldest_first(m.date_from)", type: "int" },
      { sql: "oldest_first(m.date_until)", type: "int" },
      { sql: "m.id", type: "uuid" },
    ],
  },
};

/** The types that have a list of their meetings; of a Meeting those under it. */
export type MeetingParent =
  "Person" | "Country" | "Place" | "Organization" | "Meeting" | "SourceDocument";

/** What makes the meeting `m` one of the parent `parent.id`, and which certainty that link has. */
const OF_PARENT: Record<MeetingParent, (stated: string) => string> = {
  Person: (stated) => participation(`x.person_id = parent.id`, `x.person_certainty`, stated),
  Country: (stated) => participation(`x.country_code = parent.id`, `x.country_certainty`, stated),
  Organization: (stated) =>
    `(m.convener_id = parent.id OR ${participation(`x.organization_id = parent.id`, `x.organization_certainty`, stated)})`,
  Place: (stated) =>
    `EXISTS (SELECT FROM meeting_place x WHERE x.meeting_id = m.id AND x.place_id = parent.id)${stated && ` AND m.place_certainty ${stated}`}`,
  Meeting: () => `m.parent_id = parent.id`,
  SourceDocument: () =>
    `EXISTS (SELECT FROM citation x WHERE x.meeting_id = m.id AND x.document_id = parent.id)`,
};

/** Adds the conditions of a filter on the meeting `m`. */
export function whereMeeting(
  where: Where,
  filter: MeetingFilter | null | undefined,
  parent?: MeetingParent,
): void {
  const stated = filter?.statedOnly ? "= 'STATED'" : "";
  if (parent) where.and(OF_PARENT[parent](stated));
  if (!filter) return;
  if (filter.people) {
    const people = idsOfSlugs("person", where.value(filter.people, "text[]"));
    where.and(participation(`x.person_id IN (${people})`, "x.person_certainty", stated));
  }
  if (filter.participantCountries) {
    const codes = where.value(filter.participantCountries, "text[]");
    where.and(participation(`x.country_code = ANY (${codes})`, "x.country_certainty", stated));
  }
  if (filter.places) {
    const places = idsOfSlugs("place", where.value(filter.places, "text[]"));
    where.and(
      `EXISTS (SELECT FROM meeting_place x WHERE x.meeting_id = m.id AND x.place_id IN (${places}))`,
    );
    if (stated) where.and(`m.place_certainty ${stated}`);
  }
  if (filter.date) {
    overlaps(where, filter.date, "m.date_from", "m.date_until");
    if (stated) where.and(`m.date_certainty ${stated}`);
  }
  if (filter.kinds) where.and(`m.kind = ANY (${where.value(filter.kinds, "meeting_kind[]")})`);
  if (filter.coverages) {
    where.and(`m.coverage = ANY (${where.value(filter.coverages, "meeting_coverage[]")})`);
  }
}

function participation(is: string, certainty: string, stated: string): string {
  return `EXISTS (SELECT FROM participation x WHERE x.meeting_id = m.id AND ${is}${stated && ` AND ${certainty} ${stated}`})`;
}

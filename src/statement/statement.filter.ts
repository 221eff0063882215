import { Field, InputType, registerEnumType } from "type-graphql";
import { idsOfSlugs, type Where } from "../db/where.js";
import type { Ordering } from "../paging/ordering.js";
import { PartialDateRange, overlaps } from "../scalars/date-range.js";
import { CountryCode } from "../scalars/country-code.js";
import { StatementForm } from "./statement.enums.js";

@InputType({
  description:
    "Which statements to list. A list means any of its values (an empty one matches nothing); different fields must all hold; null is absent.",
})
export class StatementFilter {
  @Field(() => [String], { nullable: true, description: "Slugs of people, one of whom speaks." })
  speakers?: string[] | null;

  @Field(() => [CountryCode], {
    nullable: true,
    description: "Countries, on behalf of one of which it is said.",
  })
  speakerCountries?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: "Slugs of meetings at one of which it is said.",
  })
  meetings?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description:
      "Slugs of places in one of which it is said; its meeting's place counts where it has none of its own.",
  })
  places?: string[] | null;

  @Field(() => [CountryCode], {
    nullable: true,
    description: "Countries of that date, in one of which it is said.",
  })
  placeCountries?: string[] | null;

  @Field(() => PartialDateRange, {
    nullable: true,
    description:
      "When it is said: any overlap counts. At a meeting of several days the whole meeting.",
  })
  date?: PartialDateRange | null;

  @Field(() => [StatementForm], { nullable: true, description: "Quoted or summarised." })
  forms?: StatementForm[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "True: said by more than one side. False: by one alone.",
  })
  joint?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description:
      "Whether every fact that this filter, or the field's parent, asks about must be STATED: the person of `speakers`, the place of `places`, the date of `date` …",
  })
  statedOnly?: boolean | null;
}

export enum StatementOrder {
  DATE_DESC = "DATE_DESC",
  DATE_ASC = "DATE_ASC",
  POSITION = "POSITION",
}

registerEnumType(StatementOrder, {
  name: "StatementOrder",
  description: "How statements are listed. May gain values.",
  valuesConfig: {
    DATE_DESC: {
      description:
        "Newest first; on one date in the order in which they were told; those without a date last.",
    },
    DATE_ASC: {
      description:
        "Oldest first; on one date in the order in which they were told; those without a date last.",
    },
    POSITION: {
      description:
        "As told: by date of the document that first told it, then by document, then by where it stands in it.",
    },
  },
});

const POSITION = [
  { sql: "oldest_first(s.told_on)", type: "int" },
  { sql: "s.told_in_id", type: "uuid" },
  { sql: "s.position", type: "int" },
  { sql: "s.id", type: "uuid" },
] as const;

export const STATEMENT_ORDERINGS: Record<StatementOrder, Ordering> = {
  DATE_DESC: {
    name: "DATE_DESC",
    keys: [
      { sql: "newest_first(s.date_from)", type: "int" },
      { sql: "newest_first(s.date_until)", type: "int" },
      ...POSITION,
    ],
  },
  DATE_ASC: {
    name: "DATE_ASC",
    keys: [
      { sql: "oldest_first(s.date_from)", type: "int" },
      { sql: "oldest_first(s.date_until)", type: "int" },
      ...POSITION,
    ],
  },
  POSITION: { name: "POSITION", keys: POSITION },
};

/** The types that have a list of their statements. */
export type StatementParent =
  "Person" | "Country" | "Place" | "Organization" | "Meeting" | "SourceDocument";

/** The order of a list when a client names none: as told where a text or a meeting is read through. */
export function defaultStatementOrder(on: StatementParent | "Query"): StatementOrder {
  return on === "Meeting" || on === "SourceDocument"
    ? StatementOrder.POSITION
    : StatementOrder.DATE_DESC;
}

/** What makes the statement `s` one of the parent `parent.id`, and which certainty that link has. */
const OF_PARENT: Record<StatementParent, (stated: string) => string> = {
  Person: (stated) => speaker(`x.person_id = parent.id`, `x.person_certainty`, stated),
  Country: (stated) => speaker(`x.country_code = parent.id`, `x.country_certainty`, stated),
  Organization: (stated) =>
    speaker(`x.organization_id = parent.id`, `x.organization_certainty`, stated),
  Place: (stated) => `s.place_id = parent.id${stated && ` AND s.place_certainty ${stated}`}`,
  Meeting: () => `s.meeting_id = parent.id`,
  SourceDocument: () =>
    `EXISTS (SELECT FROM citation x WHERE x.statement_id = s.id AND x.document_id = parent.id)`,
};

/** Adds the conditions of a filter on the statement `s`. Retracted ones are left out. */
export function whereStatement(
  where: Where,
  filter: StatementFilter | null | undefined,
  parent?: StatementParent,
): void {
  const stated = filter?.statedOnly ? "= 'STATED'" : "";
  where.and(`s.standing <> 'RETRACTED'`);
  if (parent) where.and(OF_PARENT[parent](stated));
  if (!filter) return;
  if (filter.speakers) {
    const people = idsOfSlugs("person", where.value(filter.speakers, "text[]"));
    where.and(speaker(`x.person_id IN (${people})`, "x.person_certainty", stated));
  }
  if (filter.speakerCountries) {
    const codes = where.value(filter.speakerCountries, "text[]");
    where.and(speaker(`x.country_code = ANY (${codes})`, "x.country_certainty", stated));
  }
  if (filter.meetings) {
    const meetings = idsOfSlugs("meeting", where.value(filter.meetings, "text[]"));
    where.and(`s.meeting_id IN (${meetings})`);
  }
  if (filter.places) {
    where.and(`s.place_id IN (${idsOfSlugs("place", where.value(filter.places, "text[]"))})`);
  }
  if (filter.placeCountries) {
    where.and(`s.place_country_code = ANY (${where.value(filter.placeCountries, "text[]")})`);
  }
  if (stated && (filter.places || filter.placeCountries)) where.and(`s.place_certainty ${stated}`);
  if (filter.date) {
    overlaps(where, filter.date, "s.date_from", "s.date_until");
    if (stated) where.and(`s.date_certainty ${stated}`);
  }
  if (filter.forms) where.and(`s.form = ANY (${where.value(filter.forms, "statement_form[]")})`);
  if (typeof filter.joint === "boolean")
    where.and(`s.joint = ${where.value(filter.joint, "boolean")}`);
}

function speaker(is: string, certainty: string, stated: string): string {
  return `EXISTS (SELECT FROM speaker x WHERE x.statement_id = s.id AND ${is}${stated && ` AND ${certainty} ${stated}`})`;
}

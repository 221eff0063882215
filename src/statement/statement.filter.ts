import { Field, ID, InputType } from "type-graphql";
import { idsOfSlugs, type Where } from "../db/where.js";
import { CountryCode } from "../scalars/country-code.js";
import { overlaps, PartialDateRange } from "../scalars/date-range.js";
import { isUuid } from "../scalars/text.js";
import { RecordStanding } from "../source/source.enums.js";
import { StatementForm } from "./statement.enums.js";

@InputType({
  description:
    "Which statements to list. A list means any of its values unless its name says all, an empty one matches nothing; " +
    "different fields must all hold; null is absent. Slugs may be former ones; at most 100 values a list.",
})
export class StatementFilter {
  @Field(() => [ID], { nullable: true, description: "Their ids." })
  ids?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Words of the text or audience, in web-search syntax: words, "a phrase", or, -not. Accents and case do not matter; ' +
      "words are also found by their stem, in the language of the statement. A text without words matches nothing. " +
      "At most 300 characters.",
  })
  text?: string | null;

  @Field(() => [String], { nullable: true, description: "Slugs of people, one of whom speaks." })
  speakers?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: "Slugs of people who all speak: on one side or each on their own.",
  })
  allSpeakers?: string[] | null;

  @Field(() => [CountryCode], {
    nullable: true,
    description: "Countries, on behalf of one of which it is said.",
  })
  speakerCountries?: string[] | null;

  @Field(() => [CountryCode], {
    nullable: true,
    description: "Countries, on behalf of all of which it is said: what they say together.",
  })
  allSpeakerCountries?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: "Slugs of organizations, on behalf of one of which it is said.",
  })
  speakerOrganizations?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: "Slugs of people, to one of whom it is said.",
  })
  addressees?: string[] | null;

  @Field(() => [CountryCode], {
    nullable: true,
    description: "Countries, to one of which, or to whose people acting for it, it is said.",
  })
  addresseeCountries?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: "Slugs of meetings at one of which it is said.",
  })
  meetings?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description:
      "Slugs of meetings at one of which, or at a meeting below it at any depth, it is said.",
  })
  within?: string[] | null;

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

  @Field(() => [String], {
    nullable: true,
    description: "Slugs of topics, one of which it is about.",
  })
  topics?: string[] | null;

  @Field(() => [RecordStanding], {
    nullable: true,
    description: "Whether it still stands. Absent: all but RETRACTED.",
  })
  standings?: RecordStanding[] | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description:
      "Whether every fact that this filter, or the field's parent, asks about must be STATED: the person of `speakers`, the place of `places`, the date of `date` … " +
      "docs/certainty.md has a table of them.",
  })
  statedOnly?: boolean | null;
}

/** The types that have a list of their statements. */
export type StatementParent =
  "Person" | "Country" | "Place" | "Organization" | "Meeting" | "SourceDocument";

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

/** Adds the conditions of a filter on the statement `s`. Retracted ones are left out unless asked for. */
export function whereStatement(
  where: Where,
  filter: StatementFilter | null | undefined,
  parent?: StatementParent,
): void {
  const stated = filter?.statedOnly ? "= 'STATED'" : "";
  if (parent) where.and(OF_PARENT[parent](stated));
  whereStands(where, filter?.standings);
  if (!filter) return;
  if (filter.ids) {
    where.and(`s.id = ANY (${where.value(uuidsIn(filter.ids), "uuid[]")})`);
  }
  if (typeof filter.text === "string") where.and(`s.words @@ ${where.words(filter.text)}`);
  whereSaidBy(where, filter, stated);
  whereSaidTo(where, filter, stated);
  whereSaidAt(where, filter, stated);
  if (filter.date) {
    overlaps(where, filter.date, "s.date_from", "s.date_until");
    if (stated) where.and(`s.date_certainty ${stated}`);
  }
  if (filter.forms) where.and(`s.form = ANY (${where.value(filter.forms, "statement_form[]")})`);
  if (typeof filter.joint === "boolean")
    where.and(`s.joint = ${where.value(filter.joint, "boolean")}`);
  if (filter.topics) {
    where.and(`EXISTS (SELECT FROM topic_of_statement x JOIN statement_topic t ON t.id = x.topic_id
      WHERE x.statement_id = s.id AND t.slug = ANY (${where.value(filter.topics, "text[]")}))`);
  }
}

function whereStands(where: Where, standings: RecordStanding[] | null | undefined): void {
  if (!standings) where.and(`s.standing <> 'RETRACTED'`);
  else where.and(`s.standing = ANY (${where.value(standings, "record_standing[]")})`);
}

function whereSaidBy(where: Where, filter: StatementFilter, stated: string): void {
  const person = (slugs: string[]) => {
    const people = idsOfSlugs("person", where.value(slugs, "text[]"));
    where.and(speaker(`x.person_id IN (${people})`, "x.person_certainty", stated));
  };
  const country = (codes: string[]) => {
    const any = where.value(codes, "text[]");
    where.and(speaker(`x.country_code = ANY (${any})`, "x.country_certainty", stated));
  };
  if (filter.speakers) person(filter.speakers);
  if (filter.allSpeakers) where.all(filter.allSpeakers, person);
  if (filter.speakerCountries) country(filter.speakerCountries);
  if (filter.allSpeakerCountries) where.all(filter.allSpeakerCountries, country);
  if (filter.speakerOrganizations) {
    const slugs = where.value(filter.speakerOrganizations, "text[]");
    const organizations = idsOfSlugs("organization", slugs);
    where.and(
      speaker(`x.organization_id IN (${organizations})`, "x.organization_certainty", stated),
    );
  }
}

function whereSaidTo(where: Where, filter: StatementFilter, stated: string): void {
  const addressee = (is: string) =>
    where.and(`EXISTS (SELECT FROM addressee x
      WHERE x.statement_id = s.id AND ${is}${stated && ` AND x.certainty ${stated}`})`);
  if (filter.addressees) {
    const people = idsOfSlugs("person", where.value(filter.addressees, "text[]"));
    addressee(`x.person_id IN (${people})`);
  }
  if (filter.addresseeCountries) {
    addressee(`x.country_code = ANY (${where.value(filter.addresseeCountries, "text[]")})`);
  }
}

function whereSaidAt(where: Where, filter: StatementFilter, stated: string): void {
  if (filter.meetings) {
    const meetings = idsOfSlugs("meeting", where.value(filter.meetings, "text[]"));
    where.and(`s.meeting_id IN (${meetings})`);
  }
  if (filter.within) {
    const above = idsOfSlugs("meeting", where.value(filter.within, "text[]"));
    where.and(`s.meeting_id IN (SELECT id FROM meeting WHERE lineage && ARRAY(${above}))`);
  }
  if (filter.places) {
    where.and(`s.place_id IN (${idsOfSlugs("place", where.value(filter.places, "text[]"))})`);
  }
  if (filter.placeCountries) {
    where.and(`s.place_country_code = ANY (${where.value(filter.placeCountries, "text[]")})`);
  }
  if (stated && (filter.places || filter.placeCountries)) where.and(`s.place_certainty ${stated}`);
}

function speaker(is: string, certainty: string, stated: string): string {
  return `EXISTS (SELECT FROM speaker x WHERE x.statement_id = s.id AND ${is}${stated && ` AND ${certainty} ${stated}`})`;
}

/** What is no UUID is the id of nothing. */
function uuidsIn(ids: string[]): string[] {
  return ids.map((id) => id.toLowerCase()).filter(isUuid);
}

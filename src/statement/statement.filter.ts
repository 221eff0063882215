import { Field, ID, InputType } from "type-graphql";
import { andStated, whereAllOf } from "../db/all-of.js";
import { isUneven, type Where } from "../db/where.js";
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

const SPEAKERS = { table: "speaker", key: "statement_id", of: "s.id" };
const ADDRESSEES = { ...SPEAKERS, table: "addressee" };
const TOPICS = { ...SPEAKERS, table: "topic_of_statement" };
const CITATIONS = { ...SPEAKERS, table: "citation" };

/** What makes the statement `s` one of the parent `parent.id`, and which certainty that link has. */
const OF_PARENT: Record<StatementParent, (where: Where, stated: string) => void> = {
  Person: (where, stated) => where.and(saidBy("= parent.id", stated)),
  Country: (where, stated) => speaks(where, "country_code", "= parent.id", stated),
  Organization: (where, stated) => speaks(where, "organization_id", "= parent.id", stated),
  Place: (where, stated) =>
    where.and(`s.place_id = parent.id${stated && ` AND s.place_certainty ${stated}`}`),
  Meeting: (where) => where.and(`s.meeting_id = parent.id`),
  SourceDocument: (where) => where.has(CITATIONS, (x) => `${x}.document_id = parent.id`),
};

/** Adds the conditions of a filter on the statement `s`. Retracted ones are left out unless asked for. */
export function whereStatement(
  where: Where,
  filter: StatementFilter | null | undefined,
  parent?: StatementParent,
): void {
  const stated = filter?.statedOnly ? "= 'STATED'" : "";
  if (parent) OF_PARENT[parent](where, stated);
  if (isUneven(parent)) where.planned = "with its values";
  whereStands(where, filter?.standings);
  if (!filter) return;
  if (filter.ids) {
    where.and(`s.id = ANY (${where.bound(uuidsIn(filter.ids), "uuid[]")})`);
  }
  if (typeof filter.text === "string") where.and(`s.words @@ ${where.words(filter.text)}`);
  if (filter.topics) {
    const topics = `SELECT id FROM statement_topic WHERE slug = ANY (${where.bound(filter.topics, "text[]")})`;
    where.has(TOPICS, (x) => `${x}.topic_id IN (${topics})`);
  }
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
}

function whereStands(where: Where, standings: RecordStanding[] | null | undefined): void {
  if (!standings) where.and(`s.standing <> 'RETRACTED'`);
  else where.and(`s.standing = ANY (${where.value(standings, "record_standing[]")})`);
}

function whereSaidBy(where: Where, filter: StatementFilter, stated: string): void {
  const person = (slugs: string[]) => {
    const people = where.idsOfSlugs("person", slugs);
    speaks(where, "person_id", `IN (${people})`, stated);
  };
  const country = (codes: string[]) =>
    speaks(where, "country_code", `= ANY (${where.value(codes, "text[]")})`, stated);
  if (filter.speakers) {
    const people = where.idsOfSlugs("person", filter.speakers);
    where.and(saidBy(`IN (${people})`, stated));
  }
  if (filter.allSpeakers) {
    whereAllOf(where, filter.allSpeakers, { ...SPEAKERS, column: "person_id", stated }, person);
  }
  if (filter.speakerCountries) country(filter.speakerCountries);
  if (filter.allSpeakerCountries) {
    const all = { ...SPEAKERS, column: "country_code", stated } as const;
    whereAllOf(where, filter.allSpeakerCountries, all, country);
  }
  if (filter.speakerOrganizations) {
    const organizations = where.idsOfSlugs("organization", filter.speakerOrganizations);
    speaks(where, "organization_id", `IN (${organizations})`, stated);
  }
}

/**
 * That somebody speaks. As an array it is found by two indexes at once where another condition has one, and most of what
 * they said is never read.
 */
function saidBy(is: string, stated: string): string {
  const certain = stated && ` AND x.person_certainty ${stated}`;
  return `s.id = ANY (ARRAY(SELECT x.statement_id FROM speaker x WHERE x.person_id ${is}${certain}))`;
}

/** Adds that one of its sides is this, and how certain that is. */
function speaks(
  where: Where,
  column: "person_id" | "country_code" | "organization_id",
  is: string,
  stated: string,
): void {
  where.has(SPEAKERS, (x) => `${x}.${column} ${is}${andStated(x, column, stated)}`);
}

function whereSaidTo(where: Where, filter: StatementFilter, stated: string): void {
  const addressee = (is: string) =>
    where.has(ADDRESSEES, (x) => `${x}.${is}${stated && ` AND ${x}.certainty ${stated}`}`);
  if (filter.addressees) {
    const people = where.idsOfSlugs("person", filter.addressees);
    addressee(`person_id IN (${people})`);
  }
  if (filter.addresseeCountries) {
    addressee(`country_code = ANY (${where.value(filter.addresseeCountries, "text[]")})`);
  }
}

function whereSaidAt(where: Where, filter: StatementFilter, stated: string): void {
  if (filter.meetings) {
    const meetings = where.idsOfSlugs("meeting", filter.meetings);
    where.and(`s.meeting_id IN (${meetings})`);
  }
  if (filter.within) {
    const above = where.idsOfSlugs("meeting", filter.within);
    // An array: the planner takes a join for one with very many, and reads all statements in their order.
    where.and(
      `s.meeting_id = ANY (ARRAY(SELECT id FROM meeting WHERE lineage && ARRAY(${above})))`,
    );
  }
  if (filter.places) {
    where.and(`s.place_id IN (${where.idsOfSlugs("place", filter.places)})`);
  }
  if (filter.placeCountries) {
    where.and(`s.place_country_code = ANY (${where.value(filter.placeCountries, "text[]")})`);
  }
  if (stated && (filter.places || filter.placeCountries)) where.and(`s.place_certainty ${stated}`);
}

/** What is no UUID is the id of nothing. */
function uuidsIn(ids: string[]): string[] {
  return ids.map((id) => id.toLowerCase()).filter(isUuid);
}

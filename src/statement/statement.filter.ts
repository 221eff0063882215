import { Field, ID, InputType } from "type-graphql";
import { andStated, whereAllOf } from "../db/all-of.js";
import type { Where } from "../db/where.js";
import { type ListSource, listSource } from "../paging/list-table.js";
import { CountryCode } from "../scalars/country-code.js";
import { overlaps, PartialDateRange } from "../scalars/date-range.js";
import { isUuid } from "../scalars/text.js";
import { RecordStanding } from "../source/source.enums.js";
import { StatementForm } from "./statement.enums.js";
import { STATEMENT_ITEM, STATEMENT_LISTINGS } from "./statement.table.js";

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

const SPEAKERS = { table: "speaker", key: "statement_id" };

/** Where the statements `s` of a parent and a filter are read from; adds the filter's conditions. Retracted ones are left out unless asked for. */
export function whereStatement(
  where: Where,
  filter: StatementFilter | null | undefined,
  parent?: StatementParent,
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
    where.and(`${source.keys.newest} IS NOT NULL`);
  }
  if (stated && (parent === "Place" || filter?.places || filter?.placeCountries)) {
    where.and(`s.place_certainty ${stated}`);
  }
  if (filter) whereFiltered(where, filter, source, stated);
  return source;
}

function whereFiltered(
  where: Where,
  filter: StatementFilter,
  { keys }: ListSource,
  stated: string,
): void {
  if (filter.standings) {
    where.and(`s.standing = ANY (${where.bound(filter.standings, "record_standing[]")})`);
  }
  if (filter.ids) {
    where.and(`${keys.id} = ANY (${where.bound(uuidsIn(filter.ids), "uuid[]")})`);
  }
  if (typeof filter.text === "string") where.and(`s.words @@ ${where.words(filter.text)}`);
  const speakers = { ...SPEAKERS, of: keys.id! };
  if (filter.allSpeakers) {
    const person = (slugs: string[]) => {
      const people = where.idsOfSlugs("person", slugs);
      where.has(
        speakers,
        (x) => `${x}.person_id IN (${people})${andStated(x, "person_id", stated)}`,
      );
    };
    whereAllOf(where, filter.allSpeakers, { ...speakers, column: "person_id", stated }, person);
  }
  if (filter.allSpeakerCountries) {
    const country = (codes: string[]) => {
      const any = where.bound(codes, "text[]");
      where.has(
        speakers,
        (x) => `${x}.country_code = ANY (${any})${andStated(x, "country_code", stated)}`,
      );
    };
    const all = { ...speakers, column: "country_code", stated } as const;
    whereAllOf(where, filter.allSpeakerCountries, all, country);
  }
  if (filter.within) {
    const above = where.idsOfSlugs("meeting", filter.within);
    // An array: the planner takes a join for one with very many, and reads all statements in their order.
    where.and(
      `s.meeting_id = ANY (ARRAY(SELECT id FROM meeting WHERE lineage && ARRAY(${above})))`,
    );
  }
  if (filter.date) {
    overlaps(where, filter.date, keys.newest!, "statement");
    if (stated) where.and(`s.date_certainty ${stated}`);
  }
  if (filter.forms) where.and(`s.form = ANY (${where.bound(filter.forms, "statement_form[]")})`);
  if (typeof filter.joint === "boolean")
    where.and(`s.joint = ${where.bound(filter.joint, "boolean")}`);
}

/** What is no UUID is the id of nothing. */
function uuidsIn(ids: string[]): string[] {
  return ids.map((id) => id.toLowerCase()).filter(isUuid);
}

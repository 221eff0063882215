import { Field, InputType } from "type-graphql";
import { custom, generic, joinSql, raw, SQL, type SqlText } from "../db/sql-text.js";
import { listArgs } from "../query/connection.js";
import { ExternalIdentifierInput } from "../source/names-and-identifiers.js";
import { idsOfIdentifiers, idsOfNames, idsOfSlugs, type Where } from "../query/where.js";
import type { Criterion, ListedBy } from "../query/list-source.js";
import { CountryCode } from "../scalars/country-code.js";
import { boundsOfPartialDate, PartialDate } from "../scalars/partial-date.js";
import { PersonOrder } from "./person.order.js";
import { heldBetween } from "./tenure.sql.js";

@InputType({
  description:
    "Which people to list. A list means any of its values, an empty one matches nothing; different fields must all hold; " +
    "null is absent. `office`, `accreditedTo` and `heldOfficeOn` must hold of one and the same tenure.",
})
export class PersonFilter {
  @Field(() => [String], {
    nullable: true,
    description: "Their slugs, present or former; at most 100.",
  })
  slugs?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Words of a name on record, in any script, in web-search syntax: words, "a phrase", or, -not. Accents and case do ' +
      "not matter. A text without words matches nothing. At most 300 characters. Misspelt names: searchRecord.",
  })
  text?: string | null;

  @Field(() => [CountryCode], {
    nullable: true,
    description: "Countries, for one of which they spoke, met or held office; at most 100.",
  })
  countries?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Words of the title of an office they hold or held, in web-search syntax: `defence minister`. At most 300 characters.",
  })
  office?: string | null;

  @Field(() => [CountryCode], {
    nullable: true,
    description:
      "Countries, to one of which they are or were accredited as ambassador; at most 100.",
  })
  accreditedTo?: string[] | null;

  @Field(() => PartialDate, {
    nullable: true,
    description:
      "On which day, or on any day of which month or year, they held an office: from its start, else its first attestation, to its end, " +
      "else, unless ongoing, its last attestation. An attestation is the date of a cited document other than a dataset.",
  })
  heldOfficeOn?: string | null;

  @Field(() => [ExternalIdentifierInput], {
    nullable: true,
    description: "Identifiers of other authorities, one of which they have; at most 100.",
  })
  identifiers?: ExternalIdentifierInput[] | null;
}

export const PersonListArgs = listArgs(PersonFilter, PersonOrder, PersonOrder.NAME_ASC);
export type PersonListArgs = InstanceType<typeof PersonListArgs>;

/** The table of people. */
export const PERSON_ITEM = { table: "person", alias: "p", id: "person_id", keys: ["sort_name"] };

/** The types with a list of people. */
export type PersonParent = "Country" | "SourceDocument";

/** The people of a country are those who spoke, met or held office for it; those of a document are whom its facts are about. */
export const PERSON_CRITERIA: readonly Criterion<PersonParent, PersonFilter>[] = [
  { parent: "SourceDocument", table: "person_of_document", column: "document_id" },
  { parent: "Country", filter: "countries", table: "person_of_country", column: "country_code" },
];

/** Adds the conditions of the other filters on people `p`. */
export function wherePerson(
  where: Where,
  filter: PersonFilter | null | undefined,
  { source }: ListedBy<PersonParent>,
): void {
  if (!filter) return;
  const id = raw(source.keys.id!);
  if (filter.slugs) {
    where.and(SQL`${id} IN (${idsOfSlugs("person", filter.slugs)})`);
  }
  if (typeof filter.text === "string") {
    where.and(SQL`${id} IN (${idsOfNames("PERSON", where.words(filter.text), "uuid")})`);
  }
  if (filter.identifiers) {
    where.and(SQL`${id} IN (${idsOfIdentifiers("person", filter.identifiers)})`);
  }
  const tenure = tenureConditions(where, filter);
  if (tenure.length > 0) {
    const held = SQL`${id} IN (SELECT t.person_id FROM tenure t WHERE ${joinSql(tenure, " AND ")})`;
    // IS TRUE makes the planner hash the subselect once. It can't estimate how many hold an office on a day, and might join all with all.
    where.and(filter.heldOfficeOn ? SQL`(${held}) IS TRUE` : held);
  }
}

function tenureConditions(where: Where, filter: PersonFilter): SqlText[] {
  const conditions: SqlText[] = [];
  if (typeof filter.office === "string") {
    conditions.push(SQL`words_of('en', t.title) @@ ${where.words(filter.office)}`);
  }
  if (filter.accreditedTo) {
    conditions.push(SQL`t.accredited_to_code = ANY (${generic(filter.accreditedTo, "text[]")})`);
  }
  const day = filter.heldOfficeOn && boundsOfPartialDate(filter.heldOfficeOn);
  if (day) {
    conditions.push(heldBetween(custom(day.from, "date"), custom(day.to, "date")));
  }
  return conditions;
}

import { Field, InputType } from "type-graphql";
import { SQL } from "../db/sql-text.js";
import { listArgs } from "../query/connection.js";
import type { Criterion } from "../query/list-source.js";
import { CountryCode } from "../scalars/country-code.js";
import { ExternalIdentifierInput } from "../source/names-and-identifiers.js";
import { idsOfIdentifiers, idsOfNames, idsOfSlugs, type Where } from "../query/where.js";
import { RecordOrganizationKind } from "./organization.enums.js";

@InputType({
  description:
    "Which organizations to list. A list means any of its values, an empty one matches nothing; different fields must all hold; " +
    "null is absent.",
})
export class OrganizationFilter {
  @Field(() => [String], {
    nullable: true,
    description: "Their slugs, present or former; at most 100.",
  })
  slugs?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Words of a name on record, in web-search syntax: words, "a phrase", or, -not. Accents and case do not matter; words are ' +
      "also found by their English stem. A text without words matches nothing. At most 300 characters.",
  })
  text?: string | null;

  @Field(() => [RecordOrganizationKind], {
    nullable: true,
    description: "Their kinds; at most 100.",
  })
  kinds?: RecordOrganizationKind[] | null;

  @Field(() => [CountryCode], {
    nullable: true,
    description: "Countries that they are bodies or parties of; at most 100.",
  })
  countries?: string[] | null;

  @Field(() => [ExternalIdentifierInput], {
    nullable: true,
    description: "Identifiers of other authorities, one of which it has; at most 100.",
  })
  identifiers?: ExternalIdentifierInput[] | null;
}

export const OrganizationListArgs = listArgs(OrganizationFilter);
export type OrganizationListArgs = InstanceType<typeof OrganizationListArgs>;

/** The columns that organizations are listed by. */
export const ORGANIZATION_CRITERIA: readonly Criterion<never, OrganizationFilter>[] = [
  { filter: "countries", column: "country_code" },
  { filter: "kinds", column: "kind", type: "organization_kind" },
];

/** Adds the other conditions of a filter on the organization `o`. */
export function whereOrganization(
  where: Where,
  filter: OrganizationFilter | null | undefined,
): void {
  if (filter?.slugs) {
    where.and(SQL`o.id IN (${idsOfSlugs("organization", filter.slugs)})`);
  }
  if (typeof filter?.text === "string") {
    where.and(SQL`o.id IN (${idsOfNames("ORGANIZATION", where.words(filter.text), "uuid")})`);
  }
  if (filter?.identifiers) {
    where.and(SQL`o.id IN (${idsOfIdentifiers("organization", filter.identifiers)})`);
  }
}

import { Field, InputType } from "type-graphql";
import { SQL } from "../db/sql-text.js";
import { listArgs } from "../query/connection.js";
import { ExternalIdentifierInput } from "../source/names-and-identifiers.js";
import { idsOfIdentifiers, idsOfNames, idsOfSlugs, type Where } from "../query/where.js";
import { CountryCode } from "../scalars/country-code.js";

@InputType({
  description:
    "Which places to list. A list means any of its values, an empty one matches nothing; different fields must all hold; null is absent.",
})
export class PlaceFilter {
  @Field(() => [String], {
    nullable: true,
    description: "Their slugs, present or former; at most 100.",
  })
  slugs?: string[] | null;

  @Field(() => [CountryCode], {
    nullable: true,
    description: "Countries, in one of which they are today; at most 100.",
  })
  countries?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Words of its name, in web-search syntax: words, "a phrase", or, -not. Accents and case do not matter. ' +
      "A text without words matches nothing. At most 300 characters.",
  })
  text?: string | null;

  @Field(() => [ExternalIdentifierInput], {
    nullable: true,
    description: "Identifiers of other authorities, one of which it has; at most 100.",
  })
  identifiers?: ExternalIdentifierInput[] | null;
}

export const PlaceListArgs = listArgs(PlaceFilter);
export type PlaceListArgs = InstanceType<typeof PlaceListArgs>;

/** Adds the conditions of a filter on the place `p`. */
export function wherePlace(where: Where, filter: PlaceFilter | null | undefined): void {
  if (!filter) return;
  if (filter.slugs) {
    where.and(SQL`p.id IN (${idsOfSlugs("place", filter.slugs)})`);
  }
  where.isOneOf("p.country_code", filter.countries, "text");
  if (typeof filter.text === "string") {
    where.and(SQL`p.id IN (${idsOfNames("PLACE", where.words(filter.text), "uuid")})`);
  }
  if (filter.identifiers) {
    where.and(SQL`p.id IN (${idsOfIdentifiers("place", filter.identifiers)})`);
  }
}

import { Field, InputType } from "type-graphql";
import { SQL } from "../db/sql-text.js";
import { listArgs } from "../query/connection.js";
import { idsOfNames, type Where } from "../query/where.js";
import { CountryCode } from "../scalars/country-code.js";

@InputType({
  description:
    "Which countries on record to list. A list means any of its values, an empty one matches nothing; different fields must all hold; null is absent.",
})
export class CountryFilter {
  @Field(() => [CountryCode], { nullable: true, description: "Their codes; at most 100." })
  codes?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Words of its name in any language, in web-search syntax: words, "a phrase", or, -not. Accents and case do not matter. ' +
      "A text without words matches nothing. At most 300 characters.",
  })
  text?: string | null;
}

export const CountryListArgs = listArgs(CountryFilter);
export type CountryListArgs = InstanceType<typeof CountryListArgs>;

/** Adds the conditions of a filter on the country `c`. */
export function whereCountry(where: Where, filter: CountryFilter | null | undefined): void {
  if (!filter) return;
  where.isOneOf("c.code", filter.codes, "text");
  if (typeof filter.text === "string") {
    where.and(SQL`c.code IN (${idsOfNames("COUNTRY", where.words(filter.text), "text")})`);
  }
}

import { Field, InputType } from "type-graphql";
import { generic, raw, SQL, type SqlText } from "../db/sql-text.js";
import { hasAllOf } from "../query/all-of.js";
import { listArgs } from "../query/connection.js";
import { idsOfSlugs, type Where } from "../query/where.js";
import { CountryCode } from "../scalars/country-code.js";
import { overlaps, PartialDateRange } from "../scalars/date-range.js";
import { AgreementKind } from "./agreement.enums.js";

@InputType({
  description:
    "Which agreements to list. A list means any of its values unless its name says all, an empty one matches nothing; " +
    "different fields must all hold; null is absent.",
})
export class AgreementFilter {
  @Field(() => [String], {
    nullable: true,
    description: "Their slugs, present or former; at most 100.",
  })
  slugs?: string[] | null;

  @Field(() => [CountryCode], {
    nullable: true,
    description: "Countries, one of which is a party; at most 100.",
  })
  parties?: string[] | null;

  @Field(() => [CountryCode], {
    nullable: true,
    description: "Countries that are all parties; at most 100.",
  })
  allParties?: string[] | null;

  @Field(() => [AgreementKind], {
    nullable: true,
    description: "Sorts of instrument; at most 100.",
  })
  kinds?: AgreementKind[] | null;

  @Field(() => PartialDateRange, {
    nullable: true,
    description: "When it was concluded: any overlap counts.",
  })
  date?: PartialDateRange | null;
}

export const AgreementListArgs = listArgs(AgreementFilter);
export type AgreementListArgs = InstanceType<typeof AgreementListArgs>;

const PARTIES = {
  table: "agreement_party",
  foreignKey: "agreement_id",
  rowId: "a.id",
  column: "country_code",
} as const;

/** The key that agreements are ordered by. */
export const NEWEST_AGREEMENT = "newest_key(a.date_from, a.date_to)";

/** Adds the conditions of a filter on the agreement `a`; `country` is SQL for the code of a country that must be a party. */
export function whereAgreement(
  where: Where,
  filter: AgreementFilter | null | undefined,
  country?: string,
): void {
  const party = (is: SqlText) =>
    where.and(
      SQL`EXISTS (SELECT FROM agreement_party x WHERE x.agreement_id = a.id AND x.country_code ${is})`,
    );
  if (country) party(raw(`= ${country}`));
  if (!filter) return;
  if (filter.slugs) {
    where.and(SQL`a.id IN (${idsOfSlugs("agreement", filter.slugs)})`);
  }
  if (filter.parties) party(SQL`= ANY (${generic(filter.parties, "text[]")})`);
  if (filter.allParties) where.and(hasAllOf(filter.allParties, PARTIES));
  where.isOneOf("a.kind", filter.kinds, "agreement_kind");
  if (filter.date) overlaps(where, filter.date, { id: "a.id", newest: NEWEST_AGREEMENT });
}

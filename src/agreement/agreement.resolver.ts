import { Arg, Args, Ctx, FieldResolver, Query, Resolver } from "type-graphql";
import type { Context } from "../context.js";
import { Country } from "../country/country.entity.js";
import {
  LookAhead,
  LookAheadPage,
  type PageSelection,
  type Selection,
} from "../graphql/look-ahead.js";
import { FromRow, JoinedRow, JoinedRows } from "../graphql/row-fields.js";
import { Meeting } from "../meeting/meeting.entity.js";
import { Organization } from "../organization/organization.entity.js";
import { connectionType } from "../query/connection.js";
import { rowsBy } from "../query/row-shape.js";
import { Citation } from "../source/citation.entity.js";
import { citationsBy } from "../source/citation.sql.js";
import { AgreementParty } from "./agreement-party.entity.js";
import { Agreement } from "./agreement.entity.js";
import { AgreementListArgs } from "./agreement.filter.js";

const AgreementConnection = connectionType("Agreement", Agreement);

@Resolver(() => Agreement)
export class AgreementResolver {
  @Query(() => Agreement, {
    nullable: true,
    description: "An agreement by slug, present or former; null when unknown.",
  })
  agreement(
    @Arg("slug", () => String, { description: "Its slug." }) slug: string,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return loaders.byKey("Agreement", "slug", slug, selected);
  }

  @Query(() => AgreementConnection, {
    nullable: true,
    description: "Every agreement on record, newest first; those without a date last.",
  })
  agreements(
    @Args(() => AgreementListArgs) args: AgreementListArgs,
    @Ctx() { loaders }: Context,
    @LookAheadPage() page: PageSelection,
  ) {
    return loaders.agreements(args, page);
  }

  @JoinedRows(Agreement, AgreementParty, rowsBy("agreement_party", "agreement_id", "position"), {
    listSize: 4,
    description: "Between whom it is.",
  })
  parties: AgreementParty[];

  @JoinedRow(Agreement, "signedAtId", Meeting, {
    nullable: true,
    description: "The meeting at which it was signed; null when unknown.",
  })
  signedAt: Meeting | null;

  @JoinedRow(Agreement, "exchangedAtId", Meeting, {
    nullable: true,
    description: "The meeting at which its instruments were exchanged; null when unknown.",
  })
  exchangedAt: Meeting | null;

  @JoinedRows(Agreement, Citation, citationsBy("agreement_id"), {
    listSize: 5,
    description: "The passages that prove it; never empty.",
  })
  citations: Citation[];
}

@Resolver(() => AgreementParty)
export class AgreementPartyResolver {
  @JoinedRow(AgreementParty, "countryCode", Country, {
    nullable: true,
    description: "The country that is a party.",
  })
  country: Country | null;

  @JoinedRow(AgreementParty, "organizationId", Organization, {
    nullable: true,
    description: "The organization that is a party.",
  })
  organization: Organization | null;
}

@Resolver(() => Country)
export class CountryAgreementsResolver {
  @FieldResolver(() => AgreementConnection, {
    nullable: true,
    description: "What this country is a party to, newest first; those without a date last.",
  })
  agreements(
    @FromRow(Country, "code") code: string,
    @Args(() => AgreementListArgs) args: AgreementListArgs,
    @Ctx() { loaders }: Context,
    @LookAheadPage() page: PageSelection,
  ) {
    return loaders.agreements(args, page, "Country", code);
  }
}

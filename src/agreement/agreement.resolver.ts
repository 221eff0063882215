import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.js";
import { LookAhead, type Selection } from "../graphql/look-ahead.js";
import { Country } from "../country/country.entity.js";
import { Meeting } from "../meeting/meeting.entity.js";
import { Organization } from "../organization/organization.entity.js";
import { edge, ROOT } from "../graphql/edges.js";
import { Citation } from "../source/citation.entity.js";
import { AgreementParty } from "./agreement-party.entity.js";
import { AgreementListArgs } from "./agreement.args.js";
import { AgreementConnection } from "./agreement.connection.js";
import { Agreement } from "./agreement.entity.js";

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
    return loaders.agreementBySlug(selected).load(slug);
  }

  @Query(() => AgreementConnection, {
    nullable: true,
    description: "Every agreement on record, newest first; those without a date last.",
  })
  agreements(
    @Args(() => AgreementListArgs) args: AgreementListArgs,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return loaders.agreements("Query", ROOT, args, selected);
  }

  @FieldResolver(() => [AgreementParty], { description: "Between whom it is." })
  parties(
    @Root() agreement: Agreement,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return loaders.partiesOfAgreement(selected).load(agreement.id);
  }

  @FieldResolver(() => Meeting, {
    nullable: true,
    description: "The meeting at which it was signed; null when unknown.",
  })
  signedAt(@Root() agreement: Agreement, @Ctx() { loaders }: Context) {
    return edge(loaders.meetingById(), agreement.signedAtId);
  }

  @FieldResolver(() => Meeting, {
    nullable: true,
    description: "The meeting at which its instruments were exchanged; null when unknown.",
  })
  exchangedAt(@Root() agreement: Agreement, @Ctx() { loaders }: Context) {
    return edge(loaders.meetingById(), agreement.exchangedAtId);
  }

  @FieldResolver(() => [Citation], { description: "The passages that prove it; never empty." })
  citations(
    @Root() agreement: Agreement,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return loaders.citationsOfAgreement(selected).load(agreement.id);
  }
}

@Resolver(() => AgreementParty)
export class AgreementPartyResolver {
  @FieldResolver(() => Country, { nullable: true, description: "The country that is a party." })
  country(@Root() party: AgreementParty, @Ctx() { loaders }: Context) {
    return edge(loaders.countryByCode(), party.countryCode);
  }

  @FieldResolver(() => Organization, {
    nullable: true,
    description: "The organization that is a party.",
  })
  organization(@Root() party: AgreementParty, @Ctx() { loaders }: Context) {
    return edge(loaders.organizationById(), party.organizationId);
  }
}

@Resolver(() => Country)
export class CountryAgreementsResolver {
  @FieldResolver(() => AgreementConnection, {
    nullable: true,
    description: "What this country is a party to, newest first; those without a date last.",
  })
  agreements(
    @Root() country: Country,
    @Args(() => AgreementListArgs) args: AgreementListArgs,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return loaders.agreements("Country", country.code, args, selected);
  }
}

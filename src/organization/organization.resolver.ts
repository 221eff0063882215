import { Arg, Args, Ctx, Query, Resolver } from "type-graphql";
import type { Context } from "../context.js";
import { Country } from "../country/country.entity.js";
import {
  LookAhead,
  LookAheadPage,
  type PageSelection,
  type Selection,
} from "../graphql/look-ahead.js";
import { JoinedRow } from "../graphql/row-fields.js";
import { connectionType } from "../query/connection.js";
import { Organization } from "./organization.entity.js";
import { OrganizationListArgs } from "./organization.filter.js";

const OrganizationConnection = connectionType("Organization", Organization);

@Resolver(() => Organization)
export class OrganizationResolver {
  @Query(() => Organization, {
    nullable: true,
    description: "An organization by slug, present or former; null when unknown.",
  })
  organization(
    @Arg("slug", () => String, { description: "Such as `asean`." }) slug: string,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return loaders.byKey("Organization", "slug", slug, selected);
  }

  @Query(() => OrganizationConnection, {
    nullable: true,
    description: "Every organization on record, by name.",
  })
  organizations(
    @Args(() => OrganizationListArgs) args: OrganizationListArgs,
    @Ctx() { loaders }: Context,
    @LookAheadPage() page: PageSelection,
  ) {
    return loaders.organizations(args, page);
  }

  @JoinedRow(Organization, "countryCode", Country, {
    nullable: true,
    description:
      "The country that it is a body or a party of; null where it has none, and when no document says.",
  })
  country: Country | null;

  @JoinedRow(Organization, "parentId", Organization, {
    nullable: true,
    description: "The organization that it is a part of; null when no document gives one.",
  })
  parent: Organization | null;
}

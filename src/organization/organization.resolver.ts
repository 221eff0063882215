import { Arg, Args, Ctx, Query, Resolver } from "type-graphql";
import type { Context } from "../context.js";
import {
  LookAhead,
  LookAheadPage,
  type PageSelection,
  type Selection,
} from "../graphql/look-ahead.js";
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
}

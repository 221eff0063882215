import { Arg, Ctx, Query, Resolver } from "type-graphql";
import type { Context } from "../context.js";
import { LookAhead, type Selection } from "../graphql/look-ahead.js";
import { Organization } from "./organization.entity.js";

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
}

import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.js";
import { LookAhead, type Selection } from "../graphql/look-ahead.js";
import { Country } from "../country/country.entity.js";
import { Organization } from "../organization/organization.entity.js";
import { edge } from "../graphql/edges.js";
import { Citation } from "../source/citation.entity.js";
import { Person } from "./person.entity.js";
import { Tenure } from "./tenure.entity.js";

@Resolver(() => Tenure)
export class TenureResolver {
  @FieldResolver(() => Person, { description: "Who holds it." })
  person(@Root() tenure: Tenure, @Ctx() { loaders }: Context) {
    return loaders.personById().load(tenure.personId);
  }

  @FieldResolver(() => Country, { nullable: true, description: "The country served." })
  country(@Root() tenure: Tenure, @Ctx() { loaders }: Context) {
    return edge(loaders.countryByCode(), tenure.countryCode);
  }

  @FieldResolver(() => Country, {
    nullable: true,
    description: "The receiving country of an ambassador.",
  })
  accreditedTo(@Root() tenure: Tenure, @Ctx() { loaders }: Context) {
    return edge(loaders.countryByCode(), tenure.accreditedToCode);
  }

  @FieldResolver(() => Organization, { nullable: true, description: "The organization served." })
  organization(@Root() tenure: Tenure, @Ctx() { loaders }: Context) {
    return edge(loaders.organizationById(), tenure.organizationId);
  }

  @FieldResolver(() => [Citation], { description: "The passages that prove it; never empty." })
  citations(@Root() tenure: Tenure, @Ctx() { loaders }: Context, @LookAhead() selected: Selection) {
    return loaders.citationsOfTenure(selected).load(tenure.id);
  }
}

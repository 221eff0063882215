import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.js";
import { LookAhead, type Selection } from "../graphql/look-ahead.js";
import { Country } from "../country/country.entity.js";
import { Organization } from "../organization/organization.entity.js";
import { edge } from "../graphql/edges.js";
import { Person } from "../person/person.entity.js";
import { Citation } from "../source/citation.entity.js";
import { Participation } from "./participation.entity.js";

@Resolver(() => Participation)
export class ParticipationResolver {
  @FieldResolver(() => Person, {
    nullable: true,
    description: "Who takes part; null when not known by name.",
  })
  person(@Root() participation: Participation, @Ctx() { loaders }: Context) {
    return edge(loaders.personById(), participation.personId);
  }

  @FieldResolver(() => Country, { nullable: true, description: "The country on whose behalf." })
  country(@Root() participation: Participation, @Ctx() { loaders }: Context) {
    return edge(loaders.countryByCode(), participation.countryCode);
  }

  @FieldResolver(() => Organization, {
    nullable: true,
    description: "The organization on whose behalf.",
  })
  organization(@Root() participation: Participation, @Ctx() { loaders }: Context) {
    return edge(loaders.organizationById(), participation.organizationId);
  }

  @FieldResolver(() => [Citation], { description: "The passages that prove it; never empty." })
  citations(
    @Root() participation: Participation,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return loaders.citationsOfParticipation(selected).load(participation.id);
  }
}

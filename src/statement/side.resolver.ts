import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.js";
import { Country } from "../country/country.entity.js";
import { Organization } from "../organization/organization.entity.js";
import { edge } from "../graphql/edges.js";
import { Person } from "../person/person.entity.js";
import { Addressee } from "./addressee.entity.js";
import { Speaker } from "./speaker.entity.js";

@Resolver(() => Speaker)
export class SpeakerResolver {
  @FieldResolver(() => Person, {
    nullable: true,
    description: "Who speaks; null when not known by name.",
  })
  person(@Root() speaker: Speaker, @Ctx() { loaders }: Context) {
    return edge(loaders.personById(), speaker.personId);
  }

  @FieldResolver(() => Country, { nullable: true, description: "The country on whose behalf." })
  country(@Root() speaker: Speaker, @Ctx() { loaders }: Context) {
    return edge(loaders.countryByCode(), speaker.countryCode);
  }

  @FieldResolver(() => Organization, {
    nullable: true,
    description: "The organization on whose behalf.",
  })
  organization(@Root() speaker: Speaker, @Ctx() { loaders }: Context) {
    return edge(loaders.organizationById(), speaker.organizationId);
  }
}

@Resolver(() => Addressee)
export class AddresseeResolver {
  @FieldResolver(() => Person, { nullable: true, description: "The person spoken to." })
  person(@Root() addressee: Addressee, @Ctx() { loaders }: Context) {
    return edge(loaders.personById(), addressee.personId);
  }

  @FieldResolver(() => Country, { nullable: true, description: "The country spoken to." })
  country(@Root() addressee: Addressee, @Ctx() { loaders }: Context) {
    return edge(loaders.countryByCode(), addressee.countryCode);
  }

  @FieldResolver(() => Organization, { nullable: true, description: "The organization spoken to." })
  organization(@Root() addressee: Addressee, @Ctx() { loaders }: Context) {
    return edge(loaders.organizationById(), addressee.organizationId);
  }
}

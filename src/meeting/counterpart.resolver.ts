import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.js";
import { Country } from "../country/country.entity.js";
import { Person } from "../person/person.entity.js";
import { CounterpartListArgs } from "./counterpart.args.js";
import { CounterpartConnection, CounterpartEdge } from "./counterpart.connection.js";
import type { CounterpartTold } from "./counterpart.lists.js";

@Resolver(() => Person)
export class PersonCounterpartsResolver {
  @FieldResolver(() => CounterpartConnection, {
    nullable: true,
    description:
      "Whom this person met: people of another side (country, else organization) who took part in the same meeting, one that a " +
      "document says was HELD, calls included. A journey or conference above a meeting of the two does not count as well. Most " +
      "meetings first, then the latest, then by id. The order is computed when asked: a load between two pages may move a row, " +
      "so that it comes twice or not at all.",
  })
  counterparts(
    @Root() person: Person,
    @Args(() => CounterpartListArgs) args: CounterpartListArgs,
    @Ctx() { loaders }: Context,
  ) {
    return loaders.counterparts(person.id, args);
  }
}

@Resolver(() => CounterpartEdge)
export class CounterpartEdgeResolver {
  @FieldResolver(() => [Country], {
    description: "The countries for which the counterpart took part in these meetings, by name.",
  })
  countries(@Root() { countryCodes }: CounterpartTold, @Ctx() { loaders }: Context) {
    return Promise.all(countryCodes.map((code) => loaders.countryByCode().load(code)));
  }
}

import { Args, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import { FromRow } from "../graphql/row-fields.js";
import type { Context } from "../context.js";
import { Country } from "../country/country.entity.js";
import { Person } from "../person/person.entity.js";
import { CounterpartListArgs } from "./counterpart.args.js";
import { CounterpartConnection, CounterpartEdge } from "./counterpart.connection.js";
import type { CounterpartList, CounterpartTold } from "./counterpart.lists.js";

@Resolver(() => Person)
export class PersonCounterpartsResolver {
  @FieldResolver(() => CounterpartConnection, {
    nullable: true,
    description:
      "Whom this person met: people of another side who took part in the same meeting, one that a document says was HELD, calls " +
      "included. A side is the country that one takes part for, else the countries of the offices held on the meeting's date (of a " +
      "meeting without one, of those attested by a document, other than a dataset, which the participation cites too), which is " +
      "INFERRED, else the organization. Where either side is unknown nobody is taken to be of another: `sides` lists these too, " +
      "`unknownSideCount` counts them. A journey or conference above a meeting of the two does not count as well. Most meetings " +
      "first, then the latest, then by id. The order is computed when asked: a load between two pages may move a row, so that it " +
      "comes twice or not at all.",
  })
  counterparts(
    @FromRow(Person, "id") id: string,
    @Args(() => CounterpartListArgs) args: CounterpartListArgs,
    @Ctx() { loaders }: Context,
  ) {
    return loaders.counterparts(id, args);
  }
}

@Resolver(() => CounterpartConnection)
export class CounterpartConnectionResolver {
  @FieldResolver(() => Int, {
    nullable: true,
    description:
      "How many people were met, filter applied, whose `side` is UNKNOWN, whatever `sides` lists: how many may be missing from a " +
      "list of OTHER. Costs a statement of its own when selected.",
  })
  unknownSideCount(@Root() list: CounterpartList) {
    return list.unknownSideCount();
  }
}

@Resolver(() => CounterpartEdge)
export class CounterpartEdgeResolver {
  @FieldResolver(() => [Country], {
    description:
      "The countries that were the counterpart's side at these meetings, by name; none where that is an organization or unknown. " +
      "Several where it changed, or where offices of several were held at once.",
  })
  countries(@Root() { countryCodes }: CounterpartTold, @Ctx() { loaders }: Context) {
    return Promise.all(countryCodes.map((code) => loaders.pointedTo(Country, code)));
  }
}

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
import { Place } from "./place.entity.js";
import { PlaceListArgs } from "./place.filter.js";

const PlaceConnection = connectionType("Place", Place);

@Resolver(() => Place)
export class PlaceResolver {
  @Query(() => Place, {
    nullable: true,
    description: "A place by slug, present or former; null when unknown.",
  })
  place(
    @Arg("slug", () => String, { description: "Such as `vientiane`." }) slug: string,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return loaders.byKey("Place", "slug", slug, selected);
  }

  @Query(() => PlaceConnection, { nullable: true, description: "Every place on record, by name." })
  places(
    @Args(() => PlaceListArgs) args: PlaceListArgs,
    @Ctx() { loaders }: Context,
    @LookAheadPage() page: PageSelection,
  ) {
    return loaders.places(args, page);
  }

  @JoinedRow(Place, "countryCode", Country, {
    nullable: true,
    description: "The country it is in today; null where disputed or none.",
  })
  country: Country | null;
}

import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.js";
import { Country } from "../country/country.entity.js";
import {
  LookAhead,
  LookAheadPage,
  type PageSelection,
  type Selection,
} from "../graphql/look-ahead.js";
import { FromRow, JoinedRow } from "../graphql/row-fields.js";
import { connectionType } from "../query/connection.js";
import { SourceDocument } from "../source/source-document.entity.js";
import { Place } from "./place.entity.js";
import { PlaceListArgs } from "./place.filter.js";
import { RecordCoordinates } from "./record-coordinates.js";

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

  @FieldResolver(() => RecordCoordinates, {
    nullable: true,
    description: "Where it is; null where no dataset on record says.",
  })
  coordinates(
    @FromRow(Place, "latitude") latitude: number | null,
    @FromRow(Place, "longitude") longitude: number | null,
    @FromRow(Place, "coordinatesDocumentId") documentId: string | null,
  ) {
    return latitude === null ? null : { latitude, longitude, documentId };
  }
}

@Resolver(() => RecordCoordinates)
export class RecordCoordinatesResolver {
  @FieldResolver(() => SourceDocument, {
    description: "The dataset whose coordinates these are.",
  })
  document(
    @Root() { documentId }: RecordCoordinates,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return loaders.byKey("SourceDocument", "id", documentId, selected);
  }
}

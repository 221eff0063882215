import { Arg, Args, Ctx, Directive, FieldResolver, ID, Query, Resolver } from "type-graphql";
import type { Context } from "../context.js";
import {
  LookAhead,
  LookAheadPage,
  type PageSelection,
  type Selection,
} from "../graphql/look-ahead.js";
import { FromRow } from "../graphql/row-fields.js";
import { connectionType } from "../query/connection.js";
import { CountryCode } from "../scalars/country-code.js";
import { Country } from "./country.entity.js";
import { CountryListArgs } from "./country.filter.js";
import { localizedName } from "./country.names.js";

const CountryConnection = connectionType("Country", Country);

@Resolver(() => Country)
export class CountryResolver {
  @Directive("@shareable")
  @Query(() => Country, {
    nullable: true,
    description: "A country by code: any code ever assigned, on record or not; null for another.",
  })
  country(
    @Arg("code", () => CountryCode, {
      description: "Such as `IN`, or `SUHH` for a former country.",
    })
    code: string,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return loaders.byKey("Country", "code", code, selected);
  }

  @Query(() => CountryConnection, {
    nullable: true,
    description: "The countries on record, by name: those that any fact names.",
  })
  countries(
    @Args(() => CountryListArgs) args: CountryListArgs,
    @Ctx() { loaders }: Context,
    @LookAheadPage() page: PageSelection,
  ) {
    return loaders.countries(args, page);
  }

  @FieldResolver(() => ID, { description: "Its code, for caches that want an id." })
  id(@FromRow(Country, "code") code: string) {
    return code;
  }

  @FieldResolver(() => String, {
    description:
      "Its name in a language by Unicode CLDR; in English where it has none in it, as no former country has.",
  })
  localizedName(
    @FromRow(Country, "code") code: string,
    @FromRow(Country, "name") name: string,
    @Arg("language", () => String, {
      description:
        "A BCP 47 language tag: `fr`, `zh-Hant`. One that is ill-formed is BAD_USER_INPUT.",
    })
    language: string,
  ) {
    return localizedName(code, language) ?? name;
  }
}

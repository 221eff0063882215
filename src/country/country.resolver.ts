import { Arg, Args, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.js";
import { CountryCode } from "../scalars/country-code.js";
import { PartialDate, partialDateOf } from "../scalars/partial-date.js";
import { CountryListArgs } from "./country.args.js";
import { CountryConnection } from "./country.connection.js";
import { Country } from "./country.entity.js";
import { localizedName } from "./country.names.js";

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
  ) {
    return loaders.countryByCode.load(code);
  }

  @Query(() => CountryConnection, {
    nullable: true,
    description: "The countries on record, by name: those that any fact names.",
  })
  countries(@Args(() => CountryListArgs) args: CountryListArgs, @Ctx() { loaders }: Context) {
    return loaders.countries(args);
  }

  @FieldResolver(() => ID, { description: "Its code, for caches that want an id." })
  id(@Root() country: Country) {
    return country.code;
  }

  @FieldResolver(() => String, {
    description:
      "Its name in a language by Unicode CLDR; in English where it has none in it, as no former country has.",
  })
  localizedName(
    @Root() country: Country,
    @Arg("language", () => String, {
      description:
        "A BCP 47 language tag: `fr`, `zh-Hant`. One that is ill-formed is BAD_USER_INPUT.",
    })
    language: string,
  ) {
    return localizedName(country.code, language) ?? country.name;
  }

  @FieldResolver(() => PartialDate, {
    nullable: true,
    description:
      "When a former country's code was withdrawn (ISO 3166-3), some months after it ceased; null for today's countries.",
  })
  withdrawn(@Root() country: Country) {
    return partialDateOf(country.withdrawnFrom, country.withdrawnTo);
  }
}

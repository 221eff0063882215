import { Arg, Args, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.js";
import { PageArgs } from "../paging/page.args.js";
import { CountryCode } from "../scalars/country-code.js";
import { PartialDate, partialDateOf } from "../scalars/partial-date.js";
import { CountryConnection } from "./country.connection.js";
import { Country } from "./country.entity.js";

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
  countries(@Args(() => PageArgs) args: PageArgs, @Ctx() { loaders }: Context) {
    return loaders.countries(args);
  }

  @FieldResolver(() => ID, { description: "Its code, for caches that want an id." })
  id(@Root() country: Country) {
    return country.code;
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

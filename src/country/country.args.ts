import { ArgsType, Field } from "type-graphql";
import { PageArgs } from "../query/page.args.js";
import { CountryFilter } from "./country.filter.js";

@ArgsType()
export class CountryListArgs extends PageArgs {
  @Field(() => CountryFilter, { nullable: true, description: "Which of them; all when absent." })
  filter?: CountryFilter | null;
}

import { ArgsType, Field } from "type-graphql";
import { PageArgs } from "../query/page.args.js";
import { PlaceFilter } from "./place.filter.js";

@ArgsType()
export class PlaceListArgs extends PageArgs {
  @Field(() => PlaceFilter, { nullable: true, description: "Which of them; all when absent." })
  filter?: PlaceFilter | null;
}

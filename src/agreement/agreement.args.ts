import { ArgsType, Field } from "type-graphql";
import { PageArgs } from "../query/page.args.js";
import { AgreementFilter } from "./agreement.filter.js";

@ArgsType()
export class AgreementListArgs extends PageArgs {
  @Field(() => AgreementFilter, { nullable: true, description: "Which of them; all when absent." })
  filter?: AgreementFilter | null;
}

import { ArgsType, Field } from "type-graphql";
import { ForwardPageArgs } from "../query/page.args.js";
import { RecordKind } from "./search.enums.js";

@ArgsType()
export class RecordSearchArgs extends ForwardPageArgs {
  @Field(() => String, {
    description:
      'What to look for: a name in any script, or words in web-search syntax: words, "a phrase", or, -not. Accents and case do not matter. ' +
      "Of its words the first 20 count; without letters or digits it finds nothing. At most 300 characters.",
  })
  query: string;

  @Field(() => [RecordKind], {
    nullable: true,
    description: "Of which kinds; all when absent, none when empty.",
  })
  kinds?: RecordKind[] | null;
}

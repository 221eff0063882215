import { Extensions, Field, ID, ObjectType } from "type-graphql";
import { Citation } from "../source/citation.entity.js";

@ObjectType({
  description:
    "Two items held to be one: the one that went, why, and on whose word. Its id, slug and key lead to the one that stays, which shows " +
    "what documents say of both. Undone by taking the judgement back.",
})
export class RecordMerge {
  @Field(() => ID, { description: "The id of the item that went; it leads to the one that stays." })
  mergedId: string;

  @Field(() => String, {
    description:
      "The slug of the item that went; of a statement, its key. It leads to the one that stays.",
  })
  mergedKey: string;

  @Field(() => String, {
    description: "Why they are one, in the words of the record that says so.",
  })
  reason: string;

  @Extensions({ listSize: 3 })
  @Field(() => [Citation], {
    description:
      "The passages that prove it, at most 20; if there are none, the document of the record that says so as a whole, with neither `start` nor `locator`.",
  })
  citations: Citation[];
}

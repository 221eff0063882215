import { Field, ObjectType } from "type-graphql";

@ObjectType({
  description:
    "A field of an item before and after a change, as JSON texts. Members of objects come by name, and those without a value are left out, so that equal values are equal texts.",
})
export class RecordFieldChange {
  @Field(() => String, {
    description: "The property of the record format, such as `text`, `date` or `speakers`.",
  })
  field: string;

  @Field(() => String, {
    nullable: true,
    description:
      "What it was: a value, or a whole list with what is in it; items that it refers to by `key`. Null where there was nothing.",
  })
  oldJson: string | null;

  @Field(() => String, {
    nullable: true,
    description: "What it became, in the same form. Null where there is nothing any more.",
  })
  newJson: string | null;
}

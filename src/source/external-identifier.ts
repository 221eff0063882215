import { Field, ObjectType } from "type-graphql";

@ObjectType({ description: "What another authority calls the same thing (Popolo Identifier)." })
export class ExternalIdentifier {
  @Field(() => String, {
    description: "Who gives it, lower case: `wikidata`, `iso-3166-1-alpha-3`.",
  })
  scheme: string;

  @Field(() => String, { description: "The identifier, verified by whoever recorded it." })
  value: string;
}

import { Field, InputType, ObjectType } from "type-graphql";

@ObjectType({ description: "What another authority calls the same thing (Popolo Identifier)." })
export class ExternalIdentifier {
  @Field(() => String, {
    description: "Who gives it, lower case: `wikidata`, `iso-3166-1-alpha-3`.",
  })
  scheme: string;

  @Field(() => String, { description: "The identifier, verified by whoever recorded it." })
  value: string;
}

@InputType({ description: "An identifier to find what has it: both fields to the letter." })
export class ExternalIdentifierInput {
  @Field(() => String, { description: "Who gives it, lower case: `wikidata`." })
  scheme: string;

  @Field(() => String, { description: "The identifier: `Q76`." })
  value: string;
}

/** What a record says of one of an item's other names. */
export interface NameNote {
  text: string;
  /** BCP 47. */
  language?: string;
  kind?: "FORMER";
}

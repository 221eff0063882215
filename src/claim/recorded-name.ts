import { Field, Int, ObjectType, registerEnumType } from "type-graphql";

export enum RecordNameKind {
  PREFERRED = "PREFERRED",
  ALSO = "ALSO",
  FORMER = "FORMER",
}

registerEnumType(RecordNameKind, {
  name: "RecordNameKind",
  description: "What one name is among the names of an item. May gain values.",
  valuesConfig: {
    PREFERRED: { description: "The one that `name` shows." },
    ALSO: { description: "Another name or spelling in use." },
    FORMER: { description: "A name that is no longer used, as a document says." },
  },
});

@ObjectType({
  description:
    "One spelling of a name, and the documents that give it (Popolo other_names). No spelling contradicts another.",
})
export class RecordedName {
  /** The id of the item that has the name. */
  itemId: string;

  @Field(() => String, { description: "The name as the documents spell it." })
  text: string;

  @Field(() => RecordNameKind, { description: "Whether `name` shows it, and if not, why." })
  kind: RecordNameKind;

  @Field(() => String, {
    nullable: true,
    description: "The language it is in (BCP 47); null unless a document's record says so.",
  })
  language: string | null;

  @Field(() => Int, {
    description:
      "How many independent sources give it: a text and all copies of it (`syndicatedFrom`) count once. At least 1; of an item that very many documents name, the first 1,000 to 2,000 of them are counted.",
  })
  sourceCount: number;
}

/** The key of a name, by which its sources are listed: the id of the item, a space, and the name. */
export function keyOfName({ itemId, text }: RecordedName): string {
  return `${itemId} ${text}`;
}

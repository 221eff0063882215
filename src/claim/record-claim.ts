import { Extensions, Field, ObjectType, registerEnumType } from "type-graphql";
import { Citation } from "../source/citation.entity.js";
import { FactCertainty } from "../source/source.enums.js";

export enum RecordClaimRank {
  PREFERRED = "PREFERRED",
  NORMAL = "NORMAL",
  DEPRECATED = "DEPRECATED",
}

registerEnumType(RecordClaimRank, {
  name: "RecordClaimRank",
  description: "How one claim stands beside the others for its field (Wikidata ranks).",
  valuesConfig: {
    PREFERRED: { description: "The field shows it." },
    NORMAL: { description: "A document gives it, and the field shows another one." },
    DEPRECATED: { description: "Only documents that are RETRACTED give it." },
  },
});

@ObjectType({
  description:
    "A value that documents give for a field (Wikidata ranks): the PREFERRED one is what the field shows. Which one that is does not " +
    "depend on the order of loading: it is a settled value, else that of the installation's preferred source, else of the more " +
    "official kind of document, else of the earlier one, else of the one whose key comes first.",
})
export class RecordClaim {
  @Field(() => String, { description: "The property of the record format, such as `birthDate`." })
  field: string;

  @Field(() => String, {
    description:
      "The value as the record format writes it: text, dates and keys as they are, everything else as JSON.",
  })
  value: string;

  @Field(() => RecordClaimRank, { description: "How it stands beside the other claims." })
  rank: RecordClaimRank;

  @Field(() => FactCertainty, {
    nullable: true,
    description: "How the documents support it; null where the field has no certainty.",
  })
  certainty: FactCertainty | null;

  @Field(() => String, {
    nullable: true,
    description: "Why it is preferred, if a person decided so; null otherwise.",
  })
  reason: string | null;

  @Extensions({ listSize: 3 })
  @Field(() => [Citation], {
    description:
      "The passages that the documents cite for the item, at most 20. For an item without passages (a person, a place or an " +
      "organization), one citation of each document, with neither `start` nor `locator`.",
  })
  citations: Citation[];
}

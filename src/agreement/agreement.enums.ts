import { registerEnumType } from "type-graphql";

export enum AgreementKind {
  MEMORANDUM_OF_UNDERSTANDING = "MEMORANDUM_OF_UNDERSTANDING",
  TREATY = "TREATY",
  AGREEMENT = "AGREEMENT",
  JOINT_DECLARATION = "JOINT_DECLARATION",
  OTHER = "OTHER",
}

registerEnumType(AgreementKind, {
  name: "AgreementKind",
  description:
    "What sort of instrument an agreement is, as its document calls it. May gain values.",
  valuesConfig: {
    MEMORANDUM_OF_UNDERSTANDING: { description: "A memorandum of understanding (MoU)." },
    TREATY: { description: "A treaty." },
    AGREEMENT: { description: "Called an agreement, or not called anything more exact." },
    JOINT_DECLARATION: { description: "A declaration made together." },
    OTHER: { description: "None of the others." },
  },
});

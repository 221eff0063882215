import { registerEnumType } from "type-graphql";

export enum StatementForm {
  VERBATIM = "VERBATIM",
  REPORTED = "REPORTED",
  RECORDED = "RECORDED",
}

export enum StatementSpeech {
  DIRECT = "DIRECT",
  INDIRECT = "INDIRECT",
}

export enum StatementRelationKind {
  REPEATS = "REPEATS",
  RESPONDS_TO = "RESPONDS_TO",
  CONTRADICTS = "CONTRADICTS",
  CORRECTS = "CORRECTS",
  CORRECTED_BY = "CORRECTED_BY",
  TRANSLATES = "TRANSLATES",
}

/** The kinds that are stored; the others are the inverse of one of these. */
export const HELD_RELATION_KINDS = [
  StatementRelationKind.REPEATS,
  StatementRelationKind.RESPONDS_TO,
  StatementRelationKind.CONTRADICTS,
  StatementRelationKind.CORRECTS,
  StatementRelationKind.TRANSLATES,
] as const;

registerEnumType(StatementForm, {
  name: "StatementForm",
  description: "How the words of a statement relate to the words of its document. May gain values.",
  valuesConfig: {
    VERBATIM: {
      description:
        "Between quotation marks in the document, or a turn of a TRANSCRIPT or VERBATIM_RECORD, kept to the letter " +
        "(which may be a translation).",
    },
    REPORTED: {
      description: "What the document says they said, summarised in our own words.",
    },
    RECORDED: {
      description:
        "A note-taker's own account (a memorandum of conversation, minutes, a summary record), kept to the letter. It does not claim " +
        "to be the speaker's exact words.",
    },
  },
});

registerEnumType(StatementSpeech, {
  name: "StatementSpeech",
  description:
    "Whether the words are put as the speaker's own, or in indirect speech. May gain values.",
  valuesConfig: {
    DIRECT: { description: "As the speaker's own: “I agree”, “we shall see”." },
    INDIRECT: { description: "In indirect speech: “he said that he agreed”." },
  },
});

registerEnumType(StatementRelationKind, {
  name: "StatementRelationKind",
  description: "What one statement is to another. May gain values.",
  valuesConfig: {
    REPEATS: { description: "It says the same again, on another occasion." },
    RESPONDS_TO: { description: "It answers the other." },
    CONTRADICTS: {
      description: "Two accounts that can't both be true; shows at both ends.",
    },
    CORRECTS: {
      description:
        "It takes the place of the other, whose words, speakers or date were wrong; the other's standing is CORRECTED.",
    },
    CORRECTED_BY: {
      description: "CORRECTS from its other end: the other statement takes the place of this one.",
    },
    TRANSLATES: { description: "It gives the other's words in another language." },
  },
});

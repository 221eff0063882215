import { registerEnumType } from "type-graphql";

export enum StatementForm {
  VERBATIM = "VERBATIM",
  REPORTED = "REPORTED",
}

registerEnumType(StatementForm, {
  name: "StatementForm",
  description: "How the words of a statement relate to the words of its document. May gain values.",
  valuesConfig: {
    VERBATIM: {
      description:
        "Between quotation marks in the document, kept to the letter (which may be a translation).",
    },
    REPORTED: {
      description: "What the document says they said, summarised in our own words.",
    },
  },
});

import { registerEnumType } from "type-graphql";

export enum FactCertainty {
  STATED = "STATED",
  INFERRED = "INFERRED",
}

export enum RecordStanding {
  CURRENT = "CURRENT",
  CORRECTED = "CORRECTED",
  RETRACTED = "RETRACTED",
  DISPUTED = "DISPUTED",
}

export enum DocumentKind {
  NEWS = "NEWS",
  READOUT = "READOUT",
  JOINT_STATEMENT = "JOINT_STATEMENT",
  TRANSCRIPT = "TRANSCRIPT",
  DATASET = "DATASET",
  JUDGEMENT = "JUDGEMENT",
  MEMORANDUM = "MEMORANDUM",
  MINUTES = "MINUTES",
  VERBATIM_RECORD = "VERBATIM_RECORD",
  SUMMARY_RECORD = "SUMMARY_RECORD",
  PRESS_RELEASE = "PRESS_RELEASE",
  SPEECH = "SPEECH",
  INTERVIEW = "INTERVIEW",
  OTHER = "OTHER",
}

registerEnumType(FactCertainty, {
  name: "FactCertainty",
  description:
    "How a document supports one fact (a person, a country, a date, a place). Null exactly where the fact itself is null. May gain values.",
  valuesConfig: {
    STATED: {
      description:
        "A sentence of the document gives it, or continues one that does by pronoun, definite reference or unbroken topic.",
    },
    INFERRED: {
      description: "It needs a premise that the document does not give for that event.",
    },
  },
});

registerEnumType(RecordStanding, {
  name: "RecordStanding",
  description: "Whether an entry still stands. Nothing is silently removed. May gain values.",
  valuesConfig: {
    CURRENT: { description: "It stands." },
    CORRECTED: { description: "The old text of something that a newer entry corrects." },
    RETRACTED: { description: "Withdrawn by its source; left out of lists unless asked for." },
    DISPUTED: { description: "Contested; `standingNote` says by whom and why." },
  },
});

registerEnumType(DocumentKind, {
  name: "DocumentKind",
  description: "What kind of text or data a source is. May gain values.",
  valuesConfig: {
    NEWS: { description: "A report by a news organization (schema.org NewsArticle)." },
    READOUT: { description: "An account of a meeting published by one who took part." },
    JOINT_STATEMENT: { description: "A text issued by several sides together." },
    TRANSCRIPT: { description: "The spoken words, written down whole." },
    DATASET: {
      description:
        "Rows of data; its citations hold a locator instead of offsets (schema.org Dataset).",
    },
    JUDGEMENT: {
      description:
        "What the keepers of the record have judged, with their reasons: which items are one, which value of a field is right.",
    },
    MEMORANDUM: {
      description: "A memorandum of a conversation, written by one who was there or for them.",
    },
    MINUTES: { description: "What a meeting discussed and decided, as its secretary noted it." },
    VERBATIM_RECORD: {
      description: "The official record of a sitting, word for word: each turn is quoted.",
    },
    SUMMARY_RECORD: { description: "The official record of a sitting, in summary." },
    PRESS_RELEASE: {
      description: "What one side gives to the press, and no account of a meeting.",
    },
    SPEECH: { description: "The text of a speech, as given or as released." },
    INTERVIEW: { description: "Questions of a journalist, and the answers." },
    OTHER: { description: "None of the others." },
  },
});

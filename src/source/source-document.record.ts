import { z } from "zod";
import {
  certainty,
  date,
  optional,
  reference,
  referenceBy,
  value,
} from "../records/record.fields.js";
import { moment } from "./source.fields.js";
import { recordItem } from "../records/record.item.js";
import { key, language, sha256, text, url } from "../records/record.values.js";
import type { SourceDocument } from "./source-document.entity.js";
import { DocumentKind, RecordStanding } from "./source.enums.js";

/** Whether a published document or statement still stands, and why not. */
export const standing = {
  standing: value(
    "standing",
    z.enum(RecordStanding).default(RecordStanding.CURRENT),
    "Whether it still stands. Nothing is silently removed.",
  ),
  standingNote: optional(
    "standingNote",
    text(),
    "Why it no longer simply stands, and who says so.",
  ),
};

/** The record format of a source document. */
export const document = recordItem<SourceDocument>()({
  noun: "document",
  type: "SOURCE_DOCUMENT",
  typename: "SourceDocument",
  table: "source_document",
  isOwnOwner: true,
  fields: {
    key: value("key", key(), "Chosen once, for ever: statements' keys begin with it."),
    kind: value("kind", z.enum(DocumentKind), "What kind of text or data it is."),
    title: optional("title", text(), "Its title or headline, as it gives it."),
    publisher: optional("publisher", text(), "Who published it, as it gives the name."),
    // `added`: the organization may be defined by a later record.
    issuer: reference(
      "organization",
      "issuerId",
      "Slug of the organization that issued it.",
      "added",
    ),
    url: optional("url", url(), "Where it can be read."),
    language: value("language", language(), "BCP 47."),
    dateline: optional("dateline", text(), "Place and date at its head, to the letter."),
    datePublished: date("dateFrom", "dateTo", "When it came out."),
    dateCertainty: certainty("dateCertainty", "the date", ["datePublished"]),
    licence: optional(
      "licence",
      text(),
      "SPDX id, or `public-domain`. Only one known to be open lifts the limits on quotations.",
    ),
    version: optional("version", text(), "Of a dataset: which edition of it."),
    sha256: optional("sha256", sha256(), "Of the text's bytes, lower-case hexadecimal."),
    retrievedAt: moment("retrievedAt", "When the text was read from `url`, RFC 3339."),
    attribution: optional(
      "attribution",
      text(1_000),
      "What its licence asks to be shown beside its words.",
    ),
    archivedUrl: optional("archivedUrl", url(), "A copy of it in a web archive."),
    // `firm`: the original must be loaded before its copy.
    syndicatedFrom: referenceBy(
      "document",
      "syndicatedFromId",
      key().nullish().describe("Key of the document that this one is a copy of."),
      "firm",
    ),
    ...standing,
  },
  computed: ["recordedIn", "changedIn"],
  // In this order: not retracted, the more official kind, the earlier document, its key.
  preference: ({ standing, kind, date_from, key }) =>
    [
      Number(standing === RecordStanding.RETRACTED),
      String(OFFICIAL.indexOf(kind as DocumentKind)).padStart(2, "0"),
      date_from ?? "~",
      key,
    ].join(" "),
});

/** The kinds of documents, the more official first. */
const OFFICIAL: readonly DocumentKind[] = [
  DocumentKind.JUDGEMENT,
  DocumentKind.JOINT_STATEMENT,
  DocumentKind.VERBATIM_RECORD,
  DocumentKind.SUMMARY_RECORD,
  DocumentKind.TRANSCRIPT,
  DocumentKind.MINUTES,
  DocumentKind.MEMORANDUM,
  DocumentKind.READOUT,
  DocumentKind.SPEECH,
  DocumentKind.PRESS_RELEASE,
  DocumentKind.DATASET,
  DocumentKind.INTERVIEW,
  DocumentKind.NEWS,
  DocumentKind.OTHER,
];

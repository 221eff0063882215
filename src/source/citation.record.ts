import type { z } from "zod";
import { referenceToDocument, value } from "../records/record.fields.js";
import { entries, recordItem } from "../records/record.item.js";
import { textOfOffsets } from "./source.fields.js";
import { entries as list, offset, text } from "../records/record.values.js";
import type { Citation } from "./citation.entity.js";

interface Passage {
  document?: string;
  start?: number;
  end?: number;
  locator?: string;
}

/** Returns the key of a citation within its fact. */
function citationKeyOf({ document, start, end, locator }: Passage, ownDocument: string): string {
  const cited = document ?? ownDocument;
  return locator === undefined ? `${cited}#${start}-${end}` : `${cited}?${locator}`;
}

/** The record format of a citation: a passage that proves a fact. */
export const citation = recordItem<Citation>()({
  noun: "citation",
  typename: "Citation",
  table: "citation",
  fields: {
    document: referenceToDocument(
      "documentId",
      "Key of the cited document; the record's own when absent.",
    ),
    start: value(
      "start",
      offset().min(0).optional(),
      "First UTF-16 code unit of the passage.",
      "start_offset",
    ),
    end: value(
      "end",
      offset().min(1).optional(),
      "One past its last UTF-16 code unit.",
      "end_offset",
    ),
    textSha256: textOfOffsets(
      "textSha256",
      "Of the text that the offsets are of, where it is another edition than the document's `sha256`.",
    ),
    locator: value("locator", text().optional(), "The row of a dataset, in place of offsets."),
    exact: value(
      "exact",
      text().optional(),
      "The words themselves; only under an open licence of the document.",
    ),
    reportedBy: value(
      "reportedBy",
      text().optional(),
      "Who the document says said so, when not the document itself.",
    ),
  },
  entry: {
    containers: [
      "statementId",
      "meetingId",
      "participationId",
      "tenureId",
      "agreementId",
      "relationId",
      "mergeId",
    ],
    key: (entry, container, ids) => `${container.id}/${citationKeyOf(entry, ids.documentKey)}`,
    subject: ({ document_id, start_offset, end_offset, locator }) =>
      JSON.stringify([document_id, start_offset ?? null, end_offset ?? null, locator ?? null]),
    label: (text, container) => {
      const passage = text("locator") || `${text("start_offset")}–${text("end_offset")}`;
      return [text("document_id"), passage, "of", container].filter(Boolean).join(" ");
    },
    sortedBy: ["document", "start", "end", "locator"],
  },
});

/** A parsed citation. */
export type RecordCitation = z.output<typeof citation.schema>;

const passages = citation.schema.meta({
  id: "citation",
  description: "One passage of one document: `start` and `end`, or `locator`.",
});
const atLeastOne = list(passages).min(1).describe("The passages that prove it; at least one.");
const anyNumber = list(passages)
  .default([])
  .describe("The passages that say so; none where that is plain from the two statements.");

type Fact = (typeof citation.containers)[number];

/** Declares the citations of a fact; at least one. */
export const citations = (fact: Fact) => entries(citation, fact, atLeastOne);
/** Declares citations that may be omitted. */
export const citationsOrNone = (fact: Fact) => entries(citation, fact, anyNumber);

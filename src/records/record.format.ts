import { z } from "zod";
import { agreement } from "../agreement/agreement.record.js";
import { difference } from "../judgement/difference.record.js";
import { merge } from "../judgement/merge.record.js";
import { settlement } from "../judgement/settlement.record.js";
import { meeting } from "../meeting/meeting.record.js";
import { participation } from "../meeting/participation.record.js";
import { organization } from "../organization/organization.record.js";
import { person } from "../person/person.record.js";
import { tenure } from "../person/tenure.record.js";
import { place } from "../place/place.record.js";
import { citation } from "../source/citation.record.js";
import { document } from "../source/source-document.record.js";
import { relation } from "../statement/statement-relation.record.js";
import { statement } from "../statement/statement.record.js";
import { topic } from "../topic/topic.record.js";
import type { ItemFormat } from "./record.item.js";
import { key, list } from "./record.values.js";

/**
 * The record format `communique-record/1`: one JSON document per source text, or one per line of a dataset. Checker,
 * loader, exporter and JSON Schema are all derived from it. An omitted certainty means STATED; a fact that the document
 * does not give is omitted or null.
 */
export const recordSchema = z
  .strictObject({
    $schema: z.string().optional().describe("Where an editor finds this schema."),
    format: z.literal("communique-record/1").describe("The format and its version."),
    document: z
      .union([key(), document.schema])
      .describe("The source, or the key of one that an earlier record defines."),
    people: list(person.schema).describe("The people it mentions."),
    places: list(place.schema).describe("The places it mentions."),
    organizations: list(organization.schema).describe("The organizations it mentions."),
    topics: list(topic.schema).describe("What its statements are about."),
    tenures: list(tenure.schema).describe("Who held which office, and when."),
    meetings: list(meeting.schema).describe("Who met whom, when and where."),
    agreements: list(agreement.schema).describe("What was agreed."),
    statements: list(statement.schema).describe("What was said."),
    merges: list(merge.schema).describe("Which items are one."),
    different: list(difference.schema).describe("Which items that look alike are not one."),
    settles: list(settlement.schema).describe("Which of several values of a field is right."),
  })
  .describe(
    "A communique record: one source and what it says of who met whom, where, and what was said.",
  );

/** The lists of a record in the order of the format. */
export const LISTS = {
  people: person,
  places: place,
  organizations: organization,
  topics: topic,
  tenures: tenure,
  meetings: meeting,
  agreements: agreement,
  statements: statement,
  merges: merge,
  different: difference,
  settles: settlement,
} as const satisfies Partial<Record<keyof SourceRecord, ItemFormat>>;

/** All item formats in dependency order: each after those it refers to, entries after the items that contain them. */
export const ITEMS: readonly ItemFormat[] = [
  document,
  organization,
  person,
  place,
  topic,
  tenure,
  meeting,
  participation,
  agreement,
  statement,
  relation,
  merge,
  difference,
  settlement,
  citation,
];

/** The format of documents; each record belongs to one. */
export const DOCUMENT: ItemFormat = document;
/** The formats of judgements about other items. */
export const MERGE: ItemFormat = merge;
export const SETTLEMENT: ItemFormat = settlement;
/** The format of citations, which prove facts. */
export const CITATION: ItemFormat = citation;

/** Nouns with keys, by which one record can refer to items of another. */
export type RecordNoun = (typeof document | (typeof LISTS)[keyof typeof LISTS])["noun"];

/** A parsed record, with defaults applied. */
export type SourceRecord = z.output<typeof recordSchema>;
/** A record as written: properties with a default may be omitted. */
export type SourceRecordInput = z.input<typeof recordSchema>;
export type { RecordCitation } from "../source/citation.record.js";

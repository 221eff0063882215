import { z } from "zod";
import { AgreementKind } from "../agreement/agreement.enums.js";
import {
  MeetingCoverage,
  MeetingKind,
  MeetingMode,
  MeetingStatus,
  ParentRelation,
  ParticipationRole,
} from "../meeting/meeting.enums.js";
import { isCountryCode } from "../scalars/country-code.js";
import { boundsOfPartialDate } from "../scalars/partial-date.js";
import { isText } from "../scalars/text.js";
import { DocumentKind, FactCertainty, RecordStanding } from "../source/source.enums.js";
import { HELD_RELATION_KINDS, StatementForm } from "../statement/statement.enums.js";

/**
 * The record format `communique-record/1`: one JSON document per source text, or one per line of a dataset.
 * The checker, the loader and the published JSON Schema all come from this file.
 * A certainty that is left out means STATED; a fact that the document does not give is left out or null.
 */

const text = (longest = 10_000) =>
  z.string().min(1).max(longest).refine(isText, "expected text without NUL or lone surrogates");
/** Lists are sorted by names, and a row of PostgreSQL's indexes holds 2,704 bytes. */
const name = () => text(300);
const slug = () =>
  z
    .string()
    .max(200)
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "expected lower-case letters, digits and single hyphens");
const key = () =>
  z
    .string()
    .max(300)
    .regex(
      /^[a-z0-9]+(?:[-/.][a-z0-9]+)*$/,
      "expected lower-case letters and digits, parted by single hyphens, dots or slashes",
    );
const country = () =>
  z.string().refine(isCountryCode, "expected an ISO 3166-1 alpha-2 or ISO 3166-3 code");
const partialDate = () =>
  z
    .string()
    .refine((value) => boundsOfPartialDate(value) !== null, "expected YYYY-MM-DD, YYYY-MM or YYYY");
const language = () =>
  z
    .string()
    .max(100)
    .regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, "expected a BCP 47 language tag");
const url = () =>
  z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .refine(isText, "expected a web address without NUL or lone surrogates");
/** Offsets are stored in four bytes. */
const offset = () => z.int().max(2 ** 31 - 1);
const certainty = () => z.enum(FactCertainty).nullish();
const list = <T extends z.ZodType>(item: T) => z.array(item).default([]);
/** What belongs to one item, in its order: positions are stored in two bytes. */
const entries = <T extends z.ZodType>(item: T) => z.array(item).max(10_000);
const entriesOrNone = <T extends z.ZodType>(item: T) => entries(item).default([]);

const identifier = z.strictObject({
  scheme: slug().describe("Who gives the identifier, for example `wikidata`."),
  value: text().describe("The identifier itself, verified by whoever wrote the record."),
});

const citation = z
  .strictObject({
    document: key().optional().describe("Key of the cited document; the record's own when absent."),
    start: offset().min(0).optional().describe("First UTF-16 code unit of the passage."),
    end: offset().min(1).optional().describe("One past its last UTF-16 code unit."),
    locator: text().optional().describe("The row of a dataset, in place of offsets."),
    exact: text()
      .optional()
      .describe("The words themselves; only under an open licence of the document."),
    reportedBy: text()
      .optional()
      .describe("Who the document says said so, when not the document itself."),
  })
  .describe("One passage of one document: `start` and `end`, or `locator`.");
const citations = entries(citation).min(1).describe("The passages that prove it; at least one.");

const side = {
  person: slug().nullish().describe("Slug of the person."),
  personCertainty: certainty(),
  country: country().nullish().describe("On whose behalf."),
  countryCertainty: certainty(),
  organization: slug().nullish().describe("Slug of the organization, on whose behalf."),
  organizationCertainty: certainty(),
  description: text()
    .nullish()
    .describe("Who can't be named better: `a senior official`. Never stands for the country."),
};

const document = z.strictObject({
  key: key().describe("Chosen once, for ever: statements' keys begin with it."),
  kind: z.enum(DocumentKind),
  title: text().nullish(),
  publisher: text().nullish(),
  issuer: slug().nullish().describe("Slug of the organization that issued it."),
  url: url().nullish(),
  language: language().describe("BCP 47."),
  dateline: text().nullish(),
  datePublished: partialDate().nullish(),
  dateCertainty: certainty(),
  licence: text().nullish().describe("SPDX id, where its words may be redistributed."),
  version: text().nullish(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, "expected 64 lower-case hexadecimal digits")
    .nullish()
    .describe("Of the text's bytes, lower-case hexadecimal."),
  syndicatedFrom: key().nullish().describe("Key of the document that this one is a copy of."),
  standing: z.enum(RecordStanding).default(RecordStanding.CURRENT),
  standingNote: text().nullish(),
});

const person = z.strictObject({
  slug: slug(),
  formerSlugs: entriesOrNone(slug()).describe("Earlier slugs, oldest first; they still resolve."),
  name: name(),
  sortName: name().describe("The name as a list sorts it: `Singh, Rajnath`."),
  otherNames: entriesOrNone(name()),
  identifiers: entriesOrNone(identifier),
});

const place = z.strictObject({
  slug: slug(),
  formerSlugs: entriesOrNone(slug()),
  name: name(),
  country: country().nullish().describe("Today's; absent where disputed or none."),
  identifiers: entriesOrNone(identifier),
});

const organization = z.strictObject({
  slug: slug(),
  formerSlugs: entriesOrNone(slug()),
  name: name(),
  identifiers: entriesOrNone(identifier),
});

const topic = z.strictObject({ slug: slug(), label: name() });

const tenure = z.strictObject({
  key: key().describe("Names this tenure for ever: `rajnath-singh/defence-minister`."),
  person: slug(),
  title: text().describe("The office's title as the document gives it."),
  country: country().nullish().describe("The country served."),
  accreditedTo: country().nullish().describe("An ambassador's receiving country."),
  organization: slug().nullish(),
  startDate: partialDate().nullish(),
  endDate: partialDate().nullish(),
  ongoing: z.boolean().default(false).describe("Only where the document says so."),
  certainty: certainty(),
  citations,
});

const participation = z.strictObject({
  ...side,
  role: z.enum(ParticipationRole).default(ParticipationRole.PARTICIPANT),
  citations,
});

const meeting = z.strictObject({
  slug: slug(),
  formerSlugs: entriesOrNone(slug()),
  title: text(),
  kind: z.enum(MeetingKind),
  status: z.enum(MeetingStatus).nullish(),
  mode: z.enum(MeetingMode).nullish(),
  coverage: z.enum(MeetingCoverage),
  startDate: partialDate().nullish(),
  endDate: partialDate().nullish(),
  dateCertainty: certainty(),
  places: entriesOrNone(slug()),
  placeCountry: country()
    .nullish()
    .describe("The country of that date, as the document gives it; may be known alone."),
  placeCertainty: certainty(),
  convener: slug().nullish().describe("Slug of the organization that holds it."),
  parent: slug().nullish(),
  parentRelation: z.enum(ParentRelation).nullish(),
  participations: entriesOrNone(participation),
  citations,
});

const agreement = z.strictObject({
  slug: slug(),
  formerSlugs: entriesOrNone(slug()),
  title: text(),
  kind: z.enum(AgreementKind),
  date: partialDate().nullish(),
  parties: entriesOrNone(
    z.strictObject({
      country: country().nullish(),
      organization: slug().nullish(),
      certainty: certainty(),
    }),
  ),
  signedAt: slug().nullish(),
  exchangedAt: slug().nullish(),
  citations,
});

const addressee = z.strictObject({
  person: slug().nullish(),
  country: country().nullish(),
  organization: slug().nullish(),
  certainty: certainty(),
});

const relation = z.strictObject({
  kind: z
    .enum(HELD_RELATION_KINDS)
    .describe("What this statement is to the other: `CORRECTS` when it takes its place."),
  statement: key().describe(
    "Key of the other statement; a label without a slash is one of the record's own document.",
  ),
  citations: entriesOrNone(citation).describe(
    "The passages that say so; none where that is plain from the two statements.",
  ),
});

const statement = z.strictObject({
  key: key().describe(
    "A short label (`looks-forward-to-trust`), completed with the document's key and a slash; never a position.",
  ),
  text: text().describe("VERBATIM: to the letter. REPORTED: a summary in the record's own words."),
  form: z.enum(StatementForm),
  language: language().describe("Of `text`, BCP 47."),
  originalLanguage: language()
    .nullish()
    .describe("Of the words spoken, where `text` is a quoted translation."),
  date: partialDate().nullish().describe("Absent: its meeting's."),
  dateCertainty: certainty(),
  meeting: slug().nullish(),
  place: slug().nullish().describe("Absent, with `placeCountry` absent too: its meeting's."),
  placeCountry: country().nullish(),
  placeCertainty: certainty(),
  speakers: entries(z.strictObject(side)).min(1).describe("One per side."),
  addressees: entriesOrNone(addressee),
  audience: text().nullish(),
  topics: entriesOrNone(slug()),
  relations: entriesOrNone(relation).describe(
    "What it is to other statements; given once, at the later of the two.",
  ),
  standing: z.enum(RecordStanding).default(RecordStanding.CURRENT),
  standingNote: text().nullish(),
  citations,
});

export const recordSchema = z
  .strictObject({
    $schema: z.string().optional().describe("Where an editor finds this schema."),
    format: z.literal("communique-record/1"),
    document: z
      .union([key(), document])
      .describe("The source, or the key of one that an earlier record defines."),
    people: list(person),
    places: list(place),
    organizations: list(organization),
    topics: list(topic),
    tenures: list(tenure),
    meetings: list(meeting),
    agreements: list(agreement),
    statements: list(statement),
  })
  .describe(
    "A communique record: one source and what it says of who met whom, where, and what was said.",
  );

export type SourceRecord = z.output<typeof recordSchema>;
/** A record as it may be written: what has a default may be left out. */
export type SourceRecordInput = z.input<typeof recordSchema>;
export type RecordCitation = z.output<typeof citation>;
export type RecordSide = Pick<z.output<typeof participation>, keyof typeof side>;

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
import { DocumentKind, RecordStanding } from "../source/source.enums.js";
import { HELD_RELATION_KINDS, StatementForm } from "../statement/statement.enums.js";
import {
  certainty,
  country,
  entries,
  entriesOrNone,
  key,
  language,
  list,
  name,
  offset,
  partialDate,
  slug,
  text,
  url,
} from "./record.values.js";

/**
 * The record format `communique-record/1`: one JSON document per source text, or one per line of a dataset.
 * The checker, the loader and the published JSON Schema all come from this file.
 * A certainty that is left out means STATED; a fact that the document does not give is left out or null.
 */

const formerSlugs = () =>
  entriesOrNone(slug()).describe("Earlier slugs, oldest first; they still resolve.");
const identifiers = (what: string) =>
  entriesOrNone(identifier).describe(`What others call the same ${what}, such as its Wikidata id.`);
const standing = () =>
  z
    .enum(RecordStanding)
    .default(RecordStanding.CURRENT)
    .describe("Whether it still stands. Nothing is silently removed.");
const standingNote = () =>
  text().nullish().describe("Why it no longer simply stands, and who says so.");
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
  .meta({
    id: "citation",
    description: "One passage of one document: `start` and `end`, or `locator`.",
  });
const citations = entries(citation).min(1).describe("The passages that prove it; at least one.");

const side = {
  person: slug().nullish().describe("Slug of the person."),
  personCertainty: certainty("that it is this person"),
  country: country().nullish().describe("On whose behalf."),
  countryCertainty: certainty("that it is this country"),
  organization: slug().nullish().describe("Slug of the organization, on whose behalf."),
  organizationCertainty: certainty("that it is this organization"),
  description: text()
    .nullish()
    .describe("Who can't be named better: `a senior official`. Never stands for the country."),
};

const document = z.strictObject({
  key: key().describe("Chosen once, for ever: statements' keys begin with it."),
  kind: z.enum(DocumentKind).describe("What kind of text or data it is."),
  title: text().nullish().describe("Its title or headline, as it gives it."),
  publisher: text().nullish().describe("Who published it, as it gives the name."),
  issuer: slug().nullish().describe("Slug of the organization that issued it."),
  url: url().nullish().describe("Where it can be read."),
  language: language().describe("BCP 47."),
  dateline: text().nullish().describe("Place and date at its head, to the letter."),
  datePublished: partialDate().nullish().describe("When it came out."),
  dateCertainty: certainty("the date"),
  licence: text().nullish().describe("SPDX id, where its words may be redistributed."),
  version: text().nullish().describe("Of a dataset: which edition of it."),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, "expected 64 lower-case hexadecimal digits")
    .nullish()
    .describe("Of the text's bytes, lower-case hexadecimal."),
  syndicatedFrom: key().nullish().describe("Key of the document that this one is a copy of."),
  standing: standing(),
  standingNote: standingNote(),
});

const person = z.strictObject({
  slug: slug().describe("Names the person in this and other records: `rajnath-singh`."),
  formerSlugs: formerSlugs(),
  name: name().describe("As most readers know it."),
  sortName: name().describe("The name as a list sorts it: `Singh, Rajnath`."),
  otherNames: entriesOrNone(name()).describe("Other spellings and names, found by search too."),
  identifiers: identifiers("person"),
});

const place = z.strictObject({
  slug: slug().describe("Names the place in this and other records: `vientiane`."),
  formerSlugs: formerSlugs(),
  name: name().describe("As most readers know it."),
  country: country().nullish().describe("Today's; absent where disputed or none."),
  identifiers: identifiers("place"),
});

const organization = z.strictObject({
  slug: slug().describe("Names the organization in this and other records: `asean`."),
  formerSlugs: formerSlugs(),
  name: name().describe("As most readers know it."),
  identifiers: identifiers("organization"),
});

const topic = z.strictObject({
  slug: slug().describe("Names the topic in this and other records: `de-escalation`."),
  label: name().describe("As readers see it."),
});

const tenure = z.strictObject({
  key: key().describe("Names this tenure for ever: `rajnath-singh/defence-minister`."),
  person: slug().describe("Slug of the person who holds the office."),
  title: text().describe("The office's title as the document gives it."),
  country: country().nullish().describe("The country served."),
  accreditedTo: country().nullish().describe("An ambassador's receiving country."),
  organization: slug().nullish().describe("Slug of the organization served."),
  startDate: partialDate().nullish().describe("Its first day; unknown when absent."),
  endDate: partialDate().nullish().describe("Its last day; unknown when absent."),
  ongoing: z.boolean().default(false).describe("Only where the document says so."),
  certainty: certainty("the tenure"),
  citations,
});

const participation = z.strictObject({
  ...side,
  role: z
    .enum(ParticipationRole)
    .default(ParticipationRole.PARTICIPANT)
    .describe("What part it had in the meeting."),
  citations,
});

const meeting = z.strictObject({
  slug: slug().describe("Names the meeting in this and other records: `admm-plus-2024`."),
  formerSlugs: formerSlugs(),
  title: text().describe("What lists call it, in the record's own words."),
  kind: z.enum(MeetingKind).describe("What sort of event it is."),
  status: z.enum(MeetingStatus).nullish().describe("Whether it took place, where that is known."),
  mode: z.enum(MeetingMode).nullish().describe("In person or from afar, where that is known."),
  coverage: z
    .enum(MeetingCoverage)
    .describe("REPORTED: the document tells of it. REFERRED_TO: it is only mentioned."),
  startDate: partialDate().nullish().describe("Its first day."),
  endDate: partialDate().nullish().describe("Its last day, where it took several."),
  dateCertainty: certainty("the dates"),
  places: entriesOrNone(slug()).describe("Slugs of the places where it was held."),
  placeCountry: country()
    .nullish()
    .describe("The country of that date, as the document gives it; may be known alone."),
  placeCertainty: certainty("the place"),
  convener: slug().nullish().describe("Slug of the organization that holds it."),
  parent: slug().nullish().describe("Slug of the meeting above it."),
  parentRelation: z
    .enum(ParentRelation)
    .nullish()
    .describe("Whether it is part of its parent or on its sidelines."),
  participations: entriesOrNone(participation).describe("Who took part, one entry each."),
  citations,
});

const agreement = z.strictObject({
  slug: slug().describe("Names the agreement in this and other records: `india-laos-revised-mou`."),
  formerSlugs: formerSlugs(),
  title: text().describe("What lists call it, in the record's own words."),
  kind: z.enum(AgreementKind).describe("What sort of agreement it is."),
  date: partialDate().nullish().describe("Of its signing."),
  parties: entriesOrNone(
    z.strictObject({
      country: country().nullish().describe("The country bound by it."),
      organization: slug().nullish().describe("Slug of the organization bound by it."),
      certainty: certainty("that it is a party"),
    }),
  ).describe("Who is bound by it."),
  signedAt: slug().nullish().describe("Slug of the meeting at which it was signed."),
  exchangedAt: slug().nullish().describe("Slug of the meeting at which copies were exchanged."),
  citations,
});

const addressee = z.strictObject({
  person: slug().nullish().describe("Slug of the person spoken to."),
  country: country().nullish().describe("The country spoken to."),
  organization: slug().nullish().describe("Slug of the organization spoken to."),
  certainty: certainty("that it was spoken to"),
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
  form: z.enum(StatementForm).describe("Quoted (VERBATIM) or summarised (REPORTED)."),
  language: language().describe("Of `text`, BCP 47."),
  originalLanguage: language()
    .nullish()
    .describe("Of the words spoken, where `text` is a quoted translation."),
  date: partialDate().nullish().describe("Absent: its meeting's."),
  dateCertainty: certainty("the date"),
  meeting: slug().nullish().describe("Slug of the meeting at which it was said."),
  place: slug().nullish().describe("Absent, with `placeCountry` absent too: its meeting's."),
  placeCountry: country()
    .nullish()
    .describe("Where only the country is known; absent, with `place`: its meeting's."),
  placeCertainty: certainty("the place"),
  speakers: entries(z.strictObject(side)).min(1).describe("One per side."),
  addressees: entriesOrNone(addressee).describe("Whom it was said to."),
  audience: text().nullish().describe("Whom it was said to, where they can't be named."),
  topics: entriesOrNone(slug()).describe("Slugs of what it is about."),
  relations: entriesOrNone(relation).describe(
    "What it is to other statements; given once, at the later of the two.",
  ),
  standing: standing(),
  standingNote: standingNote(),
  citations,
});

export const recordSchema = z
  .strictObject({
    $schema: z.string().optional().describe("Where an editor finds this schema."),
    format: z.literal("communique-record/1").describe("The format and its version."),
    document: z
      .union([key(), document])
      .describe("The source, or the key of one that an earlier record defines."),
    people: list(person).describe("The people it tells of."),
    places: list(place).describe("The places it tells of."),
    organizations: list(organization).describe("The organizations it tells of."),
    topics: list(topic).describe("What its statements are about."),
    tenures: list(tenure).describe("Who held which office, and when."),
    meetings: list(meeting).describe("Who met whom, when and where."),
    agreements: list(agreement).describe("What was agreed."),
    statements: list(statement).describe("What was said."),
  })
  .describe(
    "A communique record: one source and what it says of who met whom, where, and what was said.",
  );

export type SourceRecord = z.output<typeof recordSchema>;
/** A record as it may be written: what has a default may be left out. */
export type SourceRecordInput = z.input<typeof recordSchema>;
export type RecordCitation = z.output<typeof citation>;
export type RecordSide = Pick<z.output<typeof participation>, keyof typeof side>;

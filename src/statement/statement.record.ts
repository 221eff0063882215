import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { partyKeys, side } from "../person/side.record.js";
import { country } from "../country/country.field.js";
import { certainty, date, label, optional, reference, value } from "../records/record.fields.js";
import { entries, isUnset, recordItem } from "../records/record.item.js";
import type { Proof } from "../records/record.item-options.js";
import { KEY, keys, parts, recordPart } from "../records/record.parts.js";
import { partRows, type Row } from "../records/record.row.js";
import { entries as list, entriesOrNone, language, slug, text } from "../records/record.values.js";
import { citations } from "../source/citation.record.js";
import { standing } from "../source/source-document.record.js";
import type { TopicOfStatement } from "../topic/topic-of-statement.entity.js";
import type { Addressee } from "./addressee.entity.js";
import type { Speaker } from "./speaker.entity.js";
import { relation } from "./statement-relation.record.js";
import type { Statement } from "./statement.entity.js";
import { StatementForm, StatementSpeech } from "./statement.enums.js";

const speaker = recordPart<Speaker>()({
  table: "speaker",
  container: "statementId",
  partyKeys,
  // The speakers of a published statement don't change.
  isPublished: true,
  managed: ["statementId", "position"],
  fields: side,
});

const addressee = recordPart<Addressee>()({
  table: "addressee",
  container: "statementId",
  key: ["statementId", "position"],
  partyKeys,
  managed: ["statementId", "position"],
  fields: {
    person: reference("person", "personId", "Slug of the person spoken to."),
    country: country("countryCode", "The country spoken to."),
    organization: reference(
      "organization",
      "organizationId",
      "Slug of the organization spoken to.",
    ),
    certainty: certainty("certainty", "that it was spoken to"),
  },
});

const topic = recordPart<TopicOfStatement>()({
  table: "topic_of_statement",
  container: "statementId",
  key: ["statementId", "topicId"],
  isOrdered: false,
  managed: ["statementId"],
  fields: { [KEY]: reference("topic", "topicId", "Slug of the topic.") },
});

/** The maximum length of a statement's text, in UTF-16 code units; the database has the same limit. */
const LONGEST_TEXT = 50_000;

/** The record format of a statement. */
export const statement = recordItem<Statement>()({
  noun: "statement",
  type: "STATEMENT",
  typename: "Statement",
  table: "statement",
  fields: {
    key: label(
      "key",
      "A short label (`looks-forward-to-trust`), completed with the document's key and a slash; never a position.",
    ),
    text: value(
      "text",
      text(LONGEST_TEXT),
      "VERBATIM: to the letter. REPORTED: a summary in the record's own words. RECORDED: its passage to the letter. Over 10,000 " +
        "characters only under an open licence.",
    ),
    form: value(
      "form",
      z.enum(StatementForm),
      "Quoted (VERBATIM), summarised (REPORTED), or a note-taker's account (RECORDED), which needs an open licence.",
    ),
    speech: optional(
      "speech",
      z.enum(StatementSpeech),
      "Whether `text` is put as the speaker's own words (DIRECT: I, we) or in indirect speech (INDIRECT).",
    ),
    language: value("language", language(), "Of `text`, BCP 47."),
    originalLanguage: optional(
      "originalLanguage",
      language(),
      "Of the words spoken, where `text` is a quoted translation.",
    ),
    date: date("dateFrom", "dateTo", "Absent: its meeting's."),
    dateCertainty: certainty("dateCertainty", "the date", ["date"]),
    meeting: reference("meeting", "meetingId", "Slug of the meeting at which it was said."),
    place: reference("place", "placeId", "Absent, with `placeCountry` absent too: its meeting's."),
    placeCountry: country(
      "placeCountryCode",
      "Where only the country is known; absent, with `place`: its meeting's.",
    ),
    placeCertainty: certainty("placeCertainty", "the place", ["place", "placeCountry"]),
    speakers: parts(speaker, list(speaker.schema).min(1).describe("One per side.")),
    addressees: parts(addressee, entriesOrNone(addressee.schema).describe("Whom it was said to.")),
    audience: optional("audience", text(), "Whom it was said to, where they can't be named."),
    topics: keys(topic, entriesOrNone(slug()).describe("Slugs of what it is about.")),
    relations: entries(
      relation,
      "statementId",
      entriesOrNone(relation.schema).describe(
        "What it is to other statements; given once, at the later of the two.",
      ),
    ),
    ...standing,
    citations: citations("statementId"),
  },
  computed: ["dateUntil", "words", "newest", "told", "recordedIn", "changedIn"],
  derived: ["dateInherited", "placeInherited", "joint", "toldOn", "toldInId", "position"],
  // Unless given, the database fills in the meeting's.
  inherited: {
    dateInherited: ["date", "dateCertainty"],
    placeInherited: ["place", "placeCountry", "placeCertainty"],
  },
  inheritedFrom: {
    reference: "meeting",
    properties: [
      "startDate",
      "endDate",
      "dateCertainty",
      "places",
      "placeCountry",
      "placeCertainty",
    ],
  },
  derive: (row, proofs) => ({
    joint: partRows("speaker", row).length > 1,
    ...firstPublished(proofs()),
  }),
  changesOfPublished,
  keyStandsFor: {
    property: "text",
    otherwise:
      "a statement with other words was published under this key and removed: other words need another key",
  },
  sortedBy: "t.position",
});

/** Returns the earliest document that cites a statement, and the position in it; undated documents come last. */
function firstPublished(proofs: Proof[]): Row {
  const publications = proofs.map(({ citation, document }) => ({
    told_on: (document?.date_from ?? null) as string | null,
    told_in_id: citation.document_id as string,
    position: (citation.start_offset ?? 0) as number,
  }));
  const rank = ({ told_on, told_in_id, position }: (typeof publications)[number]) =>
    `${told_on ?? "~"} ${told_in_id} ${String(position).padStart(10, "0")}`;
  // The database rejects a statement without a citation.
  return publications.sort((one, other) => (rank(one) < rank(other) ? -1 : 1))[0] ?? {};
}

const WHO = /^speaker\/\d+\/(?:person_id|country_code|organization_id|description)$/;

/**
 * Returns messages: which of a published statement's words, speakers and date a record would change. Such a change must be a new
 * statement that corrects the old one, so that nothing is silently lost. Unset values may be filled in.
 */
function changesOfPublished(before: Row, now: Row): string[] {
  const isChanged = (column: string) =>
    !isUnset(statement, column, before[column]) && !isDeepStrictEqual(before[column], now[column]);
  const hasOtherSides = partRows("speaker", before).length !== partRows("speaker", now).length;
  const areChanged = {
    "the words of a published statement are": isChanged("text"),
    "the speakers of a published statement are":
      hasOtherSides || Object.keys(before).some((name) => WHO.test(name) && isChanged(name)),
    "the date of a published statement is": isChanged("date_from") || isChanged("date_to"),
  };
  return Object.entries(areChanged).flatMap(([what, yes]) =>
    yes
      ? `${what} not changed: add a statement that CORRECTS this one, and give this one the standing CORRECTED`
      : [],
  );
}

import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkFiles, type RecordFault } from "../src/records/check/record.check.files.js";
import { MAX_RECORD_BYTES } from "../src/records/files/record.lines.js";
import { fableText, fableWith, passageOf } from "./fixtures/fable.js";

/** What is put into the sound record of the fable, and the one finding that must come of it. */
interface Planted {
  /** Values by JSON pointer; undefined takes away what is there. */
  put?: Record<string, unknown>;
  /** Words of the file, and what is put in their place. */
  edit?: [from: string, to: string];
  /** What the file holds in place of the record's JSON. */
  bytes?: (json: string) => Buffer;
  /** The file's name. */
  name?: string;
  /** Records checked along with it, in files of their own: read after it, or before. */
  beside?: object[];
  before?: object[];
  /** The text to check against: the fable's, or none, or another. */
  text?: string | Buffer | null;

  code: string;
  severity?: RecordFault["severity"];
  /** Where it is reported: where something was put, unless given. */
  pointer?: string;
  /** What line and column lead to: the value, or what it is missing from, unless given. */
  at?: "its name" | "the end" | "nowhere" | { words: string };
  suggestion?: string;
}

const penguin = fableText.indexOf("🐧");
const { sha256 } = fableWith().document as { sha256: string };
const wind = "The wind blew. ".repeat(20).trim();
const place = "/places/0";
const talk = "/meetings/0";
const quotation = "/statements/0";
const report = "/statements/1";
const cited = { citations: [passageOf("Ada Floe", "in Iceburg")] };
const asMinutes = { "/document/kind": "MINUTES", "/document/licence": "CC0-1.0" };
const fisher = { slug: "zed-quill", name: "Zed Quill", sortName: "Quill, Zed" };

const answer = (changes: object = {}) => [
  { kind: "RESPONDS_TO", statement: "whose-sea-it-is", ...changes },
];

const office = (changes: object) => ({
  key: "ada-floe/guest",
  person: "ada-floe",
  title: "Guest of the Fish Stores",
  country: "NO",
  ...cited,
  ...changes,
});

const merge = (stays: string, goes: string) => ({
  kind: "person",
  stays,
  goes,
  because: "They wear one hat.",
});

const settlement = (field: string, value: unknown) => ({
  kind: "person",
  item: "ada-floe",
  field,
  value,
  because: "It is carved in ice.",
});

const agency = (changes: object) => ({
  format: "communique-record/1",
  document: { key: "agency", kind: "NEWS", language: "en", ...changes },
});

const planted: Record<string, Planted> = {
  // The form of a file and of a record
  "a comma is missing": {
    edit: ['"iceburg",\n      "name"', '"iceburg"\n      "name"'],
    text: null,
    code: "json",
    pointer: "",
    at: { words: '"name": "Iceburg"' },
  },
  "the file ends too early": {
    edit: ["\n  ]\n}", ""],
    text: null,
    code: "json",
    pointer: "",
    at: "the end",
  },
  "the file is not UTF-8": {
    bytes: (json) => Buffer.from(json.replace("iceburg", "iceb\xfcrg"), "latin1"),
    text: null,
    code: "file-encoding",
    pointer: "",
    at: { words: "urg" },
  },
  "the file is UTF-16": {
    bytes: (json) => Buffer.from(json, "utf16le"),
    text: null,
    code: "file-encoding",
    pointer: "",
  },
  "the file is not compressed as its name says": {
    name: "fable.json.gz",
    text: null,
    code: "broken-gzip",
    pointer: "",
    at: "nowhere",
  },
  "the record is larger than any may be": {
    bytes: () => Buffer.alloc(MAX_RECORD_BYTES + 1, " "),
    text: null,
    code: "record-too-large",
    pointer: "",
  },
  "a property is given twice": {
    edit: ['"name": "Ada Floe"', '"name": "Eve Berg",\n      "name": "Ada Floe"'],
    code: "duplicate-property",
    pointer: "/people/0/name",
    at: { words: '"name": "Ada Floe"' },
  },
  "the format has an unknown version": {
    put: { "/format": "communique-record/2" },
    code: "schema",
    suggestion: "communique-record/1",
  },
  "a text is a number": { put: { [`${report}/text`]: 7 }, code: "schema" },
  "a list is an object": { put: { "/topics": {} }, code: "schema" },
  "a name is null": { put: { "/people/1/name": null }, code: "schema" },
  "a property is misspelt": {
    put: { [`${talk}/enddate`]: "2031" },
    code: "schema",
    at: "its name",
    suggestion: "endDate",
  },
  "a property is unknown, and like no other": {
    put: { "/people/0/weight": 80 },
    code: "schema",
    at: "its name",
  },
  "a list of the record is misspelt": {
    put: { "/peoples": [] },
    code: "schema",
    at: "its name",
    suggestion: "people",
  },
  "a title is missing": { put: { [`${talk}/title`]: undefined }, code: "schema" },
  "a kind is misspelt": {
    put: { "/meetings/1/kind": "SUMIT" },
    code: "schema",
    suggestion: "SUMMIT",
  },
  "a kind is like no other": { put: { "/agreements/0/kind": "HANDSHAKE" }, code: "schema" },
  "a relation is given as its other end has it": {
    put: { [`${report}/relations`]: answer({ kind: "CORRECTED_BY" }) },
    code: "schema",
    pointer: `${report}/relations/0/kind`,
  },
  "a day is none of the calendar": { put: { [`${talk}/startDate`]: "2031-02-30" }, code: "schema" },
  "a month is the thirteenth": { put: { [`${talk}/startDate`]: "2031-13" }, code: "schema" },
  "a country has three letters": {
    put: { [`${place}/country`]: "ATA" },
    code: "schema",
    suggestion: "AQ",
  },
  "a country is in small letters": {
    put: { [`${place}/country`]: "aq" },
    code: "schema",
    suggestion: "AQ",
  },
  "a country has a code that others use": {
    put: { [`${place}/country`]: "UK" },
    code: "unknown-country",
    suggestion: "GB",
  },
  "a sha256 is cut short": { put: { "/document/sha256": sha256.slice(1) }, code: "schema" },
  "an address is no web address": { put: { "/document/url": "iceburg" }, code: "schema" },
  "a slug has capitals": {
    put: { "/topics": [{ slug: "Sea", label: "The sea" }] },
    code: "schema",
    pointer: "/topics/0/slug",
  },
  "a text has a NUL in it": { put: { [`${talk}/title`]: "Fish\0talks" }, code: "schema" },
  "a text has nothing that can be seen": {
    put: { [`${report}/text`]: "\u200B \u200B" },
    code: "schema",
  },
  "a language is no tag": { put: { [`${report}/language`]: "English" }, code: "schema" },
  "a name is longer than an index can hold": {
    put: { "/people/0/sortName": "x".repeat(301) },
    code: "schema",
  },
  "an offset is negative": { put: { "/meetings/1/citations/0/start": -1 }, code: "schema" },
  "a statement has no citation": { put: { [`${report}/citations`]: [] }, code: "schema" },
  "a participation has no citations": {
    put: { [`${talk}/participations/1/citations`]: undefined },
    code: "schema",
  },
  "a statement has no speaker": { put: { [`${report}/speakers`]: [] }, code: "schema" },
  "a quote was never anchored": {
    put: { "/tenures/0/citations/0": { quote: "Ada Floe" } },
    code: "not-anchored",
    pointer: "/tenures/0/citations/0/quote",
    at: "its name",
  },

  // Keys
  "two people have one slug": {
    put: { "/people/2": { ...fisher, slug: "ada-floe" } },
    code: "duplicate-key",
    pointer: "/people/2/slug",
  },
  "a slug is another's former one": {
    put: { "/people/2": { ...fisher, slug: "b-drift" } },
    code: "duplicate-key",
    pointer: "/people/2/slug",
  },
  "two offices have one key": {
    put: { "/tenures/1": office({ key: "ada-floe/keeper" }) },
    code: "duplicate-key",
    pointer: "/tenures/1/key",
  },
  "a label is that of another statement, given in full": {
    put: { [`${report}/key`]: "the-herring-pact/whose-sea-it-is" },
    code: "duplicate-key",
  },
  "a speaker's slug is misspelt": {
    put: { [`${quotation}/speakers/0/person`]: "ada-flo" },
    code: "dangling-reference",
    suggestion: "ada-floe",
  },
  "a place is defined nowhere": {
    put: { [`${talk}/places/0`]: "atlantis" },
    code: "dangling-reference",
  },
  "a statement's meeting is misspelt": {
    put: { [`${report}/meeting`]: "fishtalks" },
    code: "dangling-reference",
    suggestion: "fish-talks",
  },
  "a topic is defined nowhere": {
    put: { [`${quotation}/topics`]: ["sea"] },
    code: "dangling-reference",
    pointer: `${quotation}/topics/0`,
  },
  "a cited document is defined nowhere": {
    put: { "/tenures/0/citations/0/document": "scroll" },
    code: "dangling-reference",
  },
  "a related statement's label is misspelt": {
    put: { [`${report}/relations`]: answer({ statement: "whose-see-it-is" }) },
    code: "dangling-reference",
    pointer: `${report}/relations/0/statement`,
    suggestion: "the-herring-pact/whose-sea-it-is",
  },
  "a statement answers itself": {
    put: { [`${quotation}/relations`]: answer() },
    code: "self-relation",
    pointer: `${quotation}/relations/0/statement`,
  },
  "two statements correct each other": {
    put: {
      [`${quotation}/relations`]: answer({ kind: "CORRECTS", statement: "fish-shared" }),
      [`${report}/relations`]: answer({ kind: "CORRECTS" }),
      [`${quotation}/standing`]: "DISPUTED",
      [`${quotation}/standingNote`]: "By the Captain.",
      [`${report}/standing`]: "DISPUTED",
      [`${report}/standingNote`]: "By the Keeper.",
    },
    code: "correction-cycle",
    pointer: `${report}/relations/0/statement`,
  },
  "a parent has no relation": {
    put: { [`${talk}/parentRelation`]: undefined },
    code: "parent-relation",
    pointer: `${talk}/parent`,
  },
  "a relation has no parent": {
    put: { "/meetings/1/parentRelation": "PART_OF" },
    code: "parent-relation",
  },
  "a meeting is its own parent": {
    put: { [`${talk}/parent`]: "fish-talks" },
    code: "parent-cycle",
  },
  "two meetings are above each other": {
    put: { "/meetings/1/parent": "fish-talks", "/meetings/1/parentRelation": "PART_OF" },
    code: "parent-cycle",
    pointer: `${talk}/parent`,
  },
  "a meeting ends at an earlier time than it starts": {
    put: { [`${talk}/startTime`]: "10:00", [`${talk}/endTime`]: "09:59" },
    code: "reversed-times",
    pointer: `${talk}/endTime`,
  },
  "a place has coordinates of a news text": {
    put: { "/places/0/coordinates": { latitude: -54.4, longitude: 3.35 } },
    code: "wrong-document-kind",
  },
  "two people go into each other": {
    put: { "/merges": [merge("ada-floe", "bo-drift"), merge("bo-drift", "ada-floe")] },
    code: "merge-circle",
    pointer: "/merges/1/goes",
  },
  "a merge is given twice": {
    put: { "/merges": [merge("ada-floe", "bo-drift"), merge("ada-floe", "b-drift")] },
    code: "merged-twice",
    pointer: "/merges/1/goes",
  },
  "two people are one, and are not": {
    put: {
      "/merges": [merge("ada-floe", "bo-drift")],
      "/different": [{ kind: "person", items: ["bo-drift", "ada-floe"], because: "of their hats" }],
    },
    code: "judged-both",
    pointer: "/different/0/items",
  },
  "a field is settled that a person does not have": {
    put: { "/settles": [settlement("height", 2)] },
    code: "settled-field",
    pointer: "/settles/0/field",
  },
  "a field is settled twice": {
    put: { "/settles": [settlement("birthDate", "2001"), settlement("birthDate", "2002")] },
    code: "settled-twice",
    pointer: "/settles/1/field",
  },
  "a birth date is settled that is no date": {
    put: { "/settles": [settlement("birthDate", "long ago")] },
    code: "settled-value",
    pointer: "/settles/0/value",
  },
  "two organizations are above each other": {
    put: {
      "/organizations": [
        { slug: "guild", name: "Guild", parent: "club" },
        { slug: "club", name: "Club", parent: "guild" },
      ],
    },
    code: "parent-cycle",
    pointer: "/organizations/1/parent",
  },
  "a document is a copy of itself": {
    put: { "/document/syndicatedFrom": "the-herring-pact" },
    code: "syndication-cycle",
  },
  "two documents are copies of each other": {
    put: { "/document/syndicatedFrom": "zed-wire" },
    beside: [agency({ key: "zed-wire", syndicatedFrom: "the-herring-pact" })],
    code: "syndication-cycle",
  },

  // Lists in which everything stands once
  "a participant is listed twice": {
    put: { [`${talk}/participations/2`]: { person: "bo-drift", ...cited } },
    code: "duplicate-entry",
  },
  "a participant is listed again by a former slug": {
    put: { [`${talk}/participations/2`]: { person: "b-drift", ...cited } },
    code: "duplicate-entry",
  },
  "a party is listed twice": {
    put: { "/agreements/0/parties/2": { country: "BV" } },
    code: "duplicate-entry",
  },
  "a place is listed twice": { put: { [`${talk}/places/1`]: "iceburg" }, code: "duplicate-entry" },
  "a passage is cited twice": {
    put: { "/tenures/0/citations/1": passageOf("Ada Floe", "Antarctica") },
    code: "duplicate-entry",
  },
  "a relation is given twice": {
    put: { [`${report}/relations`]: [...answer(), ...answer()] },
    code: "duplicate-entry",
    pointer: `${report}/relations/1`,
  },

  // Single facts
  "a country's code was never assigned": {
    put: { "/tenures/0/country": "ZQ" },
    code: "unknown-country",
  },
  "a country has the two letters that it had before it fell apart": {
    put: { [`${place}/country`]: "SU" },
    code: "unknown-country",
    suggestion: "SUHH",
  },
  "two countries had those letters, one after the other": {
    put: { [`${place}/country`]: "CS" },
    code: "unknown-country",
  },
  "a speaker names nobody": {
    put: { [`${report}/speakers/0/country`]: null },
    code: "no-side",
    pointer: `${report}/speakers/0`,
  },
  "an addressee names nobody": {
    put: { [`${report}/addressees`]: [{}] },
    code: "no-side",
    pointer: `${report}/addressees/0`,
  },
  "a person is certain who is not given": {
    put: { [`${report}/speakers/0/personCertainty`]: "INFERRED" },
    code: "certainty-without-fact",
  },
  "a date is certain that is not given": {
    put: { "/meetings/1/dateCertainty": "INFERRED" },
    code: "certainty-without-fact",
  },
  "a meeting ends before it starts": {
    put: { [`${talk}/endDate`]: "2031-05" },
    code: "reversed-dates",
  },
  "an office ends before it starts": {
    put: { "/tenures/1": office({ startDate: "2032", endDate: "2031-12-31" }) },
    code: "reversed-dates",
    pointer: "/tenures/1/endDate",
  },
  "no note says why a statement was retracted": {
    put: { [`${report}/standing`]: "RETRACTED" },
    code: "standing-note",
    severity: "warning",
    pointer: `${report}/standingNote`,
  },
  "no note says why a document is disputed": {
    put: { "/document/standing": "DISPUTED" },
    code: "standing-note",
    severity: "warning",
    pointer: "/document/standingNote",
  },
  "a corrected statement stands as if it were not": {
    put: { [`${report}/relations`]: answer({ kind: "CORRECTS" }) },
    code: "corrected-still-current",
    severity: "warning",
    pointer: `${quotation}/standing`,
  },

  // What was at a date
  "a participant's country was no more": {
    put: { [`${talk}/participations/1/country`]: "SUHH" },
    code: "withdrawn-country",
    severity: "warning",
  },
  "a place is in a country of yesterday": {
    put: { [`${place}/country`]: "YUCS" },
    code: "withdrawn-country",
    severity: "warning",
  },
  "a participant is out of office": {
    put: { "/tenures/0/endDate": "2030" },
    code: "outside-tenure",
    severity: "warning",
    pointer: `${talk}/participations/0/person`,
  },

  "a statement is from after its meeting": {
    put: { [`${report}/date`]: "2031-06-09" },
    code: "outside-meeting",
    severity: "warning",
  },
  "something was said at a meeting that is planned": {
    put: { "/meetings/1/status": "PLANNED", [`${report}/meeting`]: "ice-fair" },
    code: "meeting-not-held",
    severity: "warning",
    pointer: `${report}/meeting`,
  },
  "a participant speaks for another country": {
    put: { [`${quotation}/speakers/0/country`]: "NO" },
    code: "speaks-for-another",
    severity: "warning",
  },
  "a meeting's place is in another country than the meeting": {
    put: { [`${talk}/placeCountry`]: "NO", [`${place}/country`]: "AQ" },
    code: "place-elsewhere",
    severity: "warning",
  },
  "a document is from the future": {
    put: { "/document/datePublished": "9999" },
    code: "published-in-future",
    severity: "warning",
  },
  "a meeting was held after its document came out": {
    put: {
      "/document/datePublished": "1972-02-25",
      [`${talk}/startDate`]: "2972-02-25",
      [`${talk}/status`]: "HELD",
    },
    code: "dated-too-late",
    severity: "warning",
    pointer: `${talk}/startDate`,
  },
  "a participant was dead": {
    put: { "/people/1/deathDate": "2031-06-01" },
    code: "after-death",
    severity: "warning",
    pointer: `${talk}/participations/1/person`,
  },

  // One thing on record twice
  "one person has two slugs": {
    put: { "/people/2": { ...fisher, otherNames: ["Flöe, Ada"] } },
    code: "person-twice",
    severity: "warning",
  },
  "one person has another slug in another record": {
    put: { "/people/0/identifiers": [{ scheme: "iceburg-library", value: "7" }] },
    beside: [
      {
        ...agency({}),
        people: [
          { ...fisher, slug: "a-floe", identifiers: [{ scheme: "iceburg-library", value: "7" }] },
        ],
      },
    ],
    code: "person-twice",
    severity: "warning",
    pointer: "/people/0",
  },
  "a copy counts as a source of its own, by its words": {
    beside: [agency({ sha256 })],
    code: "unmarked-copy",
    severity: "warning",
    pointer: "/document/syndicatedFrom",
  },
  "a copy counts as a source of its own, by its title": {
    put: { "/document/title": "Fish Shared", "/document/datePublished": "2031-06-04" },
    beside: [agency({ title: "Fish Shared", datePublished: "2031-06-04" })],
    code: "unmarked-copy",
    severity: "warning",
    pointer: "/document/syndicatedFrom",
  },

  "one slug names two people": {
    before: [{ ...agency({}), people: [{ ...fisher, slug: "ada-floe" }] }],
    code: "two-names",
    severity: "warning",
    pointer: "/people/0/name",
  },
  "one key names two documents": {
    put: { "/document/title": "The Herring Pact" },
    before: [agency({ key: "the-herring-pact", title: "The Cod War" })],
    code: "two-titles",
  },

  // Citations and quotations
  "a citation is of nothing": { put: { "/tenures/0/citations/0": {} }, code: "citation-range" },
  "a citation is of a passage and of a row": {
    put: { "/tenures/0/citations/0/locator": "row 7" },
    code: "citation-range",
    pointer: "/tenures/0/citations/0",
  },
  "a citation has no end": {
    put: { "/tenures/0/citations/0/end": undefined },
    code: "citation-range",
    pointer: "/tenures/0/citations/0",
  },
  "a passage ends where it starts": {
    put: { "/tenures/0/citations/0": { start: 9, end: 9 } },
    code: "citation-range",
  },
  "a passage is past the end of the text": {
    put: { "/meetings/1/citations/0/end": fableText.length + 1 },
    code: "citation-range",
    pointer: "/meetings/1/citations/0",
  },
  "a passage starts inside the penguin": {
    put: { "/meetings/1/citations/0": { start: penguin + 1, end: penguin + 9 } },
    code: "citation-range",
    pointer: "/meetings/1/citations/0/start",
  },
  "a passage ends inside the penguin": {
    put: { "/meetings/1/citations/0/end": penguin + 1 },
    code: "citation-range",
  },
  "a passage starts inside a word": {
    put: { "/meetings/1/citations/0/start": fableText.indexOf("Ice Fair") + 1 },
    code: "word-cut",
    severity: "warning",
  },
  "words are kept without a licence": {
    put: { "/meetings/1/citations/0/exact": "the Ice Fair" },
    code: "exact-without-licence",
  },
  "the words that are kept are not those of the passage": {
    put: {
      "/meetings/1/citations/0/exact": "the Ice Fairs",
      "/document/licence": "CC0-1.0",
    },
    code: "exact-mismatch",
  },
  "nothing tells which text the offsets are of": {
    put: { "/document/sha256": null },
    text: null,
    code: "no-sha256",
    severity: "warning",
    pointer: "/document",
  },
  "a quotation is not to the letter": {
    put: { [`${quotation}/text`]: "The sea belongs to all of them" },
    code: "verbatim-mismatch",
  },
  "a quotation is longer than 300 characters": {
    put: { [`${quotation}/text`]: "🐧".repeat(301) },
    text: null,
    code: "quotation-too-long",
  },
  "quotations are more than a tenth of the text": {
    put: { [`${quotation}/text`]: wind, [`${quotation}/citations/0`]: passageOf(wind) },
    code: "quotations-too-much",
    pointer: "/statements",
  },
  "a report shares eight words in a row with its passage": {
    put: { [`${report}/text`]: "Some colony would share its fish with every neighbour, it seems." },
    code: "reported-too-close",
    severity: "warning",
  },
  "a summary is longer than 10,000 characters": {
    put: { [`${report}/text`]: "🐧".repeat(10_001) },
    text: null,
    code: "text-too-long",
  },
  "an account is kept without a licence": {
    put: { "/document/kind": "MINUTES", [`${quotation}/form`]: "RECORDED" },
    text: null,
    code: "recorded-without-licence",
    pointer: `${quotation}/form`,
  },
  "an account is only a part of its passage": {
    put: { ...asMinutes, [`${quotation}/form`]: "RECORDED" },
    code: "recorded-mismatch",
    pointer: `${quotation}/text`,
  },
  "an account is that of a newspaper": {
    put: { "/document/licence": "CC0-1.0", [`${quotation}/form`]: "RECORDED" },
    text: null,
    code: "recorded-elsewhere",
    severity: "warning",
    pointer: `${quotation}/form`,
  },
  "the text is another than the record's": {
    text: "Quite another tale.",
    code: "sha256-mismatch",
    pointer: "/document/sha256",
  },
  "the text is that of no record": {
    text: "Quite another tale.",
    beside: [agency({ sha256: "0".repeat(64) })],
    code: "sha256-mismatch",
    pointer: "",
    at: "nowhere",
  },
  "the text is not UTF-8": {
    text: Buffer.from([0xff, 0xfe]),
    code: "text-encoding",
    pointer: "",
    at: "nowhere",
  },

  "the text is larger than any": {
    text: Buffer.alloc(32 * 2 ** 20 + 1, " "),
    code: "text-too-large",
    pointer: "",
    at: "nowhere",
  },

  // Assumed sizes of lists
  "a person has more names than cost estimates assume": {
    put: { "/people/0/otherNames": Array.from({ length: 21 }, (_, i) => `Keeper ${i} Floe`) },
    code: "list-longer-than-assumed",
    severity: "warning",
  },
};

/** What only other commands find; tests of their own plant it. */
const NOT_OF_CHECK = {
  against: ["document-on-record", "licence-in-use", "name-on-record"],
  anchor: ["no-text", "quote", "quote-ambiguous", "quote-not-found"],
  load: ["published-statement", "redacted", "refused-by-rule"],
};

describe("Planted faults", () => {
  let folder: string;

  beforeEach(async () => {
    // The fable is of 2031.
    jest.spyOn(Date, "now").mockReturnValue(Date.parse("2032-01-01T12:00:00Z"));
    folder = await mkdtemp(join(tmpdir(), "planted-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("The record without a planted fault passes the check", async () => {
    expect((await findings({ code: "none" })).faults).toEqual([]);
  });

  it.each(Object.entries(planted))(
    "The check finds the planted fault and no other: %s",
    async (_what, fault) => {
      const { faults, json, textFile } = await findings(fault);
      const { code, severity = "fault", suggestion = null, at } = fault;
      const pointer = fault.pointer ?? Object.keys(fault.put ?? {})[0]!;
      const { name = "fable.json" } = fault;
      const file = at === "nowhere" && textFile ? textFile : join(folder, name);
      const place = placeOf(fault, pointer, json);
      expect(faults).toEqual([
        { file, ...place, pointer, code, severity, suggestion, message: expect.any(String) },
      ]);
      if (suggestion !== null)
        expect(faults[0]!.message).toContain(`did you mean "${suggestion}"?`);
    },
  );

  it("Every fault code of the check is planted here", () => {
    const elsewhere = new Set(Object.values(NOT_OF_CHECK).flat());
    const covered = new Set(Object.values(planted).map(({ code }) => code));
    const known = codesInSource().filter((code) => !elsewhere.has(code));
    expect([...covered].sort()).toEqual(known);
  });

  it("docs/records.md explains every code of the check", () => {
    const page = readFileSync(join(__dirname, "../docs/records.md"), "utf8");
    const explained = [...page.matchAll(/^\| `([a-z0-9-]+)`/gm)].map(([, code]) => code!);
    for (const { code } of Object.values(planted)) expect(explained).toContain(code);
  });

  /** Checks the record with what is planted in it, as the command does. */
  async function findings(planted: Planted) {
    const { put, edit, bytes, name = "fable.json", text = fableText } = planted;
    const { beside = [], before = [] } = planted;
    const sound = jsonOf(fableWith(put));
    const json = edit ? sound.replace(...edit) : sound;
    if (edit) expect(json).not.toBe(sound);
    const files: string[] = [];
    for (const [i, record] of before.entries())
      files.push(await file(`before-${i}.json`, jsonOf(record)));
    files.push(await file(name, bytes?.(json) ?? json));
    for (const [i, record] of beside.entries())
      files.push(await file(`beside-${i}.json`, jsonOf(record)));
    const textFile = text === null ? undefined : await file("fable.txt", text);
    const { faults } = await checkFiles(files, { textFile });
    return { faults, json, textFile };
  }

  async function file(name: string, content: string | Buffer): Promise<string> {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  }
});

/** Line and column of what the finding is about. */
function placeOf({ put, at }: Planted, pointer: string, json: string) {
  if (at === "nowhere") return { line: null, column: null };
  if (at === "the end") return lineAndColumn(json, json.length);
  if (typeof at === "object") return lineAndColumn(json, json.indexOf(at.words));
  const value = offsetOf(put, pointer);
  if (at !== "its name") return lineAndColumn(json, value);
  return lineAndColumn(json, json.lastIndexOf(`"${pointer.split("/").at(-1)}"`, value));
}

/** Where a value stands in the file: up to there, it reads like one with a mark in the value's place. */
function offsetOf(put: Record<string, unknown> = {}, pointer: string): number {
  const mark = "\u2691";
  let within: unknown = fableWith(put);
  let present = "";
  for (const part of pointer.split("/").slice(1)) {
    if (typeof within !== "object" || within === null || !(part in within)) break;
    within = Reflect.get(within, part);
    present += `/${part}`;
  }
  if (present === "") return 0;
  return jsonOf(fableWith({ ...put, [present]: mark })).indexOf(`"${mark}"`);
}

function lineAndColumn(json: string, offset: number) {
  const before = json.slice(0, offset).split("\n");
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

function jsonOf(record: object): string {
  return JSON.stringify(record, null, 2);
}

/** Every code that the rules, the format and the commands about record files give, in the order of the alphabet. */
function codesInSource(): string[] {
  const folder = join(__dirname, "../src");
  const source = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(join(folder, name), "utf8"));
  const given = source
    .join("\n")
    .matchAll(
      /\b(?:(?:fault|warning|refuse)\(|faultOfFile\(\s*[\w.]+,|const DANGLING =)\s*"([a-z0-9-]+)"/g,
    );
  return [...new Set([...given].map(([, code]) => code!))].sort();
}

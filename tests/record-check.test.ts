import { type CheckOptions, checkRecord } from "../src/records/check/record.check.js";
import { sha256Of } from "./fixtures/texts.js";
import { sourceTextOf } from "../src/records/check/record.text.js";
import { fableText, fableWith, passageOf } from "./fixtures/fable.js";

const text = sourceTextOf(Buffer.from(fableText));
const windy = "The wind blew. ".repeat(20).trim();
const twin = { slug: "ada-floe", name: "Another Floe", sortName: "Floe, Another" };

const toTheSea = (changes: object = {}) => ({
  kind: "RESPONDS_TO",
  statement: "whose-sea-it-is",
  ...changes,
});

const again = (person: string) => ({ person, citations: [passageOf("Ada Floe", "in Iceburg")] });

/** What is planted, where, and what must be found: at the same place unless a pointer says otherwise. */
type Planted = [name: string, at: string, value: unknown, code: string, pointer?: string];

const planted: Planted[] = [
  ["an unknown property", "/people/0/nickname", "Ada", "schema"],
  ["an unknown property of the whole", "/peoples", [], "schema"],
  ["another format", "/format", "communique-record/0", "schema"],
  ["a missing property", "/meetings/0/title", undefined, "schema"],
  ["a value of the wrong type", "/statements/1/text", 7, "schema"],
  ["an unknown kind of meeting", "/meetings/1/kind", "PARTY", "schema"],
  ["a day that never was", "/meetings/0/startDate", "2031-02-30", "schema"],
  ["a malformed sha256", "/document/sha256", "ABC", "schema"],
  ["a statement without citations", "/statements/1/citations", [], "schema"],

  ["a name that no index could hold", "/people/0/sortName", "x".repeat(301), "schema"],
  ["an address with a NUL in it", "/document/url", "https://example.org/\0", "schema"],
  ["an offset that is too large", "/meetings/0/citations/0/end", 2 ** 31, "schema"],
  [
    "more entries than can be numbered",
    "/statements/0/topics",
    Array.from({ length: 10_001 }, (_, i) => `topic-${i}`),
    "schema",
  ],

  ["a slug given twice", "/people/2", twin, "duplicate-key", "/people/2/slug"],
  ["a former slug that is another's", "/people/1/formerSlugs/1", "ada-floe", "duplicate-key"],
  ["a label given twice", "/statements/1/key", "whose-sea-it-is", "duplicate-key"],
  [
    "a label that is another's full key",
    "/statements/1/key",
    "the-herring-pact/whose-sea-it-is",
    "duplicate-key",
  ],

  [
    "a participant listed twice",
    "/meetings/0/participations/2",
    again("bo-drift"),
    "duplicate-entry",
  ],
  [
    "a participant by present and former slug",
    "/meetings/0/participations/2",
    again("b-drift"),
    "duplicate-entry",
  ],
  [
    "a participant for two countries",
    "/meetings/0/participations/2",
    { ...again("bo-drift"), country: "NO" },
    "duplicate-entry",
  ],
  ["a place listed twice", "/meetings/0/places/1", "iceburg", "duplicate-entry"],
  ["a party listed twice", "/agreements/0/parties/2", { country: "BV" }, "duplicate-entry"],
  ["a speaker listed twice", "/statements/1/speakers/1", { country: "BV" }, "duplicate-entry"],
  [
    "an addressee by present and former slug",
    "/statements/0/addressees/1",
    { person: "bo-drift" },
    "duplicate-entry",
  ],
  [
    "a passage cited twice, once by the document's key",
    "/tenures/0/citations/1",
    { ...passageOf("Ada Floe", "Antarctica"), document: "the-herring-pact" },
    "duplicate-entry",
  ],
  [
    "a relation given twice, once by the full key",
    "/statements/1/relations",
    [toTheSea(), toTheSea({ statement: "the-herring-pact/whose-sea-it-is" })],
    "duplicate-entry",
    "/statements/1/relations/1",
  ],
  [
    "a passage cited twice for a relation",
    "/statements/1/relations",
    [toTheSea({ citations: [passageOf("Drift"), passageOf("Drift")] })],
    "duplicate-entry",
    "/statements/1/relations/0/citations/1",
  ],

  ["an unknown office holder", "/tenures/0/person", "ada-flow", "dangling-reference"],
  ["an unknown speaker", "/statements/0/speakers/0/person", "nobody", "dangling-reference"],
  ["an unknown addressee", "/statements/0/addressees/0/person", "nobody", "dangling-reference"],
  ["an unknown participant", "/meetings/0/participations/1/person", "bo", "dangling-reference"],
  ["an unknown place", "/meetings/0/places/0", "atlantis", "dangling-reference"],
  ["an unknown convener", "/meetings/1/convener", "fishers-guild", "dangling-reference"],
  ["an unknown parent", "/meetings/0/parent", "fire-fair", "dangling-reference"],
  ["an unknown place of signing", "/agreements/0/signedAt", "talks", "dangling-reference"],
  [
    "an unknown topic",
    "/statements/0/topics",
    ["sea"],
    "dangling-reference",
    "/statements/0/topics/0",
  ],
  [
    "an unknown related statement",
    "/statements/1/relations",
    [toTheSea({ statement: "the-herring-pact/whose-sky-it-is" })],
    "dangling-reference",
    "/statements/1/relations/0/statement",
  ],
  [
    "an unknown document cited for a relation",
    "/statements/1/relations",
    [toTheSea({ citations: [{ document: "scroll", start: 0, end: 1 }] })],
    "dangling-reference",
    "/statements/1/relations/0/citations/0/document",
  ],
  [
    "a relation of a statement to itself",
    "/statements/0/relations",
    [toTheSea()],
    "self-relation",
    "/statements/0/relations/0/statement",
  ],
  [
    "a relation as its other end has it",
    "/statements/1/relations",
    [toTheSea({ kind: "CORRECTED_BY" })],
    "schema",
    "/statements/1/relations/0/kind",
  ],
  [
    "a document that is a copy of itself",
    "/document/syndicatedFrom",
    "the-herring-pact",
    "syndication-cycle",
  ],
  ["an unknown document", "/tenures/0/citations/0/document", "scroll", "dangling-reference"],
  ["an unknown issuer", "/document/issuer", "penguin-post", "dangling-reference"],
  [
    "a parent without its relation",
    "/meetings/0/parentRelation",
    null,
    "parent-relation",
    "/meetings/0/parent",
  ],
  ["a relation without its parent", "/meetings/1/parentRelation", "PART_OF", "parent-relation"],
  ["a meeting that is its own parent", "/meetings/0/parent", "fish-talks", "parent-cycle"],

  ["a code never assigned", "/tenures/0/country", "ZQ", "unknown-country"],
  ["a former country's old code", "/places/0/country", "SU", "unknown-country"],
  ["a party never assigned", "/agreements/0/parties/1/country", "EU", "unknown-country"],
  [
    "a side of nobody",
    "/statements/1/speakers/0/country",
    null,
    "no-side",
    "/statements/1/speakers/0",
  ],
  ["an addressee of nobody", "/statements/0/addressees/0", { certainty: "STATED" }, "no-side"],
  ["a party of nobody", "/agreements/0/parties/2", {}, "no-side"],
  [
    "a certainty of no person",
    "/statements/1/speakers/0/personCertainty",
    "INFERRED",
    "certainty-without-fact",
  ],
  [
    "a certainty of no organization",
    "/meetings/0/participations/0/organizationCertainty",
    "STATED",
    "certainty-without-fact",
  ],
  ["a certainty of no date", "/meetings/1/dateCertainty", "INFERRED", "certainty-without-fact"],
  ["a certainty of no place", "/statements/0/placeCertainty", "STATED", "certainty-without-fact"],
  ["a certainty of no issue date", "/document/dateCertainty", "STATED", "certainty-without-fact"],
  ["an end before the start", "/meetings/0/endDate", "2031-05", "reversed-dates"],
  [
    "a death before the birth",
    "/people/0",
    {
      slug: "ada-floe",
      name: "Ada Floe",
      sortName: "Floe, Ada",
      birthDate: "1980",
      deathDate: "1979",
    },
    "reversed-dates",
    "/people/0/deathDate",
  ],

  ["a citation of nothing", "/tenures/0/citations/0", {}, "citation-range"],
  [
    "a citation of two kinds",
    "/tenures/0/citations/0",
    { start: 0, end: 3, locator: "row 7" },
    "citation-range",
  ],
  ["a citation without an end", "/statements/1/citations/0", { start: 9 }, "citation-range"],
  [
    "a passage of no length",
    "/meetings/0/participations/0/citations/0",
    { start: 9, end: 9 },
    "citation-range",
  ],
  [
    "words kept without a licence",
    "/meetings/1/citations/0/exact",
    "the Ice Fair",
    "exact-without-licence",
  ],

  [
    "a relation's citation without an end",
    "/statements/1/relations",
    [toTheSea({ citations: [{ start: 9 }] })],
    "citation-range",
    "/statements/1/relations/0/citations/0",
  ],
  [
    "words kept without a licence for a relation",
    "/statements/1/relations",
    [toTheSea({ citations: [{ ...passageOf("Drift"), exact: "Drift" }] })],
    "exact-without-licence",
    "/statements/1/relations/0/citations/0/exact",
  ],

  ["the sha256 of another text", "/document/sha256", "0".repeat(64), "sha256-mismatch"],
  [
    "a passage past the end",
    "/meetings/1/citations/0",
    { start: 0, end: 99_999 },
    "citation-range",
  ],
  [
    "a passage that ends inside a character",
    "/meetings/1/citations/0/end",
    fableText.indexOf("🐧") + 1,
    "citation-range",
  ],
  [
    "a relation's passage past the end",
    "/statements/1/relations",
    [toTheSea({ citations: [{ start: 0, end: 99_999 }] })],
    "citation-range",
    "/statements/1/relations/0/citations/0",
  ],
  ["a quotation not to the letter", "/statements/0/text", "the sea", "verbatim-mismatch"],
];

describe("The check of a record", () => {
  it("A sound record has no fault, with its text or without", () => {
    expect(found(fableWith(), { text })).toEqual([]);
    expect(found(fableWith())).toEqual([]);
  });

  it.each(planted)("The check finds %s, and nothing else", (_, at, value, code, pointer = at) => {
    expect(found(fableWith({ [at]: value }), { text })).toEqual([`fault ${code} ${pointer}`]);
  });

  it("A side without a person listed twice is found, and a place listed twice by a former slug", () => {
    const cited = { citations: [passageOf("met")] };
    const seal = { description: "a seal", ...cited };
    const guild = { organization: "guild", ...cited };
    const changes = {
      "/places/0/formerSlugs": ["icetown"],
      "/meetings/0/places/1": "icetown",
      "/organizations": [{ slug: "fishers-guild", name: "Guild", formerSlugs: ["guild"] }],
      "/meetings/0/participations": [
        seal,
        guild,
        { organization: "fishers-guild", ...cited },
        seal,
      ],
    };
    expect(found(fableWith(changes))).toEqual([
      "fault duplicate-entry /meetings/0/places/1",
      "fault duplicate-entry /meetings/0/participations/2",
      "fault duplicate-entry /meetings/0/participations/3",
    ]);
  });

  it("Sides that share a country, person or name are not duplicates", () => {
    const changes = {
      "/organizations": [{ slug: "ada-floe", name: "Ada Floe Limited" }],
      "/meetings/0/participations/1/country": null,
      "/statements/0/speakers": [
        { person: "ada-floe", country: "AQ" },
        { person: "bo-drift", country: "AQ" },
        { country: "AQ" },
        { organization: "ada-floe" },
        { organization: "ada-floe", country: "AQ" },
        { description: "ada-floe" },
      ],
    };
    expect(found(fableWith(changes))).toEqual([
      "warning list-longer-than-assumed /statements/0/speakers",
    ]);
  });

  it("A statement may have several relations, to earlier and later statements", () => {
    const contradicts = toTheSea({ kind: "CONTRADICTS", citations: [passageOf("Drift")] });
    const changes = {
      "/statements/0/relations": [toTheSea({ statement: "the-herring-pact/fish-shared" })],
      "/statements/1/relations": [toTheSea(), contradicts],
    };
    expect(found(fableWith(changes), { text })).toEqual([]);
  });

  it("Statements that correct each other are a fault, once for a cycle of any length", () => {
    const corrects = (statement: string) => [{ kind: "CORRECTS", statement }];
    const [, report] = fableWith().statements as object[];
    const statements = (...relations: (string | null)[]) =>
      Object.fromEntries(
        relations.map((corrected, i) => [
          `/statements/${i}`,
          {
            ...report,
            key: `s-${i}`,
            standing: "CORRECTED",
            standingNote: "So the Keeper says.",
            relations: corrected === null ? [] : corrects(corrected),
          },
        ]),
      );
    const two = fableWith(statements("s-1", "the-herring-pact/s-0"));
    expect(found(two)).toEqual(["fault correction-cycle /statements/1/relations/0/statement"]);
    expect(checkRecord(two).faults[0]!.message).toBe(
      'a statement that corrects itself: "s-0" → "s-1" → "s-0"; only the later one corrects the other',
    );
    expect(found(fableWith(statements("s-1", "s-2", "s-3", "s-1")))).toEqual([
      "fault correction-cycle /statements/3/relations/0/statement",
    ]);
    expect(found(fableWith(statements(null, "s-0", "s-1", "s-1")))).toEqual([]);
  });

  it.each([
    ["a text", "/statements/1/text", " \n"],
    ["a name", "/people/0/name", "\u200B"],
    ["a title", "/meetings/0/title", "\u00A0\u2060\uFEFF"],
    ["an office", "/tenures/0/title", "\u3164"],
    ["another name", "/people/0/otherNames", ["\u00AD"]],
  ])("What nobody can see is not taken for %s", (_what, at, value) => {
    const { faults } = checkRecord(fableWith({ [at]: value }));
    expect(faults.map(({ code, message }) => `${code} ${message}`)).toEqual([
      "schema expected a text, found only white space or invisible characters",
    ]);
  });

  it("A cycle of meetings is found through a former slug", () => {
    const changes = {
      "/meetings/0/formerSlugs": ["talks"],
      "/meetings/1/parent": "talks",
      "/meetings/1/parentRelation": "PART_OF",
    };
    expect(found(fableWith(changes))).toEqual(["fault parent-cycle /meetings/1/parent"]);
  });

  it("A cycle of two meetings is reported once", () => {
    const changes = { "/meetings/1/parent": "fish-talks", "/meetings/1/parentRelation": "PART_OF" };
    expect(found(fableWith(changes))).toEqual(["fault parent-cycle /meetings/0/parent"]);
  });

  it("A standing without a note is a warning", () => {
    expect(found(fableWith({ "/statements/1/standing": "RETRACTED" }))).toEqual([
      "warning standing-note /statements/1/standingNote",
    ]);
  });

  it("All faults are reported at once, each at its own place", () => {
    const changes = {
      "/document/url": "ice",
      "/people/0/nickname": "Ada",
      "/meetings/0/kind": undefined,
      "/peoples": [],
      "/meetings/1/dateCertainty": "INFERRED",
      "/people/1/formerSlugs/1": "bo-drift",
    };
    expect(found(fableWith(changes))).toEqual([
      "fault schema /document/url",
      "fault schema /people/0/nickname",
      "fault schema /meetings/0/kind",
      "fault schema /peoples",
      "fault duplicate-key /people/1/formerSlugs/1",
      "fault certainty-without-fact /meetings/1/dateCertainty",
    ]);
  });

  it("A misspelt name gets a suggestion", () => {
    const changes = {
      "/meetings/0/enddate": "2031",
      "/statements/0/speakers/0/person": "ada-flo",
      "/meetings/1/kind": "SUMIT",
      "/statements/1/relations": [toTheSea({ statement: "whose-see-it-is" })],
    };
    const { faults } = checkRecord(fableWith(changes));
    expect(faults.map(({ message }) => /did you mean .*$/.exec(message)?.[0])).toEqual([
      'did you mean "endDate"?',
      'did you mean "SUMMIT"?',
      'did you mean "the-herring-pact/whose-sea-it-is"?',
      'did you mean "ada-floe"?',
    ]);
  });

  it.each([
    ["2023-02-30", "2023-02-30 is not a day of the calendar"],
    ["2031-13", "2031-13 is not a month of the calendar"],
    ["3 June 2031", "expected YYYY-MM-DD, YYYY-MM or YYYY"],
  ])("The date %s is refused with what is wrong", (date, message) => {
    const { faults } = checkRecord(fableWith({ "/meetings/0/startDate": date }));
    expect(faults.map((fault) => fault.message)).toEqual([message]);
  });

  it.each([
    ["UK", "GB"],
    ["EL", "GR"],
    ["SU", "SUHH"],
    ["GBR", "GB"],
    ["XKX", "XK"],
    ["no", "NO"],
    ["CS", null],
    ["ZQ", null],
    ["Norway", null],
  ])("The country %s is refused with the suggestion %j", (code, suggestion) => {
    const { faults } = checkRecord(fableWith({ "/places/0/country": code }));
    expect(faults.map((fault) => fault.suggestion)).toEqual([suggestion]);
  });

  it("A quotation that differs in Unicode normalization alone is refused with that reason", () => {
    const words = `${fableText} Floe: "Là où la glace règne."`.normalize("NFD");
    const start = words.indexOf('Floe: "L');
    const changes = {
      "/document/sha256": sha256Of(words),
      "/statements/0/text": "Là où la glace règne.".normalize("NFC"),
      "/statements/0/citations/0": { start, end: words.length },
    };
    const { faults } = checkRecord(fableWith(changes), { text: sourceTextOf(Buffer.from(words)) });
    expect(faults.map(({ code, message }) => [code, message])).toEqual([
      [
        "verbatim-mismatch",
        "from character 2 on, the same in another Unicode normalization: NFC here, NFD in the text; copy it from the text",
      ],
    ]);
  });

  it("A reference to something known elsewhere is no fault", () => {
    const record = fableWith({ "/places": [] });
    expect(found(record)).toEqual(["fault dangling-reference /meetings/0/places/0"]);
    const isKnown = (noun: string, key: string) => noun === "place" && key === "iceburg";
    expect(found(record, { onRecord: { isKnown } })).toEqual([]);
  });

  it.each([null, 7, "record", [], {}])("The value %j is refused as a record", (value) => {
    const { record, faults } = checkRecord(value);
    expect(record).toBeNull();
    expect(faults.length).toBeGreaterThan(0);
  });
});

describe("The check of quotations and reports", () => {
  const close = "/statements/1/text";
  const tooClose =
    "Bouvet Island: a colony would share its FISH, with every neighbour before Winter.";

  it("A quotation over 300 characters is a fault", () => {
    expect(found(fableWith({ "/statements/0/text": "a".repeat(301) }))).toEqual([
      "fault quotation-too-long /statements/0/text",
    ]);
  });

  it("Quotations that are too much of the text together are a fault", () => {
    const changes = {
      "/statements/0/text": windy,
      "/statements/0/citations/0": passageOf(windy),
    };
    expect(found(fableWith(changes), { text })).toEqual(["fault quotations-too-much /statements"]);
  });

  it("A report too close to the text is a warning, whatever its punctuation and capitals", () => {
    expect(found(fableWith({ [close]: tooClose }), { text })).toEqual([
      `warning reported-too-close ${close}`,
    ]);
  });

  it("A report may share seven words in a row with its passage", () => {
    const report = "Some colony would share its fish with every one of its friends.";
    expect(found(fableWith({ [close]: report }), { text })).toEqual([]);
  });

  it("A report may share names and titles with its passage", () => {
    const changes = {
      [close]: "Ada Floe, Keeper of the Fish Stores of Antarctica, met Captain Bo Drift.",
      "/statements/1/citations/0": passageOf("Ada Floe", "Iceburg"),
    };
    expect(found(fableWith(changes), { text })).toEqual([]);
  });

  const beginning = fableText.slice(0, fableText.indexOf(" The wind", 380));
  const underLicence = (licence: string | null) => ({
    "/document/licence": licence,
    "/meetings/1/citations/0/exact": "the Ice Fair",
    "/statements/0/text": beginning,
    "/statements/0/citations/0": passageOf(beginning),
    [close]: tooClose,
  });

  it.each(["CC0-1.0", "CC-BY-4.0", "cc-by-sa-3.0-igo", "ODbL-1.0", "OGL-UK-3.0", "public-domain"])(
    "Under an open licence, long quotations and close reports are allowed: %s",
    (licence) => {
      expect(found(fableWith(underLicence(licence)), { text })).toEqual([]);
    },
  );

  it.each([null, "All rights reserved", "CC-BY-NC-4.0", "CC-BY-ND-4.0", "CC BY 4.0"])(
    "Without an open licence, they are not: %j",
    (licence) => {
      const limits = [
        "fault exact-without-licence /meetings/1/citations/0/exact",
        "fault quotation-too-long /statements/0/text",
        "fault quotations-too-much /statements",
        `warning reported-too-close ${close}`,
      ];
      expect(found(fableWith(underLicence(licence)), { text })).toEqual(limits);
    },
  );

  it("A licence that is not open is named in the message", () => {
    const { faults } = checkRecord(fableWith(underLicence("All rights reserved")));
    expect(faults[1]!.message).toBe(
      '387 characters quoted, but its document\'s licence "All rights reserved" is none that is known to be open (an SPDX id, or public-domain): at most 300',
    );
  });
});

function found(record: unknown, options: CheckOptions = {}): string[] {
  const { faults } = checkRecord(record, options);
  return faults.map(({ severity, code, pointer }) => `${severity} ${code} ${pointer}`);
}

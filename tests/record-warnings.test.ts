import { RecordNames } from "../src/records/check/record.names.js";
import { COLLECTED } from "../src/records/check/record.nouns.js";
import { checkRecord } from "../src/records/check/record.check.js";
import { fableText, fableWith, passageOf } from "./fixtures/fable.js";
import { sourceTextOf } from "../src/records/check/record.text.js";

const text = sourceTextOf(Buffer.from(fableText));

/** What is found in the fable with these changes, when it is checked along with other records. */
function found(changes: Record<string, unknown>, ...others: object[]): string[] {
  const faults = faultsWith(changes, ...others);
  return faults.map(({ severity, code, pointer }) => `${severity} ${code} ${pointer}`);
}

function faultsWith(changes: Record<string, unknown>, ...others: object[]) {
  const record = fableWith(changes);
  const names = new RecordNames(COLLECTED).add(record);
  for (const other of others) names.add(other);
  return checkRecord(record, { names, text }).faults;
}

// The fable is of 2031.
beforeEach(() => void jest.spyOn(Date, "now").mockReturnValue(Date.parse("2032-01-01T12:00:00Z")));

const tenure = (changes: object) => ({
  key: "ada-floe/keeper",
  person: "ada-floe",
  title: "Keeper of the Fish Stores",
  country: "AQ",
  citations: [passageOf("Ada Floe", "Antarctica")],
  ...changes,
});

describe("Participations outside a tenure", () => {
  const OUTSIDE = ["warning outside-tenure /meetings/0/participations/0/person"];

  it.each([
    ["one that ended before", [tenure({ endDate: "2031-05" })]],
    ["one that began after", [tenure({ startDate: "2031-06-04" })]],
    ["several", [tenure({ endDate: "2020" }), tenure({ key: "x", startDate: "2032" })]],
  ])("A participation outside the person's known tenures is a warning: %s", (_what, tenures) => {
    expect(found({ "/tenures": tenures })).toEqual(OUTSIDE);
  });

  it.each([
    ["the date may be within it", [tenure({ startDate: "2031", endDate: "2031-06" })]],
    ["its bounds are unknown", [tenure({ ongoing: true })]],
    ["another one holds", [tenure({ endDate: "2020" }), tenure({ key: "x" })]],
    ["no tenure for that country is known", [tenure({ country: "NO", endDate: "2020" })]],
  ])("A participation is not warned about when %s", (_what, tenures) => {
    expect(found({ "/tenures": tenures })).toEqual([]);
  });

  it("A participation at a meeting without a date is not warned about", () => {
    expect(
      found({ "/tenures": [tenure({ endDate: "2020" })], "/meetings/0/startDate": null }),
    ).toEqual([]);
  });

  it("A tenure in another record is used, also by a former slug", () => {
    const held = tenure({ key: "x", person: "b-drift", country: "BV", endDate: "2020" });
    const other = { tenures: [held] };
    expect(found({}, other)).toEqual([
      "warning outside-tenure /meetings/0/participations/1/person",
    ]);
  });
});

describe("Withdrawn countries", () => {
  it.each([
    ["of a participant", "/meetings/0/participations/1/country", "SUHH"],
    ["of a meeting's place", "/meetings/0/placeCountry", "SUHH"],
    ["of a place, which is today's", "/places/0/country", "SUHH"],
    ["of a party, by the date of signing", "/agreements/0/parties/1/country", "YUCS"],
    ["of a speaker, by the meeting's date", "/statements/1/speakers/0/country", "DDDE"],
    ["of an addressee", "/statements/0/addressees/0/country", "CSHH"],
  ])("A country that was withdrawn by that date is a warning: that %s", (_what, at, code) => {
    expect(found({ [at]: code })).toEqual([`warning withdrawn-country ${at}`]);
  });

  it("A tenure that began after its country was withdrawn is a warning", () => {
    expect(found({ "/tenures": [tenure({ country: "SUHH", startDate: "1993" })] })).toEqual([
      "warning withdrawn-country /tenures/0/country",
    ]);
  });

  it("A settled country of a place is today's; of the others the date is not known", () => {
    const settled = (kind: string, item: string, field: string) =>
      found({ "/settles": [{ kind, item, field, value: "SUHH", because: "of its flag" }] });
    expect(settled("place", "iceburg", "country")).toEqual([
      "warning withdrawn-country /settles/0/value",
    ]);
    expect(settled("meeting", "fish-talks", "placeCountry")).toEqual([]);
  });

  it("A country is not warned about before or in the year of its withdrawal, or without a date", () => {
    const at = "/meetings/0/participations/1/country";
    for (const date of ["1990-05-01", "1992", null])
      expect(found({ [at]: "SUHH", "/meetings/0/startDate": date })).toEqual([]);
  });
});

describe("What was said at a meeting", () => {
  const SAID = "/statements/0";
  const meeting = "/meetings/0";

  it.each([
    ["before it", { [`${SAID}/date`]: "2031-06-02" }],
    ["after it", { [`${SAID}/date`]: "2031-06-04" }],
    ["in another month", { [`${SAID}/date`]: "2031-07" }],
    [
      "after its last day",
      { [`${SAID}/date`]: "2031-06-06", [`${meeting}/endDate`]: "2031-06-05" },
    ],
  ])("A statement dated outside its meeting is a warning: %s", (_what, changes) => {
    expect(found(changes)).toEqual([`warning outside-meeting ${SAID}/date`]);
  });

  it.each([
    [
      "on one of its days",
      { [`${SAID}/date`]: "2031-06-04", [`${meeting}/endDate`]: "2031-06-05" },
    ],
    ["in its month", { [`${SAID}/date`]: "2031-06" }],
    ["when nobody knows its date", { [`${SAID}/date`]: "2030", [`${meeting}/startDate`]: null }],
    ["when it has no date of its own", {}],
  ])("A statement is not warned about %s", (_what, changes) => {
    expect(found(changes)).toEqual([]);
  });

  it.each(["PLANNED", "CANCELLED"])("Statements at a meeting %s are a warning", (status) => {
    expect(found({ [`${meeting}/status`]: status, [`${meeting}/formerSlugs`]: ["talks"] })).toEqual(
      [
        "warning meeting-not-held /statements/0/meeting",
        "warning meeting-not-held /statements/1/meeting",
      ],
    );
    expect(found({ [`${meeting}/status`]: "HELD" })).toEqual([]);
  });

  it("A speaker for another country than the one they take part for is a warning, by any slug", () => {
    const speaker = { person: "b-drift", country: "NO" };
    expect(found({ [`${SAID}/speakers`]: [speaker] })).toEqual([
      `warning speaks-for-another ${SAID}/speakers/0/country`,
    ]);
    for (const other of [
      { person: "b-drift", country: "BV" },
      { person: "b-drift" },
      { country: "NO" },
    ])
      expect(found({ [`${SAID}/speakers`]: [other] })).toEqual([]);
    const unsaid = { [`${meeting}/participations/1/country`]: null };
    expect(found({ ...unsaid, [`${SAID}/speakers`]: [speaker] })).toEqual([]);
  });
});

describe("Passages that cut a word", () => {
  const CITED = "/meetings/1/citations/0";
  const AT = fableText.indexOf("Iceburg");

  it.each([
    ["starts", "start", { start: AT + 3, end: AT + 7 }, 3],
    ["ends", "end", { start: AT, end: AT + 6 }, 6],
  ])("A passage that %s inside a word is a warning without words of the text", (...planted) => {
    const [, name, citation, before] = planted;
    expect(found({ [CITED]: citation })).toEqual([`warning word-cut ${CITED}/${name}`]);
    const { faults } = checkRecord(fableWith({ [CITED]: citation }), { text });
    const offset = AT + before;
    expect(faults.map(({ message }) => message)).toEqual([
      `${offset} is inside a word, after ${before} of its 7 characters`,
    ]);
  });

  it.each([
    ["at a comma", "They met. Ada, again.", "They met. Ada"],
    ["before a genitive", "They met Ada’s fish", "They met Ada"],
    ["at a hyphen", "The Floe-led talks", "The Floe"],
    ["in a script without spaces", "他们在冰堡见面", "他们在"],
    ["at the end of the text", "They met", "They met"],
  ])("A passage is not warned about that ends %s", (_what, words, cited) => {
    expect(cut(words, cited.length)).toEqual([]);
  });

  it.each([
    ["an accent from its letter", "They met a café\u0301e", 15],
    ["a word of another script", "Они встретились", 5],
    ["a number", "In 2031 they met", 5],
  ])("A passage that cuts %s is a warning", (_what, words, end) => {
    expect(cut(words, end)).toEqual([`word-cut ${CITED}/end`]);
  });

  function cut(words: string, end: number): string[] {
    const changes = { "/document/sha256": null, [CITED]: { start: 0, end } };
    const other = sourceTextOf(Buffer.from(words));
    const { faults } = checkRecord(fableWith(changes), { text: other });
    return faults
      .filter(({ pointer }) => pointer.startsWith(CITED))
      .map(({ code, pointer }) => `${code} ${pointer}`);
  }
});

describe("Places in another country", () => {
  const PLACE = "/places/0/country";
  const AT = "/meetings/0/placeCountry";

  it("A place in another country than the one given is a warning", () => {
    expect(found({ [PLACE]: "NO", [AT]: "SE" })).toEqual([`warning place-elsewhere ${AT}`]);
    const said = { "/statements/1/place": "iceburg", "/statements/1/placeCountry": "SE" };
    expect(found({ [PLACE]: "NO", ...said })).toEqual([
      "warning place-elsewhere /statements/1/placeCountry",
    ]);
  });

  it("The warning names the places whose country is known, and their countries", () => {
    const places = (...countries: (string | null)[]) =>
      Object.fromEntries(
        countries.map((country, i) => [
          `/places/${i}`,
          { slug: `bay-${i}`, name: `Bay ${i}`, country },
        ]),
      );
    const messages = (...countries: (string | null)[]) =>
      faultsWith({
        ...places(...countries),
        "/meetings/0/places": countries.map((_, i) => `bay-${i}`),
        [AT]: "SE",
      }).flatMap(({ code, message }) => (code === "place-elsewhere" ? [message] : []));
    expect(messages("NO", null)).toEqual(['SE, but "bay-0" is in NO']);
    expect(messages("NO", "FI", null)).toEqual(['SE, but "bay-0", "bay-1" are in NO, FI']);
    expect(messages("NO", "NO")).toEqual(['SE, but "bay-0", "bay-1" are in NO']);
  });

  it.each([
    ["the same country", { [PLACE]: "NO", [AT]: "NO" }],
    ["a country of that date", { [PLACE]: "RU", [AT]: "SUHH", "/meetings/0/startDate": "1990" }],
    ["a place whose country is not known", { [AT]: "NO" }],
    [
      "one place of several",
      {
        [PLACE]: "NO",
        "/places/1": { slug: "floe-bay", name: "Floe Bay", country: "SE" },
        "/meetings/0/places": ["iceburg", "floe-bay"],
        [AT]: "SE",
      },
    ],
  ])("A place is not warned about with %s", (_what, changes) => {
    expect(found(changes)).toEqual([]);
  });
});

describe("Documents of the future", () => {
  const AT = "/document/datePublished";
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

  it("A document published in the future is a warning", () => {
    for (const date of [day(2), day(400).slice(0, 7), "9999"])
      expect(found({ [AT]: date })).toEqual([`warning published-in-future ${AT}`]);
  });

  it("A document of today, or of a month or year that has begun, is not warned about", () => {
    for (const date of [day(0), day(0).slice(0, 7), day(0).slice(0, 4), "2031-06-04"])
      expect(found({ [AT]: date })).toEqual([]);
  });
});

describe("What is dated too late", () => {
  const PUBLISHED = "/document/datePublished";
  const START = "/meetings/0/startDate";
  const STATUS = "/meetings/0/status";
  const SAID = "/statements/0/date";
  const LATE = [`warning dated-too-late ${START}`];
  const DEATH = "/people/1/deathDate";
  const DEAD = ["warning after-death /meetings/0/participations/1/person"];

  it.each([
    ["after its document came out", { [PUBLISHED]: "2031-06-01", [STATUS]: "HELD" }, LATE],
    ["in a later month than that", { [PUBLISHED]: "2031-05", [STATUS]: "HELD" }, LATE],
    ["after a document that tells what was said there", { [PUBLISHED]: "2031-06-01" }, LATE],
    ["in the future", { [STATUS]: "HELD", [START]: "2032-01-05" }, LATE],
    ["in the last year that there is", { [STATUS]: "HELD", [START]: "9999" }, LATE],
  ])("A meeting that was held %s is a warning", (_what, changes, expected) => {
    expect(found(changes)).toEqual(expected);
  });

  it.each([
    ["was held the day before its document came out", { [PUBLISHED]: "2031-06-02" }],
    ["was held in the month in which it came out", { [PUBLISHED]: "2031-06" }],
    [
      "was held after a day that is inferred",
      { [PUBLISHED]: "2031-01-01", "/document/dateCertainty": "INFERRED" },
    ],
    ["is planned", { "/meetings/1/startDate": "2032", "/meetings/1/status": "PLANNED" }],
    ["may be planned", { "/meetings/1/startDate": "2032" }],
  ])("A meeting that %s is not warned about", (_what, changes) => {
    expect(found({ [PUBLISHED]: "2031-06-03", [STATUS]: "HELD", ...changes })).toEqual([]);
  });

  it("A statement of a later day than its document, or of the future, is a warning", () => {
    const said = { [SAID]: "2031-06-03" };
    expect(found(said)).toEqual([]);
    expect(found({ [SAID]: "2032-02", [START]: null })).toEqual([`warning dated-too-late ${SAID}`]);
    expect(found({ ...said, [PUBLISHED]: "2031-06-04" })).toEqual([]);
    expect(found({ ...said, [PUBLISHED]: "2031-05-31", [START]: null })).toEqual([
      `warning dated-too-late ${SAID}`,
    ]);
  });

  it("The date of a document that another record defines counts for its lines", () => {
    const line = { document: "the-herring-pact", meetings: [{ slug: "pact-talks" }] };
    expect(found({ [PUBLISHED]: "2031-06-03" }, line)).toEqual([]);
    const before = { document: { key: "the-herring-pact", datePublished: "2031-05" } };
    expect(found({ "/document": "the-herring-pact", [SAID]: "2031-06-03" }, before)).toEqual(
      expect.arrayContaining([`warning dated-too-late ${SAID}`]),
    );
  });

  it("Who takes part or speaks after their death is a warning, by any slug and whatever record tells it", () => {
    expect(found({ [DEATH]: "2031-06-01" })).toEqual(DEAD);
    const other = { people: [{ slug: "b-drift", deathDate: "2030" }] };
    expect(found({}, other)).toEqual(DEAD);
    const spoke = { [SAID]: "2011-06-03", [START]: null, "/people/0/deathDate": "2011-05" };
    expect(found(spoke)).toEqual(["warning after-death /statements/0/speakers/0/person"]);
  });

  it.each([
    ["died that day, or in another time zone the day before", { [DEATH]: "2031-06-02" }],
    ["died in that month", { [DEATH]: "2031-06" }],
    ["was to take part", { [DEATH]: "2030", [STATUS]: "CANCELLED", "/statements": [] }],
  ])("A participant is not warned about who %s", (_what, changes) => {
    expect(found(changes)).toEqual([]);
  });
});

describe("One person under two slugs", () => {
  const AT = "/people/2";
  const TWICE = [`warning person-twice ${AT}`];
  const person = (changes: object) => ({
    slug: "zed",
    name: "Zed Quill",
    sortName: "Quill, Zed",
    ...changes,
  });
  const identifiers = (value: string) => [{ scheme: "wikidata", value }];

  it.each([
    ["the same name", { name: "Ada Floe" }],
    ["its parts the other way round", { name: "FLOE, Ada" }],
    ["other accents", { name: "Áda Flöe" }],
    ["another name of theirs", { otherNames: ["Ada Floe"] }],
  ])("Two people with the same name are a warning: %s", (_what, changes) => {
    expect(found({ [AT]: person(changes) })).toEqual(TWICE);
  });

  it("Two people with the same name and identifier are one warning", () => {
    const same = { name: "Ada Floe", identifiers: identifiers("Q1") };
    expect(found({ "/people/0/identifiers": identifiers("Q1"), [AT]: person(same) })).toEqual(
      TWICE,
    );
  });

  it("A person with the same name in another record is a warning", () => {
    const other = { people: [{ slug: "a-floe", name: "Ada Floe" }] };
    expect(found({}, other)).toEqual(["warning person-twice /people/0"]);
  });

  it("Two people with different identifiers are not warned about", () => {
    const namesake = person({ name: "Ada Floe", identifiers: identifiers("Q2") });
    expect(found({ "/people/0/identifiers": identifiers("Q1"), [AT]: namesake })).toEqual([]);
  });

  it("One shared part of a name is not warned about, nor the same slug in another record", () => {
    const changes = { "/people/0/otherNames": ["Floe"], [AT]: person({ otherNames: ["Floe"] }) };
    expect(found(changes, { people: [{ slug: "b-drift", name: "Bo Drift" }] })).toEqual([]);
  });
});

describe("One slug or key that two things have", () => {
  function checkAfter(changes: Record<string, unknown>, ...others: object[]) {
    const record = fableWith(changes);
    const names = new RecordNames(COLLECTED);
    for (const one of [...others, record]) names.add(one);
    return checkRecord(record, { names }).faults;
  }
  /** What is found in the fable with these changes, when it is read after other records. */
  function foundAfter(changes: Record<string, unknown>, ...others: object[]): string[] {
    return checkAfter(changes, ...others).map(
      ({ severity, code, pointer }) => `${severity} ${code} ${pointer}`,
    );
  }
  const named = (name: string, ...otherNames: unknown[]) => ({
    people: [{ slug: "ada-floe", name, sortName: name, otherNames }],
  });
  const titled = (title: string | null) => ({ document: { key: "the-herring-pact", title } });

  it("A slug with a name that has no word in common with an earlier record's is a warning", () => {
    const wire = { document: { key: "wire" }, ...named("Zed Quill") };
    const [one] = checkAfter({}, wire);
    expect(one!.message).toMatch(
      /^"ada-floe" is "Ada Floe" here and "Zed Quill" in the record of "wire"; /,
    );
    expect(foundAfter({}, named("Zed Quill"))).toEqual(["warning two-names /people/0/name"]);
    const places = [{ slug: "iceburg", name: "Port Fog" }];
    expect(foundAfter({}, { places })).toEqual(["warning two-names /places/0/name"]);
  });

  it.each([
    ["another spelling", named("FLOE, Adá")],
    ["one word", named("A. J. Floe")],
    ["written as one word", named("Adafloe")],
    ["initials", named("A. F.")],
    ["another script", named("Ада Льдина")],
    ["the other name too", named("Zed Quill", "Ada Floe")],
    ["the other name with its language", named("Zed Quill", { text: "Ada Floe", language: "en" })],
  ])("A slug is not warned about when the other record gives %s", (_what, other) => {
    expect(foundAfter({}, other)).toEqual([]);
  });

  it("Two names that a third record connects are not warned about", () => {
    expect(foundAfter({}, named("Zed Quill"), named("Zed Quill", "Ada Floe"))).toEqual([]);
  });

  it("A document key with another title in an earlier record is a fault", () => {
    const own = { "/document/title": "The Herring Pact" };
    expect(foundAfter(own, titled("The Cod War"))).toEqual(["fault two-titles /document/title"]);
    expect(foundAfter(own, titled("The Herring Pact"))).toEqual([]);
    expect(foundAfter(own, titled(null))).toEqual([]);
    expect(foundAfter({}, titled("The Cod War"))).toEqual([]);
  });
});

describe("Copies that are not marked", () => {
  const { sha256 } = fableWith().document as { sha256: string };
  const COPY = ["warning unmarked-copy /document/syndicatedFrom"];
  const other = (changes: object) => ({
    document: { key: "agency", kind: "NEWS", language: "en", ...changes },
  });
  const titled = { title: "Fish Shared", datePublished: "2031-06-04" };
  const own = {
    "/document/title": titled.title,
    "/document/datePublished": titled.datePublished,
  };

  it("A document with the same text, or the same title and day, is a warning", () => {
    expect(found({}, other({ sha256 }))).toEqual(COPY);
    expect(found(own, other(titled))).toEqual(COPY);
    expect(found(own, other({ ...titled, sha256 }))).toEqual(COPY);
  });

  it("A marked copy is not warned about, nor two copies of a third document", () => {
    const third = other({ key: "wire" });
    expect(found({}, other({ sha256, syndicatedFrom: "the-herring-pact" }))).toEqual([]);
    expect(found({ "/document/syndicatedFrom": "agency" }, other({ sha256 }))).toEqual([]);
    const copy = other({ sha256, syndicatedFrom: "wire" });
    expect(found({ "/document/syndicatedFrom": "wire" }, copy, third)).toEqual([]);
  });

  it("Another text, day or edition of a dataset is not warned about", () => {
    expect(found(own, other({ ...titled, datePublished: "2031-06-05" }))).toEqual([]);
    const dataset = { ...titled, kind: "DATASET" };
    expect(found({ ...own, "/document/kind": "DATASET" }, other(dataset))).toEqual([]);
  });
});

describe("Corrected statements with the standing CURRENT", () => {
  const corrects = (statement: string) => ({ kind: "CORRECTS", statement });
  const CURRENT = ["warning corrected-still-current /statements/0/standing"];

  it.each([
    ["by its label", corrects("whose-sea-it-is")],
    ["by its full key", corrects("the-herring-pact/whose-sea-it-is")],
  ])("A corrected statement that is still CURRENT is a warning: %s", (_what, relation) => {
    expect(found({ "/statements/1/relations": [relation] })).toEqual(CURRENT);
  });

  it("Several corrections of a statement are one warning that names them all", () => {
    const [one, other] = [fableWith(), fableWith()].map(
      ({ statements }) => (statements as object[])[1]!,
    );
    const relations = [corrects("whose-sea-it-is")];
    const record = fableWith({
      "/statements/1": { ...one, relations },
      "/statements/2": { ...other, key: "fish-kept", relations },
    });
    const { faults } = checkRecord(record);
    expect(faults.map(({ message }) => message)).toEqual([
      'is corrected by "fish-shared", "fish-kept" and still stands as CURRENT; give it the standing CORRECTED',
    ]);
  });

  it.each(["CORRECTED", "RETRACTED", "DISPUTED"])(
    "A corrected statement with the standing %s is not warned about",
    (standing) => {
      const changes = {
        "/statements/0/standing": standing,
        "/statements/0/standingNote": "The Keeper has said so.",
        "/statements/1/relations": [corrects("whose-sea-it-is")],
      };
      expect(found(changes)).toEqual([]);
    },
  );

  it("A correction that was retracted gives no warning", () => {
    const changes = {
      "/statements/1/relations": [corrects("whose-sea-it-is")],
      "/statements/1/standing": "RETRACTED",
      "/statements/1/standingNote": "It was another Keeper's sea.",
    };
    expect(found(changes)).toEqual([]);
  });

  it("Other relations, a relation to itself and a correction of another record give no such warning", () => {
    const contradicts = { kind: "CONTRADICTS", statement: "whose-sea-it-is" };
    expect(found({ "/statements/1/relations": [contradicts] })).toEqual([]);
    expect(found({ "/statements/0/relations": [corrects("whose-sea-it-is")] })).toEqual([
      "fault self-relation /statements/0/relations/0/statement",
    ]);
    const other = { document: "agency", statements: [{ key: "whose-sea-it-is" }] };
    const elsewhere = corrects("agency/whose-sea-it-is");
    expect(found({ "/statements/1/relations": [elsewhere] }, other)).toEqual([]);
  });
});

import { createHash } from "node:crypto";
import { checkRecord } from "../src/records/check/record.check.js";
import { sourceTextOf } from "../src/records/check/record.text.js";
import { exportRecords } from "../src/records/export/record.export.js";
import type { SourceRecordInput } from "../src/records/record.format.js";
import { type DocumentKind } from "../src/source/source.enums.js";
import type { StatementForm, StatementSpeech } from "../src/statement/statement.enums.js";
import { serviceWith, type TestService } from "./harness/service.js";

type Statement = NonNullable<SourceRecordInput["statements"]>[number];

const MINUTES =
  "MEMORANDUM OF CONVERSATION. Iceburg, June 3, 2021. Captain Drift said that the herring had gone north,\n" +
  "    and that he would follow them, whatever the Keeper of the Fish Stores might say of it. He added: I have a boat. " +
  "The Keeper said that a boat was not a colony. The meeting ended with soup.";

const drift = MINUTES.slice(MINUTES.indexOf("Captain"), MINUTES.indexOf(" The Keeper said"));
const at = (words: string) => ({
  start: MINUTES.indexOf(words),
  end: MINUTES.indexOf(words) + words.length,
});

/** What the captain said, as the minutes have it. */
const told = (changes: Partial<Statement> = {}): Statement => ({
  key: "herring-gone",
  text: drift,
  form: "RECORDED" as StatementForm,
  speech: "INDIRECT" as StatementSpeech,
  language: "en",
  date: "2021-06-03",
  place: "iceburg",
  speakers: [{ person: "bo-drift", country: "BV" }],
  citations: [at(drift)],
  ...changes,
});

const minutes = (
  statement: Partial<Statement> = {},
  {
    kind = "MEMORANDUM",
    licence = "public-domain",
  }: { kind?: string; licence?: string | null } = {},
): SourceRecordInput => ({
  format: "communique-record/1",
  document: {
    key: "herring-minutes",
    kind: kind as DocumentKind,
    language: "en",
    licence,
    sha256: createHash("sha256").update(MINUTES).digest("hex"),
  },
  people: [{ slug: "bo-drift", name: "Bo Drift", sortName: "Drift, Bo" }],
  places: [{ slug: "iceburg", name: "Iceburg" }],
  statements: [told(statement)],
});

const text = sourceTextOf(Buffer.from(MINUTES));
const found = (record: SourceRecordInput) =>
  checkRecord(record, { text }).faults.map(
    ({ severity, code, pointer }) => `${severity} ${code} ${pointer}`,
  );
const messages = (record: SourceRecordInput) =>
  checkRecord(record, { text }).faults.map(({ message }) => message);

const VERBATIM = "VERBATIM" as StatementForm;
const REPORTED = "REPORTED" as StatementForm;

describe("The check of a note-taker's account", () => {
  it("An account to the letter is sound under an open licence, however long and close to its passage", () => {
    expect(found(minutes())).toEqual([]);
    const whole = MINUTES.slice(0, -1);
    expect(found(minutes({ text: whole, citations: [at(whole)] }))).toEqual([]);
  });

  it.each([null, "All rights reserved", "CC-BY-ND-4.0"])(
    "Without an open licence it is a fault: %j",
    (licence) => {
      expect(found(minutes({}, { licence }))).toEqual([
        "fault recorded-without-licence /statements/0/form",
      ]);
    },
  );

  it("One open document among those cited is enough", () => {
    const record = minutes({}, { licence: null });
    const citations = [at(drift), { document: "herring-archive", ...at(drift) }];
    const both = { ...record, statements: [told({ citations })] };
    const { faults } = checkRecord(both, {
      onRecord: {
        isKnown: (noun, key) => noun === "document" && key === "herring-archive",
        document: (key) =>
          key === "herring-archive" ? { licence: "CC0-1.0", sha256: null } : undefined,
      },
    });
    expect(faults).toEqual([]);
  });

  it("White space may be otherwise than in the text, a word may not", () => {
    expect(found(minutes({ text: drift.replace(/\s+/g, " ") }))).toEqual([]);
    const changed = minutes({ text: drift.replace("herring", "salmon") });
    expect(found(changed)).toEqual(["fault recorded-mismatch /statements/0/text"]);
    expect(messages(changed)).toEqual([
      'not to the letter in its passage, from character 29 on: "salmon had gone north, and that he would …", ' +
        'but the text has "herring had gone north, and that he …"',
    ]);
  });

  it("An account gives its whole passage, and nothing that is not in it", () => {
    const part = minutes({ text: "He added: I have a boat." });
    expect(found(part)).toEqual(["fault recorded-mismatch /statements/0/text"]);
    expect(messages(part)).toEqual([
      `only 24 of the ${drift.replace(/\s+/g, " ").length} characters of its passage`,
    ]);
    expect(found(minutes({ citations: [at("I have a boat.")] }))).toEqual([
      "fault recorded-mismatch /statements/0/text",
    ]);
  });

  it.each(["MEMORANDUM", "MINUTES", "SUMMARY_RECORD"])("%s is a note-taker's account", (kind) => {
    expect(found(minutes({}, { kind }))).toEqual([]);
  });

  it.each(["NEWS", "TRANSCRIPT", "READOUT", "OTHER"])("%s is not, which is a warning", (kind) => {
    expect(found(minutes({}, { kind }))).toEqual(["warning recorded-elsewhere /statements/0/form"]);
  });
});

describe("The check of words to the letter", () => {
  it.each(["TRANSCRIPT", "VERBATIM_RECORD"])(
    "A turn of a %s is VERBATIM without quotation marks, whatever its line breaks",
    (kind) => {
      const turn = minutes({ form: VERBATIM, speech: null }, { kind });
      expect(found(turn)).toEqual([]);
      const onOneLine = minutes({ form: VERBATIM, text: drift.replace(/\s+/g, " ") }, { kind });
      expect(found(onOneLine)).toEqual([]);
      const changed = minutes({ form: VERBATIM, text: `${drift} So be it.` }, { kind });
      expect(found(changed)).toEqual(["fault verbatim-mismatch /statements/0/text"]);
    },
  );

  it("Where the licence of a text is not open, a difference is reported by its place alone", () => {
    const text = drift.replace("herring", "salmon");
    for (const licence of [null, "All rights reserved"]) {
      const wrong = minutes({ form: VERBATIM, text }, { kind: "TRANSCRIPT", licence });
      const [message] = messages(wrong).filter((each) => each.startsWith("not to the letter"));
      expect(message).toBe("not to the letter in its passage, from character 29 on");
    }
    const long = minutes({ form: VERBATIM, text: "Captain ".concat("🐟".repeat(100)) });
    expect(messages(long)).toEqual([
      `not to the letter in its passage, from character 9 on: "${"🐟".repeat(40)} …", but the text has "Drift said that the herring had gone …"`,
    ]);
  });
});

describe("The length of a text", () => {
  const long = (length: number, form: StatementForm, licence: string | null = "CC0-1.0") =>
    checkRecord(minutes({ text: "a".repeat(length), form }, { licence })).faults.map(
      ({ code, pointer, message }) => [code, pointer, message],
    );

  it.each([VERBATIM, REPORTED, "RECORDED" as StatementForm])(
    "%s: up to 50,000 characters under an open licence",
    (form) => {
      expect(long(50_000, form)).toEqual([]);
      expect(long(50_001, form)).toEqual([
        ["schema", "/statements/0/text", expect.stringContaining("50000")],
      ]);
    },
  );

  it("Without one a summary has at most 10,000", () => {
    expect(long(10_000, REPORTED, null)).toEqual([]);
    expect(long(10_001, REPORTED, null)).toEqual([
      [
        "text-too-long",
        "/statements/0/text",
        "10001 characters, but its document names no open licence: at most 10000",
      ],
    ]);
  });
});

describe("Statements in the service", () => {
  let test: TestService;
  beforeEach(async () => {
    test = await serviceWith(minutes());
  });
  afterEach(() => test.close());

  const statements = async (filter: object) => {
    const { data } = await test.ask(
      `query ($filter: StatementFilter) { statements(filter: $filter) {
         nodes { form speech text } facets(by: FORM) { value label count } } }`,
      { filter },
    );
    return data.statements;
  };

  it("A note-taker's account is shown as such, filtered by and counted", async () => {
    const node = { form: "RECORDED", speech: "INDIRECT", text: drift };
    const facets = [expect.objectContaining({ value: "RECORDED", count: 1 })];
    expect(await statements({ forms: ["RECORDED"] })).toEqual({ nodes: [node], facets });
    expect(await statements({ forms: ["VERBATIM", "REPORTED"] })).toEqual({
      nodes: [],
      facets: [],
    });
  });

  it("Whose words they are may be left open, is reported when it changes, and is exported", async () => {
    const { lines } = await test.loadWith({}, minutes({ speech: null }));
    expect(lines).toEqual([
      'changed  statement herring-minutes/herring-gone: speech "INDIRECT" → null',
    ]);
    expect((await statements({})).nodes[0].speech).toBeNull();
    await test.load(minutes({ speech: "DIRECT" as StatementSpeech }));
    let exported = "";
    for await (const piece of exportRecords(test.dataSource)) exported += piece;
    expect(JSON.parse(exported)).toMatchObject({
      statements: [{ form: "RECORDED", speech: "DIRECT" }],
    });
  });

  it("The licence of a document whose account is on record can't be closed", async () => {
    const closed = { ...minutes({}, { licence: null }), statements: [] };
    const { faults } = await test.loadWith({}, closed);
    expect(faults.map(({ code, pointer }) => [code, pointer])).toEqual([
      ["licence-in-use", "/document/licence"],
    ]);
  });

  it("A summary too long for a closed licence keeps it open, too", async () => {
    const long = minutes({ form: REPORTED, key: "soup", text: "soup ".repeat(2_001).trim() });
    await test.load({ ...long, document: { ...(long.document as object), key: "soup" } as never });
    const closed = { ...minutes({}, { licence: null }), statements: [] };
    const { faults } = await test.loadWith(
      {},
      { ...closed, document: { ...(closed.document as object), key: "soup" } as never },
    );
    expect(faults.map(({ code }) => code)).toEqual(["licence-in-use"]);
  });

  it("The database takes no longer text", async () => {
    const lengthen = (length: number) =>
      test.dataSource.query("UPDATE statement SET text = repeat('é', $1)", [length]);
    await lengthen(50_000);
    await expect(lengthen(50_001)).rejects.toThrow("statement_text_length");
  });

  it("A page for people says whose account it is, and shows the beginning of a long one", async () => {
    await test.load(minutes({ key: "long", text: "soup ".repeat(2_000).trim() }));
    const page = (await test.service.app.inject({ url: "/", headers: { accept: "text/html" } }))
      .body;
    expect(page).toContain("as the note-taker recorded it");
    expect(page).toMatch(/soup …<\/a><\/blockquote>/);
    expect(page).not.toMatch(/(?:soup ){201}/);
  });
});

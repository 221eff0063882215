import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkFiles } from "../src/records/check/record.check.files.js";
import { fableText, fableWith, passageOf } from "./fixtures/fable.js";
import { serviceWith, type TestService } from "./harness/service.js";

const windy = "The wind blew. ".repeat(10).trim();

const line = (document: unknown, more: object = {}) => ({
  format: "communique-record/1",
  document,
  ...more,
});

const said = (changes: object = {}) => ({
  key: "wind",
  text: windy,
  form: "VERBATIM",
  language: "en",
  speakers: [{ description: "the wind" }],
  citations: [passageOf("The wind blew. ", windy)],
  ...changes,
});

describe("Records of several lines", () => {
  let test: TestService;
  let folder: string;
  let text: string;

  beforeEach(async () => {
    test = await serviceWith();
    folder = await mkdtemp(join(tmpdir(), "communique-lines-"));
    text = join(folder, "fable.txt");
    await writeFile(text, fableText);
  });
  afterEach(async () => {
    await test.close();
    await rm(folder, { recursive: true });
  });

  async function fileOf(...lines: object[]): Promise<string> {
    const path = join(folder, "lines.jsonl");
    await writeFile(path, lines.map((one) => JSON.stringify(one)).join("\n"));
    return path;
  }

  /** Loads lines; returns how many were loaded, and the faults. */
  async function load(lines: object[], options: { text?: string } = {}) {
    const { report, faults } = await test.loadWith(options, await fileOf(...lines));
    return { loaded: report.records, faults: faults.map((one) => `${one.code} ${one.pointer}`) };
  }

  describe("Quotations of a document that is given by its key alone", () => {
    const KEY = "the-herring-pact";
    const long = said({ text: "word ".repeat(80).trim() });
    const exact = said({ citations: [{ ...passageOf("The wind"), exact: "The wind" }] });
    const TOO_LONG = "quotation-too-long /statements/0/text";
    const EXACT = "exact-without-licence /statements/0/citations/0/exact";

    it("Limits hold as in the line that defines the document", async () => {
      const lines = [fableWith(), line(KEY, { statements: [long] })];
      expect(await load(lines)).toEqual({ loaded: 1, faults: [TOO_LONG] });
      expect(await load([line(KEY, { statements: [exact] })])).toEqual({
        loaded: 0,
        faults: [EXACT],
      });
    });

    it("An open licence that is on record lifts them", async () => {
      await load([fableWith({ "/document/licence": "CC-BY-4.0" })]);
      expect(await load([line(KEY, { statements: [long] })])).toEqual({ loaded: 1, faults: [] });
    });

    it("A licence is not closed while more is quoted than is allowed without it", async () => {
      const open = { "/document/licence": "CC-BY-4.0", "/document/title": "A pact" };
      await load([fableWith(open), line(KEY, { statements: [exact] })]);
      const CLOSED = ["licence-in-use /document/licence"];
      const closing = fableWith({ "/document/licence": "All rights reserved" });
      expect(await load([closing])).toEqual({ loaded: 0, faults: CLOSED });
      // Not the other records of the same load.
      const { report, faults } = await test.loadWith(
        {},
        await fileOf(line({ key: "wire", kind: "NEWS", language: "en" }), closing),
      );
      expect([report.records, report.refused, faults[0]!.line]).toEqual([1, 1, 2]);
      await load([line(KEY, { statements: [said()] })]);
      expect(await load([closing])).toEqual({ loaded: 1, faults: [] });
    });

    it("A citation of another document is measured by that document's licence", async () => {
      const wire = { key: "wire", kind: "NEWS", language: "en", licence: "CC0-1.0" };
      const cited = said({
        citations: [{ ...passageOf("The wind"), document: KEY, exact: "The wind" }],
      });
      await load([fableWith()]);
      expect(await load([line(wire, { statements: [cited] })])).toEqual({
        loaded: 0,
        faults: [EXACT],
      });
    });

    it("With the text, the quotations of all lines and of what is on record count together", async () => {
      const TOO_MUCH = "quotations-too-much /statements";
      const lines = [fableWith(), line(KEY, { statements: [said()] })];
      expect((windy.length + 31) * 10).toBeGreaterThan(fableText.length);
      expect(windy.length * 10).toBeLessThan(fableText.length);

      const { faults } = await checkFiles([await fileOf(...lines)], { textFile: text });
      expect(faults.map(({ code, line: at }) => `${code} ${at}`)).toEqual([
        "quotations-too-much 1",
        "quotations-too-much 2",
      ]);
      expect(await load(lines, { text })).toEqual({ loaded: 0, faults: [TOO_MUCH, TOO_MUCH] });

      expect(await load([fableWith()], { text })).toEqual({ loaded: 1, faults: [] });
      const document = fableWith().document;
      const more = line(document, { statements: [said()] });
      expect(await load([more], { text })).toEqual({ loaded: 0, faults: [TOO_MUCH] });
      // What is given again is not counted twice.
      expect(await load([fableWith()], { text })).toEqual({ loaded: 1, faults: [] });
    });
  });

  describe("Corrections that make a cycle across records", () => {
    const saying = (key: string, corrected?: string) => {
      const relations = corrected ? [{ kind: "CORRECTS", statement: corrected }] : [];
      const statements = [said({ text: "The wind is new.", form: "REPORTED", relations })];
      return line({ key, kind: "NEWS", language: "en" }, { statements });
    };
    const circle = [saying("a", "c/wind"), saying("b", "a/wind"), saying("c", "b/wind")];
    const count = async () => {
      const { data } = await test.ask(
        "{ statements(first: 9) { nodes { key relations { kind } } } }",
      );
      return data.statements.nodes.map(
        ({ key, relations }: { key: string; relations: object[] }) => [key, relations.length],
      );
    };

    it("The record that closes a cycle on record is refused, and stays as it was", async () => {
      await load([saying("c"), saying("a", "c/wind"), saying("b", "a/wind")]);
      const before = await count();
      const wire = saying("wire");
      expect(await load([circle[2]!, wire])).toEqual({ loaded: 1, faults: ["correction-cycle "] });
      expect((await count()).filter(([key]: [string]) => key !== "wire/wind")).toEqual(before);
      expect(before).toHaveLength(3);
    });

    it("Of the records of one load, the last one in a cycle is refused", async () => {
      const plain = [saying("a"), saying("b"), saying("c")];
      expect(await load([...plain, ...circle])).toEqual({
        loaded: 5,
        faults: ["correction-cycle "],
      });
    });

    it("A chain of corrections that leads to no cycle is loaded", async () => {
      expect(await load([saying("c"), ...circle.slice(0, 2)])).toEqual({ loaded: 3, faults: [] });
    });
  });

  describe("Records that define each other's items", () => {
    const cited = { citations: [{ start: 0, end: 9 }] };
    const held = (slug: string, person: string, more: object = {}) => ({
      slug,
      title: "A meeting",
      kind: "BILATERAL",
      coverage: "REPORTED",
      participations: [{ person, ...cited }],
      ...cited,
      ...more,
    });
    /** A record that defines a person, and has them say something at a meeting. */
    const speaks = (key: string, person: string, meeting: string, more: object = {}) =>
      line(
        { key, kind: "NEWS", language: "en" },
        {
          people: [{ slug: person, name: person, sortName: person }],
          statements: [
            said({
              form: "REPORTED",
              text: "Wind.",
              speakers: [{ person }],
              meeting,
              ...cited,
              ...more,
            }),
          ],
        },
      );
    /** A record that defines a meeting of a person. */
    const meets = (key: string, meeting: string, person: string, more: object = {}) =>
      line({ key, kind: "NEWS", language: "en" }, { meetings: [held(meeting, person, more)] });
    const DANGLING_PERSON = "dangling-reference /meetings/0/participations/0/person";

    it("Two records, and what waits for them, are loaded, and loading them again changes nothing", async () => {
      const lines = [
        speaks("c", "cy", "fog-talks"),
        speaks("a", "ann", "talks"),
        meets("b", "talks", "ann"),
      ];
      const parent = { parent: "talks", parentRelation: "PART_OF" };
      lines.push(meets("d", "fog-talks", "ann", parent));
      expect(await load(lines)).toEqual({ loaded: 4, faults: [] });
      const { report } = await test.loadWith({}, await fileOf(...lines));
      expect([report.records, [...report.changes]]).toEqual([4, []]);
      const { data } = await test.ask(
        `{ meeting(slug: "talks") { statements { nodes { key } } } }`,
      );
      expect(data.meeting.statements.nodes).toEqual([{ key: "a/wind" }]);
    });

    it("A dry run reports the same, and nothing is left in the database", async () => {
      const { report } = await test.loadWith(
        { dryRun: true },
        await fileOf(speaks("a", "ann", "talks"), meets("b", "talks", "ann")),
      );
      expect([report.records, report.waiting]).toEqual([2, 0]);
      const { data } = await test.ask("{ people { totalCount } }");
      expect(data.people.totalCount).toBe(0);
    });

    it("One that also refers to what nothing defines leaves the others waiting", async () => {
      const lines = [
        speaks("a", "ann", "talks", { place: "nowhere" }),
        meets("b", "talks", "ann"),
        speaks("x", "xi", "x-talks"),
        meets("y", "x-talks", "xi"),
      ];
      expect(await load(lines)).toEqual({
        loaded: 2,
        faults: [
          "dangling-reference /statements/0/meeting",
          "dangling-reference /statements/0/place",
          DANGLING_PERSON,
        ],
      });
    });

    it("One that is refused leaves the others waiting, and the next cycle is loaded", async () => {
      await load([speaks("a", "ann", "talks"), meets("b", "talks", "ann")]);
      const lines = [
        // Its words are published, and it needs the second.
        speaks("a", "bob", "bobs", { text: "Other words." }),
        meets("c", "bobs", "bob"),
        speaks("x", "xi", "x-talks"),
        meets("y", "x-talks", "xi"),
      ];
      expect(await load(lines)).toEqual({
        loaded: 2,
        // Of the words, and of the speaker.
        faults: [...Array<string>(2).fill("published-statement /statements/0"), DANGLING_PERSON],
      });
    });

    it("Records that wait for each other are loaded though each puts its meeting under the other's", async () => {
      const under = (parent: string) => ({ parent, parentRelation: "PART_OF" });
      const lines = [
        meets("a", "one", "ann", under("two")),
        line(
          { key: "b", kind: "NEWS", language: "en" },
          {
            people: [{ slug: "ann", name: "Ann", sortName: "Ann" }],
            meetings: [held("two", "ann", under("one"))],
          },
        ),
        speaks("x", "xi", "x-talks"),
        meets("y", "x-talks", "xi"),
      ];
      expect(await load(lines)).toEqual({ loaded: 4, faults: [] });
      const { data } = await test.ask("{ meetings { nodes { slug parent { slug } } } }");
      expect(data.meetings.nodes).toEqual(
        expect.arrayContaining([
          { slug: "one", parent: { slug: "two" } },
          { slug: "two", parent: null },
        ]),
      );
    });
  });
});

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

  describe("Corrections that make a circle across records", () => {
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

    it("The record that closes a circle on record is refused, and stays as it was", async () => {
      await load([saying("c"), saying("a", "c/wind"), saying("b", "a/wind")]);
      const before = await count();
      const wire = saying("wire");
      expect(await load([circle[2]!, wire])).toEqual({ loaded: 1, faults: ["correction-cycle "] });
      expect((await count()).filter(([key]: [string]) => key !== "wire/wind")).toEqual(before);
      expect(before).toHaveLength(3);
    });

    it("Of the records of one load, the last one in a circle is refused", async () => {
      const plain = [saying("a"), saying("b"), saying("c")];
      expect(await load([...plain, ...circle])).toEqual({
        loaded: 5,
        faults: ["correction-cycle "],
      });
    });

    it("A chain of corrections that leads to no circle is loaded", async () => {
      expect(await load([saying("c"), ...circle.slice(0, 2)])).toEqual({ loaded: 3, faults: [] });
    });
  });
});

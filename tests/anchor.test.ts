import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { anchorRecord as anchorRecordIn } from "../src/records/anchor/record.anchor.js";
import { anchorFile } from "../src/records/anchor/record.anchor.file.js";
import { checkRecord } from "../src/records/check/record.check.js";
import { type SourceText, sourceTextOf } from "../src/records/check/record.text.js";
import { fableText, fableWith, passageOf } from "./fixtures/fable.js";

const AT = "/tenures/0/citations/0";
const source = sourceTextOf(Buffer.from(fableText));

const anchorRecord = (json: string, text: SourceText) => anchorRecordIn(json, text, "a.json");

const withQuote = (quote: unknown, rest: object = {}) =>
  JSON.stringify(fableWith({ [AT]: { quote, ...rest } }), null, 2);

/** What the quote in a text becomes, where it is the record's one. */
function anchoredIn(words: string, quote: string) {
  const changes = { "/document/sha256": null, [AT]: { quote } };
  const text = sourceTextOf(Buffer.from(words));
  const { anchored, report } = anchorRecord(JSON.stringify(fableWith(changes)), text);
  if (anchored === null) return report.faults.map(({ code }) => code);
  return JSON.parse(anchored).tenures[0].citations[0];
}

describe("Anchoring", () => {
  it("Anchoring replaces a quote with its offsets, and the record passes the check", () => {
    const quote = "Ada Floe, Keeper of the Fish Stores of Antarctica";
    const { anchored, count } = anchorRecord(withQuote(quote), source);
    expect(count).toBe(1);
    expect(JSON.parse(anchored!)).toEqual(fableWith());
    expect(checkRecord(JSON.parse(anchored!), { text: source }).faults).toEqual([]);
  });

  it("Anchoring changes nothing in the file but the quotes", () => {
    const file = (citation: string) =>
      `\uFEFF{ "document":"fable","tenures": [\r\n\t{"citations":[ ${citation} ] , "x":1e3}]}\r\n\n`;
    const { start, end } = passageOf("Herring Pact");
    for (const [quoted, anchored] of [
      ['{"quote":"Herring Pact"}', `{"start":${start},"end":${end}}`],
      ['{ "quote" : "Herring Pact" }', `{ "start" : ${start}, "end" : ${end} }`],
      [
        '{\r\n\t\t"exact": "é",\r\n\t\t"quote": "Herring\\u0020Pact"\r\n\t}',
        `{\r\n\t\t"exact": "é",\r\n\t\t"start": ${start},\r\n\t\t"end": ${end}\r\n\t}`,
      ],
    ] as const)
      expect(anchorRecord(file(quoted), source).anchored).toBe(file(anchored));
  });

  it("Anchoring leaves a record without quotes unchanged", () => {
    const json = withQuote("x").replace('"quote": "x"', '"start": 0, "end": 3');
    expect(anchorRecord(json, source)).toMatchObject({ anchored: json, count: 0 });
  });

  it.each([
    ["curly quotation marks", "He said: “It’s ours”, twice.", `"It's ours"`],
    ["straight ones", `He said: "It's ours", twice.`, "“It’s ours”"],
    ["dashes", "It is ours – all of it — now.", "ours - all of it - now"],
    ["white space", "It is\u00A0ours,\r\n  all \t of it.", " ours, all of\nit "],
    ["an ellipsis", "Ours… or not.", "Ours... or"],
    ["what can't be seen", "It is ou\u00ADrs.", "ours"],
  ])("A quote is found whatever its %s", (_what, words, quote) => {
    const { start, end } = anchoredIn(words, quote);
    const passage = words.slice(start, end);
    expect(anchoredIn(words, passage)).toEqual({ start, end });
    expect(passage[0]).not.toMatch(/\s/);
    expect(passage.replace(/\P{L}/gu, "")).toBe(quote.replace(/\P{L}/gu, ""));
  });

  it("Offsets count UTF-16 code units of the original text", () => {
    const words = "🐧🐧  “Ice”  is\n\nours.";
    expect(anchoredIn(words, '"Ice" is')).toEqual({ start: 6, end: 15 });
  });

  it("An ambiguous quote is refused, and the message names each place", () => {
    const { anchored, report } = anchorRecord(withQuote("Drift"), source);
    expect(anchored).toBeNull();
    const [only, ...others] = report.faults;
    expect(others).toEqual([]);
    expect(only).toMatchObject({
      code: "quote-ambiguous",
      pointer: `${AT}/quote`,
      line: expect.any(Number),
      message: "2 times in the text, quote more of it: 66–71 (line 1); 182–187 (line 1)",
    });
  });

  it("Under an open licence, the message shows each place with its context", () => {
    const quoted = fableWith({ [AT]: { quote: "Drift" }, "/document/licence": "CC0-1.0" });
    const { report } = anchorRecord(JSON.stringify(quoted), source);
    expect(report.faults[0]!.message).toMatch(
      /66–71 \(line 1\) .*met Captain Bo «Drift» of Bouvet/,
    );
    expect(report.faults[0]!.message).toMatch(/told him\. «Drift» announced/);
  });

  it("A quote that is not in the text gets the nearest passage, in words only under an open licence", () => {
    const quote = "The colony will share its herring with every neighbour before the winter.";
    const { start, end } = passageOf("with every neighbour before");
    const place = `nearest is ${start}–${end} (line 1)`;
    const shared = "with 4 of the quote's 12 words in a row";
    const message = (licence: string | null) => {
      const record = fableWith({ [AT]: { quote }, "/document/licence": licence });
      return anchorRecord(JSON.stringify(record), source).report.faults[0]!.message;
    };
    expect(message(null)).toBe(`not in the text; ${place}, ${shared}`);
    expect(message("All rights reserved")).toBe(`not in the text; ${place}, ${shared}`);
    expect(message("CC-BY-4.0")).toMatch(/share its fish «with every neighbour before» winter/);
  });

  it.each([
    ["NFC", "NFD"],
    ["NFD", "NFC"],
  ])("A quote in %s of a text in %s is not found, and the message says why", (form, other) => {
    const quote = "Café Ölsund".normalize(form);
    const words = "They met at the Café Ölsund.".normalize(other);
    const changes = { "/document/sha256": null, [AT]: { quote } };
    const { report } = anchorRecord(
      JSON.stringify(fableWith(changes)),
      sourceTextOf(Buffer.from(words)),
    );
    expect(report.faults.map(({ code, message }) => [code, message])).toEqual([
      [
        "quote-not-found",
        `not in the text, but the same in another Unicode normalization: ${form} here, ${other} in the text; copy it from the text`,
      ],
    ]);
  });

  it.each([
    ["that is not there", withQuote("The sea is mine"), "quote-not-found"],
    ["that is empty", withQuote(" "), "quote-not-found"],
    ["that is no text", withQuote(7), "quote"],
    ["beside offsets", withQuote("Herring Pact", { start: 0 }), "quote"],
    ["of another document", withQuote("Herring Pact", { document: "scroll" }), "quote"],
  ])("Anchoring refuses a quote %s", (_what, json, code) => {
    const { anchored, report } = anchorRecord(json, source);
    expect(anchored).toBeNull();
    expect(report.faults.map((fault) => fault.code)).toEqual([code]);
  });

  it("One bad quote keeps the whole file from being anchored, and all faults are reported", () => {
    const quotes = ["Herring Pact", "Drift", "nowhere"].map((quote) => ({ quote }));
    const json = JSON.stringify(fableWith({ "/tenures/0/citations": quotes }));
    const { anchored, report } = anchorRecord(json, source);
    expect(anchored).toBeNull();
    expect(report.faults.map(({ code }) => code)).toEqual(["quote-ambiguous", "quote-not-found"]);
  });

  it("Anchoring refuses a text that is not the record's, and a file that is not JSON", () => {
    const other = sourceTextOf(Buffer.from("Herring Pact"));
    expect(anchorRecord(withQuote("Herring Pact"), other).report.faults).toEqual([
      expect.objectContaining({ code: "sha256-mismatch", pointer: "/document/sha256" }),
    ]);
    expect(anchorRecord("{\n  oops }", source).report.faults).toEqual([
      expect.objectContaining({ code: "json", line: 2, column: 3 }),
    ]);
  });

  it("The check reports a quote that is not anchored yet", () => {
    const { faults } = checkRecord(fableWith({ [AT]: { quote: "Herring Pact" } }));
    expect(faults.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
      `not-anchored ${AT}/quote`,
    ]);
  });

  it("Anchoring refuses a text or a record that is not UTF-8", async () => {
    const folder = await mkdtemp(join(tmpdir(), "anchor-"));
    try {
      const [record, text] = [join(folder, "a.json"), join(folder, "a.txt")];
      await writeFile(record, withQuote("Herring Pact"));
      await writeFile(text, Buffer.from([0xff, 0xfe]));
      const { anchored, report } = await anchorFile(record, text);
      expect(anchored).toBeNull();
      expect(report.faults).toEqual([expect.objectContaining({ code: "text-encoding" })]);
      await writeFile(text, fableText);
      expect((await anchorFile(record, text)).count).toBe(1);
      await writeFile(record, Buffer.from('{\n"caf\xe9": 1}', "latin1"));
      expect((await anchorFile(record, text)).report.faults).toEqual([
        expect.objectContaining({ code: "file-encoding", line: 2, column: 5 }),
      ]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

import fc from "fast-check";
import {
  paragraphEnds,
  partCount,
  partIn,
  partNear,
  segmentsOf,
  type Span,
  windowOf,
} from "../explorer/src/marked-text.js";

/** Texts of any characters, also those of two code units, with line ends. */
const someText = fc.string({
  unit: fc.oneof(
    fc.constantFrom("a", " ", "\n", "\n\n", "🐧"),
    fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
  ),
});

/** Passages of a text whose middle part is shown: within it, around it and beside it. */
const someSpans = fc.array(
  fc.tuple(fc.nat(60), fc.nat(60)).map(([start, length]): Span => ({ start, end: start + length })),
  { maxLength: 8 },
);

describe("A text in segments", () => {
  it("The segments in a row are the text, and none is empty or reaches over a cut", () =>
    fc.assert(
      fc.property(someText, fc.nat(40), someSpans, (text, from, spans) => {
        const cuts = paragraphEnds(text, from);
        const segments = segmentsOf(text, from, spans, cuts);
        expect(segments.map((one) => one.text).join("")).toBe(text);
        let at = from;
        for (const { start, text } of segments) {
          expect(start).toBe(at);
          at += text.length;
          expect(text).not.toBe("");
          expect(cuts.every((cut) => cut <= start || cut >= at)).toBe(true);
        }
      }),
    ));

  it("Each passage is covered by its segments alone, has one first and one last of them, and none if it is elsewhere", () =>
    fc.assert(
      fc.property(someText, fc.nat(40), someSpans, (text, from, spans) => {
        const segments = segmentsOf(text, from, spans, paragraphEnds(text, from));
        for (const span of spans) {
          const own = segments.filter(({ covering }) => covering.includes(span));
          const words = text.slice(Math.max(span.start - from, 0), Math.max(span.end - from, 0));
          expect(own.map((one) => one.text).join("")).toBe(words);
          const many = words === "" ? [] : [own[0]];
          expect(segments.filter(({ first }) => first.includes(span))).toEqual(many);
          const end = words === "" ? [] : [own.at(-1)];
          expect(segments.filter(({ last }) => last.includes(span))).toEqual(end);
        }
      }),
    ));
});

describe("A text in parts", () => {
  /** The window as the service gives it: a character belongs to the part in which it begins. */
  function read(text: string, { start, end }: Span) {
    const next = (at: number) =>
      /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(Math.max(at - 1, 0), at + 1))
        ? at + 1
        : at;
    return { window: text.slice(next(start), next(end)), from: next(start) };
  }

  function partsOf(text: string): Span[] {
    return Array.from({ length: partCount(text.length) }, (_, part) => {
      const { window, from } = read(text, windowOf(part));
      return partIn(window, from, part, text.length);
    });
  }

  const longText = fc
    .array(fc.tuple(someText, fc.constantFrom("🐧", "x", " word", "line\n"), fc.nat(9_000)), {
      minLength: 1,
      maxLength: 5,
    })
    .map((pieces) => pieces.map(([text, unit, many]) => text + unit.repeat(many)).join(""));

  it("The parts in a row are the text, none is longer than a reader reads at once, and no character is cut", () =>
    fc.assert(
      fc.property(longText, (text) => {
        const parts = partsOf(text);
        expect(parts.map(({ start, end }) => text.slice(start, end)).join("")).toBe(text);
        parts.forEach(({ start, end }, i) => {
          expect(start).toBe(parts[i - 1]?.end ?? 0);
          expect(end - start).toBeLessThanOrEqual(11_001);
          if (i > 0)
            expect(text.slice(start - 1, start + 1)).not.toMatch(
              /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/,
            );
        });
      }),
      { numRuns: 60 },
    ));

  it("An offset is in the part near it, in the one before, or in the last", () =>
    fc.assert(
      fc.property(longText, fc.double({ min: 0, max: 1, noNaN: true }), (text, share) => {
        const offset = Math.floor(share * Math.max(text.length - 1, 0));
        const parts = partsOf(text);
        const part = parts.findIndex(({ start, end }) => offset >= start && offset < end);
        const near = Math.min(partNear(offset), parts.length - 1);
        expect([near, near - 1]).toContain(Math.max(part, 0));
      }),
      { numRuns: 60 },
    ));

  it("A part begins with a line if one begins near the round offset, else with a word", () => {
    const lines = "A line of forty characters with an end.\n".repeat(600);
    for (const { start } of partsOf(lines)) expect(start % 40).toBe(0);
    const words = "word ".repeat(5_000);
    for (const { start } of partsOf(words)) expect(start % 5).toBe(0);
  });
});

import { outlineOf } from "../src/mcp/outline.js";

describe("The outline of an answer", () => {
  it("What an item names by short values stands on its line, and null nowhere", () => {
    const speaker = {
      person: { slug: "ada-floe", name: null },
      personCertainty: "STATED",
      country: { code: "AQ" },
      organization: null,
    };
    expect(outlineOf({ speakers: [speaker, { person: null, description: "a keeper" }] })).toBe(
      [
        "speakers:",
        "- person (slug ada-floe), personCertainty STATED, country (code AQ)",
        "- description a keeper",
      ].join("\n"),
    );
  });

  it("What is longer or deeper has lines of its own", () => {
    const deep = { a: { b: { c: "d" } }, e: "f" };
    expect(outlineOf({ deep })).toBe("deep:\n  a: b (c d)\n  e: f");
    const long = { a: { b: "x".repeat(200) }, e: "f" };
    expect(outlineOf({ long })).toBe(`long:\n  a:\n    b: ${"x".repeat(200)}\n  e: f`);
  });
});

import { differenceFrom, findQuotation, searchTermsOf } from "../src/mcp/quotation.js";

const TEXT =
  "Der Fisch sagte: “We  share\nthe catch”, and it isn’t ours – it’s everybody’s. 🐧 Nobody owns it.";

describe("Words quoted from a text", () => {
  it.each([
    ["share\nthe catch”, and", "EXACT"],
    ["it isn’t ours", "EXACT"],
    ["🐧 Nobody owns it.", "EXACT"],
    ["We share the catch", "NORMALIZED"],
    ["“We share the catch.”", "NORMALIZED"],
    ["'it isn't ours,'", "NORMALIZED"],
    ["  it   isn't   ours", "NORMALIZED"],
  ])("%j is found: %s", (words, match) => {
    const found = findQuotation(TEXT, words);
    expect(found).toMatchObject({ match, isWhole: false });
    const letters = (text: string) => text.replace(/[^\p{L}]+/gu, " ").trim();
    expect(letters(TEXT.slice(found!.start, found!.end))).toBe(letters(words));
  });

  it.each([
    ["another case", "we share the catch"],
    ["a word cut at its start", "e share the catch"],
    ["a word cut at its end", "We share the cat"],
    ["words left out", "We share … isn’t ours"],
    ["words in another order", "the catch We share"],
    ["another mark", "We share the catch; and"],
    ["a question mark added", "We share the catch?"],
    ["too few words", "We share"],
    ["marks alone", "…"],
  ])("Words with %s are not found", (_, words) => {
    expect(findQuotation(TEXT, words)).toBeNull();
  });

  it.each([
    ["we share the catch", "OTHER_CASE"],
    ["Share the catch”", "OTHER_CASE"],
    ["We share", "TOO_FEW_WORDS"],
    ["we Share", "OTHER_CASE"],
    ["We share … it isn’t ours", "WORDS_LEFT_OUT"],
    ["we share [...] isn't ours (…) owns it", "WORDS_LEFT_OUT"],
    ["“We share the catch …”", "WORDS_LEFT_OUT"],
    ["isn’t ours … We share", "OTHER_WORDS"],
    ["We share … not ours", "OTHER_WORDS"],
    ["We eat the catch", "OTHER_WORDS"],
    ["the catch We share", "OTHER_WORDS"],
    ["…", "OTHER_WORDS"],
  ])("Words such as %j are said to differ: %s", (words, difference) => {
    expect(differenceFrom(TEXT, words)).toBe(difference);
  });

  it("Two words are found where they are the whole of what was said", () => {
    expect(findQuotation("Never again!", "never again")).toBeNull();
    expect(findQuotation("Never again!", "Never again")).toMatchObject({ isWhole: true });
  });

  it("Where a word occurs again, the place is found where none is cut", () => {
    expect(findQuotation("recatch it now, catch it now", "catch it now")).toMatchObject({
      start: 16,
    });
  });

  it("Words of scripts without spaces are counted, too", () => {
    expect(findQuotation("我们共享渔获，这不是我们的。", "我们共享渔获")).toMatchObject({
      match: "EXACT",
    });
  });

  it("A search for a quotation takes the words that stand free, the longest, within its limit", () => {
    expect(searchTermsOf("The well-known “catch”, of or 2047, isn't shared.")).toEqual([
      ...["shared", "catch", "The"],
    ]);
    const long = Array.from(
      { length: 40 },
      (_, i) => "x".repeat(60) + "abcdefghij"[i % 10]!.repeat(i),
    );
    expect(searchTermsOf(long.join(" ")).join(" or ").length).toBeLessThanOrEqual(280);
  });
});

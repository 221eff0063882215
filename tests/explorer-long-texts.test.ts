import { talkative } from "./fixtures/talkative.js";
import { get, linksIn, read, textOf } from "./harness/pages.js";
import { serviceWith, type TestService } from "./harness/service.js";

const LONG = `The sea is deep. ${"The herring is shy, and the net is wide. ".repeat(100)}So be it.`;
const SHORT = "The sea is deep, and the herring is shy.";

describe("Long statements", () => {
  let test: TestService;
  beforeAll(async () => {
    test = await serviceWith(talkative(2, (i) => [LONG, SHORT][i]!));
  });
  afterAll(() => test.close());

  it("In a list a long statement is cut between words and leads to the whole, a short one is whole", async () => {
    for (const page of ["/people/ada-floe", "/countries/AQ", "/statements"]) {
      const { body } = await get(test, page);
      const quotations = [...body.matchAll(/<blockquote.*?<\/blockquote>/gs)].map(([one]) => one);
      const long = quotations.find((one) => one.includes("shy, and the net"))!;
      expect(textOf(long)).toMatch(/^“?The sea is deep\. .{400,480} \w+[.,]?…”? The whole text$/);
      const [address, again] = linksIn(long);
      expect(again).toBe(address);
      expect(await read(test, address!)).toContain("So be it.");
      const short = quotations.find((one) => one.includes(SHORT))!;
      expect(textOf(short)).not.toContain("whole text");
    }
  });

  it("A file has the whole text", async () => {
    expect((await get(test, "/people/ada-floe?format=csv")).body).toContain("So be it.");
  });
});

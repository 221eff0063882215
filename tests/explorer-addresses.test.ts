import { get, linksIn, read, textOf } from "./harness/pages.js";
import { serviceWith, SHIPPED_RECORD, type TestService } from "./harness/service.js";

describe("Addresses of the explorer", () => {
  let test: TestService;
  beforeAll(async () => {
    test = await serviceWith(SHIPPED_RECORD);
  });
  afterAll(() => test.close());

  /** What is suggested in place of a page that isn't there. */
  const suggestedFor = async (address: string) => {
    const { statusCode, body } = await get(test, address);
    expect([address, statusCode]).toEqual([address, 404]);
    const [, list = ""] = /<ol class="results">(.*)<\/ol>/s.exec(body) ?? [];
    return linksIn(list);
  };

  it("In place of a page that isn't there, only what is of its kind is suggested", async () => {
    expect(await suggestedFor("/people/rajnat-sing")).toEqual(["/people/rajnath-singh"]);
    expect(await suggestedFor("/people/vientiane")).toEqual([]);
    expect(await suggestedFor("/places/vientian")).toEqual(["/places/vientiane"]);
    expect(await suggestedFor("/countries/india")).toContain("/countries/IN");
    expect(await suggestedFor("/countries/Laos")).toContain("/countries/LA");
    const meetings = await suggestedFor("/meetings/meets-dong-jun");
    expect(meetings[0]).toMatch(/^\/meetings\//);
    expect(await suggestedFor("/dates/2024-13")).toEqual([]);
  });

  it("In place of a pair, the countries whose codes are given are suggested", async () => {
    expect(await suggestedFor("/with/IN")).toEqual(["/countries/IN"]);
    expect(await suggestedFor("/with/in/nobody-at-all")).toEqual(["/countries/IN"]);
    expect(await suggestedFor("/with/rajnat-sing/CN")).toEqual([
      ...["/countries/CN", "/people/rajnath-singh"],
    ]);
  });

  it.each([
    ["/with/in/cn", "/with/IN/CN"],
    ["/with/IN/cn?tab=to", "/with/IN/CN?tab=to"],
    ["/with/cn/rajnath-singh", "/with/CN/rajnath-singh"],
    ["/people/rajnath-singh/", "/people/rajnath-singh"],
    ["/people/rajnath-singh/?tab=met&year=2024", "/people/rajnath-singh?tab=met&year=2024"],
    ["/people/", "/people"],
    ["/search/?q=singh", "/search?q=singh"],
  ])("%s leads to %s", async (address, to) => {
    const { statusCode, headers } = await get(test, address);
    expect([statusCode, headers.location]).toEqual([302, to]);
  });

  it("From the start page one comes to the years with anything on record, from there to a month, and up again", async () => {
    expect(linksIn((await get(test, "/")).body)).toContain("/dates");
    const years = await get(test, "/dates");
    expect(textOf(years.body)).toMatch(/Years .* 1 year .* 2024 \d+ statements · \d+ meetings/);
    expect(linksIn(years.body)).toContain("/dates/2024");
    for (const tab of ["", "?tab=met"]) {
      const { body } = await get(test, `/dates/2024${tab}`);
      expect(linksIn(body)).toEqual(expect.arrayContaining(["/dates", "/dates/2024-11"]));
      expect(linksIn(body)).not.toContain("/dates/2024-10");
    }
    expect(linksIn((await get(test, "/dates/2024-11")).body)).toContain("/dates/2024");
    const { body } = await get(test, "/dates?format=csv");
    expect(body).toMatch(/Year,Address,Statements,Meetings\r\n2024,\S*\/dates\/2024,\d+,\d+\r\n$/);
    expect(await read(test, "/dates/2024-11")).toContain("Month November 2024");
  });

  it.each(["/with/in/IN", "/with/in/xx", "//example.com/", "/with/", "/nothing/"])(
    "%s is still no page",
    async (address) => {
      const { statusCode, body } = await get(test, address);
      expect(statusCode).toBe(404);
      expect(textOf(body)).not.toBe("");
    },
  );
});

import { talkative } from "./fixtures/talkative.js";
import { tableOf } from "./harness/csv.js";
import { get, linksIn } from "./harness/pages.js";
import { serviceWith, SHIPPED_RECORD, type TestService } from "./harness/service.js";

const DONG = "/meetings/singh-dong-vientiane-2024";

/** Each list that can be downloaded, with its page. */
const LISTS: [page: string, list: string][] = [
  ["/people/rajnath-singh", "statements"],
  ["/people/rajnath-singh?topic=asean", "statements"],
  ["/people/rajnath-singh?tab=met", "people"],
  ["/people/rajnath-singh?tab=met", "meetings"],
  ["/countries/IN", "statements"],
  ["/countries/IN?tab=met&year=2024", "meetings"],
  ["/countries/IN?tab=people", "people"],
  ["/countries/IN?tab=agreements", "agreements"],
  ["/places/vientiane", "statements"],
  ["/places/vientiane?tab=met", "meetings"],
  ["/organizations/asean?tab=met", "meetings"],
  ["/topics/asean", "statements"],
  ["/documents/vientiane-2024-11-20", "statements"],
  ["/documents/vientiane-2024-11-20?tab=met", "meetings"],
  ["/dates/2024", "statements"],
  ["/dates/2024-11?tab=met", "meetings"],
  ["/with/IN/CN", "meetings"],
  ["/with/IN/CN?tab=together", "statements"],
  ["/with/rajnath-singh/dong-jun?tab=to", "statements"],
  ["/search?q=singh", "results"],
  ["/search?q=cooperation&kind=STATEMENT", "results"],
  ["/meetings?year=2024", "meetings"],
  ["/statements", "statements"],
  ["/people", "people"],
  ["/countries", "countries"],
  ["/places", "places"],
  ["/organizations", "organizations"],
  ["/topics", "topics"],
  ["/documents", "documents"],
  [DONG, "people"],
  [DONG, "statements"],
];

describe("Downloads of the explorer's lists on the shipped record", () => {
  let test: TestService;
  beforeAll(async () => {
    test = await serviceWith(SHIPPED_RECORD);
  });
  afterAll(() => test.close());

  it.each(LISTS)(
    "%s offers its %s as CSV and JSON, with what the page shows",
    async (page, list) => {
      const { body } = await get(test, page);
      const offered = linksIn(body).filter((link) =>
        new URL(link, "http://x").searchParams.has("format"),
      );
      const [csv, json] = ["csv", "json"].map((format) =>
        offered.find((link) => link.includes(`list=${list}`) && link.endsWith(`format=${format}`)),
      );
      const file = await get(test, csv!);
      expect([csv, file.statusCode]).toEqual([csv, 200]);
      expect(file.headers["content-type"]).toMatch(/^text\/csv; charset=utf-8/);
      expect(file.headers["content-disposition"]).toMatch(
        new RegExp(`^attachment; filename="(?:[\\w.-]+-)?${list}\\.csv"$`),
      );
      const [heads, ...rows] = tableOf(file.body);
      const { rows: items, truncated, totalCount } = (await get(test, json!)).json();
      expect([rows.length, truncated, totalCount]).toEqual([items.length, false, items.length]);
      expect(Number(file.headers["x-total-count"])).toBe(rows.length);
      expect(rows.length).toBeGreaterThan(0);
      // All are on the page, since it has fewer than 20.
      const column = heads!.indexOf("Address");
      expect(column >= 0 || list === "agreements").toBe(true);
      for (const row of rows)
        if (column >= 0) expect(body).toContain(`"${new URL(row[column]!).pathname}"`);
    },
  );

  it("Every panel has the query behind it, which is answered without errors", async () => {
    const others = ["/people/rajnath-singh?tab=sources", "/people/rajnath-singh?tab=claims"];
    for (const page of [...new Set([...LISTS.map(([page]) => page), ...others])]) {
      const { body } = await get(test, page);
      const panels = body.match(/<section aria-labelledby=/g);
      const questions = linksIn(body).filter((link) => link.startsWith("/graphiql?"));
      expect([page, questions.length]).toEqual([page, panels?.length]);
      for (const question of questions) {
        const { searchParams } = new URL(question, "http://x");
        await test.ask(searchParams.get("query")!, JSON.parse(searchParams.get("variables")!));
      }
    }
  });

  it("A statement's row has who, where, when, how certain, the words and the citation", async () => {
    const { body } = await get(test, "/people/rajnath-singh?place=vientiane&format=csv");
    expect(body.startsWith("\ufeffKey,Address,Date,")).toBe(true);
    const [heads, ...rows] = tableOf(body);
    expect(rows).toHaveLength(14);
    const joint = rows.find(([key]) => key!.endsWith("/roadmap-for-mutual-trust"))!;
    expect(Object.fromEntries(heads!.map((head, i) => [head, joint[i]]))).toEqual({
      Key: "vientiane-2024-11-20/roadmap-for-mutual-trust",
      Address: "http://localhost:80/statements/vientiane-2024-11-20/roadmap-for-mutual-trust",
      Date: "2024-11-20",
      Speakers: "Rajnath Singh for India; Dong Jun for China",
      To: "",
      Place: "Vientiane",
      Country: "Laos",
      Meeting: "Rajnath Singh meets Dong Jun",
      Form: "reported",
      Joint: "yes",
      Standing: "current",
      Certainty: "speaker inferred",
      Language: "en",
      Text: expect.stringContaining("roadmap"),
      Documents: "the text from “Vientiane [Laos], November 20”",
      Sources: "",
      Passages: expect.stringMatching(/^characters [\d,]+ to [\d,]+$/),
    });
  });

  it("JSON has the items as the API gives them", async () => {
    const { rows } = (await get(test, "/people/rajnath-singh?format=json")).json();
    const { data } = await test.ask(`{ person(slug: "rajnath-singh") { statements(first: 100) {
      nodes { key text date speakers { person { slug } } citations { start end document { key } } } } } }`);
    expect(rows).toMatchObject(data.person.statements.nodes);
  });

  it("Other formats, lists and cursors are refused, what isn't there is 404, and a code in lower case redirects", async () => {
    for (const query of [
      "format=xml",
      "format=csv&list=x",
      "tab=claims&format=csv",
      "format=__proto__",
    ]) {
      const { statusCode } = await get(test, `/people/rajnath-singh?${query}`);
      expect([query, statusCode]).toEqual([query, 400]);
    }
    expect((await get(test, "/people/rajnat-sing?format=csv")).statusCode).toBe(404);
    expect((await get(test, "/with/IN/xyz?format=json")).statusCode).toBe(404);
    const { statusCode, headers } = await get(test, "/countries/in?tab=people&format=csv");
    expect([statusCode, headers.location]).toEqual([302, "/countries/IN?tab=people&format=csv"]);
  });

  it("An empty list offers no file, and its address has the headings alone", async () => {
    const { body } = await get(test, "/countries/FR");
    expect(body).not.toContain("format=csv");
    expect(tableOf((await get(test, "/countries/FR?format=csv")).body)).toHaveLength(1);
    expect((await get(test, "/countries/FR?format=json")).json().rows).toEqual([]);
  });
});

describe("Downloads for spreadsheets", () => {
  it("What would run as a formula has an apostrophe before it, and cells with commas, quotes and lines are quoted", async () => {
    const texts = [
      ...["=1+1 is what Floe said", "+fish", "-fish", "@fish", "Fish, ice", 'She calls it "ice"'],
      ...["One line.\nAnother line.", "Fish;=1+1", "＝1+1", "＋fish", "－fish", "＠fish"],
    ];
    const test = await serviceWith(talkative(texts.length, (i) => texts[i]!));
    const file = (await get(test, "/people/ada-floe?format=csv")).body;
    const [heads, ...rows] = tableOf(file);
    const shown = rows.map((row) => row[heads!.indexOf("Text")]);
    expect(new Set(shown)).toEqual(
      new Set([
        ...["'=1+1 is what Floe said", "'+fish", "'-fish", "'@fish", "Fish, ice"],
        ...['She calls it "ice"', "One line.\nAnother line."],
        ...["Fish;=1+1", "'＝1+1", "'＋fish", "'－fish", "'＠fish"],
      ]),
    );
    // Where a semicolon separates cells, the formula after it would be one.
    expect(file).toContain('"Fish;=1+1"');
    // JSON has the words as they are.
    const { rows: items } = (await get(test, "/people/ada-floe?format=json")).json();
    expect(items.map(({ text }: { text: string }) => text)).toContain("+fish");
    await test.close();
  });
});

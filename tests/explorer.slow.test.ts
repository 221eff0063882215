import type { SourceRecordInput } from "../src/records/record.format.js";
import { get, linksIn, read, textOf } from "./harness/pages.js";
import { serviceWith, SHIPPED_RECORD, type TestService } from "./harness/service.js";

const SAID = "/statements/vientiane-2024-11-20";
const DONG = "/meetings/singh-dong-vientiane-2024";

describe("The explorer on the shipped record", () => {
  let test: TestService;
  beforeAll(async () => {
    test = await serviceWith(SHIPPED_RECORD);
  });
  afterAll(() => test.close());

  const FACTS: Record<string, string[]> = {
    "/people/rajnath-singh": [
      ...["Rajnath Singh", "Defence Minister, India (inferred)", "14 statements"],
      ...["Said 14 Met 4 meetings Pictures Sources"],
      ...["“we need to focus on cooperation rather than conflict”", "word for word"],
      ...["joint reported; speaker, on whose behalf and place inferred"],
      ...["Rajnath Singh for India together with Dong Jun for China"],
    ],
    "/people/rajnath-singh?facets=1": [
      "Where Vientiane 14",
      "In which country Laos 14",
      "When 2024 14",
    ],
    "/people/rajnath-singh?topic=asean": ["3 statements", "India firmly backs the unity"],
    "/people/rajnath-singh?place=iceburg": ["0 statements", "No statements on record."],
    "/people/rajnath-singh?tab=met": [
      ...["Met 3 people from the other side", "Dong Jun China · 1 meeting , last 20 November 2024"],
      ...["4 meetings", "Vientiane , Laos (inferred) · Bilateral meeting"],
    ],
    "/people/rajnath-singh?tab=pictures&picture=map": [
      ...["Laos Country 14 statements", "Vientiane Place 14 statements"],
    ],
    "/people/dong-jun?tab=sources": [
      ...["1 spelling", "1 office", "characters 169 to 211"],
      ...["the text from “Vientiane [Laos], November 20”"],
    ],
    "/people/dong-jun?tab=claims": ["No document on record gives another value"],
    [`${SAID}/trust-through-de-escalation`]: [
      ...["Growing trust and confidence", "reported; on whose behalf inferred"],
      ...["2 passages prove it", "characters 427 to 547", "characters 1,336 to 1,480"],
      ...["1 independent source", "At Rajnath Singh meets Dong Jun"],
    ],
    [`${SAID}/ties-with-laos-and-asean-strengthened`]: ["To Chansamone Chanyalath"],
    [`${SAID}/trust-through-de-escalation?tab=claims`]: ["No document on record gives another"],
    [DONG]: [
      ...["Bilateral meeting", "20 November 2024 · Vientiane , Laos", "Held in person"],
      ...["India Rajnath Singh , Defence Minister (on whose behalf inferred)"],
      ...["China Dong Jun , Defence Minister", "India and China should follow disengagement"],
      ...["ASEAN Defence Ministers Meeting Plus Rajnath Singh meets Dong Jun (on its sidelines)"],
      ...["characters 235 to 327"],
    ],
    "/meetings/admm-plus-2024": [
      "only referred to",
      "Convened by ASEAN",
      "Nobody is named for all of it",
    ],
    "/meetings/modi-laos-visit-2024": ["Agreements", "Memorandum of understanding"],
    [`${DONG}?tab=claims`]: ["No document on record gives another value"],
    "/countries/IN": ["India", "14 statements"],
    "/countries/IN?tab=met": ["meetings", "Rajnath Singh meets Khaled Nordin"],
    "/countries/IN?tab=people": ["2 people", "Narendra Modi Prime Minister"],
    "/countries/IN?tab=agreements": ["2 agreements", "between India and Laos"],
    "/countries/FR": ["France", "Said on its behalf 0 Meetings 0", "0 statements"],
    "/dates/1999-05": ["Said 0 Meetings 0", "No statements on record."],
    "/countries/SUHH": ["Former country"],
    "/places/vientiane": ["Vientiane", "Country today Laos", "14 statements"],
    "/places/vientiane?tab=met": ["4 meetings"],
    "/organizations/asean?tab=said": ["Organization ASEAN", "0 statements", "Meetings 1"],
    "/organizations/asean?tab=met": ["1 meeting", "ASEAN Defence Ministers Meeting Plus"],
    "/topics/border-peace": ["Topic Peace at the border", "1 statement"],
    "/documents/vientiane-2024-11-20": [
      ...["News report", "The text from “Vientiane [Laos], November 20”", "14 statements"],
      ...["558f29eb92504561b8e242f38bf14ced5593557628f5360c13d7d1c066268a04"],
      ...[
        "20 November 2024 (inferred)",
        "reported; on whose behalf inferred · characters 32 to 211",
      ],
    ],
    "/documents/vientiane-2024-11-20?tab=met": ["8 meetings"],
    "/dates/2024": ["Year 2024", "14 statements"],
    "/dates/2024-11": ["Month November 2024", "October 2024 · 2024 · December 2024"],
    "/dates/2024-11-20": [
      "Day 20 November 2024",
      "19 November 2024 · November 2024 · 21 November 2024",
    ],
    "/dates/2024-11-20?tab=met": ["4 meetings"],
    [`${DONG}?topic=asean`]: ["Take away the filter ASEAN ×", "No statements on record."],
    "/with/IN/CN": ["India and China", "2 meetings", "All that was said there", "only referred to"],
    "/with/rajnath-singh/dong-jun?tab=together": ["1 statement", "a roadmap that restores trust"],
    "/with/rajnath-singh/dong-jun?tab=to": ["Rajnath Singh to Dong Jun", "1 statement"],
    "/with/rajnath-singh/LA?tab=to": ["1 statement", "Laos deserves praise"],
    "/meetings": ["All on record Meetings", "8 meetings", "Rajnath Singh meets Dong Jun"],
    "/meetings?facets=1&year=2024": [
      "Take away the filter 2024 ×",
      "Who took part Rajnath Singh 4",
    ],
    "/statements?topic=asean": ["3 statements", "India firmly backs the unity"],
    "/people": ["People Those who took part", "Rajnath Singh 4 meetings · 14 statements"],
    "/countries": ["Countries The countries", "Laos LA"],
    "/places": ["1 place", "Vientiane Laos"],
    "/organizations": ["2 organizations", "ASEAN BRICS"],
    "/topics": ["Topics By name.", "Peace at the border"],
    "/documents": ["1 source document", "the text from “Vientiane [Laos], November 20”"],
    "/search?q=singh": [
      "Search for “singh”",
      "Person Rajnath Singh",
      "Meeting Rajnath Singh meets",
    ],
    "/search?q=singh&kind=PERSON": ["1 result"],
    "/search?q=MoU": ["Statement India and Laos", "Memorandum of understanding Revised MoU"],
    "/search?q=xyzzy": ["Nothing found."],
    "/search": ["Search the record"],
  };

  it.each(Object.entries(FACTS))("%s is a page with its facts", async (address, facts) => {
    const text = await read(test, address);
    for (const fact of facts) expect(text).toContain(fact);
  });

  it("The start page has a search form, and ways in by person, country, place, topic and year", async () => {
    const { body } = await get(test, "/");
    expect(body).toContain('action="/search"');
    expect(linksIn(body)).toEqual(
      expect.arrayContaining([
        ...["/people/rajnath-singh", "/countries/IN", "/places/vientiane"],
        ...["/topics/asean", "/dates/2024"],
      ]),
    );
    for (const all of ["/meetings", "/people", "/countries", "/documents", "/topics"]) {
      expect(linksIn(body)).toContain(all);
    }
    const [, speakers] = /People who said most (.*?) Countries/.exec(textOf(body)) ?? [];
    // The others on record said nothing.
    expect(speakers).toBe("Rajnath Singh 14 Chansamone Chanyalath 2 Dong Jun 1");
    expect(textOf(body)).toMatch(/“[^”]+” recorded \d+ \w+ \d{4}/);
  });

  it("Every internal link of every page leads to a page, from the start page on", async () => {
    const [visited, waiting] = [new Set<string>(), ["/"]];
    const titles = new Set<string>();
    while (waiting.length > 0) {
      const address = waiting.pop()!;
      // GraphiQL is one page, whatever is filled in.
      const key = address.startsWith("/graphiql?") ? "/graphiql?" : address.replace(/#.*/, "");
      if (visited.has(key) || key === "") continue;
      visited.add(key);
      const { statusCode, body, headers } = await get(test, address);
      if (statusCode === 302) {
        expect(headers.location).toBe(`${key}?tab=met`);
        waiting.push(headers.location!);
        continue;
      }
      expect([address, statusCode]).toEqual([address, 200]);
      if (!headers["content-type"]?.toString().startsWith("text/html")) continue;
      if (!/^\/(graphiql|sandbox)/.test(address)) {
        titles.add(/<title>(.*?)<\/title>/s.exec(body)![1]!);
        // Filters of filters, days beside days and pictures of narrower lists are without end.
        const isEnd = /[?&](facets=1|(at|of|year)=)|dates\/(?!2024)/.test(address);
        if (!isEnd) waiting.push(...linksIn(body).filter((link) => link.startsWith("/")));
      }
    }
    const kinds = new Set(
      [...visited].map((address) => address.split("/")[1]!.replace(/\?.*/, "")),
    );
    expect([...kinds].sort()).toEqual([
      ...["", "changes", "countries", "dates", "documents", "feeds", "graphiql", "meetings"],
      ...[
        "organizations",
        "people",
        "places",
        "reference",
        "sandbox",
        "search",
        "statements",
        "topics",
        "with",
      ],
    ]);
    for (const title of titles) expect(title).not.toMatch(/undefined|null|\[object|NaN/);
  }, 120_000);

  it("A list's query opens in GraphiQL with its variables, and has the same result", async () => {
    const { body } = await get(test, "/people/rajnath-singh?topic=asean");
    const question = linksIn(body).find((link) => link.startsWith("/graphiql?"))!;
    const parameters = new URL(question, "http://localhost").searchParams;
    const variables = JSON.parse(parameters.get("variables")!);
    expect(variables).toEqual({
      slug: "rajnath-singh",
      filter: { topics: ["asean"] },
      facets: false,
    });
    const { data } = await test.ask(parameters.get("query")!, variables);
    expect(data.person.statements.totalCount).toBe(3);
  });

  it("The pages allow no other hosts, no inline scripts or styles and no frames, and forms to themselves only", async () => {
    for (const address of ["/people/rajnath-singh", "/search?q=singh", "/people/nobody"]) {
      const { headers, body } = await get(test, address);
      expect(headers["content-security-policy"]).toBe(
        "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      );
      expect(headers["x-content-type-options"]).toBe("nosniff");
      expect(body).not.toMatch(
        /<script(?! type="module" src="\/explorer\/[\w-]+\.js"><\/script>)|<style| style=| on\w+=/,
      );
    }
  });

  it("The style sheet is kept for ever, at an address that changes with it", async () => {
    const { body } = await get(test, "/people/rajnath-singh");
    const [, address] = /<link rel="stylesheet" href="([^"]+)">/.exec(body)!;
    expect(address).toMatch(/^\/explorer\/style-[0-9a-f]{12}\.css$/);
    const { statusCode, headers } = await get(test, address!);
    expect([statusCode, headers["content-type"]]).toEqual([200, "text/css; charset=utf-8"]);
    expect(headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect((await get(test, "/explorer/style-000000000000.css")).statusCode).toBe(404);
  });

  it("Every page says what it shows in its title and description, and names its own address", async () => {
    const { body } = await get(test, "/people/rajnath-singh?place=vientiane");
    expect(body).toContain(
      "<title>Rajnath Singh: what they said (14 statements) · communique</title>",
    );
    expect(body).toContain('<link rel="canonical" href="/people/rajnath-singh">');
    expect(body).toMatch(
      /<meta name="description" content="Rajnath Singh on the diplomatic record/,
    );
  });

  it("What isn't there is 404 with what a search finds instead", async () => {
    const { statusCode, body, headers } = await get(test, "/people/rajnat-sing");
    expect([statusCode, headers["cache-control"]]).toEqual([404, "no-store"]);
    expect(textOf(body)).toContain("Did you mean one of these? Person Rajnath Singh");
    expect(linksIn(body)).toContain("/people/rajnath-singh");
    for (const address of [
      ...["/countries/XX", "/countries/india", "/places/atlantis", "/meetings/x", "/topics/x"],
      ...[
        "/organizations/x",
        "/statements/x/y",
        "/documents/x",
        "/dates/2024-02-30",
        "/dates/0000",
      ],
      ...["/dates/2024-1", "/with/IN", "/with/IN/IN", "/with/IN/CN/LA", "/with/IN/x"],
      ...["/with/", "/agreements", "/search/x"],
    ]) {
      const { statusCode } = await get(test, address);
      expect([address, statusCode]).toEqual([address, 404]);
    }
  });

  it("A list of meetings says what it leaves out, and where that is", async () => {
    const met = await get(test, "/people/rajnath-singh?tab=met");
    expect(linksIn(met.body)).toContain("/search?q=Singh&kind=MEETING");
    const country = await get(test, "/countries/LA?tab=met");
    expect(linksIn(country.body)).toContain("/meetings?country=LA&facets=1");
    expect(textOf((await get(test, "/meetings?country=LA")).body)).toContain("5 meetings");
  });

  it("A page is not narrowed by what it is about", async () => {
    for (const [address, heading] of [
      ["/dates/2024?facets=1", "When"],
      ["/places/vientiane?facets=1", "Where"],
      ["/topics/asean?facets=1", "About what"],
      ["/with/rajnath-singh/LA?tab=to&facets=1", "By whom"],
    ]) {
      const { body } = await get(test, address!);
      expect(body).toContain('<nav class="facets"');
      expect(body).not.toContain(`<h3>${heading}</h3>`);
    }
  });

  it("An address alone leads to the first tab that has something, and each tab keeps its address", async () => {
    for (const address of ["/people/narendra-modi", "/organizations/asean"]) {
      const { statusCode, headers } = await get(test, `${address}?from=x`);
      const to = `${address}?from=x&tab=met`;
      expect([statusCode, headers.location, headers["cache-control"]]).toEqual([
        ...[302, to, "no-store"],
      ]);
      const { body } = await get(test, `${address}?tab=said`);
      expect(body).toContain(`<link rel="canonical" href="${address}?tab=said">`);
      expect(linksIn(body)).toEqual(
        expect.arrayContaining([`${address}?tab=said#tabs`, `${address}?tab=met#tabs`]),
      );
      expect((await get(test, `${address}?year=2024`)).statusCode).toBe(200);
    }
    // Where something was said, or nothing is on record, it opens as ever.
    const { body } = await get(test, "/people/rajnath-singh?tab=met");
    expect(linksIn(body)).toContain("/people/rajnath-singh#tabs");
    expect((await get(test, "/countries/FR")).statusCode).toBe(200);
  });

  it("A code in lower case redirects to the country", async () => {
    const { statusCode, headers } = await get(test, "/countries/in");
    expect([statusCode, headers.location]).toEqual([302, "/countries/IN"]);
  });

  it("A cursor or filter that is none is 400, with a link to the page from its start", async () => {
    for (const query of [
      "after=x",
      "year=x",
      "year=99999",
      `place=${"x".repeat(501)}`,
      "tab=met&people=x",
    ]) {
      const { statusCode, body } = await get(test, `/people/rajnath-singh?${query}`);
      expect([query, statusCode]).toEqual([query, 400]);
      expect(linksIn(body)).toContain("/people/rajnath-singh");
    }
  });
});

describe("The start page of a record of meetings, of few of which it is known what was said", () => {
  let test: TestService;
  const RECORD = {
    format: "communique-record/1",
    document: { key: "gazette", kind: "NEWS", language: "en" },
    people: [
      { slug: "ada-floe", name: "Ada Floe", sortName: "Floe, Ada" },
      { slug: "bo-drift", name: "Bo Drift", sortName: "Drift, Bo" },
    ],
    places: [{ slug: "iceburg", name: "Iceburg", country: "AQ" }],
    meetings: Array.from({ length: 11 }, (_, i) => ({
      slug: `talks-${i}`,
      title: `Talks ${i}`,
      kind: "BILATERAL",
      coverage: "REPORTED",
      startDate: "2031-06-05",
      places: ["iceburg"],
      participations: [
        { person: "ada-floe", country: "AQ", citations: [{ start: i, end: i + 1 }] },
      ],
      citations: [{ start: i, end: i + 1 }],
    })),
    statements: [
      {
        key: "fish",
        text: "There is fish.",
        form: "REPORTED",
        language: "en",
        speakers: [{ person: "bo-drift", country: "BV" }],
        citations: [{ start: 50, end: 60 }],
      },
    ],
  } as SourceRecordInput;
  beforeAll(async () => {
    test = await serviceWith(RECORD);
  });
  afterAll(() => test.close());

  it("The start page of a record of meetings leads to who met most, where and when", async () => {
    const { body } = await get(test, "/");
    expect(textOf(body)).toContain("People who met most Ada Floe");
    expect(linksIn(body)).toEqual(
      expect.arrayContaining([
        ...["/people/ada-floe?tab=met", "/countries/AQ?tab=met"],
        ...["/places/iceburg?tab=met", "/dates/2031?tab=met"],
      ]),
    );
  });
});

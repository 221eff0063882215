import { iso31661 } from "iso-3166";
import type { SourceRecordInput } from "../src/records/record.format.js";
import { talkative } from "./fixtures/talkative.js";
import { get, linksIn, read, textOf } from "./harness/pages.js";
import { serviceWith, type TestService } from "./harness/service.js";

const citations = [{ start: 0, end: 9 }];

/** What Ada Floe said at a meeting with others: when, where and how many statements. */
const TALKS = [
  { slug: "old", startDate: "1902-02-11", place: "iceburg", others: ["bo"], said: 1 },
  { slug: "spring", startDate: "2030-03-01", place: "iceburg", others: ["bo", "cy"], said: 3 },
  { slug: "autumn", startDate: "2030-10", place: "port-gull", others: ["cy"], said: 2 },
  { slug: "fair", startDate: "2031-06-03", place: "port-gull", others: ["bo"], said: 130 },
  { slug: "vague", startDate: "2031", place: "port-gull", others: ["bo"], said: 1 },
  { slug: "without", startDate: undefined, place: undefined, others: ["dee"], said: 1 },
] as const;

/** Bo and Cy met without her, too. */
const WITHOUT_HER = ["gulls-1", "gulls-2"];

const COUNTRY_OF: Record<string, string> = { ada: "AQ", bo: "SG", cy: "NO", dee: "SUHH" };
const side = (person: string) => ({ person, country: COUNTRY_OF[person], citations });
const MEETING = { kind: "BILATERAL", coverage: "REPORTED", status: "HELD", citations };

function record(): SourceRecordInput {
  return {
    format: "communique-record/1",
    document: { key: "gull-post", kind: "NEWS", language: "en" },
    people: [
      { slug: "ada", name: 'Ada <Floe> & "Sons"', sortName: "Floe" },
      { slug: "bo", name: "Bo Drift", sortName: "Drift" },
      { slug: "cy", name: "Cy Berg", sortName: "Berg" },
      { slug: "dee", name: "Dee Fjord", sortName: "Fjord" },
      { slug: "eve", name: "Eve Silent", sortName: "Silent" },
    ],
    places: [
      { slug: "iceburg", name: "Iceburg" },
      { slug: "port-gull", name: "Port Gull", country: "SG" },
    ],
    topics: [
      { slug: "herring", label: "Herring" },
      { slug: "silence", label: "Silence" },
    ],
    meetings: [
      ...TALKS.map(({ slug, startDate, place, others }) => ({
        ...{ ...MEETING, slug, title: `The ${slug} talks`, startDate },
        ...(place && { places: [place], placeCountry: place === "iceburg" ? "AQ" : "SG" }),
        participations: ["ada", ...others].map(side),
      })),
      ...WITHOUT_HER.map((slug) => ({
        ...{ ...MEETING, slug, title: slug, startDate: "2029-01-01" },
        participations: ["bo", "cy"].map(side),
      })),
    ],
    statements: TALKS.flatMap(({ slug, said }) =>
      Array.from({ length: said }, (_, i) => ({
        key: `${slug}-${i}`,
        text: `Herring <${i}> & “gulls”.`,
        form: "REPORTED",
        language: "en",
        meeting: slug,
        speakers: [{ person: "ada", country: "AQ" }],
        topics: ["herring"],
        citations: [{ start: i, end: i + 9 }],
      })),
    ),
  } as unknown as SourceRecordInput;
}

/** Where one of the places is. */
const GAZETTEER = {
  format: "communique-record/1",
  document: { key: "gazetteer", kind: "DATASET", language: "en" },
  places: [{ slug: "iceburg", name: "Iceburg", coordinates: { latitude: -54.4, longitude: 3.4 } }],
} as SourceRecordInput;

/** The links of a picture with what each says. */
function marksOf(html: string): Record<string, string> {
  const [, drawing = ""] = /<figure class="picture">(.*?)<\/figure>/s.exec(html) ?? [];
  const marks = drawing.matchAll(/<a href="([^"]*)"><title>([^<]*)<\/title>/g);
  return Object.fromEntries(
    [...marks].map(([, href, says]) => [textOf(says!), href!.replaceAll("&amp;", "&")]),
  );
}

describe("Pictures of the record", () => {
  let test: TestService;
  beforeAll(async () => {
    test = await serviceWith(record(), GAZETTEER);
  });
  afterAll(() => test.close());

  const page = async (address: string) => {
    const { statusCode, body } = await get(test, address);
    expect([address, statusCode]).toEqual([address, 200]);
    return body;
  };
  const picture = async (address: string) => marksOf(await page(address));

  /** How long the list is that a mark leads to. */
  const lengthOf = async (address: string) => {
    const { body } = await get(test, address);
    return Number(/<h2[^>]*>([\d,]+) (statement|meeting)s?</.exec(body)?.[1]);
  };

  it("A timeline shows all years from the first to the last, with what was said and who met", async () => {
    const marks = await picture("/people/ada?tab=pictures");
    expect(Object.keys(marks)).toHaveLength(2031 - 1902 + 1);
    expect(marks["2030: 5 statements and 2 meetings"]).toBe("/people/ada?tab=pictures&at=2030");
    expect(Object.keys(marks)).toContain("1950: 0 statements and 0 meetings");
    expect(textOf(await page("/people/ada?tab=pictures"))).toContain(
      "Not in it, without a date or in years with the fewest: 1 statement and 1 meeting.",
    );
  });

  it("A year shows its months, and says what has none", async () => {
    const marks = await picture("/people/ada?tab=pictures&at=2031");
    expect(Object.keys(marks)).toHaveLength(12);
    expect(marks["June 2031: 130 statements and 1 meeting"]).toBe(
      "/people/ada?tab=pictures&at=2031-06",
    );
    expect(textOf(await page("/people/ada?tab=pictures&at=2031"))).toContain(
      "Not in it, dated to no month of this year: 1 statement and 1 meeting.",
    );
  });

  it("A month shows each statement and meeting, a hundred at a time, and leads to the others", async () => {
    const first = await page("/people/ada?tab=pictures&at=2031-06");
    const marks = marksOf(first);
    expect(marks["3 June 2031: The fair talks"]).toBe("/meetings/fair");
    // What is dated to the year alone is of this month, too, perhaps.
    expect(first.match(/<circle class="bar"/g)).toHaveLength(99);
    expect(textOf(first)).toContain("Of 131 statements this page has 100.");
    expect(textOf(first)).toContain("1 statement without a day in this month: in the table alone.");
    const next = linksIn(first).find((address) => address.includes("after="));
    expect((await page(next!)).match(/<circle class="bar"/g)).toHaveLength(31);
  });

  it("A page of a month with no statement of a known day says nothing of other pages' days", async () => {
    const { data } = await test.ask(
      '{ statements(filter: { date: { from: "2030-10", to: "2030-10" } }, first: 1, orderBy: DATE_ASC) { pageInfo { endCursor } } }',
    );
    const after = encodeURIComponent(data.statements.pageInfo.endCursor as string);
    const html = await page(`/people/ada?tab=pictures&at=2030-10&after=${after}`);
    expect(textOf(html)).toContain("1 statement without a day in this month: in the table alone.");
    expect(html).not.toContain('class="aside"');
    expect(html).not.toContain("Infinity");
  });

  it("Each year of statements leads to a list of as many", async () => {
    const marks = await picture("/people/ada?tab=pictures&picture=years");
    for (const [says, address] of Object.entries(marks)) {
      if (says.includes(": 0 ")) continue;
      expect([says, await lengthOf(address)]).toEqual([says, Number(/: ([\d,]+)/.exec(says)![1])]);
    }
    expect(Object.values(marks).filter((address) => !/year=\d{4}$/.test(address))).toEqual([]);
  });

  it("Each month leads to its list, for statements and for meetings", async () => {
    const said = await picture("/people/ada?tab=pictures&picture=months");
    expect(said).toEqual({
      "March 2030: 3 statements": "/people/ada?year=2030-03",
      "October 2030: 2 statements": "/people/ada?year=2030-10",
      "June 2031: 130 statements": "/people/ada?year=2031-06",
    });
    const met = await picture("/countries/AQ?tab=pictures&picture=months&of=meetings&from=1882");
    expect(met).toEqual({ "February 1902: 1 meeting": "/countries/AQ?tab=met&year=1902-02" });
  });

  it("A map shades countries and has a circle where coordinates are on record", async () => {
    const said = await page("/people/ada?tab=pictures&picture=map");
    expect(marksOf(said)).toEqual({
      "Singapore: 133 statements": "/people/ada?country=SG",
      "Iceburg: 4 statements": "/people/ada?place=iceburg",
    });
    expect(await lengthOf("/people/ada?country=SG")).toBe(133);
    expect(said.match(/<circle class="place"/g)).toHaveLength(1);
    expect(textOf(said)).toContain("Not on a map of today: Antarctica (4 statements).");
    expect(Object.keys(await picture("/people/ada?tab=pictures&picture=map&of=meetings"))).toEqual([
      "Singapore: 3 meetings",
      "Iceburg: 2 meetings",
    ]);
  });

  it("A network shows whom somebody met, and who of these met each other", async () => {
    const html = await page("/people/ada?tab=pictures&picture=network");
    expect(marksOf(html)).toEqual({
      "Bo Drift: 4 meetings, last 3 June 2031": "/with/ada/bo",
      "Cy Berg: 2 meetings, last October 2030": "/with/ada/cy",
      "Dee Fjord: 1 meeting": "/with/ada/dee",
    });
    expect(html.match(/<path class="tie"/g)).toHaveLength(1);
    expect(html).toContain("<title>Bo Drift and Cy Berg: 3 meetings</title>");
    expect(await page("/people/ada?tab=pictures&picture=network")).toBe(html);
  });

  it("Places and topics have pictures of their own", async () => {
    expect(Object.keys(await picture("/topics/herring?tab=pictures&picture=map"))).toHaveLength(2);
    const place = await picture("/places/port-gull?tab=pictures");
    expect(Object.keys(place)).toEqual([
      "2030: 2 statements and 1 meeting",
      "2031: 131 statements and 2 meetings",
    ]);
  });

  it("Each picture has a table with the same links, a title and a description", async () => {
    for (const name of ["timeline", "years", "months", "map", "network"]) {
      const html = await page(`/people/ada?tab=pictures&picture=${name}`);
      const [, table = ""] = /<table>(.*?)<\/table>/s.exec(html) ?? [];
      expect(table).toContain("<caption>");
      expect(table).toContain('<th scope="col">');
      expect(table).toContain('<th scope="row">');
      const linked = new Set(linksIn(table));
      const missing = Object.entries(marksOf(html))
        .filter(([says]) => !says.includes(": 0 statements"))
        .filter(([, address]) => !linked.has(address));
      expect(missing).toEqual([]);
      expect(html).toContain('aria-labelledby="picture-title picture-description"');
      expect(html).toMatch(/<title id="picture-title">[^<]+<\/title>\s*<desc id="picture-desc/);
      expect(html).not.toContain("style=");
      expect(html).not.toContain("<Floe>");
    }
  });

  it("Who said nothing and met nobody gets a sentence instead of each picture", async () => {
    for (const name of ["timeline", "years", "months", "map", "network"]) {
      for (const address of ["/people/eve", "/countries/FR", "/topics/silence"]) {
        const html = await page(`${address}?tab=pictures&picture=${name}&of=statements`);
        expect(html).toContain('<p class="none">');
        expect(html).not.toContain("<figure");
      }
    }
    expect(await read(test, "/people/ada?tab=pictures&at=1950-01")).toContain(
      "Nothing of January 1950 is on record here.",
    );
  });

  it("The query behind a picture gives what the picture shows", async () => {
    const html = await page("/people/ada?tab=pictures&picture=years");
    const address = linksIn(html).find((one) => one.startsWith("/graphiql"))!;
    const asked = new URL(address, "http://localhost").searchParams;
    const variables = JSON.parse(asked.get("variables")!) as Record<string, unknown>;
    const { data } = await test.ask(asked.get("query")!, variables);
    expect(data.person.statements.totalCount).toBe(138);
    expect(data.person.statements.years[0]).toEqual({ value: "2031", label: "2031", count: 131 });
  });
});

describe("Pictures of more than a hundred years and countries", () => {
  const first = 1900;
  const COUNT = 150;
  let test: TestService;
  beforeAll(async () => {
    const spoken = talkative(COUNT);
    const codes = iso31661.map(({ alpha2 }) => alpha2).slice(0, COUNT);
    for (const [i, said] of spoken.statements!.entries()) {
      Object.assign(said, { meeting: null, date: String(first + i), placeCountry: codes[i] });
    }
    test = await serviceWith(spoken);
  });
  afterAll(() => test.close());

  const shown = async (name: string) => {
    const { body } = await get(test, `/people/ada-floe?tab=pictures&picture=${name}`);
    return Object.keys(marksOf(body)).filter((says) => says.includes(": 1 statement"));
  };

  it("The years are all there, from the first to the last", async () => {
    for (const name of ["timeline", "years"]) expect(await shown(name)).toHaveLength(COUNT);
  });

  it("The countries past the hundredth are on the map, too", async () => {
    expect((await shown("map")).length).toBeGreaterThan(100);
  });
});

import type { Faceted } from "../explorer/src/facets.js";
import { html } from "../explorer/src/html.js";
import { narrowing } from "../explorer/src/narrowing.js";
import { Visit } from "../explorer/src/visit.js";
import type { SourceRecordInput } from "../src/records/record.format.js";
import { fableWith, passageOf } from "./fixtures/fable.js";
import { get, linksIn, read, textOf } from "./harness/pages.js";
import { serviceWith, SHIPPED_RECORD, type TestService } from "./harness/service.js";

const SINGH = "/people/rajnath-singh?tab=met";

/** The values of the counts of a page, by their heading. */
function groupsOf(body: string): Record<string, string> {
  const [, nav = ""] = /<nav class="facets"[^>]*>(.*?)<\/nav>/s.exec(body) ?? [];
  return Object.fromEntries(
    [...nav.matchAll(/<h3>(.*?)<\/h3>(.*?)<\/section>/gs)].map(([, title, values]) => [
      title!,
      textOf(values!).trim(),
    ]),
  );
}

describe("Narrowing meetings", () => {
  let test: TestService;
  beforeAll(async () => {
    test = await serviceWith(SHIPPED_RECORD);
  });
  afterAll(() => test.close());

  it("The meetings of a person are counted by who took part, for whom, where and when, themselves left out", async () => {
    const { body } = await get(test, `${SINGH}&facets=1`);
    const groups = groupsOf(body);
    expect(Object.keys(groups)).toEqual([
      ...["Who took part", "For which country", "Where", "In which country", "When"],
    ]);
    expect(groups["Who took part"]).toContain("Dong Jun 1");
    expect(groups["Who took part"]).not.toContain("Singh");
    expect(groups["For which country"]).toContain("China 1");
    expect(linksIn(body)).toContain(`${SINGH}&facets=1&person=dong-jun#tabs`);
  });

  it.each([
    ["person=dong-jun", "1 meeting", "Dong Jun"],
    ["side=MY", "1 meeting", "Khaled Nordin"],
    ["side=CN&person=khaled-nordin", "0 meetings", "Nobody on record"],
    ["month=2024-11&year=2024", "4 meetings", "Dong Jun"],
    ["month=2024-10", "0 meetings", "Nobody on record"],
  ])("Meetings and people are narrowed by %s", async (query, count, who) => {
    const text = await read(test, `${SINGH}&${query}`);
    expect(text).toContain(count);
    expect(text).toContain(who);
  });

  it("A year leads to its months, and goes with them", async () => {
    for (const page of [`${SINGH}&facets=1&year=2024`, "/countries/IN?facets=1&year=2024"]) {
      const { body } = await get(test, page);
      const groups = groupsOf(body);
      expect(groups["In which month"]).toMatch(/^November 2024 \d+$/);
      expect(groups["When"]).toBeUndefined();
    }
    const { body } = await get(test, `${SINGH}&year=2024&month=2024-11`);
    expect(textOf(body)).toContain("Take away the filter November 2024 ×");
    expect(linksIn(body)).toEqual(
      expect.arrayContaining([`${SINGH}#tabs`, `${SINGH}&year=2024#tabs`]),
    );
  });

  it.each([
    ["/people/rajnath-singh?topic=asean&place=vientiane", ["Vientiane", "ASEAN"]],
    ["/countries/IN?speaker=rajnath-singh&country=LA", ["Rajnath Singh", "Laos"]],
    [`${SINGH}&person=dong-jun&side=CN`, ["Dong Jun", "China"]],
    ["/meetings/singh-dong-vientiane-2024?topic=asean", ["ASEAN"]],
    // The list is empty, and so are the counts of it.
    ["/people/rajnath-singh?facets=1&topic=asean&year=1974-04", ["ASEAN", "April 1974"]],
    [`${SINGH}&month=1974-04`, ["April 1974"]],
    [`${SINGH}&year=2024-11-20`, ["20 November 2024"]],
    [`${SINGH}&place=nowhere`, ["nowhere"]],
    // Only the month narrows the list.
    [`${SINGH}&year=1974&month=2024-11`, ["November 2024"]],
  ])("The filters of %s have names in words", async (page, names) => {
    const { body } = await get(test, page);
    const chips = [...body.matchAll(/<a class="chip"[^>]*>(.*?)<\/a>/g)].map(([, chip]) =>
      textOf(chip!).replace(/^Take away the filter | ×$/g, ""),
    );
    expect(chips).toEqual(names);
  });

  it.each(["/countries/IN?tab=met", "/places/vientiane?tab=met", "/dates/2024?tab=met"])(
    "The meetings of %s can be narrowed by who took part",
    async (page) => {
      expect(groupsOf((await get(test, `${page}&facets=1`)).body)["Who took part"]).toContain(
        "Dong Jun 1",
      );
      expect(await read(test, `${page}&person=dong-jun`)).toContain("1 meeting");
    },
  );

  it("Where filters are offered, those who are only described are left out, which the page says", async () => {
    const leftOut = "those whom documents describe without a name are left out";
    for (const facets of ["facets=1&year=2024", "facets=person&year=2024"]) {
      const { body } = await get(test, `${SINGH}&${facets}`);
      expect(textOf(body)).toContain(leftOut);
      expect(linksIn(body)).toContain(`${SINGH}&year=2024#people`);
    }
    expect(await read(test, `${SINGH}&year=2024`)).not.toContain(leftOut);
  });

  it("The meetings of two can be narrowed too", async () => {
    const { body } = await get(test, "/with/IN/CN?facets=1");
    expect(groupsOf(body)["Who took part"]).toContain("Dong Jun 1");
    expect(await read(test, "/with/IN/CN?person=dong-jun")).toContain("1 meeting");
    expect(await read(test, "/with/IN/CN?year=1999")).toContain("No meeting of both is on record.");
  });
});

describe("All values that a list can be narrowed by", () => {
  let test: TestService;
  const PAGE = "/people/ada-floe?tab=met";
  beforeAll(async () => {
    const places = Array.from({ length: 130 }, (_, i) => ({ slug: `bay-${i}`, name: `Bay ${i}` }));
    const citations = [passageOf("Ada Floe", "in Iceburg")];
    const meetings = places.map(({ slug }) => ({
      ...{ slug: `talks-${slug}`, title: "Talks", kind: "OTHER", coverage: "REPORTED", citations },
      ...{ places: [slug], participations: [{ person: "ada-floe", country: "AQ", citations }] },
    }));
    const record = { "/places": places, "/meetings": meetings, "/statements": [] };
    test = await serviceWith(
      fableWith({ ...record, "/agreements": [] }) as unknown as SourceRecordInput,
    );
  });
  afterAll(() => test.close());

  it("The twelve most frequent are shown with a link to all, a hundred at a time", async () => {
    const { body } = await get(test, `${PAGE}&facets=1`);
    expect(groupsOf(body)["Where"]!.match(/Bay/g)).toHaveLength(12);
    expect(linksIn(body)).toContain(`${PAGE}&facets=place#meetings`);

    const first = await get(test, `${PAGE}&facets=place`);
    const [[title, values]] = Object.entries(groupsOf(first.body)) as [[string, string]];
    expect(title).toBe("Where: 1 to 100, the most frequent first");
    const rest = await get(test, `${PAGE}&facets=place&skip=100`);
    expect(linksIn(first.body)).toContain(`${PAGE}&facets=place&skip=100#meetings`);
    expect(linksIn(rest.body)).toContain(`${PAGE}&facets=place#meetings`);
    const [[restTitle, restValues]] = Object.entries(groupsOf(rest.body)) as [[string, string]];
    expect(restTitle).toBe("Where: 101 to 130, the most frequent first");
    const bays = `${values} ${restValues}`.match(/Bay \d+ 1\b/g);
    expect(new Set(bays).size).toBe(130);
    // Each leads to its list, with the most frequent of what is left.
    expect(linksIn(first.body)).toContain(`${PAGE}&facets=1&place=bay-7#tabs`);
  });

  it("All of a few values are described as all, and none as none", async () => {
    expect(groupsOf((await get(test, `${PAGE}&facets=side`)).body)).toEqual({
      "For which country: all 1": "Antarctica 130 ← All filters",
    });
    const end = (await get(test, `${PAGE}&facets=place&skip=10000`)).body;
    expect(Object.keys(groupsOf(end))).toEqual(["Where: no more"]);
  });

  it("What a person and a country have together is not counted past the rows of the page, unless with the counts", async () => {
    const headingOf = async (query: string) => {
      const { body } = await get(test, `/with/ada-floe/AQ${query}`);
      return /<h2 id="meetings">([^<]*)</.exec(body)?.[1];
    };
    expect(await headingOf("")).toBe("More than 20 meetings");
    expect(await headingOf("?rows=100")).toBe("More than 100 meetings");
    expect(await headingOf("?facets=1")).toBe("130 meetings");
    expect(await headingOf("?facets=place")).toBe("130 meetings");
    expect(await headingOf("?place=bay-7")).toBe("1 meeting");
    const { body } = await get(test, "/with/ada-floe/AQ?rows=100");
    const next = linksIn(body).find((link) => link.includes("after="))!;
    expect(await headingOf(next.slice(next.indexOf("?")))).toBe("Meetings");
  });

  it("A long list is counted by years first, then by one kind at a time, and all at once in a year", () => {
    const text = (search: string, facets: Faceted | null, totalCount: number) => {
      const visit = new Visit("/topics/ice", "ice", new URLSearchParams(search), async () => ({}));
      const list = { id: "statements", about: ["topic"] as const, totalCount };
      return html`${narrowing(visit, facets, list)}`.text;
    };
    expect(text("", null, 5_000)).toContain('href="/topics/ice?facets=1#statements"');
    expect(text("", null, 5_001)).toContain('href="/topics/ice?facets=year#statements"');
    expect(text("year=2031", null, 9_000)).toContain("facets=1#statements");
    const years = ["2030", "2031"].map((value) => ({ value, label: value, count: 4_000 }));
    const byYear = text("facets=year", { whole: years }, 8_000);
    expect(linksIn(byYear)).toEqual([
      ...["speaker", "place", "country"].map((one) => `/topics/ice?facets=${one}#statements`),
      ...["2031", "2030"].map((year) => `/topics/ice?facets=1&year=${year}#tabs`),
      "/topics/ice#statements",
    ]);
    const bay = { value: "bay", label: "Bay", count: 6_000 };
    expect(linksIn(text("facets=place", { whole: [bay] }, 8_000))).toContain(
      "/topics/ice?place=bay#tabs",
    );
  });

  it("What the service passes over has a bound", async () => {
    for (const skip of ["10001", "x", "-1", "1.5"]) {
      expect((await get(test, `${PAGE}&facets=place&skip=${skip}`)).statusCode).toBe(400);
    }
  });
});

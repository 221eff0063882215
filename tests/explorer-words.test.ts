import { theCountry } from "../explorer/src/articles.js";
import type { SourceRecordInput } from "../src/records/record.format.js";
import { fableWith, passageOf } from "./fixtures/fable.js";
import { get, linksIn, read, textOf } from "./harness/pages.js";
import { serviceWith, type TestService } from "./harness/service.js";

const citations = [passageOf("The sea", "told him")];

/** The fable, of the United States and the Netherlands. */
const RECORD = fableWith({
  "/document/url": "https://gull.example/pact",
  "/document/licence": "public-domain",
  "/tenures/0/accreditedTo": "NL",
  "/meetings/0/status": "HELD",
  "/meetings/0/endDate": "2031-07-02",
  "/meetings/0/participations": [
    { person: "ada-floe", country: "US", citations },
    { person: "bo-drift", country: "NL", citations },
  ],
  "/agreements/0/parties": [{ country: "US" }, { country: "NL" }],
  "/statements/0/speakers": [{ person: "ada-floe", country: "US" }],
  "/statements/0/addressees": [{ country: "NL" }],
  "/statements/1/speakers": [{ country: "NL" }],
}) as unknown as SourceRecordInput;

describe("The words of the explorer", () => {
  let test: TestService;
  beforeAll(async () => {
    test = await serviceWith(RECORD);
  });
  afterAll(() => test.close());

  it.each([
    ["/people/ada-floe?tab=said", "Ada Floe for the United States , to the Netherlands"],
    ["/people/ada-floe?tab=said", "accredited to the Netherlands"],
    ["/countries/US?tab=met", "In these meetings the United States takes part"],
    ["/countries/US?tab=met", "meetings held in the United States"],
    ["/countries/US?tab=agreements", "between the United States and the Netherlands"],
    ["/countries/US?tab=pictures&picture=years", "Statements on behalf of the United States"],
    ["/with/US/NL", "United States to the Netherlands"],
    ["/", "Which statements were made on behalf of the Netherlands?"],
    ["/", "When did the Netherlands and the United States meet?"],
  ])("A country has its article in a sentence of %s", async (page, words) => {
    expect(await read(test, page)).toContain(words);
  });

  it("A country has no article where it stands alone", async () => {
    const { body } = await get(test, "/countries/NL?tab=said");
    expect(textOf(/<h1>.*?<\/h1>/s.exec(body)![0])).toBe("Netherlands");
    expect(body).toContain('<p><b><a href="/countries/NL">Netherlands</a></b></p>');
  });

  it("A meeting tells what it belongs to, and one above it what belongs to it and where people are named", async () => {
    const fair = await read(test, "/meetings/ice-fair");
    expect(fair).toContain("What belongs to it");
    expect(fair).toContain("Nobody is named for all of it: the pages of the meetings");
    expect(fair).not.toContain("What it belongs to");
    expect(await read(test, "/meetings/fish-talks")).toContain("What it belongs to");
  });

  it("A document tells its language and its licence in words", async () => {
    expect(await read(test, "/documents/the-herring-pact")).toContain(
      "Web address https://gull.example/pact Language English Licence Public domain",
    );
  });

  it("The count of the tab of whom a person met says that it is of meetings", async () => {
    expect(await read(test, "/people/ada-floe?tab=met")).toContain("Said 1 Met 1 meeting Pictures");
  });

  it("A meeting is of the same kind on all of its tabs", async () => {
    for (const tab of ["meeting", "passages", "claims", "history"]) {
      const { body } = await get(test, `/meetings/fish-talks?tab=${tab}`);
      expect(body).toContain('<p class="kind"><a href="/meetings">Bilateral meeting</a></p>');
    }
  });

  it("The start page counts what people said, as it counts all else", async () => {
    expect(await read(test, "/")).toContain("People who said most Ada Floe 1 Countries");
  });

  it("The links to a list as a file say what it is of, if not how many", async () => {
    expect(await read(test, "/with/ada-floe/bo-drift")).toContain("CSV of this list: 1 meeting");
    expect(await read(test, "/with/US/NL")).toContain("CSV of this list: Meetings");
  });

  it("A map of meetings and the list of all people are told in words that fit", async () => {
    expect(await read(test, "/countries/US?tab=pictures&picture=map&of=meetings")).toContain(
      "Where the meetings were held",
    );
    expect(await read(test, "/people")).toContain("Those who took part in the most meetings first");
  });

  it("A picture of meetings by month says why the list of a month may have more of them", async () => {
    const { body } = await get(test, "/people/ada-floe?tab=pictures&picture=months&of=meetings");
    expect(linksIn(body).filter((link) => link.includes("year="))).toEqual(
      Array(2).fill("/people/ada-floe?tab=met&year=2031-06"),
    );
    expect(await read(test, "/people/ada-floe?tab=met&year=2031-07")).toContain("1 meeting");
    expect(textOf(body)).toContain("A meeting is counted in the month in which it began.");
    expect(textOf(body)).toContain("what went on from an earlier month");
    expect(await read(test, "/people/ada-floe?tab=pictures&picture=months")).not.toContain("began");
  });

  it("Countries that have an article are told by their names", () => {
    const countries = [
      ...["United States", "United Kingdom", "United Arab Emirates", "Netherlands", "Philippines"],
      ...["Soviet Union", "Central African Republic", "Dominican Republic", "Gambia", "Bahamas"],
      ...["Democratic Republic of Viet-Nam", "Marshall Islands", "Maldives", "Byelorussian SSR"],
      ...["Czech Republic", "Palestinian Territories", "Netherlands Antilles", "Isle of Man"],
    ];
    expect(countries.map(theCountry)).toEqual(countries.map((name) => `the ${name}`));
    const others = [
      ...["India", "Bouvet Island", "Czechoslovakia", "South Korea", "Vatican City", "Ukraine"],
      ...["Congo - Kinshasa", "Antarctica", "Serbia and Montenegro", "Trinidad & Tobago", "Kosovo"],
    ];
    expect(others.map(theCountry)).toEqual(others);
  });
});

import { type Met, actsFor, NamesAbroad, type Stop } from "../importers/acts-for.js";
import { KnownPeople } from "../importers/people/known-people.js";
import { kindOfOffice } from "../importers/people/offices.js";
import { People } from "../importers/people/people.js";
import { personName } from "../importers/people/person-name.js";
import { parsePeopleMet } from "../importers/people-met.js";
import { usTravels } from "../importers/us-travels.js";
import { trip } from "./fixtures/us-rows.js";
import { imported, importedWith } from "./harness/imported.js";

/** Who was met in a row, and for whom they act, where these other stops are on record. */
function metAt(stop: Stop, others: Stop[] = []): (string | null)[] {
  const names = new NamesAbroad(new KnownPeople());
  const met = (of: Stop): Met[] => parsePeopleMet(of.remarks, of.date).met;
  for (const one of [stop, ...others]) for (const person of met(one)) names.add(person, one);
  return met(stop).map((person) => {
    const { country, why } = actsFor(person, stop, names);
    return country ?? why;
  });
}

const at = (country: string | null, remarks: string, date = "2031-05-01"): Stop => ({
  country,
  remarks,
  date,
});

const CONFERENCE = "the row names a conference";
const ANOTHER = "the row names another country";
const SEVERAL = "the name occurs in several countries";
const NO_OFFICE = "no office of a state or government";
const NOT_ITS_OWN = "a pope, or an office that the traveller's own country has";

describe("For whom someone met abroad acts", () => {
  it.each<[string, Stop, (string | null)[]]>([
    [
      "Premier Chou En-lai in Peking",
      at("CN", "State visit; met with Premier Chou En-lai.", "1972-02-21"),
      ["CN"],
    ],
    [
      "President Yeltsin at the G-7 in Naples",
      at("IT", "Attended the G-7 Summit; met with President Yeltsin."),
      [CONFERENCE],
    ],
    [
      "a prime minister at a NATO meeting",
      at("BE", "Attended NATO Ministerial Meeting and met with Prime Minister Drift."),
      [CONFERENCE],
    ],
    [
      "a prime minister beside a meeting of the traveller's own people",
      at(
        "NO",
        "Met with Prime Minister Drift and attended a conference of U.S. Chiefs of Mission.",
      ),
      ["NO"],
    ],
    ["a king", at("NO", "Met with King Karl."), ["NO"]],
    ["a king of another country", at("NO", "Met with King Karl of Sweden."), ["SE"]],
    ["a queen", at("NO", "Met with Queen Anna II."), ["NO"]],
    [
      "a queen beside a king",
      at("NO", "Met with King Karl and Queen Anna."),
      ["NO", "a queen or an empress beside the monarch"],
    ],
    ["an emperor and a shah", at("IR", "Met with Emperor Karl and Shah Karl Drift."), ["IR", "IR"]],
    ["a pope", at("VA", "Met with Pope Karl II."), ["VA"]],
    ["a pope elsewhere", at("IT", "Met with Pope Karl II."), [NOT_ITS_OWN]],
    ["a surname alone", at("NO", "Met with Foreign Minister Drift."), ["NO"]],
    ["an office alone", at("NO", "Met with the Foreign Minister and senior officials."), ["NO"]],
    [
      "someone beside a guest",
      at("NO", "Met with President Drift and Swedish Prime Minister Berg."),
      [ANOTHER, "SE"],
    ],
    [
      "a talk of another country",
      at("NO", "Discussed the future of Laos; met with President Drift."),
      [ANOTHER],
    ],
    [
      "a row that names the country visited",
      at("NO", "Met with President Drift and Norwegian officials."),
      ["NO"],
    ],
    [
      "a row in a former country",
      at("SUHH", "Met with Foreign Minister Drift and Russian poets."),
      ["SUHH"],
    ],
    ["a chairman", at("NO", "Met with Chairman Bo Drift."), [NO_OFFICE]],
    [
      "a speaker of parliament and a crown prince",
      at("NO", "Met with Speaker Bo Drift and Crown Prince Karl."),
      [NO_OFFICE, NO_OFFICE],
    ],
    [
      "an office of an organization",
      at("NO", "Met with European Commission President Bo Drift."),
      [NO_OFFICE],
    ],
    ["a secretary of state", at("NO", "Met with Secretary of State Bo Drift."), [NOT_ITS_OWN]],
    [
      "a country without a code",
      at(null, "Met with King Karl."),
      ["the country visited has no code"],
    ],
  ])("%s", (_, stop, expected) => {
    expect(metAt(stop)).toEqual(expected);
  });

  it("A name met in several countries acts for none of them, unless a row tells which one is theirs", () => {
    const home = at("NO", "Met with President Drift.");
    const away = at("SE", "Met with President Bo Drift.");
    expect(metAt(home, [away])).toEqual([SEVERAL]);
    expect(metAt(home, [at("SE", "Attended a summit; met with President Drift.")])).toEqual(["NO"]);
    expect(metAt(home, [at("SE", "Met with Speaker Drift.")])).toEqual(["NO"]);
    const told = at("FI", "Met with Norwegian President Drift.");
    expect(metAt(home, [away, told])).toEqual(["NO"]);
    expect(metAt(away, [home, told])).toEqual(["the name is one of another country elsewhere"]);
    const other = at("SE", "Met with President Ada Drift.");
    expect(metAt(at("NO", "Met with President Bo Drift."), [other])).toEqual(["NO"]);
  });

  it("A participant met abroad acts for the country of that date, INFERRED, and all others are counted", async () => {
    const { meetings, tally } = await imported(
      usTravels,
      trip({
        id: "1",
        country_ref: "russia",
        start_date: "1988-05-29",
        end_date: "1988-05-29",
        remarks: "Met with President Drift.",
      }),
      trip({ id: "2", remarks: "Attended a NATO summit and met with President Berg." }),
    );
    expect(meetings.flatMap(({ participations = [] }) => participations[1])).toEqual([
      expect.objectContaining({
        description: "President Drift",
        country: "SUHH",
        countryCertainty: "INFERRED",
      }),
      expect.not.objectContaining({ country: expect.anything() }),
    ]);
    expect(tally.total("met abroad, acts for nobody known", CONFERENCE)).toBe(1);
    expect(tally.total("met abroad", "acts for the country visited")).toBe(1);
  });
});

describe("Names", () => {
  it.each([
    ["Le Drian, Jean-Yves", "Jean-Yves Le Drian", "drian", true],
    ["Jean-Yves Le Drian", "Jean-Yves Le Drian", "drian", true],
    ["Mr. Bo DRIFT", "Bo Drift", "drift", true],
    ["H.E. Mr. DRIFT", "Drift", "drift", false],
    ["Sir Bo van der Berg", "Bo van der Berg", "berg", true],
    ["Chou En-lai", "Chou En-lai", "chou", true],
    ["Lopez Portillo", "Lopez Portillo", "lopez portillo", false],
    ["al-Drift", "al-Drift", "drift", false],
    ["Drift", "Drift", "drift", false],
    ["King Karl II", "Karl II", "karl", true],
    ["Bo Drift, Jr.", "Bo Drift Jr.", "drift", true],
  ])("%s", (given, text, surname, isFull) => {
    const name = personName(given);
    expect([name.text, name.surname.join(" "), name.isFull]).toEqual([text, surname, isFull]);
  });

  it.each([
    ["Presdent", "HEAD_OF_STATE"],
    ["Prime Minster", "HEAD_OF_GOVERNMENT"],
    ["President of the Council of Ministers", "HEAD_OF_GOVERNMENT"],
    ["President of the National Assembly", null],
    ["Minister for Foreign Affairs", "FOREIGN_MINISTER"],
    ["Secretary of State for External Affairs", "FOREIGN_MINISTER"],
    ["Vice Premier", "MINISTER"],
    ["Vice President", null],
    ["Permanent Representative", "ENVOY"],
    ["King", "MONARCH"],
    ["EU High Representative", null],
  ])("The office of a %s is %s", (title, kind) => {
    expect(kindOfOffice(title)).toBe(kind);
  });
});

describe("Matching people with those already known", () => {
  const person = (slug: string, name: string, sortName: string, more = {}) => ({
    slug,
    name,
    sortName,
    ...more,
  });
  const tenure = (slug: string, title: string, country: string, from: string, to: string) => ({
    key: `${slug}/office`,
    person: slug,
    title,
    country,
    startDate: from,
    endDate: to,
    citations: [{ locator: "1" }],
  });
  const knows = (...people: ReturnType<typeof person>[]) => {
    const known = new People();
    known.learn({
      people,
      tenures: people.map(({ slug }) => tenure(slug, "President", "NO", "2030-01", "2034")),
    });
    return known;
  };
  const metAs = async (known: People, remarks: string, changes = {}) => {
    const { meetings } = await importedWith(known, usTravels, trip({ remarks, ...changes }));
    const { person: slug, personCertainty, description } = meetings[0]!.participations![1]!;
    const pairs = [...known.candidates.lines()].slice(1);
    return [slug ?? description, personCertainty, pairs.length];
  };
  const drift = person("p-drift", "Bo Drift", "Drift, Bo");

  it.each([
    ["the same name", "President Bo Drift", ["p-drift", undefined, 0]],
    ["accents and capitals", "President Bö DRIFT", ["p-drift", undefined, 0]],
    ["an initial", "President B. Drift", ["p-drift", undefined, 0]],
    ["another initial", "President A. Drift", ["a-drift", undefined, 0]],
    ["a middle initial", "President Bo X. Drift", ["p-drift", undefined, 0]],
    ["another office, in time", "Foreign Minister Bo Drift", ["p-drift", undefined, 0]],
    ["another spelling", "President Bo Drifft", ["bo-drifft", undefined, 1]],
    ["a surname alone", "President Drift", ["p-drift", "INFERRED", 0]],
    [
      "a surname alone, in another office",
      "Foreign Minister Drift",
      ["Foreign Minister Drift", undefined, 0],
    ],
    ["another forename", "President Ada Drift", ["ada-drift", undefined, 0]],
  ])("By %s", async (_, who, expected) => {
    expect(await metAs(knows(drift), `Met with ${who}.`)).toEqual(expected);
  });

  it.each([
    [
      "another country",
      "Met with President Bo Drift.",
      { country_ref: "sweden", country_code: "SE" },
    ],
    [
      "a time after a life",
      "Met with President Bo Drift.",
      { start_date: "2036-05-01", end_date: "2036-05-01" },
    ],
  ])("One name in %s is another person, and a candidate", async (_, remarks, changes) => {
    const known = knows(person("p-drift", "Bo Drift", "Drift, Bo", { deathDate: "2034" }));
    expect(await metAs(known, remarks, changes)).toEqual(["bo-drift", undefined, 1]);
  });

  it("A name of several known people is that of neither, and a surname of both is only described", async () => {
    const both = () => knows(drift, person("q-drift", "Bo Drift", "Drift, Bo"));
    expect(await metAs(both(), "Met with President Bo Drift.")).toEqual(["bo-drift", undefined, 2]);
    expect(await metAs(both(), "Met with President Drift.")).toEqual([
      "President Drift",
      undefined,
      0,
    ]);
  });

  it("A surname alone is a person's only within an office, or between two mentions of it", async () => {
    const stops = (date: string) => [
      trip({
        id: "1",
        start_date: "2031-05-01",
        end_date: "2031-05-01",
        remarks: "Met with President Bo Drift.",
      }),
      trip({ id: "2", start_date: date, end_date: date, remarks: "Met with President Drift." }),
      trip({
        id: "3",
        start_date: "2036-05-01",
        end_date: "2036-05-01",
        remarks: "Met with President Bo Drift.",
      }),
    ];
    const second = async (date: string) => {
      const rows = stops(date).sort((a, b) =>
        String(a.start_date) < String(b.start_date) ? -1 : 1,
      );
      const { meetings } = await imported(usTravels, ...rows);
      return meetings.find(({ slug }) => slug === "us-travel-2")!.participations![1]!.person;
    };
    expect(await second("2033-05-01")).toBe("bo-drift");
    expect(await second("2036-12-01")).toBe("bo-drift");
    expect(await second("2039-05-01")).toBeUndefined();
  });

  it("Someone met again in the country for which they act is the same, whatever the title there", async () => {
    const stops = (remarks: string) => [
      trip({ id: "1", end_date: "2031-05-01", remarks: "Met with President Bo Drift." }),
      trip({ id: "2", start_date: "2032-05-01", end_date: "2032-05-01", remarks }),
    ];
    const second = async (remarks: string) => {
      const { meetings } = await imported(usTravels, ...stops(remarks));
      return meetings[1]!.participations![1];
    };
    expect(await second("Met with Chairman Bo Drift.")).toMatchObject({ person: "bo-drift" });
    expect(await second("Met with Chairman Bo Drift.")).not.toHaveProperty("country");
    expect(await second("Attended a summit; met with Chairman Bo Drift.")).toMatchObject({
      person: "bo-drift-other",
    });
  });

  it("A monarch with a number is one person in one country, without one only described", async () => {
    const { people, meetings } = await imported(
      usTravels,
      trip({
        id: "1",
        start_date: "2001-05-01",
        end_date: "2001-05-01",
        remarks: "Met with King Karl II.",
      }),
      trip({ id: "2", remarks: "Met with King Karl II and Prime Minister Bo Drift." }),
      trip({
        id: "3",
        start_date: "2031-06-01",
        end_date: "2031-06-01",
        remarks: "Met with King Olav.",
      }),
    );
    expect(people.map(({ slug, name }) => `${slug} ${name}`)).toContain("karl-ii-no Karl II");
    expect(meetings.map(({ participations = [] }) => participations[1])).toMatchObject([
      { person: "karl-ii-no", country: "NO" },
      { person: "karl-ii-no", country: "NO" },
      { description: "King Olav", country: "NO" },
    ]);
  });

  it("A dataset's record has all its spellings of a person, and refers to the one known", async () => {
    const known = knows(drift);
    const { people } = await importedWith(
      known,
      usTravels,
      trip({ id: "1", remarks: "Met with President Bo Drift." }),
      trip({ id: "2", start_date: "2031-06-01", remarks: "Met with President Bo X. Drift." }),
    );
    expect(people.find(({ slug }) => slug === "p-drift")).toEqual({
      slug: "p-drift",
      name: "Bo Drift",
      sortName: "Drift, Bo",
      otherNames: ["Bo X. Drift"],
    });
  });
});

import { People } from "../importers/people/people.js";
import { usTownsIn } from "../importers/us-towns.js";
import { unSpeakers } from "../importers/un-speakers.js";
import { usVisits } from "../importers/us-visits.js";
import { speech, visit } from "./fixtures/us-rows.js";
import { imported, importedWith } from "./harness/imported.js";

/** A row of one visitor, split into title and name. */
const visitor = (title: string | null, name: string, changes = {}) =>
  visit({
    visitor: [title, name].filter(Boolean).join(" "),
    visitor_title: title,
    visitor_name: name,
    visitors: [{ title, name }],
    ...changes,
  });

describe("The import of visits", () => {
  it("A row is a visit of the visitor alone, who acts for the country, STATED", async () => {
    const { meetings, people, places } = await imported(usVisits, visit({}));
    const citation = { locator: "1", exact: visit({}).description };
    expect(meetings).toEqual([
      {
        slug: "us-visit-1",
        title: "President Bo Drift (Norway) in the United States",
        kind: "VISIT",
        status: "HELD",
        mode: "IN_PERSON",
        coverage: "REPORTED",
        startDate: "2031-07-01",
        endDate: "2031-07-03",
        places: ["washington-us", "new-york-city-us", "chicago-us"],
        placeCountry: "US",
        participations: [
          { person: "bo-drift", country: "NO", role: "GUEST", citations: [citation] },
        ],
        citations: [citation],
      },
    ]);
    expect(people).toEqual([{ slug: "bo-drift", name: "Bo Drift", sortName: "Drift, Bo" }]);
    expect(places.map(({ name, country }) => `${name} ${country}`)).toEqual([
      "Washington US",
      "New York City US",
      "Chicago US",
    ]);
  });

  it.each([
    [
      "Guest of the President; visited Boston, New York, and San Francisco.",
      ["Boston", "New York City", "San Francisco"],
    ],
    ["Spoke at Boston University and the New York Stock Exchange.", []],
    ["Private visit in Washington, D.C. Attended the Houston Economic Summit.", ["Washington"]],
    ["Visited Portland and Port Floe.", []],
    ["Cancelled a visit to Chicago. Visited Denver.", ["Denver"]],
    [null, []],
  ])("Of a description, the towns are those that it plainly names: %s", (description, towns) => {
    expect(usTownsIn(description)).toEqual(towns);
  });

  it("A row without a description cites itself, and one with two visitors has two sides", async () => {
    const { meetings } = await imported(
      usVisits,
      visit({ id: "1", description: null }),
      visit({
        id: "2",
        visitor: "President Bo Drift and Prime Minister Ada Floe",
        visitor_title: null,
        visitor_name: null,
        visitors: [
          { title: "President", name: "Bo Drift" },
          { title: "Prime Minister", name: "Ada Floe" },
        ],
      }),
    );
    expect(meetings[0]!.citations).toEqual([{ locator: "1" }]);
    expect(meetings[0]!.places).toEqual([]);
    expect(meetings[1]!.participations).toMatchObject([
      { person: "bo-drift", country: "NO" },
      { person: "ada-floe", country: "NO" },
    ]);
  });

  it("One leader under several spellings is one person where that is sure, and a candidate where not", async () => {
    const people = new People();
    const { meetings } = await importedWith(
      people,
      usVisits,
      visitor("President", "Bo Drift", { id: "1" }),
      visitor("Presdent", "Drift, Bo", { id: "2" }),
      visitor(null, "Presdent Bö DRIFT", { id: "3" }),
      visitor("President", "Bo Drifft", { id: "4" }),
      visitor("President", "Drift", { id: "5" }),
      visitor("President", "Drift", { id: "6", start_date: "1931-07-01", end_date: "1931-07-02" }),
      visitor("President", "Drift", {
        id: "7",
        country: "Sweden",
        country_ref: "sweden",
        country_code: "SE",
      }),
    );
    expect(meetings.map(({ participations }) => participations![0])).toMatchObject([
      { person: "bo-drift" },
      { person: "bo-drift" },
      { person: "bo-drift" },
      { person: "bo-drifft" },
      { person: "bo-drift", personCertainty: "INFERRED" },
      { description: "President Drift", country: "NO" },
      { description: "President Drift", country: "SE" },
    ]);
    expect([...people.candidates.lines()].slice(1)).toHaveLength(1);
  });

  it("A visitor from a state that ISO never coded acts for an organization", async () => {
    const hawaii = { country: "Hawaii", country_ref: "hawaii", country_code: null };
    const { meetings, organizations } = await imported(
      usVisits,
      visitor("King", "Karl", { id: "1", ...hawaii }),
      visitor("Premier", "Bo Drift", { id: "2", ...hawaii }),
    );
    expect(organizations).toEqual([
      { slug: "uncoded-state-hawaii", name: "Hawaii", kind: "UNCODED_STATE" },
    ]);
    expect(meetings.map(({ participations }) => participations![0])).toMatchObject([
      { description: "King Karl", organization: "uncoded-state-hawaii" },
      { person: "bo-drift", organization: "uncoded-state-hawaii" },
    ]);
  });

  it("The country is that of the date, or the one that its name has", async () => {
    const { meetings, tally } = await imported(
      usVisits,
      visit({
        id: "1",
        country: "U.S.S.R.",
        country_ref: "russia",
        country_code: null,
        start_date: "1988-07-01",
      }),
      visit({ id: "2", country: "Zaire", country_ref: "zaire", country_code: null }),
      visit({ id: "3", country: "Upper Volta", country_ref: null, country_code: null }),
      visit({ id: "4", country: "Freedonia", country_ref: "freedonia", country_code: null }),
    );
    expect(meetings.map(({ participations }) => participations![0]!.country)).toEqual([
      "SUHH",
      undefined,
      "HVBF",
      undefined,
    ]);
    expect(tally.total("kept, but", "no country: Freedonia")).toBe(1);
  });
});

describe("The import of speakers", () => {
  it("A speech is a session without words, part of the debate of its year", async () => {
    const { meetings, people } = await imported(
      unSpeakers,
      speech({}),
      speech({
        id: "SWE_86_2031",
        iso3_normalized: "SWE",
        country: "Sweden",
        speaker_name: "Ms. Ada FLOE",
      }),
      speech({ id: "NOR_87_2032", session: 87, year: 2032, date: "2032" }),
    );
    const debate = {
      kind: "MULTILATERAL",
      status: "HELD",
      coverage: "REPORTED",
      convener: "un-general-assembly",
    };
    expect(meetings).toEqual([
      {
        slug: "un-general-debate-86-2031",
        title: "General Debate of the UN General Assembly, session 86 (2031)",
        ...debate,
        startDate: "2031",
        citations: [{ locator: "NOR_86_2031" }],
      },
      {
        slug: "un-speech-nor-86-2031",
        title: "Mr. Bo Drift (Norway), General Debate of 2031",
        ...debate,
        kind: "SESSION",
        startDate: "2031",
        parent: "un-general-debate-86-2031",
        parentRelation: "PART_OF",
        participations: [
          { person: "bo-drift", country: "NO", citations: [{ locator: "NOR_86_2031" }] },
        ],
        citations: [{ locator: "NOR_86_2031" }],
      },
      expect.objectContaining({
        slug: "un-speech-swe-86-2031",
        parent: "un-general-debate-86-2031",
      }),
      expect.objectContaining({ slug: "un-general-debate-87-2032" }),
      expect.objectContaining({
        slug: "un-speech-nor-87-2032",
        parent: "un-general-debate-87-2032",
      }),
    ]);
    expect(people.map(({ name }) => name)).toEqual(["Bo Drift", "Ada Floe"]);
  });

  it("Rows without a speaker, a second speech of a session, and the European Union are kept", async () => {
    const { meetings, tally } = await imported(
      unSpeakers,
      speech({ id: "NOR_86_2031", speaker_name: null, post: null, text_file: null }),
      speech({ id: "NOR_86_2031~2" }),
      speech({
        id: "EU_86_2031",
        iso3: "EC",
        iso3_normalized: "EU",
        country: "European Union",
        country_code: null,
      }),
    );
    const sides = meetings.slice(1).map(({ slug, participations }) => [slug, participations![0]]);
    expect(sides).toMatchObject([
      ["un-speech-nor-86-2031", { country: "NO" }],
      ["un-speech-nor-86-2031-2", { person: "bo-drift", country: "NO" }],
      ["un-speech-eu-86-2031", { organization: "european-union" }],
    ]);
    expect(sides[0]![1]).not.toHaveProperty("description");
    expect(meetings[2]!.citations).toEqual([{ locator: "NOR_86_2031~2" }]);
    expect(tally.total("kept, but", "no speaker: the country alone")).toBe(1);
  });

  it.each([
    ["RUS", "USSR", 1991, "SUHH"],
    ["RUS", "Russian Federation", 1992, "RU"],
    ["BLR", "Byelorussian SSR", 1980, "BYAA"],
    ["YUG", "Yugoslavia", 1980, "YUCS"],
    ["SRB", "Serbia and Montenegro", 2004, "CSXX"],
    ["SRB", "Serbia", 2010, "RS"],
    ["CSK", "Czechoslovakia", 1975, "CSHH"],
    ["DDR", "German Democratic Republic", 1980, "DDDE"],
    ["YMD", "Democratic Yemen", 1985, "YDYE"],
    ["COD", "Zaire", 1980, "ZRCD"],
    ["COD", "Democratic Republic of the Congo", 1999, "CD"],
    ["MMR", "Burma", 1975, "BUMM"],
    ["BFA", "Upper Volta", 1983, "HVBF"],
    ["BEN", "Dahomey", 1970, "DYBJ"],
    ["CHN", "China", 1960, "TW"],
    ["CHN", "China", 1971, undefined],
    ["CHN", "China", 1972, "CN"],
    ["NOR", "Sweden", 2000, undefined],
    ["XYZ", "Freedonia", 2000, undefined],
  ])("The country is that of the year: %s, %s, %i", async (iso3, country, year, expected) => {
    const row = speech({ iso3_normalized: iso3, country, year, country_code: null });
    const { meetings } = await imported(unSpeakers, row);
    expect(meetings[1]!.participations![0]!.country).toBe(expected);
  });

  it("A surname alone is a person only if one person of that country and time has it", async () => {
    const by = async (...others: [name: string, country: string, year: number][]) => {
      const rows = others.map(([speaker_name, iso3_normalized, year], i) =>
        speech({
          id: `${iso3_normalized}_${i}`,
          speaker_name,
          iso3_normalized,
          country: "",
          year,
          post: null,
        }),
      );
      const mr = speech({ id: "NOR_86_2031", speaker_name: "Mr. DRIFT", post: null });
      const { meetings } = await imported(
        unSpeakers,
        mr,
        ...rows.map((row) => ({ ...row, country: "-" })),
      );
      return meetings.find(({ slug }) => slug === "un-speech-nor-86-2031")!.participations![0];
    };
    const described = { country: "NO", description: "Mr. DRIFT" };
    expect(await by(["Bo Drift", "NOR", 2032])).toMatchObject({
      person: "bo-drift",
      personCertainty: "INFERRED",
      country: "NO",
    });
    expect(await by(["Bo Drift", "NOR", 2032], ["Ada Drift", "NOR", 2030])).toMatchObject(
      described,
    );
    expect(await by(["Bo Drift", "NOR", 2052])).toMatchObject(described);
    expect(await by(["Bo Drift", "SWE", 2031])).toMatchObject(described);
    expect(await by(["Bo Drift", "NOR", 2032], ["Ada Drift", "SWE", 2031])).toMatchObject({
      person: "bo-drift",
    });
  });

  it("A monarch and a name that begins with the office are understood", async () => {
    const { people, meetings } = await imported(
      unSpeakers,
      speech({ id: "1", speaker_name: "King Karl II", post: null }),
      speech({ id: "2", speaker_name: "Karl II", post: "King" }),
      speech({ id: "3", speaker_name: "H.E. Prime Minster Ada FLOE", post: null }),
      speech({ id: "4", speaker_name: "King Olav", post: null }),
    );
    expect(people.map(({ slug, name }) => `${slug}: ${name}`)).toEqual([
      "karl-ii-no: Karl II",
      "ada-floe: Ada Floe",
    ]);
    expect(meetings.slice(1).map(({ participations }) => participations![0])).toMatchObject([
      { person: "karl-ii-no" },
      { person: "karl-ii-no" },
      { person: "ada-floe" },
      { description: "King Olav", country: "NO" },
    ]);
  });

  it("A speaker is the person whom another dataset of the run names", async () => {
    const people = new People();
    await importedWith(people, usVisits, visit({}));
    const { meetings, tally } = await importedWith(
      people,
      unSpeakers,
      speech({ speaker_name: "H.E. Mr. Bo DRIFT" }),
    );
    expect(meetings[1]!.participations![0]!.person).toBe("bo-drift");
    expect(tally.total("people", "known before, by the full name")).toBe(1);
  });
});

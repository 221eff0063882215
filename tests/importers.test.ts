import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { copyFile, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { countryOf } from "../importers/countries.js";
import { placeOf, townsIn } from "../importers/places.js";
import { People } from "../importers/people/people.js";
import { parsePeopleMet } from "../importers/people-met.js";
import { describeTally } from "../importers/tally.js";
import { unSpeakers } from "../importers/un-speakers.js";
import { usAppointments } from "../importers/us-appointments.js";
import { usOfficials } from "../importers/us-officials.js";
import { usPresidents } from "../importers/us-presidents.js";
import { usTravels } from "../importers/us-travels.js";
import { usVisits } from "../importers/us-visits.js";
import { checkFiles } from "../src/records/check/record.check.files.js";
import { appointment, official, presidency, speech, trip, visit } from "./fixtures/us-rows.js";
import { imported, importedWith } from "./harness/imported.js";
import { serviceWith } from "./harness/service.js";

const ROOT = resolve(__dirname, "..");
const DATA = resolve(__dirname, "../../shared/data");

describe("The import of people", () => {
  it("Imported officials and presidents have the years of their birth and death", async () => {
    const officials = await imported(usOfficials, official({ death: "2045" }));
    const presidents = await imported(usPresidents, presidency({}));
    expect(
      [...officials.people, ...presidents.people].map(({ name, birthDate, deathDate }) => [
        name,
        birthDate,
        deathDate,
      ]),
    ).toEqual([
      ["Bo Drift", "1980", "2045"],
      ["Cy Berg", "1975", null],
    ]);
  });
});

describe("The import of trips", () => {
  it("A stop becomes a visit of the traveller, and several stops also an inferred journey", async () => {
    const { meetings } = await imported(
      usTravels,
      trip({ id: "1" }),
      trip({ id: "2", start_date: "2031-05-03", end_date: "2031-05-04", country_ref: "norway" }),
      trip({ id: "3", start_date: "2031-06-01", end_date: "2031-06-01", remarks: "Vacation." }),
    );
    expect(meetings.map(({ slug, kind, parent }) => [slug, kind, parent])).toEqual([
      ["us-travel-journey-1", "JOURNEY", undefined],
      ["us-travel-1", "VISIT", "us-travel-journey-1"],
      ["us-travel-2", "VISIT", "us-travel-journey-1"],
      ["us-travel-3", "OTHER", undefined],
    ]);
    expect(meetings[0]).toMatchObject({
      dateCertainty: "INFERRED",
      startDate: "2031-05-01",
      endDate: "2031-05-04",
      citations: [{ locator: "1" }, { locator: "2" }],
    });
    expect(meetings[0]!.participations).toBeUndefined();
    expect(meetings[1]!.participations).toEqual([
      expect.objectContaining({ person: "floe-ada-m", country: "US", role: "GUEST" }),
    ]);
    expect(meetings[3]!.participations![0]!.role).toBeUndefined();
  });

  it("Two rows about the same stop become one meeting with two citations", async () => {
    const { meetings } = await imported(
      usTravels,
      trip({ id: "1", remarks: "Toured." }),
      trip({ id: "2", remarks: "Met with Prime Minister Bo Drift." }),
    );
    expect(meetings).toHaveLength(1);
    expect(meetings[0]!.citations).toEqual([
      { locator: "1", exact: "Toured." },
      { locator: "2", exact: "Met with Prime Minister Bo Drift." },
    ]);
    expect(meetings[0]!.participations![1]).toMatchObject({
      person: "bo-drift",
      citations: [{ locator: "2" }],
    });
  });

  it("A President-elect does not act for the country", async () => {
    const remarks = "Good will trip. [Visit made as President-elect.]";
    const { meetings } = await imported(usTravels, trip({ role: "president", remarks }));
    expect(meetings[0]!.participations).toEqual([
      expect.not.objectContaining({ country: expect.anything() }),
    ]);
  });

  it("Lists of towns are split, and a town's country today is found from the former country", () => {
    expect(townsIn("Oslo, Tromso")).toEqual(["Oslo", "Tromso"]);
    expect(townsIn("Mexico, D.F., Puebla")).toEqual(["Mexico, D.F.", "Puebla"]);
    expect(placeOf("Moscow", "SUHH")).toEqual({ slug: "moscow-ru", name: "Moscow", country: "RU" });
    expect(placeOf("Nowhere", "SUHH").country).toBeNull();
    expect(placeOf("Vientiane", "LA").slug).toBe("vientiane");
  });

  it("A remark names a person only when it has an office, a first name and a last name", async () => {
    const named = async (remarks: string) => {
      const { meetings, people } = await imported(usTravels, trip({ remarks }));
      return meetings[0]!.participations!.slice(1).map(({ person, description }) => {
        return people.find(({ slug }) => slug === person)?.name ?? `(${description})`;
      });
    };
    expect(await named("Met with President Bo Drift and French Foreign Minister Berg.")).toEqual([
      "Bo Drift",
      "(French Foreign Minister Berg)",
    ]);
    expect(await named("Met with the Foreign Minister and senior officials.")).toEqual([
      "(Foreign Minister)",
    ]);
    expect(await named("Met with King Karl II, and addressed President Bo Drift.")).toEqual([
      "Karl II",
    ]);
    expect(await named("Met with King Karl.")).toEqual(["(King Karl)"]);
    expect(await named("Met with President Lopez Portillo.")).toEqual([
      "(President Lopez Portillo)",
    ]);
    expect(await named("Met with Prime Minister Ada May May 7.")).toEqual(["Ada May"]);
  });

  it.each([
    ["Summit meeting with President Bo Drift.", ["President Bo Drift"]],
    ["Attended a summit meeting (May 1-2) with King Karl.", ["King Karl"]],
    ["Attended state dinner with Queen Ada and various heads of state.", ["Queen Ada"]],
    [
      "Discussed the ice crisis with President Bo Drift and Foreign Minister Berg.",
      ["President Bo Drift", "Foreign Minister Berg"],
    ],
    [
      "Discussed the ice with Foreign Minister Berg, and the fish with Prime Minister Drift.",
      ["Foreign Minister Berg", "Prime Minister Drift"],
    ],
    ["Reviewed relations with Norway with King Karl.", ["King Karl"]],
    ["Summit meeting with King Karl; also met with Queen Ada.", ["King Karl", "Queen Ada"]],
    ["Met with King Karl and conferred informally with Queen Ada.", ["King Karl", "Queen Ada"]],
    ["Met afterward (May 3-4) with King Karl.", ["King Karl"]],
    ["Discussed relations with Norway.", []],
    ["Attended memorial services for King Karl with Queen Ada.", []],
    ["Signed a treaty with Norway.", []],
  ])("A meeting, or what was attended or discussed, is with: %s", (remarks, met) => {
    const { met: found } = parsePeopleMet(remarks, "2031-05-01");
    expect(found.map(({ description }) => description)).toEqual(met);
  });

  it('Of remarks that have "with" the tally says how many name nobody, and why', async () => {
    const { tally, meetings } = await imported(
      usTravels,
      trip({ id: "1", remarks: "Met with President Bo Drift." }),
      trip({ id: "2", remarks: "Returned with fish." }),
      trip({ id: "3", remarks: "Met with fishermen." }),
      trip({ id: "4", remarks: "Attended the fair with President Floe." }),
      trip({ id: "5", remarks: "Toured the harbour." }),
      trip({ id: "6", role: "president", start_date: "2033-05-01", end_date: "2033-05-01" }),
    );
    expect(describeTally("us-travels", tally)).toContain(
      [
        'remarks that have "with"',
        "       1  somebody is read  (1)",
        "       1  nobody: no words that say who was met  (2)",
        "       1  nobody: no office, or a group  (3)",
        "       1  nobody: the traveller's own president  (4)",
      ].join("\n"),
    );
    expect(meetings.flatMap(({ participations = [] }) => participations)).toHaveLength(3);
  });

  it("The traveller's office is a tenure without days, unless it is known with its days", async () => {
    const rows = [
      trip({ id: "1", role: "president", remarks: "Visit made as President-elect." }),
      trip({ id: "2", role: "president", start_date: "2031-07-01", end_date: "2031-07-01" }),
      trip({ id: "3", role: "president", start_date: "2031-09-01", end_date: "2031-09-01" }),
      trip({ id: "4", person_id: "berg-cy", person_name: "Cy Berg" }),
    ];
    const alone = await imported(usTravels, ...rows);
    const stated = { country: "US" };
    expect(alone.tenures).toEqual([
      {
        ...stated,
        key: "floe-ada-m/us-travels-president",
        person: "floe-ada-m",
        title: "President of the United States",
        citations: [{ locator: "2" }],
      },
      {
        ...stated,
        key: "berg-cy/us-travels-secretary",
        person: "berg-cy",
        title: "Secretary of State",
        citations: [{ locator: "4" }],
      },
    ]);
    const people = new People();
    await importedWith(people, usPresidents, presidency({ id: "floe-ada-m", name: "Ada M. Floe" }));
    const { tenures } = await importedWith(people, usTravels, ...rows);
    expect(tenures.map(({ person }) => person)).toEqual(["berg-cy"]);
  });

  it.each([
    "Met with former President Bo Drift.",
    "Met with President-elect Bo Drift.",
    "Attended the funeral of King Karl; met with President Bo Drift.",
    "Attended a memorial service and met with President Bo Drift.",
    "Met with the wife of President Bo Drift.",
    "Accompanied President Bo Drift.",
  ])("A remark names nobody: %s", (remarks) => {
    expect(parsePeopleMet(remarks, "2031-05-01").met).toEqual([]);
  });
});

describe("Countries at a date", () => {
  it.each([
    ["russia", "1990-02-07", "RU", "SUHH"],
    ["russia", "1992-02-16", null, "RU"],
    ["russia", "1900", "RU", "RU"],
    ["yugoslavia", "1980-06", null, "YUCS"],
    ["czechoslovakia", "1990", null, "CSHH"],
    ["german-democratic-republic", "1989-12-12", null, "DDDE"],
    ["congo-democratic-republic", "1978", null, "ZRCD"],
    ["congo-democratic-republic", "1998", null, "CD"],
    ["burma", "1955-02-26", null, "BUMM"],
    ["burma", "2012-11-19", null, "MM"],
    ["taiwan", "1960-06-18", null, "TW"],
    ["korea", "1949-04-20", null, "KR"],
    ["korea", "1883-05-20", null, null],
    ["palestinian-authority", "1998", null, "PS"],
    ["west-bank", "2023", null, "PS"],
    ["laos", "2016", null, "LA"],
    ["hawaii", "1853", null, null],
    ["norway", "1999", "NO", "NO"],
    ["narnia", "1999", null, "AQ"],
  ])("The country is that of the date: %s on %s", (slug, date, code, expected) => {
    expect(countryOf({ slug, date, code }, new Map([["narnia", "AQ"]]))).toBe(expected);
  });
});

describe("The import of appointments", () => {
  it("Rows that are no tenure are skipped, and counted by reason", async () => {
    const { tenures, tally } = await imported(
      usAppointments,
      appointment({ key: "a", listed_as: "OTHER_NOMINEE" }),
      appointment({ key: "b", start_date_basis: "appointed", note: "Declined appointment." }),
      appointment({ key: "c", start_date_basis: "appointed", note: "Did not proceed to post." }),
      appointment({ key: "d", role_id: "career-ambassador" }),
      appointment({ key: "e", person_known: false }),
      appointment({ key: "f", end_date: "2029-01-01" }),
    );
    expect(tenures).toEqual([]);
    const skipped = tally.parts.get("rows skipped")!;
    expect([...skipped].map(([reason, { examples }]) => [examples[0], reason])).toEqual([
      ["a", "other nominee, not a holder"],
      ["b", "declined"],
      ["c", "not served"],
      ["d", "a rank, not an office"],
      ["e", "the person is not in us-officials"],
      ["f", "ends before it starts"],
    ]);
    expect(describeTally("us-appointments", tally)).toMatch(/1 {2}declined {2}\(b\)/);
  });

  it("An appointment gives an inferred start, an unknown end, and a key from its IDs", async () => {
    const { tenures } = await imported(
      usAppointments,
      appointment({ key: "no-2031-drif-01~2", start_date_basis: "appointed", end_date: null }),
    );
    expect(tenures[0]).toMatchObject({
      key: "drift-bo/no-2031-drif-01.2",
      country: "US",
      accreditedTo: "NO",
      certainty: "INFERRED",
      endDate: null,
    });
    expect(tenures[0]!.ongoing).toBeUndefined();
  });

  it("States that ISO never coded are organizations, defined once, and where a state is unknown it is in the title", async () => {
    const hawaii = { territory_id: "hawaii", territory_name: "Hawaii", country_code: null };
    const { tenures, organizations, tally } = await imported(
      usAppointments,
      appointment({ key: "h", ...hawaii }),
      appointment({ key: "i", ...hawaii }),
      appointment({ key: "f", ...hawaii, territory_id: "freedonia", territory_name: "Freedonia" }),
    );
    expect(organizations).toEqual([
      { slug: "uncoded-state-hawaii", name: "Hawaii", kind: "UNCODED_STATE" },
    ]);
    expect(tenures.map(({ organization, title }) => organization ?? title)).toEqual([
      "uncoded-state-hawaii",
      "uncoded-state-hawaii",
      "Ambassador Extraordinary and Plenipotentiary, Freedonia",
    ]);
    expect(tenures.some(({ accreditedTo }) => accreditedTo)).toBe(false);
    expect(tally.total("kept, but", "an organization, since ISO never coded it: Hawaii")).toBe(2);
  });
});

it("Imported records pass the check, load, and cite their rows", async () => {
  const directory = await mkdtemp(join(tmpdir(), "communique-import-"));
  const texts = [
    await imported(usPresidents, presidency({}), presidency({ ordinal: "92" })),
    await imported(
      usOfficials,
      official({ id: "drift-bo" }),
      official({ id: "floe-ada-m", name: "Ada M. Floe", surname: "Floe", forename: "Ada M." }),
    ),
    await imported(
      usAppointments,
      appointment({}),
      appointment({ key: "no-2031-drif-01~2" }),
      appointment({ key: "h", territory_id: "hawaii", territory_name: "Hawaii" }),
    ),
    await imported(
      usTravels,
      trip({ id: "1", remarks: "Met with King Karl." }),
      trip({ id: "2", country_ref: "sweden", country_code: "SE" }),
    ),
    await imported(usVisits, visit({}), visit({ id: "2", country: "Texas", country_ref: "texas" })),
    await imported(unSpeakers, speech({}), speech({ id: "EU_86_2031", iso3_normalized: "EU" })),
  ];
  const files = texts.map((_, i) => join(directory, `${i}.jsonl`));
  await Promise.all(files.map((file, i) => writeFile(file, texts[i]!.text)));
  const { faults } = await checkFiles(files);
  expect(faults.filter(({ severity }) => severity === "fault")).toEqual([]);
  const test = await serviceWith(...files);
  try {
    const { data } = await test.ask(
      `{ person(slug: "floe-ada-m") { meetings { nodes { slug citations { locator exact } } } } }`,
    );
    expect(data.person.meetings.nodes).toContainEqual({
      slug: "us-travel-1",
      citations: [{ locator: "1", exact: "Met with King Karl." }],
    });
    const states = await test.ask(
      `{ organizations(filter: { kinds: [UNCODED_STATE] }) { nodes { name } } }`,
    );
    expect(states.data.organizations.nodes).toEqual([{ name: "Hawaii" }, { name: "Texas" }]);
  } finally {
    await test.close();
    await rm(directory, { recursive: true });
  }
});

describe("The import command", () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "communique-import-"));
  });
  afterEach(() => rm(directory, { recursive: true }));

  const run = (...args: string[]) =>
    spawnSync("npm", ["run", "-s", "import", "--", ...args], { cwd: ROOT, encoding: "utf8" });
  const give = (name: string, ...rows: object[]) =>
    writeFile(
      join(directory, `${name}.ndjson`),
      rows.map((row) => `${JSON.stringify(row)}\n`).join(""),
    );
  const read = (name: string) => readFileSync(join(directory, name), "utf8");

  it("import --help shows the usage and ends with 0", () => {
    const { status, stdout } = run("--help");
    expect([status, stdout]).toEqual([0, expect.stringContaining("us-travels")]);
  }, 60_000);

  it("Several datasets are imported in one process, in an order of their own, and end with a tally", async () => {
    await give("us-visits", visit({}));
    await give("us-travels", trip({ remarks: "Met with President Bo Drift." }));
    const args = ["us-travels", "us-visits", "--from", directory, "--out", join(directory, "out")];
    const { status, stderr } = run(...args);
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(stderr.indexOf("us-visits")).toBeLessThan(stderr.indexOf("us-travels"));
    expect(stderr).toContain("1  known before, by the full name  (1)");
    expect(stderr).toMatch(/\n {12}rows {2}records {2}people {2}meetings/);
    expect(await readdir(join(directory, "out"))).toEqual(["us-travels.jsonl", "us-visits.jsonl"]);
    const first = read("out/us-travels.jsonl");
    expect(first).toContain('"person":"bo-drift"');
    expect(run(...args.slice(1)).status).toBe(0);
    expect(read("out/us-travels.jsonl")).toBe(first);
  }, 120_000);

  it("Record files say whom the rows may name, and a file lists who may be one person for a reader to judge", async () => {
    await copyFile(join(ROOT, "records/vientiane-2024-11-20.json"), join(directory, "known.json"));
    await give(
      "us-travels",
      trip({ id: "1", country_code: "CN", remarks: "Met with President Xi Jinping." }),
      trip({ id: "2", country_code: "CN", remarks: "Met with President Xi Jingping." }),
    );
    const candidates = join(directory, "candidates.jsonl");
    const known = ["--known", join(directory, "known.json")];
    const args = ["--from", directory, "--out", directory, "--candidates", candidates, ...known];
    expect(run("us-travels", ...args)).toMatchObject({
      status: 0,
      stderr: expect.stringContaining("1 pair of people is for a reader to judge"),
    });
    const [document, ...pairs] = read("candidates.jsonl").trim().split("\n");
    expect(JSON.parse(document!)).toMatchObject({ document: { kind: "JUDGEMENT" } });
    expect(pairs.map((line) => JSON.parse(line) as unknown)).toEqual([
      {
        format: "communique-record/1",
        document: "people-matched-by-importers",
        merges: [
          {
            kind: "person",
            stays: "xi-jinping",
            goes: "xi-jingping",
            because: expect.stringContaining(
              '"Xi Jingping" and "Xi Jinping": the spelling differs',
            ),
            citations: [],
          },
        ],
      },
    ]);
  }, 60_000);

  it("Datasets whose file is not there are left out if none is named, and told", async () => {
    await give("us-presidents", presidency({}));
    const { status, stderr } = run("--from", directory, "--out", directory);
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(stderr).toMatch(/^Left out, as there is no such file: .*us-officials\.ndjson/);
  }, 60_000);

  it("Wrong arguments and bad rows are reported, the command ends with 2, and no half file is left", async () => {
    await writeFile(
      join(directory, "us-presidents.ndjson"),
      `${JSON.stringify(presidency({}))}\nno row\n`,
    );
    await writeFile(join(directory, "bad.json"), "[1]");
    const at = ["--from", directory, "--out", directory];
    for (const [args, fault] of [
      [["us-wars", ...at], "Allowed choices are us-officials, us-presidents"],
      [["us-travels", ...at], "there is no such file: "],
      [["us-presidents", ...at], "us-presidents.ndjson:2: not a JSON object"],
      [["us-presidents", ...at, "--known", join(directory, "none")], "there is no such file"],
      [
        ["us-presidents", ...at, "--known", join(directory, "bad.json")],
        "bad.json:1: not a record",
      ],
    ] as const)
      expect(run(...args)).toMatchObject({ status: 2, stderr: expect.stringContaining(fault) });
    expect((await readdir(directory)).sort()).toEqual(["bad.json", "us-presidents.ndjson"]);
  }, 120_000);

  // Where they are at hand: they are not part of the project.
  if (existsSync(DATA)) {
    it("The records imported from the real files have no fault", async () => {
      expect(run("--from", DATA, "--out", directory).status).toBe(0);
      const { faults, records } = await checkFiles([directory]);
      expect(faults.filter(({ severity }) => severity === "fault")).toEqual([]);
      expect(records).toBeGreaterThan(12_000);
    }, 120_000);
  }
});

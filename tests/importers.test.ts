import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { countryOf } from "../importers/countries.js";
import { parsePeopleMet } from "../importers/people-met.js";
import { placeOf, townsIn } from "../importers/places.js";
import {
  type Facts,
  type Importer,
  recordLines,
  type Row,
  rowsOf,
  Tally,
} from "../importers/records.js";
import { describeTally } from "../importers/tally-table.js";
import { usAppointments } from "../importers/us-appointments.js";
import { usOfficials } from "../importers/us-officials.js";
import { usPresidents } from "../importers/us-presidents.js";
import { usTravels } from "../importers/us-travels.js";
import { checkFiles } from "../src/records/check/record.check.js";
import { appointment, official, presidency, trip } from "./fixtures/us-rows.js";
import { serviceWith } from "./harness/service.js";

const ROOT = resolve(__dirname, "..");
const DATA = resolve(__dirname, "../../shared/data");

async function* from(rows: Row[]): AsyncGenerator<Row> {
  yield* rows;
}

async function imported(importer: Importer, ...rows: Row[]) {
  const tally = new Tally();
  const lines: string[] = [];
  for await (const line of recordLines(importer, from(rows), tally)) lines.push(line);
  const records = lines.slice(1).map((line) => JSON.parse(line) as Facts);
  return {
    tally,
    text: lines.join(""),
    meetings: records.flatMap(({ meetings = [] }) => meetings),
    tenures: records.flatMap(({ tenures = [] }) => tenures),
    people: records.flatMap(({ people = [] }) => people),
  };
}

const people = (remarks: string) =>
  parsePeopleMet(remarks, "2031-05-01").met.map(({ person, description, country }) =>
    [person?.name ?? `(${description})`, country].filter(Boolean).join(" "),
  );

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
      expect.objectContaining({ person: "floe-ada-m", country: "US" }),
    ]);
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

  it("A remark names a person only when it has an office, a first name and a last name", () => {
    expect(people("Met with President Bo Drift and French Foreign Minister Berg.")).toEqual([
      "Bo Drift",
      "(French Foreign Minister Berg) FR",
    ]);
    expect(people("Met with the Foreign Minister and senior officials.")).toEqual([
      "(Foreign Minister)",
    ]);
    expect(people("Met with King Karl II, and addressed President Bo Drift.")).toEqual([
      "(King Karl II)",
    ]);
    expect(people("Met with President Lopez Portillo.")).toEqual(["(President Lopez Portillo)"]);
  });

  it.each([
    "Met with former President Bo Drift.",
    "Met with President-elect Bo Drift.",
    "Attended the funeral of King Karl; met with President Bo Drift.",
    "Attended a memorial service and met with President Bo Drift.",
    "Met with the wife of President Bo Drift.",
    "Accompanied President Bo Drift.",
  ])("A remark names nobody: %s", (remarks) => {
    expect(people(remarks)).toEqual([]);
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
    expect([...tally.skipped].map(([reason, keys]) => [keys[0], reason])).toEqual([
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
      appointment({
        key: "h",
        territory_id: "hawaii",
        territory_name: "Hawaii",
        country_code: null,
      }),
    );
    expect(tenures[0]).toMatchObject({
      key: "drift-bo/no-2031-drif-01.2",
      country: "US",
      accreditedTo: "NO",
      certainty: "INFERRED",
      endDate: null,
    });
    expect(tenures[0]!.ongoing).toBeUndefined();
    expect(tenures[1]!.accreditedTo).toBeUndefined();
    expect(tenures[1]!.title).toMatch(/, Hawaii$/);
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
    await imported(usAppointments, appointment({}), appointment({ key: "no-2031-drif-01~2" })),
    await imported(
      usTravels,
      trip({ id: "1", remarks: "Met with King Karl." }),
      trip({ id: "2", country_ref: "sweden", country_code: "SE" }),
    ),
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
  } finally {
    await test.close();
    await rm(directory, { recursive: true });
  }
});

// Where they are at hand: they are not part of the project.
if (existsSync(DATA)) {
  it("The records imported from the real files have no fault", async () => {
    const directory = await mkdtemp(join(tmpdir(), "communique-import-"));
    const files: string[] = [];
    for (const importer of [usPresidents, usOfficials, usAppointments, usTravels]) {
      const { key } = importer.document;
      const lines: string[] = [];
      const rows = rowsOf([join(DATA, `${key}.ndjson`)]);
      for await (const line of recordLines(importer, rows, new Tally())) lines.push(line);
      files.push(join(directory, `${key}.jsonl`));
      await writeFile(files.at(-1)!, lines.join(""));
    }
    const { faults, records } = await checkFiles(files);
    await rm(directory, { recursive: true });
    expect(faults.filter(({ severity }) => severity === "fault")).toEqual([]);
    expect(records).toBeGreaterThan(12_000);
  });
}

describe("The import command", () => {
  const run = (...args: string[]) =>
    spawnSync("npm", ["run", "-s", "import", "--", ...args], { cwd: ROOT, encoding: "utf8" });

  it("import --help shows the usage and ends with 0", () => {
    const { status, stdout } = run("--help");
    expect([status, stdout]).toEqual([0, expect.stringContaining("us-travels")]);
  }, 60_000);

  it("Wrong arguments and bad rows are reported, and the command ends with 2", async () => {
    const directory = await mkdtemp(join(tmpdir(), "communique-import-"));
    try {
      const file = join(directory, "rows.ndjson");
      await writeFile(file, `${JSON.stringify(presidency({}))}\nno row\n`);
      for (const [args, fault] of [
        [[], "missing required argument 'dataset'"],
        [["us-visits", file], "us-officials, us-presidents"],
        [["us-presidents", join(directory, "none")], "no such file"],
        [["us-presidents", file], "rows.ndjson:2: not a JSON object"],
      ] as const)
        expect(run(...args)).toMatchObject({ status: 2, stderr: expect.stringContaining(fault) });
    } finally {
      await rm(directory, { recursive: true });
    }
  }, 120_000);
});

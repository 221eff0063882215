import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readPopolo } from "../importers/popolo/popolo.file.js";
import { popoloLines } from "../importers/popolo/popolo.js";
import { describeTally, Tally } from "../importers/tally.js";
import { checkFiles } from "../src/records/check/record.check.files.js";
import { serviceWith } from "./harness/service.js";
import type { Whatever } from "./harness/whatever.js";

const ROOT = join(__dirname, "..");

/** The parliament of an island where nobody lives, as EveryPolitician and Pupil publish theirs. */
const FLOE = {
  persons: [
    {
      id: "p1",
      name: "Ada Floe",
      family_name: "Floe",
      given_name: "Ada",
      birth_date: "2001-02",
      gender: "female",
      other_names: [
        { name: "Ada Floe" },
        { name: "Ада Льдина", lang: "ru" },
        { name: "Ada Berg", end_date: "2020", note: "before her marriage" },
      ],
      identifiers: [
        { scheme: "floe_id", identifier: "17" },
        { scheme: "floe_id", identifier: "17" },
      ],
      memberships: [{ organization_id: "o2", role: "Chair", start_date: "2030-00-00" }],
    },
    { id: "p2", name: "Bo Drift", sort_name: "Drift, Bo", birth_date: "long ago" },
    { id: "p3", name: "Ada Floe" },
    { id: "p1", name: "Cy Gull" },
    { id: "p5" },
  ],
  organizations: [
    { id: "o1", name: "Assembly of Floe", classification: "legislature" },
    { id: "o2", name: "Penguin Party", classification: "party", parent_id: "nowhere" },
  ],
  areas: [{ id: "a1", name: "Port Floe", geometry: { type: "Point", coordinates: [10.5, -70] } }],
  posts: [{ id: "keeper", label: "Keeper of the Seal", organization_id: "o1" }],
  memberships: [
    {
      id: "m1",
      person_id: "p1",
      organization_id: "o1",
      post_id: "keeper",
      on_behalf_of_id: "o2",
      area_id: "a1",
      legislative_period_id: "term/1",
      start_date: "2030-05-01",
      end_date: "2031",
      sources: [{ url: "https://floe.example/members" }, { note: "a letter" }],
    },
    { person_id: "p2", organization_id: "o1", start_date: "2031-05", end_date: "2030-01-02" },
    { person_id: "p9", organization_id: "o1", role: "member" },
  ],
  events: [
    { id: "term/1", name: "First term", classification: "legislative period" },
    {
      id: "e1",
      name: "Second sitting",
      classification: "sitting",
      start_date: "2030-06-04T09:30:00",
      location: "The hall",
      area_id: "a1",
      organization_id: "o1",
      attendees: [{ id: "p1" }, { id: "p2" }, { id: "p1" }, { name: "A guest" }],
    },
    { id: "e2", name: "Question time", parent_id: "e1", start_date: "2030-06-04T10:00:00+02:00" },
  ],
  speeches: [
    { id: "s1", creator_id: "p1", event_id: "e1", text: "Nobody owns the sea.", position: 1 },
    { id: "s2", type: "narrative", text: "Applause." },
    { id: "s3", attribution_text: "A guest", text: "Fish for all.", audience: "The gallery" },
    { id: "s4", creator_id: "p1" },
    { id: "s5", text: "Nobody says this." },
  ],
  votes: [{}],
};

describe("Popolo files as records", () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "communique-popolo-"));
  });
  afterEach(() => rm(directory, { recursive: true }));

  async function imported(content: unknown, licence = "CC0-1.0", key = "floe-mps") {
    const [path, out] = [join(directory, "floe.json"), join(directory, "floe.jsonl")];
    await writeFile(path, JSON.stringify(content));
    const tally = new Tally();
    const options = { key, country: "AQ", language: "en", isOpen: licence === "CC0-1.0" };
    const document = { key, kind: "DATASET" as const, language: "en", licence, version: "1" };
    const text = [...popoloLines(await readPopolo(path), document, options, tally)].join("");
    await writeFile(out, text);
    const lines: Whatever[] = text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const all = (list: string): Whatever[] => lines.flatMap((line) => line[list] ?? []);
    return { lines, all, out, told: describeTally(key, tally) };
  }

  it("Records of Popolo files have no fault, and load with everything that they refer to", async () => {
    const { out } = await imported(FLOE);
    const { faults } = await checkFiles([out]);
    expect(faults.filter(({ severity }) => severity === "fault")).toEqual([]);
    const test = await serviceWith();
    const { report } = await test.loadWith({}, out);
    expect([report.refused, report.waiting]).toEqual([0, 0]);
    const { data } = await test.ask(`{
      person(slug: "floe-mps-ada-floe") {
        birthDate
        tenures { title country { code } organization { name } startDate endDate
          citations { locator reportedBy document { key version } } }
        statements { nodes { key text form meeting { slug } } }
      }
      place(slug: "floe-mps-port-floe") { coordinates { latitude longitude } }
    }`);
    await test.close();
    expect(data.person.birthDate).toBe("2001-02");
    expect(data.person.tenures).toHaveLength(2);
    expect(data.person.tenures).toContainEqual({
      title: "Keeper of the Seal",
      country: { code: "AQ" },
      organization: { name: "Assembly of Floe" },
      startDate: "2030-05-01",
      endDate: "2031",
      citations: [
        {
          locator: "memberships/m1",
          reportedBy: "https://floe.example/members, a letter",
          document: { key: "floe-mps", version: "1" },
        },
      ],
    });
    expect(data.person.statements.nodes).toEqual([
      {
        key: "floe-mps/speech-s1",
        text: "Nobody owns the sea.",
        form: "VERBATIM",
        meeting: { slug: "floe-mps-second-sitting" },
      },
    ]);
    expect(data.place.coordinates).toEqual({ latitude: -70, longitude: 10.5 });
  });

  it("Names, partial dates and identifiers keep what the file says of them", async () => {
    const { all } = await imported(FLOE);
    expect(all("people")[0]).toMatchObject({
      slug: "floe-mps-ada-floe",
      sortName: "Floe, Ada",
      otherNames: [
        { text: "Ада Льдина", language: "ru" },
        { text: "Ada Berg", kind: "FORMER" },
      ],
      identifiers: [{ scheme: "floe-id", value: "17" }],
    });
    expect(all("people").map(({ slug }) => slug)).toEqual([
      "floe-mps-ada-floe",
      "floe-mps-bo-drift",
      "floe-mps-ada-floe-2",
    ]);
    expect(all("organizations")[1]).toMatchObject({ kind: "PARTY", country: "AQ" });
    const [chair] = all("tenures").filter(({ title }) => title === "Chair");
    expect(chair).toMatchObject({ startDate: "2030", person: "floe-mps-ada-floe" });
    // Without a role nobody says what the office is.
    expect(all("tenures")[1]).toMatchObject({
      title: "member",
      certainty: "INFERRED",
      startDate: null,
    });
  });

  it("An event that people hold is a meeting, a period is none, and a time with a zone is left out", async () => {
    const { all } = await imported(FLOE);
    expect(all("meetings").map(({ slug }) => slug)).toEqual([
      "floe-mps-second-sitting",
      "floe-mps-question-time",
    ]);
    const [sitting, questions] = all("meetings");
    expect(sitting).toMatchObject({
      kind: "SESSION",
      startDate: "2030-06-04",
      startTime: "09:30",
      places: ["floe-mps-port-floe"],
      convener: "floe-mps-assembly-of-floe",
    });
    expect(sitting.participations.map((one: Whatever) => one.person ?? one.description)).toEqual([
      "floe-mps-ada-floe",
      "floe-mps-bo-drift",
      "A guest",
    ]);
    expect(questions).toMatchObject({
      parent: "floe-mps-second-sitting",
      parentRelation: "PART_OF",
    });
    expect(questions).not.toHaveProperty("startTime");
  });

  it("What can't be mapped is counted by reason, with examples", async () => {
    const { told } = await imported(FLOE);
    for (const line of [
      "1  has the id of another one  (persons/p1)",
      "1  has no name, or one of more than 300 characters  (persons/p5)",
      "1  memberships: of nobody in the file  (memberships/2)",
      "1  events: a period or a vote, and no meeting  (events/term/1)",
      "1  speeches: not words of a speaker  (speeches/s2)",
      "1  speeches: without words, or with more than 50,000 characters  (speeches/s4)",
      "1  speeches: of nobody who is named  (speeches/s5)",
      "1  birth_date is no date  (persons/p2)",
      "1  memberships: ends before it starts, so it has no dates  (memberships/1)",
      "1  organizations: nothing has the id of its parent  (organizations/o2)",
      "1  persons: no place for gender  (persons/p1)",
      "1  memberships: no place for on_behalf_of_id  (memberships/m1)",
      "1  events: no place for location  (events/e1)",
      "1  events: an attendee who is named by nothing, or twice  (events/e1)",
      "1  a list that is not read  (votes)",
    ])
      expect(told).toContain(line);
  });

  it("Without an open licence no speech is kept", async () => {
    const { all, told, out } = await imported(FLOE, "all rights reserved");
    expect(all("statements")).toEqual([]);
    expect(told).toContain("4  speeches: words are only kept under an open licence");
    expect(await readFile(out, "utf8")).not.toContain("Nobody owns the sea");
  });

  it("Many items are parted into lines, and the same file gives the same bytes", async () => {
    const persons = Array.from({ length: 1_201 }, (_, i) => ({ id: `${i}`, name: `Gull ${i}` }));
    const { lines, out } = await imported({ persons });
    expect(lines.map(({ people }) => people?.length ?? 0)).toEqual([0, 500, 500, 201]);
    const first = await readFile(out, "utf8");
    expect(await readFile((await imported({ persons })).out, "utf8")).toBe(first);
  });

  it("What is no Popolo file is reported with its name and what is wrong", async () => {
    const path = join(directory, "wrong.json");
    for (const [content, message] of [
      ["{", "not JSON"],
      ["[]", "expected an object with lists of Popolo"],
      ['{"persons": {}}', "expected a list as persons"],
      ['{"persons": [1]}', "expected an object as persons[0]"],
      ["{}", "has nothing in any of the lists"],
    ] as const) {
      await writeFile(path, content);
      await expect(readPopolo(path)).rejects.toThrow(`${path}: ${message}`);
    }
  });

  it("The command writes the records, reports what was left out, and refuses wrong options", async () => {
    const file = join(directory, "floe.json");
    await writeFile(file, JSON.stringify(FLOE));
    const run = (...args: string[]) =>
      spawnSync("npm", ["run", "-s", "import", "--", "popolo", ...args], {
        cwd: ROOT,
        encoding: "utf8",
      });
    const out = join(directory, "out/floe.jsonl");
    const { status, stderr } = run(
      file,
      "--key",
      "floe-mps",
      "--out",
      out,
      "--licence",
      "CC0-1.0",
      "--country",
      "AQ",
    );
    expect({ status, stderr }).toMatchObject({
      status: 0,
      stderr: expect.stringContaining("rows skipped"),
    });
    expect((await readFile(out, "utf8")).split("\n")[0]).toContain('"licence":"CC0-1.0"');
    const wrong = run(file, "--key", "Floe", "--out", out);
    expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringContaining("--key")]);
    const missing = run(join(directory, "none.json"), "--key", "a", "--out", out);
    expect([missing.status, missing.stderr]).toEqual([2, expect.stringContaining("none.json")]);
  }, 120_000);
});
